import { render } from "preact";
import { html } from "../../verification/atlas/markup.ts";
import { whyNotRun, whyNotTrain } from "../abilities.ts";
import { pageKey } from "../data.ts";
import { All } from "./all.ts";
import { Here } from "./here.ts";
import { storage, Tally } from "./tally.ts";
import { Verifier } from "./verifier.ts";

/** Gives every card a place in which its hypothesis can be verified, and the page one for all. */
export function startVerifying(): void {
  const cards = [...document.querySelectorAll<HTMLElement>(".card")].filter(({ dataset }) => dataset.title);
  const verifier = new Verifier(new Tally(pageKey(), storage()));
  const trains = (card: HTMLElement) => card.dataset.kind !== "exact";
  const [noRun, noTraining] = [whyNotRun(), whyNotTrain()];
  const places = new Map<string, () => void>();
  for (const card of cards) {
    const place = document.createElement("div");
    card.querySelector("footer")!.before(place);
    const { id } = card;
    const draw = () => {
      const props = {
        id,
        stage: verifier.stages.get(id),
        seen: verifier.tally.seen.get(id),
        why: noRun ?? (trains(card) ? noTraining : null),
        start: () => verifier.start([id]),
        stop: () => verifier.stop(id),
      };
      render(html`<${Here} ...${props} />` as never, place);
    };
    places.set(id, draw);
    draw();
  }
  const drawAll = (noRun ?? noTraining) ? () => {} : placeForAll(verifier, cards);
  verifier.listen((id) => {
    places.get(id)?.();
    drawAll();
  });
}

/** At the head of the claims. Gives back what draws it. */
function placeForAll(verifier: Verifier, cards: readonly HTMLElement[]): () => void {
  const head = document.createElement("div");
  document.querySelector("#claims")!.prepend(head);
  const ids = cards.map(({ id }) => id);
  const draw = () => {
    const shown = cards.filter((card) => !card.hidden).map(({ id }) => id);
    render(html`<${All} verifier=${verifier} ids=${ids} shown=${shown} />` as never, head);
  };
  // The filters say nothing when they have filtered, but for their count.
  new MutationObserver(draw).observe(document.querySelector("output.found")!, { childList: true });
  draw();
  return draw;
}
