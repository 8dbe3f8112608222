import type { Given } from "../../explore/training.ts";
import { html, type Part } from "../../verification/atlas/markup.ts";
import { toAddress } from "./address.ts";
import type { Bench } from "./bench.ts";
import { commandFor } from "./command.ts";
import { Control } from "./control.ts";
import { fields, type Group, groups, shownValue, withValue } from "./fields.ts";
import { presets } from "./presets.ts";

interface FormProps {
  readonly bench: Bench;
  /** The reader has changed the flags. */
  readonly change: (given: Given) => void;
}

/** What to train, control by control, and the command that says the same. */
export function Form({ bench, change }: FormProps): Part {
  const { given, unknown, running } = bench;
  const { wrong } = bench.checked;
  const chosen = presets.findIndex((preset) => toAddress(preset.given) === toAddress(given));
  const choose = (event: Event) => {
    const preset = presets[Number((event.target as HTMLSelectElement).value)];
    if (preset) change(preset.given);
  };
  const blamed = fields.find(({ name }) => name === wrong?.flag);
  const run = (event: Event) => {
    event.preventDefault();
    // A reader who presses Enter has to see why nothing happens.
    if (wrong) document.getElementById(`try-${wrong.flag}`)?.focus();
    else void bench.start();
  };
  const stop = (event: Event) => {
    // Or the button, which is Run again when it has stopped, would run at once.
    event.preventDefault();
    bench.stop();
  };
  return html`<form class="flags" aria-label="What to train" onSubmit=${run} novalidate>
    <p class="field preset"><label for="try-preset">Start from</label>
      <select id="try-preset" value=${chosen} onChange=${choose}>
        <option value="-1" selected=${chosen < 0}>your own</option>
        ${presets.map(({ id, words }, i) => html`<option value=${i} selected=${i === chosen}>${id}: ${words}</option>`)}
      </select></p>
    ${groups.map((group) => html`<${Fields} group=${group} bench=${bench} change=${change} />`)}
    ${unknown.length > 0 && html`<p class="wrong">The address also asks for ${unknown.join(", ")}, which this form does not have.</p>`}
    ${wrong && !blamed && html`<p class="wrong" role="status">${wrong.message}</p>`}
    ${
      wrong
        ? html`<p class="note">The command comes when the form is right.</p>`
        : html`<p class="note">The same on the command line:</p>
          <p class="command"><code>${commandFor(given)}</code><button type="button" class="copy">Copy</button></p>`
    }
    <p class="actions">
      <button type=${running ? "button" : "submit"} class="run" onClick=${running && stop}>${running ? "Stop" : "Run"}</button>
    </p>
  </form>`;
}

function Fields({ group, bench, change }: FormProps & { readonly group: Group }): Part {
  const { given } = bench;
  const { wrong } = bench.checked;
  const kind = given.get("data") ?? "one-hot";
  const shown = group.fields.filter(({ data, name }) => !data || data === kind || given.has(name));
  const controls = html`<div class="fields">${shown.map((field) => {
    const message = wrong && wrong.flag === field.name ? wrong.message : null;
    return html`<${Control} key=${field.name} field=${field} given=${given} wrong=${message} change=${(value: string) => change(withValue(given, field, value))} />`;
  })}</div>`;
  if (!group.folded) return html`<fieldset><legend>${group.title}</legend>${controls}</fieldset>`;
  const used = shown.filter((field) => shownValue(given, field) !== "").length;
  const needed = shown.some(({ name }) => name === wrong?.flag);
  return html`<details class="more" open=${needed || undefined}><summary>${group.title}${used > 0 && html` <span class="n">${used} in use</span>`}</summary>${controls}</details>`;
}
