import { useEffect, useState } from "preact/hooks";

/** Frames a second at the speed 1; fewer where a training of few frames would be over in no time. */
const pace = (count: number) => Math.min(12, count / 4);

/** Which of `count` frames is shown, and whether and how fast they go by. It begins at the start, or, `still`, at the end. */
export function usePlaying(count: number, still: boolean) {
  const last = count - 1;
  const [shown, setShown] = useState(still ? last : 0);
  const [playing, setPlaying] = useState(!still && last > 0);
  const [speed, setSpeed] = useState(1);
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => setShown((now) => Math.min(now + 1, last)), 1000 / (pace(count) * speed));
    return () => clearInterval(timer);
  }, [playing, speed, count, last]);
  useEffect(() => {
    if (shown === last) setPlaying(false);
  }, [shown, last]);

  /** Shows that frame, and stays there. */
  const show = (frame: number) => {
    setPlaying(false);
    setShown(Math.max(0, Math.min(last, frame)));
  };
  const toggle = () => {
    if (last === 0) return;
    if (!playing && shown === last) setShown(0);
    setPlaying(!playing);
  };
  return { shown, last, playing, speed, setSpeed, show, toggle };
}
