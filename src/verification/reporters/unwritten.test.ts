import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Unwritten } from "./unwritten.ts";

const full = (path: string) => {
  throw new Error(`ENOSPC: no space left on device, open '${path}'`);
};
const foreign = (path: string) => Promise.reject(new Error(`EACCES: permission denied, mkdir '${path}'`));

let code: typeof process.exitCode;
let unwritten: Unwritten;
beforeEach(() => {
  code = process.exitCode;
  process.exitCode = 0;
  unwritten = new Unwritten();
});
afterEach(() => {
  process.exitCode = code;
});

describe("what could not be written", () => {
  test("is one line for one reason, wherever it was met", async () => {
    unwritten.add("figures", "ENOSPC: no space left on device, open '/figures/T1.png'");
    await unwritten.attempt("the atlas", () => full("/index.html"));
    expect(await unwritten.line()).toBe(
      "figures and the atlas could not be written: ENOSPC: no space left on device, open '/figures/T1.png'",
    );
    expect(process.exitCode).toBe(1);
  });

  test("is one line for several, and waits for what has begun", async () => {
    void unwritten.attempt("figures", () => full("/T1.png"));
    void unwritten.attempt("the record", async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await foreign("/snapshots");
    });
    void unwritten.attempt("the atlas", () => full("/index.html"));
    void unwritten.attempt("the page", () => {
      throw new Error("not written\nat all");
    });
    expect(await unwritten.line()).toBe(
      "figures and the atlas could not be written: ENOSPC: no space left on device, open '/T1.png'; " +
        "the page could not be written: not written; " +
        "the record could not be written: EACCES: permission denied, mkdir '/snapshots'",
    );
  });

  test("waits for what is written in turn, one after the other, even if one cannot be", async () => {
    const told: string[] = [];
    const slowly = (what: string) => async () => {
      told.push(`${what} begun`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      told.push(`${what} ended`);
      if (what === "a") await foreign("/a");
    };
    for (const what of ["a", "b"]) void unwritten.inTurn(what, slowly(what));
    expect(await unwritten.line()).toBe("a could not be written: EACCES: permission denied, mkdir '/a'");
    expect(told).toEqual(["a begun", "a ended", "b begun", "b ended"]);
  });

  test("is nothing where all was, and is forgotten when told", async () => {
    const written: string[] = [];
    const attempt = unwritten.attempt("a", () => written.push("a"));
    expect(written).toEqual(["a"]);
    await attempt;
    expect(await unwritten.line()).toBeNull();
    expect(process.exitCode).toBe(0);
    unwritten.add("b", "no");
    await unwritten.line();
    expect(await unwritten.line()).toBeNull();
  });

  test("fails no run that lacks a courtesy only", async () => {
    unwritten.add("conclusions to reuse", "EACCES: no", { courtesy: true });
    expect(process.exitCode).toBe(0);
    expect(await unwritten.line()).toBe("conclusions to reuse could not be written: EACCES: no");
  });
});
