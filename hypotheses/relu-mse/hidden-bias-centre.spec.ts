import { always, compose, hypothesis, type PopulationResult, plane, verdictLine } from "../../src/index.ts";
import {
  activations,
  type Centre,
  centre,
  meanOf,
  rms,
  section,
  steady,
  tiedCell,
  untiedCell,
} from "./hidden-bias-setup.ts";

/** A bias in the hidden layer: whether the activations stay centred on zero (H3). */

const centres = (title: string) => (result: PopulationResult<Centre>) =>
  compose({ title, subtitle: verdictLine(result), columns: 2 }, [
    ...[result.cells[1] ?? result.cells[0]!, result.control].map((o) =>
      plane({
        caption: `${o.label}: one point a seed`,
        points: o.ensemble.runs.slice(0, 100).map((run) => {
          const h = activations(run);
          return meanOf(h).map((x) => x / rms(h));
        }),
        label: "mean activation over rms",
        hull: false,
        grouping: { tolerance: 1e-9 },
      }),
    ),
  ]);

hypothesis("H3 the activations are centred on zero", {
  claim: "The activations wᵢ + a stay centred on zero.",
  section,
  reading:
    "As printed, of the untied model: the mean activation over the features is less than a twentieth of their root mean square, in at least 95 % of seeds.",
  given: {
    "ReLU, n = 5": untiedCell(5),
    "ReLU, n = 10": untiedCell(10),
    "GELU, n = 10": untiedCell(10, "gelu"),
  },
  endPoints: false,
  observe: centre,
  expect: always((o: Centre) => o["mean activation over rms"] < 0.05, "activations centred on zero"),
  control: { name: "untied, after 100 steps", recipe: steady(5, 0.003, 100) },
  witness: { "mean activation over rms": 0, "mean direction": 0 },
  figure: centres("Mean activation of untied models"),
});

hypothesis("H3b tied: the directions are centred on zero", {
  claim: "In a tied model the polygon of activations is centred on zero.",
  section,
  reading:
    "The repaired claim: of the directions, each counted once with the norm √Σ‖h‖² of the features in it, the mean is shorter than 0.01, in at least 95 % of seeds (the features share directions unevenly under ReLU, so that the mean over features says nothing of the polygon).",
  given: {
    "ReLU, n = 5": tiedCell(5),
    "ReLU, n = 10": tiedCell(10),
    "GELU, n = 10": tiedCell(10, "gelu"),
  },
  endPoints: false,
  observe: centre,
  expect: always((o: Centre) => o["mean direction"] < 0.01, "a polygon centred on zero"),
  control: { ...untiedCell(10), name: "untied, n = 10" },
  figure: centres("Mean activation of tied models"),
});
