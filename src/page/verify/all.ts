import { html, type Part, plural } from "../../verification/atlas/markup.ts";
import type { Verifier } from "./verifier.ts";

interface AllProps {
  readonly verifier: Verifier;
  /** Every hypothesis of the page, and those that its filters show. */
  readonly ids: readonly string[];
  readonly shown: readonly string[];
}

/** All hypotheses, with a tally that outlives the page. */
export function All({ verifier, ids, shown }: AllProps): Part {
  const { seen } = verifier.tally;
  const count = (outcome: string) => ids.filter((id) => seen.get(id)?.outcome === outcome).length;
  const left = shown.filter((id) => !seen.has(id));
  const [differs, failed] = [count("differs"), count("failed")];
  const reproduced = count("reproduced") + count("rounded");
  const done = reproduced + differs + failed;
  const all = shown.length === ids.length;
  const start = () => verifier.start(left);
  return html`<section class="verify-all" aria-label="Verify in this browser">
    <p>You need not believe this page. It can train every seed again, in this browser, and compare what comes out with the record, to the last bit.</p>
    <p class="actions">
      ${
        verifier.busy
          ? html`<button type="button" onClick=${() => verifier.stop()}>Stop</button>`
          : left.length > 0 &&
            html`<button type="button" onClick=${start}>${done > 0 && all ? "Go on with the" : "Verify the"} ${plural(left.length, "hypothesis", "hypotheses")} ${done > 0 && all ? "left" : all ? "of this page" : "shown"}</button>`
      }
      ${!verifier.busy && done > 0 && html`<button type="button" onClick=${() => verifier.forget()}>Forget the tally</button>`}
    </p>
    ${
      done > 0 &&
      html`<p class="tally-here" role="status"><progress max=${ids.length} value=${done} aria-label="Hypotheses run in this browser"></progress>
        <span><strong>${reproduced} of ${ids.length} reproduced</strong> in this browser${differs > 0 && html`, <span class="differs">${differs} not reproduced</span>`}${failed > 0 && html`, ${failed} could not be run`}. ${verifier.busy && "The tally is kept if you leave."}</span></p>`
    }
  </section>`;
}
