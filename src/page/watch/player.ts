import { useMemo } from "preact/hooks";
import { formatNumber } from "../../figures/canvas/scale.ts";
import { usualCamera } from "../../figures/shapes/polyhedron.ts";
import { html, type Part, plural } from "../../verification/atlas/markup.ts";
import { Canvas } from "./canvas.ts";
import { curves } from "./curves.ts";
import type { Frame, Replay } from "./messages.ts";
import { picture } from "./picture.ts";
import { usePlaying } from "./playing.ts";
import { useTurning } from "./turning.ts";

interface PlayerProps {
  readonly replay: Replay;
  /** What is watched: "T1, n = 5: seed 17". */
  readonly name: string;
  /** Nothing moves unless it is asked to. */
  readonly still: boolean;
}

const speeds = [0.25, 0.5, 1, 2, 4];
const names = {
  plane: "The configuration",
  space: "The configuration; arrow keys turn it",
  matrix: "How the features interfere",
};

/** A training to play, to step through, and to turn. */
export function Player({ replay, name, still }: PlayerProps): Part {
  const { frames, drawn } = replay;
  const { shown, last, playing, speed, setSpeed, show, toggle } = usePlaying(frames.length, still);
  const { camera, handlers } = useTurning();
  const height = useMemo(() => {
    // Matrices are all of one size.
    const heights = (drawn === "matrix" ? frames.slice(0, 1) : frames).map(
      (frame) => picture(replay, frame, usualCamera).height,
    );
    return Math.max(...heights);
  }, [replay]);
  const chart = useMemo(() => (frames.length > 1 ? curves(replay) : null), [replay])?.(shown);
  const words = wordsOf(replay, frames[shown]!);

  const keys: Readonly<Record<string, () => void>> = {
    " ": toggle,
    ArrowLeft: () => show(shown - 1),
    ArrowRight: () => show(shown + 1),
    Home: () => show(0),
    End: () => show(last),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { tagName } = event.target as Element;
    const own = tagName === "SELECT" || (tagName === "BUTTON" && event.key === " ");
    if (own || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]!();
  };
  const button = (label: string, sign: string, act: () => void, off = false) =>
    html`<button type="button" aria-label=${label} title=${label} aria-disabled=${off} onClick=${act}>${sign}</button>`;
  return html`<div class="player" role="group" aria-label=${`The training of ${name}`} tabindex="-1" onKeyDown=${onKeyDown}>
      <${Canvas} drawing=${picture(replay, frames[shown]!, camera)} height=${height} label=${`${names[drawn]}: ${words}`} handlers=${drawn === "space" ? handlers : {}} />
      ${chart && html`<${Canvas} drawing=${chart} height=${chart.height} label=${`Loss and ${replay.counted} over the training`} />`}
    <p class="words">${words}</p>
    <div class="actions">
      ${button("One step back", "◂", () => show(shown - 1), shown === 0)}
      ${button(playing ? "Pause" : "Play", playing ? "❚❚" : "▶", toggle)}
      ${button("One step on", "▸", () => show(shown + 1), shown === last)}
      <input type="range" min="0" max=${last} value=${shown} aria-label="Moment of the training" aria-valuetext=${words}
        onInput=${({ currentTarget }: InputEvent) => show(Number((currentTarget as HTMLInputElement).value))} />
      <label>Speed <select value=${speed} onChange=${({ currentTarget }: Event) => setSpeed(Number((currentTarget as HTMLSelectElement).value))}>
        ${speeds.map((each) => html`<option value=${each} selected=${each === speed}>${each}×</option>`)}
      </select></label>
    </div>
    <p class="note">${[...replay.remarks, ...hints(replay)].join(" ")}</p>
  </div>`;
}

function wordsOf({ steps, counted }: Replay, { step, loss, learned, points }: Frame): string {
  const what = counted === "directions" ? plural(learned, "direction") : `${learned} of ${points.length} ${counted}`;
  return `step ${step.toLocaleString("en")} of ${steps.toLocaleString("en")} · loss ${formatNumber(loss)} · ${what}`;
}

/** How it ended, and how the picture is to be read and used. */
function hints({ status, drawn, frames }: Replay): string[] {
  const { gradientNorm, reading } = frames.at(-1)!;
  const norm = `the gradient's norm is ${formatNumber(gradientNorm)}`;
  const end = {
    converged: [`It converged: ${norm}.`],
    stopped: [`Its steps ended before it converged: ${norm}.`],
    diverged: [],
  };
  const read = {
    plane: [],
    space: [
      reading ? "Shown is where features are written, not where they are read." : "",
      "Drag the shape, or use its arrow keys, to turn it.",
    ],
    matrix: ["Features that are alike stand side by side."],
  };
  return [...end[status], ...read[drawn], "Space plays, arrow keys step."].filter(Boolean);
}
