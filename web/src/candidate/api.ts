/** All calls of the candidate's door that the pages make. */
import { api, body, idempotent, type Shapes } from "../shared/api/client";
import { Problem, problemOf, Unreachable } from "../shared/api/problem";
import { forgetToken, keptToken } from "./token";

export interface Interview {
  state: Shapes["WelcomeView"]["state"];
  job_title: string;
  language: string;
  minutes: number;
  questions: number;
  starts_at: string | null;
  expires_at: string | null;
  notice: { version: string; text: string };
  organisation?: string;
  candidate_name?: string;
  contact?: string | null;
  records?: { audio: boolean; transcript: boolean; video: boolean; kept_days: number | null };
  assesses?: string[];
  shares_results?: boolean;
}

export interface Seat {
  livekit_url: string;
  token: string;
}

export interface Turn {
  turn_id: string;
  speaker: "ai" | "candidate" | "interviewer";
  spoken: string;
  original: string | null;
  question: string | null;
  started_ms: number;
  ended_ms: number | null;
}

export type RequestKind = "transcript" | "access" | "correction" | "erasure" | "human_review" | "other";

export interface Request {
  id: string;
  kind: RequestKind;
  turn_id: string | null;
  text: string;
  created_at: string;
  answer_by: string;
  state: "open" | "granted" | "refused";
  answer: string | null;
}

export interface Results {
  shared: boolean;
  competencies: {
    name: string;
    definition: string;
    levels: number[];
    not_assessed: boolean;
    quotes: { turn_id: string; text: string }[];
  }[];
}

/**
 * The interview of whoever opens the page: by the link's token when one came with it, else by the
 * cookie of an earlier visit. A link that was used may be somebody's own from a minute ago.
 */
export async function open(): Promise<Interview> {
  const kept = keptToken();
  if (kept === null) return interview();
  try {
    await body(
      api.POST("/v1/invitations/redeem", {
        body: { token: kept.token },
        headers: idempotent(kept.key),
      }),
    );
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500 || error.status === 429) throw error;
    return interview().catch((own: unknown) => {
      throw own instanceof Problem && own.status === 401 ? error : own;
    });
  }
  forgetToken();
  return interview();
}

export async function interview(): Promise<Interview> {
  return body(api.GET("/v1/candidate/interview"));
}

export async function answerNotice(accepted: boolean, version: string): Promise<void> {
  await api.POST("/v1/candidate/consent", { body: { accepted, notice_version: version } });
}

export async function askForPerson(): Promise<void> {
  await api.POST("/v1/candidate/person");
}

export async function askForAccommodations(text: string): Promise<void> {
  await api.POST("/v1/candidate/accommodations", { body: { text } });
}

export async function join(): Promise<Seat> {
  return body(api.POST("/v1/candidate/join"));
}

export async function checkRoom(): Promise<Seat> {
  return call("POST", "/v1/candidate/check");
}

export async function transcript(): Promise<{ turns: Turn[]; proposals: Request[] }> {
  return call("GET", "/v1/candidate/transcript");
}

export async function requests(): Promise<Request[]> {
  return (await call<{ items: Request[] }>("GET", "/v1/candidate/requests")).items;
}

export async function request(kind: RequestKind, text: string, turn?: string): Promise<Request> {
  return call("POST", "/v1/candidate/requests", { kind, text, ...(turn && { turn_id: turn }) });
}

export async function giveFeedback(rating: number, text: string): Promise<void> {
  await call("PUT", "/v1/candidate/feedback", { rating, text });
}

export async function results(): Promise<Results> {
  return call("GET", "/v1/candidate/results");
}

/** Whether the service has no such call: an older one, which the pages live with. */
export function isAbsent(error: unknown): boolean {
  return error instanceof Problem && [404, 405].includes(error.status);
}

async function call<T>(method: string, path: string, sent?: unknown): Promise<T> {
  const headers = {
    ...(sent !== undefined && { "Content-Type": "application/json" }),
    ...(method === "POST" && idempotent()),
  };
  const init = { method, headers, ...(sent !== undefined && { body: JSON.stringify(sent) }) };
  const response = await fetch(path, init).catch((error: unknown) => {
    throw new Unreachable(String(error), { cause: error });
  });
  if (!response.ok) throw await problemOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
