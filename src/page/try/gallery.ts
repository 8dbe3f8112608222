import { useEffect, useRef } from "preact/hooks";
import type { Given } from "../../explore/training.ts";
import { html, type Part } from "../../verification/atlas/markup.ts";
import type { ShownSeed } from "../../verification/atlas/shown-seed.ts";
import type { Thumbnail } from "../../verification/claim/trainer.ts";
import type { GallerySeed } from "../../verification/examples/gallery.ts";
import type { Trial } from "./bench.ts";
import { commandFor } from "./command.ts";
import type { ExploreRequest } from "./messages.ts";

/** More pictures than this are more than anyone looks at. */
const most = 24;

/** A few seeds of each kind, the most frequent kinds first. Each opens closer, with the command that trains it again. */
export function Gallery({ trial }: { readonly trial: Trial }): Part {
  const shown = trial.results.gallery(most).map(({ seed, status, loss, kind, like, of, thumbnail }) => {
    const finite = status === "diverged" ? null : Number(loss.toPrecision(6));
    // One in ten or fewer.
    const why = 10 * like <= of ? "rare" : "typical";
    const observed = status === "diverged" ? null : kind;
    return { of, seed: { seed, why, met: null, like, observed, status, loss: finite, thumbnail } as GallerySeed };
  });
  return html`<div class="gallery">
    <p class="note">A few seeds of each kind, the most frequent kinds first. Choose one for the command that trains it again.</p>
    <ul class="seeds">${shown.map(
      (one) => html`<li class="seed" key=${one.seed.seed}><${Seed} ...${one} trial=${trial} /></li>`,
    )}</ul>
  </div>`;
}

interface SeedProps {
  readonly trial: Trial;
  readonly of: number;
  readonly seed: GallerySeed;
}

function Seed({ trial, of, seed }: SeedProps): Part {
  const show = () => {
    const given: Given = new Map([...trial.given, ["seeds", String(seed.seed)]]);
    const source: ExploreRequest = { given: [...given] };
    const detail: ShownSeed = { where: "Your own", gallery: { of, command: commandFor(given) }, seed, source };
    dispatchEvent(new CustomEvent("show-seed", { detail }));
  };
  const ending = seed.status === "converged" ? "" : seed.status === "stopped" ? "not converged" : "diverged";
  return html`<button type="button" onClick=${show}>
    ${
      seed.thumbnail
        ? html`<${Sketch} thumbnail=${seed.thumbnail} />`
        : html`<span class="sketch none">${seed.status === "diverged" ? "diverged" : "no picture"}</span>`
    }
    <span class="name">seed ${seed.seed}</span> <span class="why">${seed.why}</span> <span class="words">${[seed.observed, ending].filter(Boolean).join(", ")}</span>
  </button>`;
}

/** As the galleries of the run are drawn. */
function Sketch({ thumbnail }: { readonly thumbnail: Thumbnail }): Part {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => place.current?.replaceChildren(drawThumbnail(thumbnail)), [thumbnail]);
  return html`<span class="drawn" ref=${place}></span>`;
}
