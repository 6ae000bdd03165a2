/** What the interviewer tells of the talk; see `agent/progress.py`. */
export interface Progress {
  doing: "listening" | "resting" | "thinking" | "speaking" | "paused";
  phase: "waiting" | "greeting" | "asking" | "inviting" | "closing" | "ended";
  question: number | null;
  of: number;
  text: string | null;
  probe: string | null;
  /** The same as long as the same is asked; older interviewers do not tell. */
  asked?: string;
  running: boolean;
  left_s: number;
}

export function progressOf(json: string): Progress | null {
  try {
    const told = JSON.parse(json) as Partial<Progress>;
    return typeof told.doing === "string" && typeof told.left_s === "number" ? (told as Progress) : null;
  } catch {
    return null;
  }
}

/** The AI says goodbye, or has. Where a person leads they may break it off, and ask on. */
export function isGoodbye(progress: Progress | null, isLed: boolean): boolean {
  if (progress?.phase !== "closing") return progress?.phase === "ended";
  return !isLed || progress.doing === "thinking" || progress.doing === "speaking";
}
