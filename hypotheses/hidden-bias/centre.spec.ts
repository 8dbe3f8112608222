import { hypothesis, type Run, shapes } from "../../src/index.ts";
import { at, centre, hiddenBiasHeld, relativeCentre, tiedInstead } from "./setup.ts";

/** A bias a in the hidden layer, no end bias: whether the activations wᵢ + a are centred on zero (H3). */

hypothesis("H3 untied: the activations are centred on zero", {
  row: "H3",
  role: "as printed",
  claim: "In an untied model with a hidden bias the activations wᵢ + a are centred on zero.",
  operationalisation:
    "Centred: the mean activation over the features is less than a twentieth of their root mean square; or, if every direction counts once, with the norm √Σ‖h‖² of the features in it, the mean of the directions is shorter than 0.01 (H3b). Either will do. The claim follows one about untied models, so it is taken to be about these. The positive control is the same model, tied.",
  given: {
    "ReLU, n = 5": at({ n: 5, tied: false, rate: 0.003, steps: 20_000 }),
    "ReLU, n = 10": at({ n: 10, tied: false, rate: 0.003, steps: 20_000 }),
    "GELU, n = 10": at({ n: 10, nonlinearity: "gelu", tied: false, rate: 0.003, steps: 6000 }),
  },
  endPoints: false,
  observe: centre,
  expect: {
    nearlyAll: "activations centred on zero",
    when: (o) => o["mean activation over rms"] < 0.05 || o["mean direction"] < 0.01,
  },
  control: hiddenBiasHeld(5),
  positiveControl: tiedInstead(5),
  figure: ({ cells, positiveControl }) => [cells[1]!, positiveControl!].map(centres),
});

hypothesis("H3b tied: the polygon of activations is centred on zero", {
  row: "H3",
  role: "repaired",
  claim: "In a tied model with a hidden bias the polygon of activations is centred on zero.",
  operationalisation:
    "Every direction counts once, with the norm √Σ‖h‖² of the features in it. Centred: their mean is shorter than 0.01. The mean over the features says nothing about the polygon, because under ReLU they share directions unevenly.",
  given: {
    "ReLU, n = 5": at({ n: 5, rate: 0.02, steps: 8000 }),
    "ReLU, n = 10": at({ n: 10, rate: 0.02, steps: 8000 }),
    "GELU, n = 10": at({ n: 10, nonlinearity: "gelu", rate: 0.02, steps: 3000 }),
  },
  endPoints: false,
  observe: centre,
  expect: { nearlyAll: "a polygon centred on zero", when: (o) => o["mean direction"] < 0.01 },
  control: { ...at({ n: 10, tied: false, rate: 0.003, steps: 20_000 }), name: "untied, n = 10" },
  figure: ({ cells, control }) => [cells[1]!, control].map(centres),
});

const centres = ({ label, runs }: { label: string; runs: readonly Run[] }) =>
  shapes.plane({
    caption: `${label}: one point a seed`,
    points: runs.slice(0, 100).map(relativeCentre),
    label: "mean activation over rms",
    hull: false,
    grouping: { tolerance: 1e-9 },
  });
