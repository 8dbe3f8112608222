import { type Flag, flags } from "../../explore/flags.ts";
import type { Given } from "../../explore/training.ts";
import { html, type Part } from "../../verification/atlas/markup.ts";
import { type Field, shownValue } from "./fields.ts";

interface ControlProps {
  readonly field: Field;
  readonly given: Given;
  /** What is wrong with it, in the words of the command line. */
  readonly wrong: string | null;
  readonly change: (value: string) => void;
}

/** A field of the form: its label, its control, what it is for, and what is wrong with it. */
export function Control({ field, given, wrong, change }: ControlProps): Part {
  const { name, label, choices, isSwitch } = field;
  const id = `try-${name}`;
  const value = shownValue(given, field);
  const common = {
    id,
    "aria-invalid": wrong !== null,
    "aria-describedby": `${id}-help${wrong === null ? "" : ` ${id}-wrong`}`,
  };
  const help = html`<small id=${`${id}-help`}>${helpOf(field)}</small>`;
  const said = html`<span class="wrong" id=${`${id}-wrong`} aria-live="polite">${wrong}</span>`;
  if (isSwitch) {
    const toggle = (event: Event) => change((event.target as HTMLInputElement).checked ? "on" : "");
    return html`<div class="field switch"><label><input type="checkbox" ...${common} checked=${value !== ""} onChange=${toggle} /> ${label}</label>${help}${said}</div>`;
  }
  const take = (event: Event) => change((event.target as HTMLInputElement | HTMLSelectElement).value);
  // A value that is no choice, from an address, stays visible, and wrong.
  const options = [...new Set(["", ...(choices ?? []), value])];
  return html`<div class="field"><label for=${id}>${label}</label>
    ${
      choices
        ? html`<select ...${common} value=${value} onChange=${take}>${options.map((option) => html`<option value=${option} selected=${option === value}>${option || "default"}</option>`)}</select>`
        : html`<input type="text" ...${common} value=${value} onInput=${take} autocomplete="off" autocapitalize="off" spellcheck=${false} />`
    }
    ${help}${said}</div>`;
}

/** As --help has it, with what a value looks like where a number or a choice does not say it. */
function helpOf({ name, choices }: Field): Part {
  if (name === "tied") return "whether the unembedding is the embedding's transpose (tied, but for chains)";
  const { value = "", help }: Flag = flags[name];
  return html`${!choices && value.length > 1 && html`<code>${value}</code> `}${help}`;
}
