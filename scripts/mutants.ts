import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const all = ["models", "train", "geometry", "landscape", "statistics", "verification"];
const help = `Usage: npm run mutants -- [${all.join("|")}]... [--report]

Puts small faults into a directory's sources, one at a time, and runs the directory's unit tests on each
(StrykerJS). Prints how many were noticed, and the survivors that scripts/mutants/judged does not explain.
--report reads the last run again instead of running. Details: reports/mutants/DIRECTORY.html`;

type Mutant = {
  readonly status: string;
  readonly replacement?: string;
  readonly location: Readonly<Record<"start" | "end", { readonly line: number; readonly column: number }>>;
};
type Report = {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
};
/** One survivor: the file, its line (trimmed), what was replaced in it, by what, and why no test need notice. */
type Judged = Readonly<Record<"file" | "line" | "code" | "mutant" | "why", string>>;

const squeezed = (text: string) => text.replace(/\s+/g, " ").trim();

function codeOf(source: string, { start, end }: Mutant["location"]): string {
  const lines = source.split("\n").slice(start.line - 1, end.line);
  lines.push(lines.pop()!.slice(0, end.column - 1));
  return squeezed([lines[0]!.slice(start.column - 1), ...lines.slice(1)].join("\n"));
}

function survivors({ files }: Report): Omit<Judged, "why">[] {
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants
      .filter(({ status }) => status === "Survived" || status === "NoCoverage")
      .map(({ location, replacement = "" }) => ({
        file,
        line: squeezed(source.split("\n")[location.start.line - 1]!),
        code: codeOf(source, location),
        mutant: squeezed(replacement),
      })),
  );
}

const key = ({ file, line, code, mutant }: Omit<Judged, "why">) => JSON.stringify([file, line, code, mutant]);

/** Prints one directory's score and its unexplained survivors; how many those are. */
function summarise(directory: string): number {
  const report = JSON.parse(readFileSync(`reports/mutants/${directory}.json`, "utf8")) as Report;
  const mutants = Object.values(report.files).flatMap(({ mutants }) => mutants);
  const count = (...statuses: string[]) => mutants.filter(({ status }) => statuses.includes(status)).length;
  const noticed = count("Killed", "Timeout");
  const judged = count("Killed", "Timeout", "Survived", "NoCoverage");
  const file = `scripts/mutants/judged/${directory}.json`;
  const explained = new Set(
    existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Judged[]).map(key) : [],
  );
  const surviving = survivors(report);
  const unexplained = surviving.filter((survivor) => !explained.has(key(survivor)));
  const still = new Set(surviving.map(key));
  console.log(
    `${directory}: ${noticed} of ${judged} noticed, ${((100 * noticed) / judged).toFixed(1)} % ` +
      `(${count("Timeout")} by never ending); ${judged - noticed} survive, ${unexplained.length} unexplained; ` +
      `${count("Ignored")} run while a module loads, not tried; ${count("RuntimeError")} crash Node, not counted`,
  );
  for (const entry of explained) if (!still.has(entry)) console.log(`  survives no longer: ${entry}`);
  for (const { file, line, code, mutant } of unexplained)
    console.log(`  ${file}: ${line}\n    ${code}\n    → ${mutant}`);
  return unexplained.length;
}

const arguments_ = process.argv.slice(2);
const chosen = arguments_.filter((argument) => argument !== "--report");
const unknown = chosen.find((argument) => !all.includes(argument));
if (unknown !== undefined) {
  console.error(`${unknown}: no such directory.\n\n${help}`);
  process.exit(2);
}
const directories = chosen.length > 0 ? chosen : all;
if (!arguments_.includes("--report"))
  for (const directory of directories) {
    const { status } = spawnSync("npx", ["stryker", "run"], {
      stdio: "inherit",
      env: { ...process.env, MUTANTS: directory },
    });
    if (status !== 0) process.exit(status ?? 1);
  }
const unexplained = directories.map(summarise).reduce((sum, each) => sum + each, 0);
process.exit(unexplained > 0 ? 1 : 0);
