import { type Json, plain } from "../../util/json.ts";
import { acceptCommand } from "../accept.ts";
import { changesBetween } from "../changes.ts";
import { describeEngines } from "../report.ts";
import type { Verdict } from "../verdict.ts";
import type { Entry, Picture, State } from "./entry.ts";
import { intervalBar, isJudged, type Judged, observed, seedsIn, thresholdIn } from "./evidence.ts";
import { brief, html, type Part, plural } from "./markup.ts";

export const marks: Readonly<Record<Verdict, string>> = {
  holds: "✓",
  refuted: "✗",
  inconclusive: "?",
  measured: "≈",
};

export const states: Readonly<Record<State, string>> = {
  same: "as on record",
  moved: "moved evidence",
  changed: "changed conclusion",
  new: "not on record before",
  "on record": "not run now, on record",
};

/** Figures up to this many CSS pixels wide stand beside the evidence. */
const narrow = 520;

/** A hypothesis: what is claimed, what came of it, what it looks like, and how to see it again. */
export function card(entry: Entry, section: string): Part {
  const { id, conclusion, state, report, figure } = entry;
  const { claim, verdict, kind, summary } = conclusion;
  const populations = Object.values(conclusion.evidence).some(isJudged);
  return html`<article class="card" id=${id} aria-labelledby=${`claim-${id}`} data-verdict=${verdict} data-kind=${kind} data-section=${section} data-state=${state}>
    <header>
      <p class="tags">
        <a class="id" href=${`#${id}`}><span class="hidden">Link to </span>${id}</a>
        <span class=${`verdict ${verdict}`}><span aria-hidden="true">${marks[verdict]}</span> ${verdict}</span>
        <span class="tag">${kind}</span>
        ${state !== "same" && html`<span class=${`tag state ${state.replace(" ", "-")}`}>${states[state]}</span>`}
      </p>
      <h4 id=${`claim-${id}`}>${claim}</h4>
      <p class="summary">${populations ? criterion(summary) : summary}</p>
    </header>
    ${changes(entry)}
    <div class=${figure && figure.width <= narrow ? "body beside" : "body"}>
      <div class="evidence">${evidence(entry)}</div>
      ${figure && html`<figure>${image(figure, `Figure of ${id}. ${claim} ${verdict}: ${summary}`)}</figure>`}
    </div>
    ${report?.details?.reading && html`<details class="reading"><summary>How it was made measurable</summary><p>${report.details.reading}</p></details>`}
    ${footer(entry)}
  </article>`;
}

/** What a population claim asks; each condition's outcome stands beside its bar. */
function criterion(summary: string): Part {
  return html`Asked of the seeds: <strong>${summary.slice(0, summary.lastIndexOf(": ")) || summary}</strong>`;
}

function image({ src, width, height }: Picture, alt: string): Part {
  return html`<a href=${src}><img src=${src} width=${width} height=${height} alt=${alt} loading="lazy" decoding="async" /></a>`;
}

/** Before and after, where something differs from the record. */
function changes({ conclusion, recorded, state, report, figure, before, difference }: Entry): Part {
  if (!report || !recorded || (state !== "changed" && state !== "moved")) return null;
  const differing = changesBetween(recorded, conclusion);
  const pictures = [
    [before, "on record"],
    [before && figure, "now"],
    [difference, "difference"],
  ] as const;
  const shown = pictures.flatMap(([picture, words]) =>
    picture
      ? [html`<figure>${image(picture, `Figure ${words}`)}<figcaption>${words}</figcaption></figure>`]
      : [],
  );
  const evidently = plural(differing.length, "difference");
  const what =
    shown.length === 0
      ? evidently
      : differing.length > 0
        ? `${evidently}, another figure`
        : "only the figure differs";
  return html`<details class="changes" open=${state === "changed"}>
    <summary>${states[state]}: ${what}</summary>
    ${
      differing.length > 0 &&
      html`<div class="scroll" tabindex="0" role="region" aria-label="Differences from the record"><table>
      <thead><tr><th scope="col">what</th><th scope="col">on record</th><th scope="col">now</th></tr></thead>
      <tbody>${differing.map(({ path, before: old, after }) => html`<tr><th scope="row">${path.join(" › ")}</th><td>${old ?? "absent"}</td><td>${after ?? "absent"}</td></tr>`)}</tbody>
    </table></div>`
    }
    ${shown.length > 0 && html`<div class="compared">${shown}</div>`}
    ${report.mode !== "all" && html`<p class="note">Accept it:</p>${command(acceptCommand(report.details?.title ?? `${report.id} `))}`}
  </details>`;
}

function evidence({ conclusion, report }: Entry): Part[] {
  const galleries = report?.details?.galleries ?? [];
  const items = Object.entries(conclusion.evidence);
  const rows = items.map(([name, value]) => {
    if (!isJudged(value)) return html`<li>${measured(name, value, conclusion.kind === "exact")}</li>`;
    const shown = galleries.findIndex(({ label }) => label === name);
    return html`<li><details class="condition">
      <summary>${judgedRow(name === "given" ? "the seeds" : name, value, thresholdIn(conclusion.summary))}</summary>
      <dl>${observed(value).map(([what, text]) => html`<div><dt>${what}</dt><dd>${text}</dd></div>`)}</dl>
      ${place(shown)}
    </details></li>`;
  });
  const others = galleries.filter(({ label }) => !items.some(([name, v]) => name === label && isJudged(v)));
  return [
    html`<h5 class="hidden">Evidence</h5>`,
    html`<ul class=${`conditions ${conclusion.kind}`}>${rows}</ul>`,
    others.length > 0 &&
      html`<details class="populations"><summary>${plural(others.length, "population")}: seeds</summary>
        ${others.map((shown) => html`<details class="condition"><summary><span class="label">${shown.label}</span></summary>${place(galleries.indexOf(shown))}</details>`)}
      </details>`,
  ];
}

/** Where the page's script puts a gallery when it is opened. */
function place(index: number): Part {
  return index >= 0 && html`<div data-gallery=${index}></div>`;
}

function judgedRow(name: string, judged: Judged, threshold: number | undefined): Part {
  const { verdict, satisfied, proportion } = judged;
  const of = seedsIn(judged);
  const [low, high] = proportion;
  return html`${mark(verdict, verdict)}<span class="label">${name}</span>${intervalBar({ low, high, value: satisfied / of, threshold, verdict })}<span class="count">${satisfied} of ${of} <small>${low.toFixed(3)}–${high.toFixed(3)}</small></span>`;
}

/** A sign, which the style sheet draws, and what it says for those who do not see it. */
function mark(verdict: Verdict, words: string, className: string = verdict): Part {
  return html`<b class=${`mark ${className}`} data-mark=${marks[verdict]}><i>${words}: </i></b>`;
}

/** A statement checked, or a number measured; as a row. */
function measured(name: string, value: Json, exact: boolean): Part {
  if (exact) {
    const holds = /^(no counterexample|true$)/.test(plain(value));
    const miss = name.startsWith("near miss: ");
    // A near miss is right to fail.
    const verdict = holds ? "holds" : "refuted";
    return html`<div class="row">${mark(verdict, holds ? "true" : "false", miss ? "near" : verdict)}<span class="label">${miss && html`<small class="tag">near miss</small> `}${name.replace(/^near miss: /, "")} <small>${plain(value)}</small></span></div>`;
  }
  if (typeof value === "object" && value !== null && "value" in value && "low" in value && "high" in value) {
    const [at, low, high] = [Number(value.value), Number(value.low), Number(value.high)];
    const share = [at, low, high].every((x) => x >= 0 && x <= 1);
    return html`<div class="row"><span class="label">${name}</span>
      ${share && intervalBar({ low, high, value: at })}
      <span class="count">${brief(at)} <small>${brief(low)} to ${brief(high)}</small></span></div>`;
  }
  return html`<div class="row"><span class="label">${name}</span><span class="count">${plain(value)}</span></div>`;
}

/** A line to copy; the page's script adds the button. */
export function command(text: string): Part {
  return html`<p class="command"><code>${text}</code></p>`;
}

function footer({ id, conclusion, report }: Entry): Part {
  const { errorRate, trained } = conclusion;
  const engine = report?.engine ? describeEngines([{ ...report.engine }]) : conclusion.engine;
  const details = report?.details;
  const telling = details?.galleries.find((g) => g.command && g.seeds.length > 0);
  const seed = telling?.seeds[0]?.seed;
  return html`<footer>
    <p class="facts">
      ${errorRate !== null && html`<span>wrong by chance in at most ${brief(100 * errorRate)} % of cases</span>`}
      ${trained !== null && engine && html`<span>engine ${engine}</span>`}
      ${details && html`<span><a href=${`../${encodeURI(details.file)}`}>${details.file}${details.line !== null && `:${details.line}`}</a></span>`}
    </p>
    <details class="again"><summary>See it again</summary>
      <p class="note">This hypothesis:</p>${command(`npx vitest run --project hypotheses -t "^${id} "`)}
      ${telling?.command && seed !== undefined && html`<p class="note">Seed ${seed}${telling.label === "given" ? "" : ` (${telling.label})`}:</p>${command(telling.command.replace("{seed}", String(seed)))}`}
    </details>
  </footer>`;
}
