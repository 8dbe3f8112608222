import { duration } from "../../util/duration.ts";
import { chip, html, type Part } from "../../verification/atlas/markup.ts";
import { isExact } from "../../verification/claim/conclusion.ts";
import { evidenceWords } from "../../verification/claim/words.ts";
import { DrawnHere } from "./drawn-here.ts";
import type { Verified } from "./messages.ts";
import { outcomeOf } from "./outcome.ts";
import type { Seen } from "./tally.ts";
import type { Stage } from "./verifier.ts";

/** How a hypothesis stands in this browser, in its card. */
export function Here({ id, stage, seen, why, start, stop }: HereProps): Part {
  if (why) return html`<p class="here"><span class="note">Cannot be verified here. ${why}</span></p>`;
  const is = stage?.is;
  const busy = is === "waiting" || is === "running";
  return html`<div class="here" aria-busy=${busy}>
    <p class="actions">
      ${
        busy
          ? html`<button type="button" onClick=${stop}>Stop<span class="hidden"> ${id}</span></button>`
          : html`<button type="button" onClick=${start}>${stage || seen ? "Verify again" : "Verify here"}<span class="hidden">: ${id}</span></button>`
      }
      <span class="said">${said(stage, seen)}</span>
    </p>
    ${stage?.is === "done" && result(stage.verified)}
  </div>`;
}

interface HereProps {
  readonly id: string;
  readonly stage: Stage | undefined;
  /** From an earlier visit, or before. */
  readonly seen: Seen | undefined;
  /** Why it cannot be run in this browser. */
  readonly why: string | null;
  readonly start: () => void;
  readonly stop: () => void;
}

const outcomes: Readonly<Record<Seen["outcome"], string>> = {
  reproduced: "✓ reproduced in this browser",
  rounded: "✓ reproduced in this browser",
  differs: "✗ not reproduced in this browser",
  failed: "could not be run in this browser",
};

function said(stage: Stage | undefined, seen: Seen | undefined): Part {
  if (stage?.is === "waiting") return "waiting for its turn";
  if (stage?.is === "running") return stage.progress || "starting";
  if (stage?.is === "failed") return html`<span class="differs">Could not be run here: ${stage.why}</span>`;
  if (stage?.is === "done") return null;
  return seen ? `${outcomes[seen.outcome]} before, in ${duration(seen.seconds)}` : null;
}

function result({ conclusion, comparison, picture, seconds }: Verified): Part {
  const { verdict, evidence, fingerprint } = conclusion;
  const outcome = outcomeOf(comparison);
  const bits = isExact(evidence)
    ? "every statement came out as on record, on the same inputs"
    : `the same counts, and the same weights to the last bit (fingerprint ${fingerprint})`;
  return html`<div class="result" data-outcome=${outcome}>
    ${
      outcome !== "differs"
        ? html`<p><strong class="reproduced">✓ Reproduced here</strong> in ${duration(seconds)}: ${chip(verdict)} as on record; ${bits}.</p>
          ${outcome === "rounded" && html`<details><summary>But for last digits, which depend on a browser’s own sine and logarithm</summary>${changes(comparison)}</details>`}`
        : html`<p><strong class="differs">✗ Not reproduced here</strong> (${duration(seconds)}). This browser came to ${chip(verdict)}: ${evidenceWords(conclusion)}</p>
          ${changes(comparison)}`
    }
    ${picture && html`<${DrawnHere} picture=${picture} />`}
  </div>`;
}

/** More differences than this say nothing new. */
const most = 12;

function changes({ changes: all }: Verified["comparison"]): Part {
  const row = ({ path, before, after }: (typeof all)[number]) =>
    html`<tr><th scope="row">${path.join(", ")}</th><td>${before ?? "nothing"}</td><td>${after ?? "nothing"}</td></tr>`;
  return html`<div class="table"><table>
      <thead><tr><th scope="col">differs</th><th scope="col">on record</th><th scope="col">here</th></tr></thead>
      <tbody>${all.slice(0, most).map(row)}</tbody>
    </table></div>
    ${all.length > most && html`<p class="note">and ${all.length - most} more</p>`}`;
}
