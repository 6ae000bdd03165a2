import type { Shapes } from "../../shared/api/client";

type Turn = Pick<Shapes["Turn"], "started_ms" | "ended_ms">;

/** Silence that is longer was a pause, or nobody was there: the room itself counts it so. */
const PAUSE_MS = 120_000;

/** How long a talk was, from its first word to its last, in ms; pauses are not of it. */
export function talkMs(turns: readonly Turn[]): number {
  let [sum, until] = [0, -1];
  for (const turn of [...turns].sort((a, b) => a.started_ms - b.started_ms)) {
    const end = Math.max(turn.started_ms, turn.ended_ms ?? turn.started_ms);
    const gap = turn.started_ms - until;
    const isPause = until < 0 || gap > PAUSE_MS;
    sum += Math.max(0, end - (isPause ? turn.started_ms : Math.min(until, end)));
    until = Math.max(until, end);
  }
  return sum;
}
