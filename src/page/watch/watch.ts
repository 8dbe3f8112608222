import { html, type Part } from "../../verification/atlas/markup.ts";
import type { Replay } from "./messages.ts";
import { Player } from "./player.ts";

/** How far the training of the seed that the dialog shows is. */
export type Stage =
  | { readonly is: "offered" }
  | { readonly is: "training"; readonly progress: string }
  | { readonly is: "done"; readonly replay: Replay }
  | { readonly is: "failed"; readonly why: string };

interface WatchProps {
  readonly stage: Stage;
  readonly name: string;
  readonly still: boolean;
  readonly start: () => void;
  readonly stop: () => void;
}

/** The part of a seed's dialog in which it can be watched. */
export function Watch({ stage, name, still, start, stop }: WatchProps): Part {
  if (stage.is === "done") return html`<${Player} replay=${stage.replay} name=${name} still=${still} />`;
  return html`<p class="actions" aria-busy=${stage.is === "training"}>
    ${
      stage.is === "training"
        ? html`<button type="button" onClick=${stop}>Stop</button> <span class="said">${stage.progress || "starting"}</span>`
        : html`<button type="button" onClick=${start}>Watch it train</button>`
    }
    ${stage.is === "failed" && html`<span class="differs" role="alert">It could not be trained here: ${stage.why}</span>`}
  </p>`;
}
