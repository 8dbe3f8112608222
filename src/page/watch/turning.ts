import { useRef, useState } from "preact/hooks";
import { usualCamera } from "../../figures/shapes/polyhedron.ts";
import type { Camera } from "../../figures/shapes/projection.ts";

/** Degrees an arrow key turns, and a pixel that the pointer moves. */
const byKey = 10;
const byPixel = 0.6;

const arrows: Readonly<Record<string, readonly [across: number, up: number]>> = {
  ArrowLeft: [-byKey, 0],
  ArrowRight: [byKey, 0],
  ArrowUp: [0, byKey],
  ArrowDown: [0, -byKey],
};

/** Round and round, but never over the poles. */
export const turned = ({ azimuth, elevation }: Camera, across: number, up: number): Camera => ({
  azimuth: (azimuth + across + 360) % 360,
  elevation: Math.max(-90, Math.min(90, elevation + up)),
});

/** A camera that pointer and arrow keys turn, and what a canvas needs for that. */
export function useTurning() {
  const [camera, setCamera] = useState(usualCamera);
  const from = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const turn = (across: number, up: number) => setCamera((now) => turned(now, across, up));
  const drop = () => {
    from.current = null;
  };
  const handlers = {
    tabIndex: 0,
    class: "turns",
    onPointerDown: ({ currentTarget, pointerId, clientX, clientY }: PointerEvent) => {
      (currentTarget as Element).setPointerCapture(pointerId);
      from.current = { x: clientX, y: clientY };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      if (!from.current) return;
      // What is in front goes with the pointer.
      turn(-byPixel * (clientX - from.current.x), byPixel * (clientY - from.current.y));
      from.current = { x: clientX, y: clientY };
    },
    onPointerUp: drop,
    onPointerCancel: drop,
    onKeyDown: (event: KeyboardEvent) => {
      const arrow = arrows[event.key];
      if (!arrow) return;
      turn(...arrow);
      event.preventDefault();
      event.stopPropagation();
    },
  };
  return { camera, handlers };
}
