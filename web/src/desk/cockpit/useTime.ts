import { useEffect, useState } from "react";
import type { Snapshot } from "./booth";

export interface Time {
  text: string;
  isLeft: boolean;
}

/** What is left of the kit's time, as the AI counts it; until it says so, how long it has taken.
 *
 * Minutes that are left are not counted down here: how fast they pass would tell who looks on, and may rate, of more
 * time that the candidate was given. */
export function useTime(now: Snapshot, startedAt: string | null): Time | null {
  const [at, setAt] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setAt(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const left = now.coverage?.secondsLeft ?? null;
  if (left !== null) return { text: `${String(Math.ceil(left / 60))} min`, isLeft: true };
  if (startedAt === null) return null;
  const since = (performance.timeOrigin + at - Date.parse(startedAt)) / 1000;
  return { text: minutes(Math.max(0, since)), isLeft: false };
}

function minutes(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${String(Math.floor(whole / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
}
