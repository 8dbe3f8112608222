import { render } from "preact";
import { html } from "../../verification/atlas/markup.ts";
import { whyNotRun, whyNotTrain } from "../abilities.ts";
import { ask, Stopped } from "../ask.ts";
import { pageData } from "../data.ts";
import type { ExploreRequest } from "../try/messages.ts";
import type { ReplayRequest } from "./messages.ts";
import { type Stage, Watch } from "./watch.ts";

/** What atlas/browser/seeds.js says of the seed that it shows. */
type Shown = { readonly seed: number } & ({ readonly id: string; readonly label: string } | ExploreRequest);

/** Gives the dialog of a seed a place in which its training can be watched. */
export function startWatching(): void {
  const dialog = document.querySelector<HTMLDialogElement>("#seed")!;
  if (whyNotRun() ?? whyNotTrain()) return;
  const place = document.createElement("div");
  place.className = "watch";
  dialog.querySelector(".facts")!.after(place);

  let shown: Shown;
  let controller = new AbortController();
  const draw = (stage: Stage) => {
    const hadFocus = place.contains(document.activeElement);
    dialog.classList.toggle("watched", stage.is === "done");
    const props = {
      stage,
      name: dialog.querySelector("h2")!.textContent!,
      still: matchMedia("(prefers-reduced-motion: reduce)").matches,
      start,
      stop: () => controller.abort(),
    };
    render(html`<${Watch} ...${props} />` as never, place);
    // What was pressed is gone: the keys go to what came instead.
    if (hadFocus && !place.contains(document.activeElement))
      place.querySelector<HTMLElement>(".player, button")?.focus();
  };
  async function start(): Promise<void> {
    controller = new AbortController();
    const { signal } = controller;
    const asked = shown;
    // The dialog may show another seed by then.
    const move = (stage: Stage) => {
      if (controller.signal === signal) draw(stage);
    };
    move({ is: "training", progress: "" });
    try {
      const progress = (words: string) => move({ is: "training", progress: words });
      const replay = await ask("replay", await requestOf(asked), { progress }, signal);
      move({ is: "done", replay });
    } catch (error) {
      move(error instanceof Stopped ? { is: "offered" } : { is: "failed", why: (error as Error).message });
    }
  }

  dialog.addEventListener("seed", (event) => {
    shown = (event as CustomEvent<Shown>).detail;
    draw({ is: "offered" });
  });
  dialog.addEventListener("close", () => {
    controller.abort();
    controller = new AbortController();
    render(null, place);
    dialog.classList.remove("watched");
  });
}

async function requestOf(shown: Shown): Promise<ReplayRequest> {
  if ("given" in shown) return shown;
  const { note, record } = await pageData();
  return { ...shown, note, spec: record[shown.id]!.spec };
}
