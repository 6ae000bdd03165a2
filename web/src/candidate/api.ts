/** All calls of the candidate's door that the pages make. */
import { api, body, idempotent, type Shapes } from "../shared/api/client";
import { Problem } from "../shared/api/problem";
import { forgetToken, keptToken } from "./token";

export type Interview = Shapes["WelcomeView"];
/** Looks at the interview anew; whether its room is open. */
export type Look = () => Promise<boolean>;
export type Seat = Shapes["JoinedView"];
export type Turn = Shapes["OwnTurn"];
export type Request = Shapes["OwnRequest"];
export type RequestKind = Request["kind"];
export type Results = Shapes["ResultsView"];

const SHORTEST_MS = 2500;
const LONGEST_MS = 10_000;

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
  return body(api.POST("/v1/candidate/join", { signal: AbortSignal.timeout(LONGEST_MS) }));
}

/** Whether the line carries: a connection that hangs is given up, and another one tried. */
export async function isReachable(): Promise<boolean> {
  const asked = api.GET("/v1/health", { signal: AbortSignal.timeout(SHORTEST_MS) });
  return asked.then(() => true).catch((error: unknown) => error instanceof Problem);
}

export async function checkRoom(): Promise<Seat> {
  return body(api.POST("/v1/candidate/check"));
}

/** A place in the room for trying, where an interviewer asks one question; nothing is kept. */
export async function practise(): Promise<Seat> {
  return body(api.POST("/v1/candidate/practice"));
}

export async function transcript(): Promise<Turn[]> {
  return (await body(api.GET("/v1/candidate/transcript"))).turns;
}

export async function requests(): Promise<Request[]> {
  return (await body(api.GET("/v1/candidate/requests"))).items;
}

/** `turn`: which words of one's own a request of the kind `transcript` puts right. */
export async function request(kind: RequestKind, text: string, turn: string | null = null): Promise<void> {
  const asked = { kind, text, turn_id: turn };
  await api.POST("/v1/candidate/requests", { body: asked, headers: idempotent() });
}

export async function giveFeedback(rating: number, text: string): Promise<void> {
  await api.PUT("/v1/candidate/feedback", { body: { rating, text } });
}

export async function results(): Promise<Results> {
  return body(api.GET("/v1/candidate/results"));
}
