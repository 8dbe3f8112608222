import fc from "fast-check";
import { charts, exactClaim, geometry, landscape, solutions } from "../../src/index.ts";
import { hundredths, indices, integers } from "../helpers.ts";
import { curve, flat, gradient, nearly, norm, softmax } from "./setup.ts";

/** Tied, no bias: why features at zero stay there (C2e). */

/** m of n features evenly on a ring, the others at zero; the ring's squared radius is `from` to `to` times 4(n − 1)/m. */
const rings = (from: number, to: number) =>
  fc
    .record({ onRing: integers(3, 10), rest: integers(1, 5), share: hundredths(0, 100) })
    .map(({ onRing, rest, share }) => {
      const features = onRing + rest;
      const factor = from + (to - from) * share;
      return { features, onRing, squaredRadius: (factor * 4 * (features - 1)) / onRing };
    });

const columnsOf = ({ features, onRing, squaredRadius }: Parameters<typeof solutions.zeroCurvature>[0]) => [
  ...geometry.polygon(onRing, Math.sqrt(squaredRadius)),
  ...indices(features - onRing).map(() => [0, 0]),
];
const curvesUpwards = (from: number, to: number) =>
  fc.property(rings(from, to), (ring) => solutions.zeroCurvature(ring) > 0);

exactClaim("C2e what is at zero stays there", {
  row: "C2",
  role: "supporting",
  claim:
    "Under tied softmax in 2D a feature at zero beside an even ring of m features feels no gradient, and once the ring's squared radius has passed 4(n−1)/m (about 2 in radius) the loss rises in every direction in which it could leave.",
  operationalisation:
    "This is why features are lost at all: training cannot get them out of zero, though the loss does not prefer zero (C6b). The second derivative of the summed loss by a feature at zero that moves alone is the same in every direction: r²m/(2n) + ½ m r² p(1 − p) − 2(1 − 1/n), p its probability on an input of the ring.",
  properties: {
    "no feature at zero feels a gradient": fc.property(rings(1, 30), (ring) =>
      gradient(columnsOf(ring))
        .slice(ring.onRing)
        .every((slope) => norm(slope) < 1e-12),
    ),
    "its curvature is the formula's, in every direction": fc.property(rings(0.2, 6), (ring) => {
      const h = landscape.hessian(softmax(ring.features), flat(columnsOf(ring)));
      const [x, y] = [ring.onRing, ring.features + ring.onRing];
      const expected = solutions.zeroCurvature(ring);
      return nearly(h.get(x, x), expected) && nearly(h.get(y, y), expected) && nearly(h.get(x, y), 0);
    }),
    "it is positive from r² = 4(n−1)/m on": curvesUpwards(1, 30),
  },
  nearMiss: {
    "it is positive at every radius": curvesUpwards(0.1, 3),
    "features at zero feel no gradient beside a ring with a gap": fc.property(
      rings(1, 30),
      (ring) => norm(gradient(columnsOf(ring).slice(1)).at(-1)!) < 1e-12,
    ),
  },
  figure: curvatureByRadius,
});

function curvatureByRadius() {
  const places = indices(9).map((k) => k / 2);
  const sizes = [
    { features: 10, onRing: 9 },
    { features: 20, onRing: 18 },
    { features: 40, onRing: 37 },
  ];
  return charts.series({
    x: "radius of the ring",
    y: "second derivative of the summed loss",
    width: 720,
    series: sizes.map(({ features: n, onRing }) =>
      curve(`n = ${n}, ${onRing} on the ring`, `closed form, n = ${n}`, places, (r) =>
        solutions.zeroCurvature({ features: n, onRing, squaredRadius: r * r }),
      ),
    ),
    references: [{ label: "flat", at: () => 0 }],
  });
}
