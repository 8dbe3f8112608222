import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Where a job stands: its checkout, and the folder with everything that outlives it. */
export interface Place {
  readonly work: string;
  readonly folder: string;
  readonly nodeModules: string | undefined;
}

export type Texts = { readonly [name: string]: string };

/** Does what an action would with its inputs; returns a word on it, and what is left to do once the job has succeeded. */
type Stub = (place: Place, inputs: Texts) => { readonly note?: string; readonly atTheEnd?: () => void };

/** An action without its version. */
export const actionOf = (uses: string) => uses.replace(/@.*/, "");

const lines = (text = "") =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

const checkout: Stub = ({ work, folder, nodeModules }, { "fetch-depth": depth = "1" }) => {
  execFileSync("git", ["clone", "--quiet", "--depth", depth, `file://${join(folder, "origin.git")}`, work]);
  if (nodeModules) {
    symlinkSync(nodeModules, join(work, "node_modules"));
    appendFileSync(join(work, ".git/info/exclude"), "node_modules\n");
  }
  return {};
};

const setUpNode: Stub = ({ work }, { "node-version": version }) => {
  const present = execFileSync("node", ["--version"], { cwd: work, encoding: "utf8" }).trim();
  return { note: `asked for Node ${version}, has ${present}` };
};

const cache: Stub = ({ work, folder }, { path = "", key = "", "restore-keys": others }) => {
  const kept = join(folder, "cache");
  mkdirSync(kept, { recursive: true });
  const age = (name: string) => statSync(join(kept, name)).mtimeMs;
  const names = readdirSync(kept).sort((a, b) => age(b) - age(a));
  const found = [key, ...lines(others)].flatMap((start) => names.filter((name) => name.startsWith(start)))[0];
  if (found) cpSync(join(kept, found), join(work, path), { recursive: true });
  const save = () => {
    if (existsSync(join(work, path))) cpSync(join(work, path), join(kept, key), { recursive: true });
  };
  return { note: `restored ${found ?? "nothing"}`, ...(found === key ? {} : { atTheEnd: save }) };
};

const upload: Stub = ({ work, folder }, { name = "artifact", path, overwrite }) => {
  const to = join(folder, "artifacts", name);
  if (overwrite === "true") rmSync(to, { recursive: true, force: true });
  if (existsSync(to)) throw new Error(`an artifact ${name} is there already`);
  const all = lines(path);
  if (all.some((one) => one.includes("*"))) throw new Error(`no patterns here: ${all.join(", ")}`);
  const excluded = all.filter((one) => one.startsWith("!")).map((one) => join(work, one.slice(1)));
  const included = all.filter((one) => !one.startsWith("!")).map((one) => join(work, one));
  // Paths in an artifact begin where those asked for part.
  let base = included[0] ?? work;
  while (!included.every((one) => `${one}/`.startsWith(`${base}/`))) base = dirname(base);
  const present = included.filter((one) => existsSync(one));
  for (const one of present)
    cpSync(one, join(to, relative(base, one)), {
      recursive: true,
      filter: (file) => !excluded.includes(file),
    });
  return { note: present.length === 0 ? "nothing is there to upload" : `to ${to}` };
};

const download: Stub = ({ work, folder }, { pattern = "*", path = ".", "merge-multiple": merge }) => {
  const from = join(folder, "artifacts");
  const expression = new RegExp(`^${pattern.replaceAll("*", ".*")}$`);
  const names = existsSync(from) ? readdirSync(from).filter((name) => expression.test(name)) : [];
  for (const name of names)
    cpSync(join(from, name), join(work, path, merge === "true" ? "" : name), { recursive: true });
  return { note: names.join(", ") || "none is there" };
};

/** The actions that there are stand-ins for. */
export const stubs: { readonly [action: string]: Stub } = {
  "actions/checkout": checkout,
  "actions/setup-node": setUpNode,
  "actions/cache": cache,
  "actions/upload-artifact": upload,
  "actions/download-artifact": download,
};
