import fc from "fast-check";
import { charts, exactClaim, geometry, models } from "../../src/index.ts";
import { hundredths, indices, integers, listOf } from "../helpers.ts";
import { logProbability } from "./one-label.ts";
import { curve, flat, meanLoss, nearly, onCircle, type Points, squaredError, times } from "./setup.ts";

/** Tied, no bias: two features in the same direction, under softmax and under squared error (C6). */

/** A feature along the first of the others, and no longer: `share` times as long. */
const sharers = fc
  .record({ count: integers(1, 8), hidden: integers(1, 4) })
  .chain(({ count, hidden }) =>
    fc.record({ others: listOf(listOf(hundredths(-500, 500), hidden), count), share: hundredths(0, 100) }),
  );
type Sharer = typeof sharers extends fc.Arbitrary<infer T> ? T : never;

const sharing = ({ others, share }: Sharer): Points => [times(others[0]!, share), ...others];
/** The longer of the two has the squared norm of both, the shorter none. */
const merged = ({ others: [longer, ...rest], share }: Sharer): Points => [
  times(longer!, 0),
  times(longer!, Math.sqrt(1 + share ** 2)),
  ...rest,
];
const mergingIsFree = (nonlinearity: "relu" | "gelu") => {
  const loss = (points: Points) =>
    models.loss(squaredError(points.length, { hidden: points[0]!.length, nonlinearity }), flat(points));
  return fc.property(sharers, (sharer) => nearly(loss(sharing(sharer)), loss(merged(sharer)), 1e-10));
};
/** Whether the first label costs at least ln 2 on the input with this column. */
const atLeastLn2 = (rows: Points, column = rows[0]!) => logProbability(rows, column) <= -Math.LN2 + 1e-12;

exactClaim("C6 softmax disfavours two features in one direction", {
  row: "C6",
  role: "as printed",
  claim:
    "Tied softmax disfavours two features in one direction: the shorter one costs at least ln 2 whatever the radius, and turning it away pays. Under squared error with tied ReLU it makes no difference whether two features share a direction or one of them has all of it.",
  operationalisation:
    "Disfavoured against what would be best: features in different directions, whose loss tends to zero (C1). No difference: any split of the direction's squared norm costs the same, zero for one of the two included. Whether softmax prefers to leave one of them at zero is another question (C6b: it does not).",
  properties: {
    "the shorter of the two costs at least ln 2, so that the mean loss is at least (ln 2)/n": fc.property(
      sharers,
      (sharer) => {
        const points = sharing(sharer);
        return atLeastLn2(points) && meanLoss(points) >= Math.LN2 / points.length - 1e-12;
      },
    ),
    "two features alone on a circle: the wider the angle, the lower the loss": fc.property(
      integers(1, 40).map((k) => k / 10),
      fc.uniqueArray(fc.nat(100), { minLength: 2, maxLength: 2 }),
      (radius, angles) => {
        const loss = (angle: number) => meanLoss(onCircle([0, (Math.PI * angle) / 100], radius));
        return loss(Math.max(...angles)) < loss(Math.min(...angles));
      },
    ),
    "squared error, ReLU: one feature with all of the squared norm costs the same": mergingIsFree("relu"),
  },
  nearMiss: {
    "at least ln 2 with a bias of −½‖w‖² for each label": fc.property(sharers, (sharer) => {
      // A bias is one coordinate more, which is 1 in the column.
      const rows = sharing(sharer).map((w) => [...w, -geometry.dot(w, w) / 2]);
      return atLeastLn2(rows, [...sharing(sharer)[0]!, 1]);
    }),
    "at least ln 2 for embeddings in one direction, the unembedding free": fc.property(sharers, (sharer) => {
      const [shorter, ...others] = sharing(sharer);
      return atLeastLn2([times(shorter!, 9), ...others], shorter);
    }),
    "squared error, GELU: one feature with all of the squared norm costs the same": mergingIsFree("gelu"),
  },
  figure: lossByAngle,
});

function lossByAngle() {
  const places = indices(13).map((k) => 15 * k);
  return charts.series({
    x: "angle between the two, degrees",
    y: "mean loss, nats a feature",
    width: 720,
    series: [1, 2, 4].map((radius) => {
      const formula = `ln(1 + e^{−r²(1 − cos φ)}), r = ${radius}`;
      return curve(`radius ${radius}`, formula, places, (degrees) =>
        meanLoss(onCircle([0, (degrees * Math.PI) / 180], radius)),
      );
    }),
    references: [{ label: "ln 2", at: () => Math.LN2 }],
  });
}
