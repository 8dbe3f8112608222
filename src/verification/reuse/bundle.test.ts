import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sha256 } from "../../util/canonical.ts";
import { bundle } from "./bundle.ts";

const files = {
  "a.spec.ts": `
import { hypothesis } from "some-suite";
import { twice } from "./helper.ts";
hypothesis("T1 sums", { expect: (x: number) => twice(x) === 4, engine: () => import("./engines/one.ts") });
`,
  "helper.ts": `
import { factor } from "./deep.ts";
/** Doubles. */
export function twice(x: number) { const result = factor * x; return result; }
export const spare = 7;
`,
  "deep.ts": "export const factor = Number('2');\n",
  "engines/one.ts": "export { two } from './two.ts'; export const run = () => Math.random() + 1;\n",
  "engines/two.ts": "export const two = () => Math.random() + 2;\n",
  "unrelated.ts": "export const none = 0;\n",
  "node_modules/some-suite/package.json": `{ "name": "some-suite", "version": "1.0.0" }`,
  "node_modules/lazy/package.json": `{ "name": "lazy", "version": "1.0.0" }`,
};

let root: string;
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "bundle-")));
  for (const [file, text] of Object.entries(files)) write(file, text);
});
afterEach(() => rmSync(root, { recursive: true }));

const made = (apart: (file: string) => boolean = () => false) => bundle(join(root, "a.spec.ts"), root, apart);

/** Whether the hash is another after some text of a file is replaced. */
async function moves(file: keyof typeof files, search: string | RegExp, by: string, apart?: (file: string) => boolean) {
  const before = await made(apart);
  const text = files[file].replaceAll(search, by);
  expect(text).not.toBe(files[file]);
  write(file, text);
  const after = await made(apart);
  write(file, files[file]);
  return before.hash !== after.hash;
}

test.each([
  ["a comment", "helper.ts", "Doubles.", "Twice as much."],
  ["a line's place", "a.spec.ts", "hypothesis(", "\n\n\nhypothesis("],
  ["a local name", "helper.ts", "result", "outcome"],
  ["an unused export", "helper.ts", "spare = 7", "spare = 8"],
  ["a file that nothing reaches", "unrelated.ts", "0", "1"],
  ["a type", "a.spec.ts", "x: number", "x: 4"],
] as const)("%s changes nothing", async (_, file, search, by) => {
  expect(await moves(file, search, by)).toBe(false);
});

test("another name of an export changes nothing", async () => {
  const before = await made();
  write("helper.ts", files["helper.ts"].replaceAll("twice", "doubled"));
  write("a.spec.ts", files["a.spec.ts"].replaceAll("twice", "doubled"));
  expect((await made()).hash).toBe(before.hash);
});

test.each([
  ["a number two imports away", "deep.ts", "2", "3"],
  ["a title", "a.spec.ts", "sums", "products"],
  ["a criterion", "a.spec.ts", "=== 4", "=== 5"],
  ["an operator", "helper.ts", "factor * x", "factor + x"],
  ["what is imported when it is needed", "engines/one.ts", "+ 1", "+ 3"],
  ["and what that imports", "engines/two.ts", "+ 2", "+ 3"],
  ["a package's version", "node_modules/some-suite/package.json", "1.0.0", "1.0.1"],
] as const)("%s changes it", async (_, file, search, by) => {
  expect(await moves(file, search, by)).toBe(true);
});

test("so does the version of a package that is imported when it is needed", async () => {
  write("deep.ts", "export const factor = 2; export const later = () => import('lazy');\n");
  write("a.spec.ts", `${files["a.spec.ts"]}import { later } from "./deep.ts"; hypothesis("T2", later);\n`);
  const before = await made();
  write("node_modules/lazy/package.json", `{ "version": "2.0.0" }`);
  expect((await made()).hash).not.toBe(before.hash);
});

test("so does the version of a package that only a package needs, and its file is an input", async () => {
  write("node_modules/some-suite/package.json", `{ "version": "1.0.0", "dependencies": { "deep": "^1.0.0" } }`);
  write("node_modules/some-suite/node_modules/deep/package.json", `{ "version": "1.0.0" }`);
  const before = await made();
  const file = join(root, "node_modules/some-suite/node_modules/deep/package.json");
  expect([...before.inputs.keys()]).toContain(file);
  write("node_modules/some-suite/node_modules/deep/package.json", `{ "version": "1.0.1" }`);
  expect((await made()).hash).not.toBe(before.hash);
});

test("what stands apart changes nothing, nor does what only it reaches", async () => {
  const apart = (file: string) => file.endsWith("one.ts");
  for (const file of ["engines/one.ts", "engines/two.ts"] as const)
    expect(await moves(file, "Math", "9 * Math", apart)).toBe(false);
  expect(await moves("deep.ts", "2", "3", apart)).toBe(true);
  expect([...(await made(apart)).inputs.keys()].some((file) => file.includes("engines"))).toBe(false);
});

test("its inputs are the files that it was made of, with their hashes", async () => {
  const { inputs } = await made();
  const own = ["a.spec.ts", "deep.ts", "engines/one.ts", "engines/two.ts", "helper.ts"] as const;
  const mine = [...inputs].filter(([file]) => file.startsWith(root) && file.endsWith(".ts")).sort();
  expect(mine).toEqual(own.map((file) => [join(root, file), sha256(files[file])]));
  // What concludes is part of every spec's; what tells is not.
  const ours = [...inputs.keys()].map((file) => file.split("/").slice(-2).join("/"));
  expect(ours).toContain("verification/concluded.ts");
  expect(ours).not.toContain("verification/tell.ts");
});

test("what cannot be read or parsed is an error", async () => {
  write("deep.ts", "export const = ;");
  await expect(made()).rejects.toThrow();
  rmSync(join(root, "deep.ts"));
  await expect(made()).rejects.toThrow();
});
