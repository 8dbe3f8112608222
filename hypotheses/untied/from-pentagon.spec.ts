import { charts, geometry, hypothesis, type Result, type Run } from "../../src/index.ts";
import { summedLoss } from "../helpers.ts";
import { byCell, drawPairs, learnedPairs, mispaired } from "./observations.ts";
import { nearPentagon, tiedOptimum } from "./setup.ts";

/**
 * Untied, no bias: five features in two dimensions, initialised near the best tied pentagon (noise 0.05), so that all five are
 * learned; 256 seeds, 20,000 steps at a rate that decays. Whether they end below the tied optimum (U2), and which reader a
 * written vector is nearest to (U5).
 */

const fromPentagon =
  "Written and reading vectors are initialised at the pentagon with Gaussian noise of 0.05 on every weight; “below” is by more than 0.001. Untied, the pentagon is a saddle: moving written and reading vectors oppositely lowers the loss, so any noise leads away.";

hypothesis("U2c-relu from the pentagon an untied ReLU model ends below the tied optimum", {
  row: "U2",
  role: "supporting",
  claim:
    "An untied ReLU model with five features in 2D, initialised near the best tied pentagon, ends below its loss, 0.8018.",
  operationalisation: fromPentagon,
  given: nearPentagon("relu"),
  endPoints: false,
  observe: summedLoss,
  expect: { nearlyAll: "a loss below the tied optimum", when: (loss) => loss < tiedOptimum.relu - 1e-3 },
  control: { name: "tied, same start", ...nearPentagon("relu", { isTied: true }) },
  figure: drawUntiedAndTied,
});

hypothesis("U2c-gelu from the pentagon an untied GELU model ends below the tied optimum", {
  row: "U2",
  role: "supporting",
  claim:
    "An untied GELU model with five features in 2D, initialised near the best tied pentagon, ends below the lowest loss of tied models, 0.7471.",
  operationalisation: `${fromPentagon} The lowest loss of tied GELU models is that of 1,024 trained seeds.`,
  given: nearPentagon("gelu"),
  endPoints: false,
  observe: summedLoss,
  expect: { nearlyAll: "a loss below the tied optimum", when: (loss) => loss < tiedOptimum.gelu - 1e-3 },
  control: { name: "tied, same start", ...nearPentagon("gelu", { isTied: true }) },
  figure: drawUntiedAndTied,
});

function nearestReading(run: Run) {
  const { written, reading } = learnedPairs(run);
  const margins = written.map((v, i) => {
    const cosines = reading.map((u) => geometry.cosine(v, u));
    return cosines[i]! - Math.max(-1, ...cosines.filter((_, j) => j !== i));
  });
  return {
    directions: written.length,
    "nearest to another's reader": mispaired(geometry.nearestReaders(written, reading)),
    "own cosine less the best other, least": Math.min(1, ...margins),
  };
}

const nearest =
  "“Nearest” is by angle. Weights are initialised near the tied pentagon (noise 0.05), so that all five features are learned.";

hypothesis("U5 the nearest reading vector can be another feature's", {
  row: "U5",
  role: "as printed",
  claim:
    "With five features in 2D the reading vector nearest to a written one can belong to another feature, under ReLU and GELU.",
  operationalisation: `${nearest} “Can” is in at least one seed in a hundred.`,
  given: { ReLU: nearPentagon("relu"), GELU: nearPentagon("gelu") },
  endPoints: false,
  observe: nearestReading,
  expect: {
    inAtLeast: 0.01,
    that: "some written vector nearest to another feature's reading vector",
    when: (o) => o["nearest to another's reader"] > 0,
  },
  control: { name: "tied, same start", ...nearPentagon("relu", { isTied: true }) },
  figure: (result) => ({
    columns: 3,
    panels: [
      ...result.cells.map(({ label, runs, met, values }) => {
        const index = Math.max(0, met.indexOf(true));
        const count = values[index]!["nearest to another's reader"];
        return drawPairs(
          runs[index]!,
          `${label}, seed ${runs[index]!.seed}: ${count} of 5 nearest to another's reader`,
        );
      }),
      charts.distribution({
        label: "cosine with the own reader less the best other, least of five",
        conditions: byCell(result, (o) => o["own cosine less the best other, least"]),
        marks: [{ value: 0, label: "another's is nearer" }],
        width: 520,
      }),
    ],
  }),
});

hypothesis("U5b the nearest reading vector usually is another feature's", {
  row: "U5",
  role: "supporting",
  claim:
    "With five features in 2D training usually ends with some written vector nearest to the reading vector of another feature, under ReLU and GELU.",
  operationalisation: `${nearest} Under GELU own and other readers nearly tie, and slow drifts decide: the verdict there is about this number of steps.`,
  given: { ReLU: nearPentagon("relu"), GELU: nearPentagon("gelu") },
  endPoints: false,
  observe: nearestReading,
  expect: {
    most: "some written vector nearest to another feature's reading vector",
    when: (o) => o["nearest to another's reader"] > 0,
  },
  control: { name: "tied, same start", ...nearPentagon("relu", { isTied: true }) },
});

function drawUntiedAndTied({ cells, control }: Result<unknown>) {
  const [run, other] = [cells[0]!.runs[0]!, control.runs[0]!];
  return [
    drawPairs(run, `Untied: loss ${summedLoss(run).toFixed(3)}`),
    drawPairs(other, `Tied: loss ${summedLoss(other).toFixed(3)}`),
  ];
}
