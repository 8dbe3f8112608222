import {
  always,
  compose,
  distribution,
  hessian,
  hypothesis,
  plane,
  preactivations,
  type Run,
  range,
  recipe,
  spectrum,
  twins,
  verdictLine,
} from "../../src/index.ts";
import {
  atLowRate,
  biased,
  bothCodes,
  fresh,
  learned,
  nearCircle,
  type Scheme,
  section,
  steady,
} from "./end-bias-setup.ts";

/**
 * Tied, end bias: the ends that training comes to, and what is learned on the way (B6b, B6c, B6d). A feature is silent when
 * neither its output answers any input nor any unlearned or learned output answers it.
 */

type End = {
  "features learned": number;
  "unlearned features that are not silent": number;
  "least curvature": number;
};

/** Outputs that reach less than this above 0 count as silent: in float32 a contact comes to rest a little above. */
const contact = 1e-3;

/** Unlearned features whose output answers some input, or to which some output answers. */
function notSilent(run: Run): number[] {
  const k = learned(run);
  const z = preactivations(run.model, run.parameters);
  return run.points.flatMap((_, u) =>
    !k.includes(u) && z.some((row, i) => row[u]! > contact || z[u]![i]! > contact) ? [u] : [],
  );
}

/**
 * The Hessian is taken with every bias lowered by `contact`, so that outputs that just touch 0 count as off: an output that
 * answers adds a curvature that is not negative, so this is the side on which the least is smallest.
 */
function endOf(run: Run): End {
  const weights = 2 * run.points.length;
  const open = run.parameters.map((x, i) => (i < weights ? x : x - contact));
  return {
    "features learned": learned(run).length,
    "unlearned features that are not silent": notSilent(run).length,
    "least curvature": spectrum(hessian(run.model, open)).values[0]!,
  };
}

/** To the end: up to 150,000 steps, looking every 10,000, which outlasts the plateaus. */
const settled = (features: number, scheme: Scheme, seeds = fresh(256)) => ({
  model: biased(features, scheme),
  recipe: recipe({
    steps: 150_000,
    rate: steady(features).rate,
    convergence: { gradientNorm: 1e-4, every: 10_000 },
  }),
  seeds,
});
const stillMoving = {
  name: "after 500 steps",
  recipe: recipe({ steps: 500, rate: 0.02 * 64, convergence: { gradientNorm: 100, every: null } }),
};

hypothesis("B6b trained ends: silent features and no negative curvature", {
  claim:
    "At the end of training the unlearned features have zero gradient and the Hessian has no negative direction, whatever the number learned.",
  section,
  kind: "landscape",
  reading:
    "Stated for every end, not only those with six learned. Zero gradient: no unlearned output answers any input and no output answers an unlearned input (up to 0.001, float32). No negative direction: least curvature of the summed loss above −0.05, with outputs that just touch 0 counted as off (which makes the least curvature smallest).",
  given: bothCodes([8, 10], settled),
  observe: endOf,
  expect: always(
    (o: End) => o["unlearned features that are not silent"] === 0 && o["least curvature"] > -0.05,
    "silent unlearned features and no negative curvature",
  ),
  control: stillMoving,
  witness: {
    "features learned": 6,
    "unlearned features that are not silent": 0,
    "least curvature": 0,
  },
  figure: (result) =>
    compose({ title: "Least curvature at trained ends", subtitle: verdictLine(result) }, [
      distribution({
        label: "least curvature of the summed loss at the end (a merged pair: −4)",
        conditions: [...result.cells, result.control].map((o) => ({
          label: o.label,
          values: o.values.flatMap((v) => (v ? [v["least curvature"]] : [])),
        })),
        marks: [{ value: 0, label: "flat" }],
        width: 720,
      }),
    ]),
});

type Sorted = {
  "features learned": number;
  "learned exactly": boolean;
  "unlearned and silent": number;
  "unlearned and identical to another": number;
  "unlearned otherwise": number;
};

/** Every unlearned feature by what has become of it. */
function sorted(run: Run): Sorted {
  const { model, parameters, points, outputBias } = run;
  const k = learned(run);
  const z = preactivations(model, parameters);
  const wrong = k.some((j) => z.some((row, i) => Math.abs(Math.max(0, row[j]!) - Number(i === j)) > contact));
  const loud = notSilent(run);
  const identical = twins(
    loud.map((i) => points[i]!),
    loud.map((i) => outputBias![i]!),
    { leastNorm: -1 },
  ).flat().length;
  return {
    "features learned": k.length,
    "learned exactly": !wrong,
    "unlearned and silent": points.length - k.length - loud.length,
    "unlearned and identical to another": identical,
    "unlearned otherwise": loud.length - identical,
  };
}

hypothesis("B6c trained ends: learned exactly, silent, or identical", {
  claim:
    "At every end the learned features are exact, and each of the others is silent or identical to another one: identical features share an output, and without noise gradient descent can never tell them apart.",
  section,
  kind: "landscape",
  reading:
    "The repaired claim, at eight features, where nearly every run comes to an end: outputs of learned features within 0.001 of what they should be; every unlearned feature silent (B6b), or with the same column and bias as another to 0.01, either sharing one feature's output or at the origin with a faint constant output. With exact and silent features alone the end is a minimum by B6. Seeds of its own, since those of B6b suggested the claim.",
  given: bothCodes([8], (n, scheme) => settled(n, scheme, range(3000, 3512))),
  observe: sorted,
  expect: always(
    (o: Sorted) => o["learned exactly"] && o["unlearned otherwise"] === 0,
    "learned exactly, silent or identical",
  ),
  control: stillMoving,
  figure: (result) => {
    const cell = result.cells[1]!;
    const kinds: [string, (o: Sorted) => boolean][] = [
      ["the others silent", (o) => o["unlearned and identical to another"] === 0],
      ["with identical features", (o) => o["unlearned and identical to another"] > 0],
    ];
    return compose(
      { title: "Two kinds of end with eight features (newer code)", subtitle: verdictLine(result) },
      kinds.flatMap(([name, is]) => {
        const at = cell.values.findIndex((v) => v !== null && is(v));
        const run = cell.ensemble.runs[at];
        return run
          ? [
              plane({
                caption: `${name}: ${cell.values.filter((v) => v !== null && is(v)).length} of ${cell.values.length}, like seed ${run.seed}`,
                points: run.points,
                values: { of: run.outputBias!, label: "end bias" },
                hull: false,
              }),
            ]
          : [];
      }),
    );
  },
});

type Course = { "six at some time": boolean; "most learned afterwards": number };

/** From the first checkpoint at which six features are learned: the most that ever are. */
function afterSix(run: Run): Course {
  const counts = [...run.checkpoints, run].map((state) => learned(state).length);
  const first = counts.findIndex((k) => k >= 6);
  return {
    "six at some time": first >= 0,
    "most learned afterwards": first < 0 ? Math.max(...counts) : Math.max(...counts.slice(first)),
  };
}

hypothesis("B6d once six are learned nothing else is", {
  claim: "Once six features are learned no further one is.",
  section,
  kind: "dynamics",
  reading:
    "Over about 75 checkpoints, evenly spaced in the logarithm of the step: after the first with six learned features there never is one with more, nor at the end. Seeds that never have six count for the claim.",
  given: bothCodes([8, 10], atLowRate),
  endPoints: false,
  observe: afterSix,
  expect: always((o: Course) => o["most learned afterwards"] <= 6, "never more than six"),
  control: {
    name: "started at the lossless circle, moved by noise of 0.02",
    model: nearCircle(8, 0.02),
  },
  witness: { "six at some time": true, "most learned afterwards": 6 },
  figure: (result) =>
    compose({ title: "The most features ever learned, once six were", subtitle: verdictLine(result) }, [
      distribution({
        label: "most features learned at once, of the seeds that had six",
        conditions: result.cells.map((o) => ({
          label: o.label,
          values: o.values.flatMap((v) => (v?.["six at some time"] ? [v["most learned afterwards"]] : [])),
        })),
        marks: [{ value: 6, label: "six" }],
        width: 640,
      }),
    ]),
});
