import { spread } from "../../explore/spread.ts";
import { describe } from "../../suite/describe.ts";
import { duration } from "../../util/duration.ts";
import { html, type Part, plural } from "../../verification/atlas/markup.ts";
import type { Trial } from "./bench.ts";
import { bins } from "./bins.ts";
import { Bars, Histogram } from "./charts.ts";
import { Gallery } from "./gallery.ts";

/** Bars of the loss, and rows of the shapes; what is rarer than that is counted together. */
const [parts, rows] = [24, 12];

/** What has come of a training so far. */
export function Report({ trial, running }: { readonly trial: Trial; readonly running: boolean }): Part {
  const { training, results, said, seconds } = trial;
  const { endings, losses, directions, shapes, done } = results;
  const total = training.seeds.length;
  const byNumber = [...directions].sort(([a], [b]) => a - b).map(([n, count]) => [String(n), count] as const);
  const ended = [
    `${endings.converged} converged`,
    `${endings.stopped} not converged by the last step`,
    `${endings.diverged} diverged`,
  ].join(", ");
  return html`<section class="trial" aria-label="What came of it" aria-busy=${running}>
    <h2>${describe(training)}</h2>
    <p class="progress"><progress max=${total} value=${done} aria-label="Seeds trained"></progress> <span>${said || (seconds !== null && `done in ${duration(seconds)}`)}</span></p>
    <p role="status"><strong>${done.toLocaleString("en")} of ${plural(total, "seed")}</strong>${done > 0 && `: ${ended}`}</p>
    ${
      done > 0 &&
      html`<div class="charts">
        ${byNumber.length > 0 ? html`<${Bars} title="Directions" counts=${byNumber} />` : endings.diverged < done && html`<p class="note">Directions are not counted: a nonlinearity stands before the narrowest layer.</p>`}
        ${shapes.size > 0 && html`<${Bars} title="Polyhedra of the directions" counts=${mostFrequent(shapes)} />`}
        ${losses.length > 0 && html`<${Histogram} bins=${bins(losses, parts)} quantiles=${spread(losses)} />`}
      </div>
      <${Gallery} trial=${trial} />`
    }
  </section>`;
}

function mostFrequent(counts: ReadonlyMap<string, number>): (readonly [string, number])[] {
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const others = sorted.slice(rows).reduce((sum, [, count]) => sum + count, 0);
  return [...sorted.slice(0, rows), ...(others > 0 ? [["others", others] as const] : [])];
}
