import { render } from "preact";
import type { Given } from "../../explore/training.ts";
import { html } from "../../verification/atlas/markup.ts";
import { whyNotRun, whyNotTrain } from "../abilities.ts";
import { fromAddress, inFragment, toAddress, withTry } from "./address.ts";
import { Bench } from "./bench.ts";
import { Form } from "./form.ts";
import { Report } from "./report.ts";

/** Gives the page a workbench at the head of its claims: folded, unless the address asks for it. */
export function startTrying(): void {
  const place = document.createElement("details");
  place.className = "try";
  document.querySelector("#claims > .nothing")!.before(place);
  const why = whyNotRun() ?? whyNotTrain();
  const bench = new Bench(draw);

  function change(given: Given): void {
    bench.set(given);
    remember();
  }
  /** Folded away, it leaves nothing in the address. */
  function remember(): void {
    const fragment = withTry(location.hash, place.open ? toAddress(bench.given) : null);
    history.replaceState(null, "", fragment ? `#${fragment}` : location.href.split("#")[0]);
  }
  function recall(): void {
    const address = inFragment(location.hash);
    if (address === null) return;
    const { given, unknown } = fromAddress(address);
    bench.set(given, unknown);
    place.open = true;
    place.scrollIntoView();
  }
  function draw(): void {
    const { trial, running } = bench;
    const inside = why
      ? html`<p class="note">Nothing can be trained here. ${why}</p>`
      : html`<p class="note">Train any model of this kind in this browser: the same engine, the same bits as on the command line. Start from what a hypothesis trains, and change it.</p>
        <${Form} bench=${bench} change=${change} />
        ${trial && html`<${Report} trial=${trial} running=${running} />`}`;
    render(html`<summary>Try your own</summary>${inside}` as never, place);
  }
  draw();
  recall();
  place.addEventListener("toggle", ({ target }) => {
    // What an address asks for beside its flags is told until the form is changed.
    if (target === place && (inFragment(location.hash) === null) === place.open) remember();
  });
  addEventListener("hashchange", recall);
}
