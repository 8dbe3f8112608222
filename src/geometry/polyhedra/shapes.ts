import { finite, wholeNumber } from "../../util/check.ts";
import type { Point } from "../vector.ts";

/** Corners of a regular k-gon of circumradius `radius` in ℝ², the first on the positive x axis. */
export function polygon(k: number, radius = 1): Point[] {
  wholeNumber("number of corners", k, 1);
  return Array.from({ length: k }, (_, i) => {
    const angle = (2 * Math.PI * i) / k;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

interface Ring {
  /** Angle above the equatorial plane, in radians. */
  readonly latitude: number;
  readonly norm: number;
  /** Turned about the z axis by this fraction of the step 2π/k. */
  readonly turn?: number;
}

/** k vectors of ℝ³ evenly spaced on a circle of latitude. */
function ring(k: number, { latitude, norm, turn = 0 }: Ring): Point[] {
  wholeNumber("number of corners", k, 1);
  finite("latitude", latitude);
  finite("norm", norm, 0);
  return Array.from({ length: k }, (_, i) => {
    const longitude = (2 * Math.PI * (i + turn)) / k;
    return [
      norm * Math.cos(latitude) * Math.cos(longitude),
      norm * Math.cos(latitude) * Math.sin(longitude),
      norm * Math.sin(latitude),
    ];
  });
}

/** 2k vectors of one norm: a k-gon at `latitude` (radians) above one at the same latitude below. */
export function prism(k: number, { latitude, norm }: { latitude: number; norm: number }): Point[] {
  return [...ring(k, { latitude, norm }), ...ring(k, { latitude: -latitude, norm })];
}

/** A prism whose lower k-gon is turned by half a step. */
export function antiprism(k: number, { latitude, norm }: { latitude: number; norm: number }): Point[] {
  return [...ring(k, { latitude, norm }), ...ring(k, { latitude: -latitude, norm, turn: 0.5 })];
}

/** k unit vectors round the equator, then one at each pole: the orthogonal sum of a k-gon and a segment. */
export function bipyramid(k: number): Point[] {
  return [...ring(k, { latitude: 0, norm: 1 }), [0, 0, 1], [0, 0, -1]];
}

/**
 * Nine vectors with the symmetry D3h: six corners of a triangular prism at ±`latitude` (radians), then three caps
 * on the equator, one beyond each rectangle of the prism.
 */
export function tricappedTrigonalPrism(options: { latitude: number; prismNorm: number; capNorm: number }): Point[] {
  return [
    ...prism(3, { latitude: options.latitude, norm: options.prismNorm }),
    ...ring(3, { latitude: 0, norm: options.capNorm, turn: 0.5 }),
  ];
}
