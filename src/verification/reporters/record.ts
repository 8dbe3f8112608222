import { recordsAnyway } from "../record/fit.ts";
import { absentFigures, isFresh, putOnRecord, unwrittenFigures } from "../record/write.ts";
import { duplicateIds } from "../report/completeness.ts";
import type { Outcome } from "../report/outcome.ts";
import { EndReporter } from "./end-reporter.ts";

/**
 * Brings the record up to date: conclusions and figures together, at the very end, so that a run killed before that has
 * touched nothing. A shard of a run records nothing: `--merge-reports` does, once it has all of them. Nor does a run whose
 * evidence is none for the record, unless HYPOTHESES_RECORD=anyway insists.
 */
export class RecordReporter extends EndReporter {
  protected readonly writes = "the record";

  protected async end({ places, cases, reports, unowned, lacking, variant, shard }: Outcome): Promise<void> {
    if (shard) return;
    const unfit = variant !== null && !recordsAnyway();
    const problems = [
      ...lacking.map((file) => `${file} is in none of the merged reports: a shard is missing, or failed before it`),
      ...duplicateIds(cases),
      ...absentFigures(places, reports).map((file) => `${file} is absent: bring each shard's reports/figures here`),
      ...(unfit && reports.some(({ mode }) => mode === "all")
        ? [`nothing was recorded: ${variant}; HYPOTHESES_RECORD=anyway records it all the same`]
        : []),
    ];
    for (const words of problems) this.problem(words);
    const [unwritten] = unwrittenFigures(reports);
    if (unwritten !== undefined) this.unwritten.add(this.writes, unwritten);
    if (unwritten !== undefined || problems.length > 0 || (unfit && reports.some(isFresh))) return;
    await putOnRecord(places, reports, unowned);
  }
}
