import { charts, geometry, hypothesis, type Run, range, type State, scope } from "../../src/index.ts";
import { onSeedsFrom20000 } from "../helpers.ts";
import { norm, noteSchedule, softmax } from "./setup.ts";

/** Tied, no bias: which features are left at zero (C2c). */

const sizes = scope("n", [40, 30, 20], (n) => onSeedsFrom20000(softmax(n), noteSchedule(5000, { checkpoints: 1 })));

const atZero = (run: Run) => geometry.twoLevel(run.points).atZero;
/** The rank of each feature's norm, 0 for the shortest. */
function normRanks({ points }: State): number[] {
  const norms = points.map(norm);
  return norms.map((length) => norms.filter((other) => other < length).length);
}

hypothesis("C2c the features left at zero have the shortest initial columns", {
  row: "C2",
  role: "supporting",
  claim:
    "Which of 20 to 40 features tied softmax leaves at zero in 2D is decided by the initialisation: those with the shortest initial columns.",
  operationalisation:
    "Every feature is as likely as any other to be initialised with a short column, so chance decides. Asked: some feature ends at zero, and all that do are among the shortest quarter of the initial columns. If lengths did not matter, k features at zero would all come from that quarter in about one seed of 4^k: one in four where only one is lost. The control ranks the same ends by the initial columns of other seeds.",
  given: sizes,
  versus: sizes,
  endPoints: false,
  observe: (run, other) => {
    const ranks = normRanks(other.checkpoints[0]!);
    const zeros = atZero(run);
    return {
      "at zero": zeros.length,
      "from the shortest quarter": zeros.filter((i) => ranks[i]! < ranks.length / 4).length,
    };
  },
  expect: {
    most: "all zeros from the shortest quarter",
    when: (o) => o["at zero"] > 0 && o["from the shortest quarter"] === o["at zero"],
  },
  control: { name: "starts of other seeds", versus: { seeds: range(22_048, 24_096) } },
  figure: ({ cells }) => initialRanks(cells[0]!.runs.slice(0, 64)),
});

function initialRanks(runs: readonly Run[]) {
  const shares = (left: boolean) =>
    runs.flatMap((run) => {
      const zeros = atZero(run);
      const ranks = normRanks(run.checkpoints[0]!);
      return ranks.filter((_, i) => zeros.includes(i) === left).map((rank) => rank / 39);
    });
  return charts.distribution({
    label: "rank of the column's norm at the start (0 shortest, 1 longest)",
    conditions: [
      { label: "ends on the circle", values: shares(false) },
      { label: "ends at zero", values: shares(true) },
    ],
    marks: [{ value: 0.25, label: "a quarter" }],
    width: 720,
  });
}
