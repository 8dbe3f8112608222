import { BroadcastChannel } from "node:worker_threads";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Vitest } from "vitest/node";
import { progressChannel } from "../record/report.ts";
import type { Reuse } from "../reuse/reuse.ts";
import { ProgressReporter } from "./progress.ts";

class Summary {
  createSummary(): string[] {
    return ["", " Test Files 1", ""];
  }
}

let display: ProgressReporter | undefined;
let sender: BroadcastChannel | undefined;
afterEach(() => {
  display?.onTestRunEnd();
  sender?.close();
  vi.restoreAllMocks();
});

interface Run {
  readonly files?: readonly string[];
  readonly reuse?: Reuse;
  readonly columns?: number;
  readonly testNamePattern?: RegExp;
}

function start(
  reporters: readonly object[] | undefined,
  { files = [], reuse, columns = 30, testNamePattern }: Run = {},
) {
  const log = vi.fn();
  const config = { root: "/suite", testNamePattern };
  const vitest = { reporters, config, logger: { log, getColumns: () => columns } } as unknown as Vitest;
  display = new ProgressReporter(reuse);
  display.onInit(vitest);
  const project = { name: "hypotheses" };
  const specs = files.map((name) => ({ moduleId: `/suite/${name}`, project }));
  display.onTestRunStart([...specs, { moduleId: "/suite/unit.test.ts", project: { name: "unit" } }] as never);
  sender = new BroadcastChannel(progressChannel);
  const send = async (line: string) => {
    sender!.postMessage(line);
    await new Promise((resolve) => setTimeout(resolve, 50));
  };
  return { log, send, display };
}

test("stands above Vitest's summary, a line for each hypothesis that trains, and leaves with it", async () => {
  const summary = new Summary();
  const { log, send, display } = start([{}, { summary }]);
  await send("T1 given: training 1/9 seeds");
  await send("T1 given: training 2/9 seeds and much more to say");
  await send("T2 given: training 1/9 seeds");
  expect(summary.createSummary()).toEqual([
    "",
    "  T1 given: training 2/9 seed",
    "  T2 given: training 1/9 seed",
    " Test Files 1",
    "",
  ]);
  display.onTestCaseResult({ name: "T1 given", module: { relativeModuleId: "a.spec.ts" } });
  expect(summary.createSummary()[1]).toBe("  T2 given: training 1/9 seed");
  display.onTestRunEnd();
  expect(summary.createSummary()).toEqual(["", " Test Files 1", ""]);
  start([{ summary }]);
  await send("T3 given");
  expect(summary.createSummary()).toEqual(["", "  T3 given", " Test Files 1", ""]);
  expect(log).not.toHaveBeenCalled();
});

test("above a summary the lines are there at once, and never printed", async () => {
  const clock = vi.spyOn(Date, "now").mockReturnValue(1_000_000);
  const summary = { __proto__: { createSummary: () => [] } };
  const { log, send } = start([{ summary }]);
  clock.mockReturnValue(2_000_000);
  await send("T1 given");
  expect((summary as unknown as Summary).createSummary()).toEqual(["", "  T1 given"]);
  expect(log).not.toHaveBeenCalled();
});

test.each([undefined, [], [{}]])("reporters %j have no summary: says it in lines", async (reporters) => {
  const clock = vi.spyOn(Date, "now").mockReturnValue(1_000_000);
  const { log, send } = start(reporters);
  clock.mockReturnValue(1_030_000);
  await send("T1 given");
  expect(log.mock.calls).toEqual([["  T1 given"]]);
});

test.each([
  { tty: false, pause: 30_000 },
  { tty: true, pause: 5000 },
])("without a summary says it in lines, $pause ms apart (terminal: $tty)", async ({ tty, pause }) => {
  const before = Object.getOwnPropertyDescriptor(process.stdout, "isTTY") ?? { value: undefined };
  Object.defineProperty(process.stdout, "isTTY", { value: tty, configurable: true });
  try {
    const clock = vi.spyOn(Date, "now").mockReturnValue(1_000_000);
    const { log, send } = start([{ summary: {} }]);
    await send("T1 given");
    clock.mockReturnValue(1_000_000 + pause - 1);
    await send("T1 control");
    expect(log).not.toHaveBeenCalled();
    clock.mockReturnValue(1_000_000 + pause);
    await send("T2 given");
    expect(log.mock.calls).toEqual([["  T1 control"], ["  T2 given"]]);
    await send("T2 given");
    expect(log).toHaveBeenCalledTimes(2);
  } finally {
    Object.defineProperty(process.stdout, "isTTY", { ...before, configurable: true });
  }
});

describe("the whole run", () => {
  const kept = {
    "a.spec.ts": [
      { name: "T1 one", seconds: 30 },
      { name: "T2 two", seconds: 10 },
    ],
    // Its comments were changed, say: that it is reused turns out later.
    "reused.spec.ts": [{ name: "T3 three", seconds: 1000 }],
    "unmeasured.spec.ts": [{ name: "T5 five", seconds: 0 }],
    "same.spec.ts": [{ name: "T4 four", seconds: 2000 }],
  };
  const reuse = {
    kept: { read: (file: keyof typeof kept) => kept[file] && { tests: kept[file] } },
    unchanged: ({ tests }: { readonly tests: unknown }) => tests === kept["same.spec.ts"],
    taken: (file: string) => file === "reused.spec.ts",
  } as unknown as Reuse;
  const of = (relativeModuleId: string) => ({ relativeModuleId });
  const last = (summary: Summary) => summary.createSummary().at(-3);

  test("stands under what trains: by what each spec file took, without what is reused", async () => {
    const clock = vi.spyOn(Date, "now").mockReturnValue(1_000_000);
    const summary = new Summary();
    const files = ["a.spec.ts", "new.spec.ts", "reused.spec.ts", "same.spec.ts"];
    const { send, display } = start([{ summary }], { files, reuse, columns: 80 });
    await send("T2 given");
    expect(last(summary)).toBe("  T2 given");
    for (const file of files) display.onTestModuleCollected(of(file));
    clock.mockReturnValue(1_020_000);
    display.onTestCaseResult({ name: "T1 one", module: of("a.spec.ts") });
    // 30 of 40 seconds, and 40 for the file that nobody knows.
    expect(last(summary)).toBe("  the whole run: 37 % done, 34 s left");
    expect(summary.createSummary()[1]).toBe("  T2 given");
    display.onTestModuleEnd(of("a.spec.ts"));
    expect(last(summary)).toBe("  the whole run: 50 % done, 20 s left");
    display.onTestModuleEnd(of("new.spec.ts"));
    expect(last(summary)).toBe("  T2 given");
  });

  test("counts the tests that are asked for, and a file whose times are not all known as one that was never run", async () => {
    const clock = vi.spyOn(Date, "now").mockReturnValue(1_000_000);
    const files = ["a.spec.ts", "unmeasured.spec.ts"];
    const { log, send, display } = start([], { files, reuse, columns: 80, testNamePattern: /^T1 |^T5 / });
    // 30 seconds of 60: without T2.
    display.onTestCaseResult({ name: "T1 one", module: of("a.spec.ts") });
    clock.mockReturnValue(1_030_000);
    await send("T5 given");
    expect(log.mock.calls.at(-1)).toEqual(["  the whole run: 50 % done, 30 s left"]);
  });

  test("is said in a log, too, with the rest", async () => {
    const clock = vi.spyOn(Date, "now").mockReturnValue(1_000_000);
    const { log, send, display } = start([], { files: ["a.spec.ts", "new.spec.ts"], columns: 80 });
    display.onTestModuleEnd(of("a.spec.ts"));
    clock.mockReturnValue(1_030_000);
    await send("T2 given");
    expect(log.mock.calls).toEqual([["  T2 given"], ["  the whole run: 50 % done, 30 s left"]]);
  });
});
