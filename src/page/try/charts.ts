import { brief, html, type Part } from "../../verification/atlas/markup.ts";
import type { Bins } from "./bins.ts";

interface BarsProps {
  readonly title: string;
  /** What is counted, and how often; in the order of the rows. */
  readonly counts: readonly (readonly [name: string, count: number])[];
}

/** A row for each thing that is counted. */
export function Bars({ title, counts }: BarsProps): Part {
  const most = Math.max(...counts.map(([, count]) => count));
  return html`<table class="tried"><caption>${title}</caption><tbody>${counts.map(
    ([name, count]) => html`<tr><th scope="row">${name}</th>
      <td class="share"><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width=${(100 * count) / most} height="1" /></svg></td>
      <td class="times">${count.toLocaleString("en")}</td></tr>`,
  )}</tbody></table>`;
}

/** How losses are distributed. `quantiles`: the same in words. */
export function Histogram({ bins, quantiles }: { readonly bins: Bins; readonly quantiles: string }): Part {
  const { counts, low, high, log } = bins;
  const most = Math.max(...counts);
  const bars = counts.map((count, i) => {
    const height = (40 * count) / most;
    return html`<rect x=${i + 0.05} width="0.9" y=${40 - height} height=${height} />`;
  });
  return html`<figure class="losses">
    <figcaption>Mean loss${log && ", on a logarithmic scale"}</figcaption>
    ${
      counts.length > 1 &&
      html`<svg viewBox=${`0 0 ${counts.length} 40`} preserveAspectRatio="none" role="img" aria-label=${`Histogram of the losses: ${quantiles}`}>${bars}</svg>
        <p class="range n"><span>${brief(low)}</span><span>${brief(high)}</span></p>`
    }
    <p class="note">${quantiles}</p>
  </figure>`;
}
