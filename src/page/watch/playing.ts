import { useEffect, useState } from "preact/hooks";

/** Frames a second at the speed 1. */
const pace = 12;

/** Which of `count` frames is shown, and whether and how fast they go by. It begins at the start, or, `still`, at the end. */
export function usePlaying(count: number, still: boolean) {
  const last = count - 1;
  const [shown, setShown] = useState(still ? last : 0);
  const [playing, setPlaying] = useState(!still && last > 0);
  const [speed, setSpeed] = useState(1);
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => setShown((now) => Math.min(now + 1, last)), 1000 / (pace * speed));
    return () => clearInterval(timer);
  }, [playing, speed, last]);
  useEffect(() => {
    if (shown === last) setPlaying(false);
  }, [shown, last]);

  /** Shows that frame, and stays there. */
  const show = (frame: number) => {
    setPlaying(false);
    setShown(Math.max(0, Math.min(last, frame)));
  };
  const toggle = () => {
    if (!playing && shown === last) setShown(0);
    setPlaying(!playing);
  };
  return { shown, last, playing, speed, setSpeed, show, toggle };
}
