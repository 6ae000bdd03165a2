import type { Problem } from "../../shared/api/problem";
import type { Floor } from "../../shared/room/floor";
import type { Person } from "../../shared/room/people";
import type { Caption } from "./captions";
import type { Progress } from "./progress";

/** How we stand to the room. `elsewhere`: another tab or device of the same person took our place. */
export type Link = "joining" | "in" | "reconnecting" | "away" | "elsewhere" | "paused" | "early";
export type MicrophoneTrouble = "denied" | "missing" | "busy";

/** All that the room shows, at one moment. */
export interface Snapshot {
  link: Link;
  /** How often it was tried in vain to come in. */
  tries: number;
  /** The service keeps us out of a room that is open. */
  refusal: Problem | null;
  agent: MediaStreamTrack | null;
  isAgentHere: boolean;
  others: Person[];
  floor: Floor;
  microphone: MediaStreamTrack | null;
  /** What is said is kept until we are in, and heard then. */
  isKept: boolean;
  isMuted: boolean;
  trouble: MicrophoneTrouble | null;
  captions: readonly Caption[];
  interim: string;
  progress: Progress | null;
  progressAt: number;
}

export const ANSWERS = ["ok", "nothing_heard", "speaking", "paused", "moved_on", "nothing_typed", "too_long"] as const;
/** What the interviewer says to a button; `unheard` when it did not get there, `over` when it says goodbye. */
export type Answer = (typeof ANSWERS)[number] | "unheard" | "unsupported" | "over";

/** Before anything is known of the room. */
export const NOWHERE: Snapshot = {
  link: "joining",
  tries: 0,
  refusal: null,
  agent: null,
  isAgentHere: false,
  others: [],
  floor: { by: "ai" },
  microphone: null,
  isKept: false,
  isMuted: false,
  trouble: null,
  captions: [],
  interim: "",
  progress: null,
  progressAt: 0,
};

/** Whether what is said now is heard, at once or later; whoever turns that off is not. */
export function isHeard(now: Snapshot): boolean {
  return (now.microphone !== null || now.isKept) && !now.isMuted;
}
