/** What the interviewer tells of the talk; see `agent/progress.py`. */
export interface Progress {
  doing: "listening" | "resting" | "thinking" | "speaking" | "paused";
  phase: "waiting" | "greeting" | "asking" | "inviting" | "closing" | "ended";
  question: number | null;
  of: number;
  text: string | null;
  probe: string | null;
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
