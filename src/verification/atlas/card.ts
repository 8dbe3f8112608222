import { verdictWords } from "../claim/words.ts";
import { acceptCommand } from "../record/accept.ts";
import { describeEngines } from "../report/engines.ts";
import { changesPart, command, image } from "./changes.ts";
import { type Entry, isConcluded, stateShown, states } from "./entry.ts";
import { evidencePart, summary } from "./evidence.ts";
import { failedTag, failurePart } from "./failed.ts";
import { brief, chip, html, type Part } from "./markup.ts";

/** A hypothesis: what is claimed, what came of it, what it looks like, and how to see it again. `level` is its heading's. */
export function card(entry: Entry, level: 3 | 4): Part {
  const { id, conclusion, state, failures, report, figure } = entry;
  const { title, row, role, claim, verdict, kind, operationalisation } = conclusion;
  const heading = `h${level}`;
  const said = summary(entry);
  const failed = failures.length > 0;
  // What failed before it concluded has a verdict on record only.
  const undone = failed && !isConcluded(entry);
  return html`<article class="card" id=${id} aria-labelledby=${`claim-${id}`} data-verdict=${verdict} data-role=${role ?? ownRole} data-kind=${kind} data-state=${stateShown(entry)} data-earlier=${report && !isConcluded(entry) ? "" : undefined} data-title=${title} data-row=${row}>
    <header>
      <p class="tags">
        <a class="id" href=${`#${id}`}><span class="hidden">Link to </span>${id}</a>
        ${failed && failedTag}
        ${!undone && chip(verdict)}
        ${role && html`<span class="tag role">${role}</span>`}
        ${role === "instrument" && html`<span class="tag">about row ${row}</span>`}
        <span class="tag">${kind}</span>
        ${state !== "same" && !undone && html`<span class=${`tag state ${state.replace(" ", "-")}`}>${states[state]}</span>`}
      </p>
      <${heading} class="claim" id=${`claim-${id}`}>${claim}</${heading}>
      ${failed && failurePart(failures, title)}
      ${undone && html`<p class="before">What is on record, from before: ${chip(verdict)}</p>`}
      ${said && html`<p class="summary">${said}</p>`}
    </header>
    ${changesPart(entry)}
    <div class="evidence">${evidencePart(entry)}</div>
    ${figure && html`<figure>${image(figure, `Figure of ${id}. ${claim} ${verdictWords(conclusion)}`)}</figure>`}
    ${operationalisation && html`<details class="reading"><summary>How it was made measurable</summary><p>${operationalisation}</p></details>`}
    ${footer(entry)}
  </article>`;
}

/** What stands for the role of a hypothesis that is about no row. */
export const ownRole = "our own";

function footer({ id, conclusion, report, spec }: Entry): Part {
  const { title, errorRate, trained } = conclusion;
  const engine = report?.engine ? describeEngines([report.engine]) : conclusion.engine?.name;
  const run = acceptCommand(`${id} ${title}`).slice(0, -" -u".length);
  const { file, line } = report?.spec ?? { file: conclusion.spec, line: null };
  return html`<footer>
    <p class="facts">
      ${errorRate !== null && html`<span>wrong by chance in at most ${brief(100 * errorRate)} % of cases</span>`}
      ${trained !== null && engine && html`<span>engine ${engine}</span>`}
      ${spec && html`<span><a href=${spec}>${line === null ? file : `${file}:${line}`}</a></span>`}
    </p>
    <details class="again"><summary>See it again</summary>
      <p class="note">This hypothesis:</p>${command(run)}
      ${seedCommand(report?.galleries ?? [])}
    </details>
  </footer>`;
}

/** How to train the first seed again that there is a command for. */
function seedCommand(galleries: NonNullable<Entry["report"]>["galleries"]): Part {
  const telling = galleries.find(({ command, seeds }) => command && seeds.length > 0);
  if (!telling) return null;
  const { seed } = telling.seeds[0]!;
  const where = telling.label === "given" ? "" : ` (${telling.label})`;
  return html`<p class="note">Seed ${seed}${where}:</p>${command(telling.command!.replace("{seed}", String(seed)))}`;
}
