import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { explained } from "./address-space.ts";

test.each([
  "WebAssembly.Memory(): could not allocate memory",
  "WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory for new instance",
  "WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory for new instance",
])("%s: says what helps", (message) => {
  expect(explained(new Error(message)).message).toContain(message);
  expect(explained(new Error(message)).message).toContain("NODE_OPTIONS=--disable-wasm-trap-handler");
});

test("another failure is told as it is", () => {
  const error = new Error("memory access out of bounds");
  expect(explained(error)).toBe(error);
});

test.runIf(process.platform === "linux")(
  "it does help: what does not fit into the address space fits with the flag",
  () => {
    const script =
      "try { const all = []; for (let i = 0; i < 4; i++) all.push(new WebAssembly.Memory({ initial: 1, maximum: 65536 })); console.log('fits'); } catch (e) { console.log(e.message); }";
    const limited = (NODE_OPTIONS: string) =>
      spawnSync("bash", ["-c", 'ulimit -v 20000000; exec "$0" -e "$1"', process.execPath, script], {
        encoding: "utf8",
        env: { ...process.env, NODE_OPTIONS },
      }).stdout.trim();
    const message = limited("");
    expect(explained(new Error(message)).message).toContain("ulimit -v");
    expect(limited("--disable-wasm-trap-handler")).toBe("fits");
  },
);
