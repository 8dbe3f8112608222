import { BroadcastChannel } from "node:worker_threads";
import { afterEach, expect, test, vi } from "vitest";
import type { Vitest } from "vitest/node";
import { progressChannel } from "../record/report.ts";
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

function start(reporters: readonly object[] | undefined) {
  const log = vi.fn();
  const vitest = { reporters, logger: { log, getColumns: () => 30 } } as unknown as Vitest;
  display = new ProgressReporter();
  display.onInit(vitest);
  display.onTestRunStart();
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
  display.onTestCaseResult({ name: "T1 given" });
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
