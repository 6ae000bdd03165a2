import { recordOf } from "../../shared/room/sent";

export const HINTS = ["coverage", "ask", "missing", "verify", "time", "protected", "relief", "unheard"] as const;
export type Hint = (typeof HINTS)[number];

/** What the AI says to interviewers alone. */
export interface Prompt {
  id: string;
  kind: Hint;
  text: string;
  reason: string | null;
  question: string | null;
  isAlarm: boolean;
}

export function promptOf(json: string): Prompt | null {
  const told = recordOf(json);
  const kind = HINTS.find((one) => one === told?.kind);
  if (told === null || kind === undefined || typeof told.id !== "string" || typeof told.text !== "string") return null;
  return {
    id: told.id,
    kind,
    text: told.text,
    reason: textIn(told.reason),
    question: textIn(told.question),
    isAlarm: told.alarm === true,
  };
}

/** Prompts that are over: an alarm’s cause has gone, what was proposed is asked. */
export function overOf(json: string): ReadonlySet<unknown> {
  const ids = recordOf(json)?.ids;
  return new Set<unknown>(Array.isArray(ids) ? ids : []);
}

/** How far the talk has come; the whole of it each time. */
export interface Coverage {
  competencies: readonly { key: string; name: string; asked: number; of: number; answered: number }[];
  questions: readonly { key: string; asked: boolean; by: "ai" | "human" | null; covered: boolean; suggested: boolean }[];
  secondsLeft: number | null;
  question: string | null;
  mode: string | null;
  section: string | null;
  leads: string | null;
}

export function coverageOf(json: string): Coverage | null {
  const told = recordOf(json);
  if (told === null || !Array.isArray(told.competencies) || !Array.isArray(told.questions)) return null;
  return {
    competencies: told.competencies.filter(isRecord).map((each) => ({
      key: String(each.key),
      name: String(each.name),
      asked: numberIn(each.asked),
      of: numberIn(each.of),
      answered: numberIn(each.answered),
    })),
    questions: told.questions.filter(isRecord).map((each) => ({
      key: String(each.key),
      asked: each.asked === true,
      by: each.by === "ai" || each.by === "human" ? each.by : null,
      covered: each.covered === true,
      suggested: each.suggested === true,
    })),
    secondsLeft: typeof told.seconds_left === "number" ? told.seconds_left : null,
    question: textIn(told.question),
    mode: textIn(told.mode),
    section: textIn(told.section),
    leads: textIn(told.leads),
  };
}

function isRecord(told: unknown): told is Record<string, unknown> {
  return typeof told === "object" && told !== null;
}

function textIn(told: unknown): string | null {
  return typeof told === "string" ? told : null;
}

function numberIn(told: unknown): number {
  return typeof told === "number" && Number.isFinite(told) ? told : 0;
}
