import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { KeptTest } from "./kept.ts";
import { Reuse } from "./reuse.ts";

let root: string;
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "reuse-")));
  write("a.spec.ts", 'import { two } from "./helper.ts"; test("T1", two); test("T2", two);');
  write("b.spec.ts", 'import { two } from "./helper.ts"; test("T3", two);');
  write("helper.ts", "// A number.\nexport const two = () => Number(2);");
});
afterEach(() => rmSync(root, { recursive: true }));

const opened = (environment: readonly string[] = ["wasm", ""]) =>
  new Reuse(root, { environment, apart: () => false, directory: join(root, "kept") });
const tests = (...names: string[]) => names.map((name) => ({ name, line: 1, figure: null }) as unknown as KeptTest);
const whole = ["T1", "T2"];

/** Why a new run would run a.spec.ts; null where it would take what is kept, and of which tests. */
async function next(reuse = opened()) {
  const plan = await reuse.plan("a.spec.ts");
  expect(reuse.because("a.spec.ts")).toBe("because" in plan ? plan.because : undefined);
  return "because" in plan ? plan.because : plan.kept.tests.map(({ name }) => name).sort();
}
async function ran(found = tests(...whole), during = () => {}, environment?: readonly string[]) {
  const reuse = opened(environment);
  await reuse.plan("a.spec.ts");
  during();
  reuse.keep("a.spec.ts", found, whole);
  return reuse;
}

describe("a spec file", () => {
  test("is run where it was not concluded before, and taken after", async () => {
    expect(await next()).toBe("not concluded before");
    await ran();
    expect(await next()).toEqual(whole);
    expect(opened().because("a.spec.ts")).toBeUndefined();
  });

  test("is run again for a change of what it reaches, which is named", async () => {
    await ran();
    write("helper.ts", "export const two = () => Number(3);");
    expect(await next()).toBe("changed: helper.ts");
    write("a.spec.ts", 'import { two } from "./helper.ts"; test("T1 one", two); test("T2", two);');
    expect(await next()).toBe("changed: a.spec.ts, helper.ts");
    rmSync(join(root, "helper.ts"));
    expect(await next()).toBe("a.spec.ts cannot be bundled");
  });

  test("is run again where a package that it needs, or that this one needs, is another", async () => {
    write("node_modules/one/package.json", '{ "version": "1.0.0", "dependencies": { "two": "*" } }');
    write("node_modules/two/package.json", '{ "version": "1.0.0" }');
    write("helper.ts", 'import { one } from "one"; export const two = () => Number(one);');
    await ran();
    expect(await next()).toEqual(whole);
    write("node_modules/two/package.json", '{ "version": "1.0.1" }');
    expect(await next()).toBe("changed: node_modules/two/package.json");
  });

  test("is taken after a change of comments, now and the next time", async () => {
    await ran();
    write("helper.ts", "// The number two.\nexport const two = () => Number(2);");
    expect(await next()).toEqual(whole);
    const { inputs } = opened().kept.read("a.spec.ts")!;
    expect(await next()).toEqual(whole);
    write("helper.ts", "// A number.\nexport const two = () => Number(2);");
    expect(await next()).toEqual(whole);
    expect(opened().kept.read("a.spec.ts")!.inputs).not.toEqual(inputs);
  });

  test("is run again for another environment", async () => {
    await ran();
    expect(await next(opened(["reference", ""]))).toBe("another engine, option, block of seeds or note");
    expect(await next(opened(["wasm", "100000"]))).toBe("another engine, option, block of seeds or note");
    expect(await next(opened(["wasm"]))).toBe("another engine, option, block of seeds or note");
  });

  test("is run again where a figure of it is damaged", async () => {
    const reuse = opened();
    const figure = reuse.kept.writeFigure(Buffer.from("drawn"));
    await reuse.plan("a.spec.ts");
    reuse.keep("a.spec.ts", [...tests("T1"), { ...tests("T2")[0]!, figure }], whole);
    expect(await next()).toEqual(whole);
    write(`kept/figures/${figure}.png`, "other");
    expect(await next()).toBe("not concluded whole before");
  });
});

describe("a run of some of a file's tests", () => {
  test("keeps them, until another has the rest", async () => {
    await ran(tests("T1"));
    expect(await next()).toBe("not concluded whole before");
    await ran(tests("T2"));
    expect(await next()).toEqual(whole);
  });

  test("does not bring together what is a function of different things", async () => {
    await ran(tests("T1"));
    await ran(tests("T2"), () => {}, ["reference"]);
    expect(
      opened()
        .kept.read("a.spec.ts")!
        .tests.map(({ name }) => name),
    ).toEqual(["T2"]);
    await ran(tests("T1"));
    write("helper.ts", "export const two = () => Number(3);");
    await ran(tests("T2"));
    expect(await next()).toBe("not concluded whole before");
  });

  test("takes the place of what it concluded before", async () => {
    await ran(tests("T1"));
    await ran([{ ...tests("T1")[0]!, seconds: 5 }]);
    expect(opened().kept.read("a.spec.ts")!.tests).toEqual([{ ...tests("T1")[0]!, seconds: 5 }]);
  });
});

describe("what is changed during a run", () => {
  const other = "export const two = () => Number(3);";

  test("is not kept, neither as what it was nor as what it is", async () => {
    await ran(tests(...whole), () => write("helper.ts", other));
    expect(await next()).toBe("not concluded before");
    write("helper.ts", "// A number.\nexport const two = () => Number(2);");
    expect(await next()).toBe("not concluded before");
  });

  test("is noticed in what has the same size and time", async () => {
    const path = join(root, "helper.ts");
    await ran(tests(...whole), () => {
      const { atime, mtime } = statSync(path);
      rmSync(path);
      write("spare", "");
      write("helper.ts", "// A number.\nexport const two = () => Number(3);");
      utimesSync(path, atime, mtime);
    });
    expect(await next()).toBe("not concluded before");
  });

  test("is not kept of a file that is read after the change, either: its helper may have been loaded before", async () => {
    const reuse = opened();
    await reuse.plan("a.spec.ts");
    write("helper.ts", other);
    await reuse.plan("b.spec.ts");
    reuse.keep("b.spec.ts", tests("T3"), ["T3"]);
    expect(reuse.kept.read("b.spec.ts")).toBeUndefined();
    // In watch mode the next run reads everything that changed.
    reuse.begin();
    await reuse.plan("b.spec.ts");
    reuse.keep("b.spec.ts", tests("T3"), ["T3"]);
    expect(reuse.kept.read("b.spec.ts")!.whole).toBe(true);
  });
});

test("nothing is kept of a file that was taken, not asked for, or cannot be bundled", async () => {
  const reuse = await ran();
  const again = opened();
  await again.plan("a.spec.ts");
  again.keep("a.spec.ts", tests("T1"), ["T1"]);
  expect(reuse.kept.read("a.spec.ts")!.tests).toHaveLength(2);
  reuse.keep("b.spec.ts", tests("T3"), ["T3"]);
  write("b.spec.ts", "export const = 1;");
  await reuse.plan("b.spec.ts");
  reuse.keep("b.spec.ts", tests("T3"), ["T3"]);
  expect(reuse.kept.read("b.spec.ts")).toBeUndefined();
});
