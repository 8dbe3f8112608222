import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../../util/atomic-write.ts";
import type { Conclusion } from "../claim/conclusion.ts";
import type { Places } from "../record/places.ts";
import type { Report } from "../record/report.ts";
import { isFresh } from "../record/write.ts";
import type { Outcome } from "../report/outcome.ts";

const folderOf = ({ reports }: Pick<Places, "reports">) => join(reports, "hypotheses");
const suffix = ".json";

/**
 * Keeps what each hypothesis reported, a file each beside the page, for the pages of runs that leave it out. Only what is
 * on record, or about to be: other evidence must not take its place.
 */
export function keep(run: Pick<Outcome, "places" | "reports" | "record" | "variant">): void {
  const { places, reports, record, variant } = run;
  const folder = folderOf(places);
  mkdirSync(folder, { recursive: true });
  for (const report of reports)
    if (isOf(report, record[report.id]) || (isFresh(report) && variant === null))
      writeAtomically(join(folder, report.id + suffix), JSON.stringify(report));
  const known = new Set([...Object.keys(record), ...reports.map(({ id }) => id)].map((id) => id + suffix));
  // Not what another run is still writing.
  for (const name of readdirSync(folder))
    if (name.endsWith(suffix) && !known.has(name)) rmSync(join(folder, name), { force: true });
}

/** What the last run of a hypothesis reported, if it came to what is on record; undefined if not, or if the file is damaged. */
export function readKept(places: Places, id: string, recorded: Conclusion): Report | undefined {
  try {
    const report = JSON.parse(readFileSync(join(folderOf(places), id + suffix), "utf8")) as Report;
    return report.id === id && isSound(report) && isOf(report, recorded) ? report : undefined;
  } catch {
    return undefined;
  }
}

/** The same was trained, to the same bits, with the same verdict. */
function isOf({ conclusion }: Report, recorded: Conclusion | undefined): boolean {
  return (
    recorded !== undefined &&
    (["trained", "fingerprint", "verdict"] as const).every((field) => conclusion[field] === recorded[field])
  );
}

/** Whether it has what a page reads of it; may throw where it has not. */
function isSound({ spec, engine, galleries }: Report): boolean {
  const isText = (value: unknown) => typeof value === "string";
  return (
    isText(spec.file) &&
    (engine === null || isText(engine.name)) &&
    galleries.every(
      ({ label, command, of, seeds }) =>
        isText(label) &&
        (command === null || isText(command)) &&
        Number.isInteger(of) &&
        seeds.every(({ seed }) => Number.isInteger(seed)),
    )
  );
}
