import { acceptCommand } from "../record/accept.ts";
import { type Entry, type Picture, states } from "./entry.ts";
import { html, type Part, plural } from "./markup.ts";

/** Before and after, where something differs from the record. */
export function changesPart({ id, conclusion, state, report, figure, before, difference }: Entry): Part {
  if (!report || (state !== "changed" && state !== "moved")) return null;
  const { changes } = report.comparison;
  const pictures = Object.entries({ "on record": before, now: before && figure, difference }).flatMap(
    ([words, picture]) =>
      picture ? [html`<figure>${image(picture, `Figure ${words}`)}<figcaption>${words}</figcaption></figure>`] : [],
  );
  const differences = changes.length > 0 ? [plural(changes.length, "difference")] : [];
  const what = [...differences, ...(pictures.length > 0 ? ["another figure"] : [])].join(", ");
  return html`<details class="changes" open=${state === "changed"}>
    <summary>${states[state]}: ${what}</summary>
    ${
      changes.length > 0 &&
      html`<div class="scroll" tabindex="0" role="region" aria-label=${`Differences of ${id} from the record`}><table>
      <thead><tr><th scope="col">what</th><th scope="col">on record</th><th scope="col">now</th></tr></thead>
      <tbody>${changes.map(({ path, before: old, after }) => html`<tr><th scope="row">${path.join(" › ")}</th><td>${old ?? "absent"}</td><td>${after ?? "absent"}</td></tr>`)}</tbody>
    </table></div>`
    }
    ${pictures.length > 0 && html`<div class="compared">${pictures}</div>`}
    ${report.mode !== "all" && !report.unfit && html`<p class="note">Accept it:</p>${command(acceptCommand(`${id} ${conclusion.title}`))}`}
  </details>`;
}

export function image({ src, width, height }: Picture, alt: string): Part {
  return html`<a href=${src}><img src=${src} width=${width} height=${height} alt=${alt} loading="lazy" decoding="async" /></a>`;
}

/** A line to copy; the page's script adds the button. */
export function command(text: string): Part {
  return html`<p class="command"><code>${text}</code></p>`;
}
