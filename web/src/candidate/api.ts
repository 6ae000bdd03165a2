/** All calls of the candidate's door that the pages make. */
import { api, body, idempotent, unlessNone, type Shapes } from "../shared/api/client";
import { Problem } from "../shared/api/problem";
import { tab } from "../shared/storage";
import { within } from "./older";
import { markInRoom } from "./room/place";
import { forgetToken, keptToken } from "./token";

export const INTERVIEW = ["interview"] as const;
const SHOWN = "viv.interview";

export type Interview = Shapes["WelcomeView"];
/** Looks at the interview anew; whether its room is open. As long as nobody says no, it is. */
export type Look = () => Promise<boolean>;
export type Seat = Shapes["JoinedView"];
export type Turn = Shapes["OwnTurn"];
export type Request = Shapes["OwnRequest"];
export type RequestKind = Request["kind"];
export type Needs = Shapes["AccommodationsView"];
export type Results = Shapes["ResultsView"];

const SHORTEST_MS = 2500;
const LONGEST_MS = 10_000;

/** Which interview this tab shows: nothing is done in another one that was opened elsewhere. */
function named(): { headers: Record<string, string> } {
  const shown = tab.get(SHOWN);
  return { headers: shown === null ? {} : { "X-Interview-Id": shown } };
}

/**
 * The interview of whoever opens the page: by the link's token when one came with it, else by the
 * cookie of an earlier visit. A used link leads its own candidate back, and nobody else anywhere.
 */
export async function open(): Promise<Interview> {
  const kept = keptToken();
  if (kept !== null) {
    tab.remove(SHOWN);
    markInRoom(false); // a link is a visit of its own: nobody is recorded because of an earlier one
    const asked = { body: { token: kept.token }, headers: idempotent(kept.key) };
    await body(api.POST("/v1/invitations/redeem", asked));
    forgetToken();
  }
  return interview();
}

export async function interview(): Promise<Interview> {
  const found = await body(api.GET("/v1/candidate/interview", named()));
  tab.set(SHOWN, found.interview_id);
  return found;
}

export async function answerNotice(accepted: boolean, version: string): Promise<void> {
  await api.POST("/v1/candidate/consent", { ...named(), body: { accepted, notice_version: version } });
}

export async function askForPerson(): Promise<void> {
  await api.POST("/v1/candidate/person", named());
}

export async function askForAccommodations(text: string): Promise<void> {
  await api.POST("/v1/candidate/accommodations", { ...named(), body: { text } });
}

export async function accommodations(): Promise<Needs> {
  return body(api.GET("/v1/candidate/accommodations", named()));
}

export async function join(): Promise<Seat> {
  return body(api.POST("/v1/candidate/join", { ...named(), signal: within(LONGEST_MS) }));
}

/** Whether the line carries: a connection that hangs is given up, and another one tried. */
export async function isReachable(): Promise<boolean> {
  const asked = api.GET("/v1/health", { signal: within(SHORTEST_MS) });
  return asked.then(() => true).catch((error: unknown) => error instanceof Problem);
}

export async function checkRoom(): Promise<Seat> {
  return body(api.POST("/v1/candidate/check", named()));
}

/** A place in the room for trying, where an interviewer asks one question; nothing is kept. */
export async function practise(): Promise<Seat> {
  return body(api.POST("/v1/candidate/practice", named()));
}

/** Has this browser forget the interview; one that the service has forgotten already is forgotten. */
export async function leave(): Promise<void> {
  await api.DELETE("/v1/candidate/session", named()).catch((error: unknown) => {
    if (!(error instanceof Problem && error.status === 401)) throw error;
  });
  tab.clear();
}

export async function transcript(): Promise<Turn[]> {
  return (await body(api.GET("/v1/candidate/transcript", named()))).turns;
}

export async function requests(): Promise<Request[]> {
  return (await body(api.GET("/v1/candidate/requests", named()))).items;
}

/** `turn`: which words of one's own a request of the kind `transcript` puts right. */
export async function request(kind: RequestKind, text: string, turn: string | null = null): Promise<void> {
  const asked = { kind, text, turn_id: turn };
  const headers = { ...named().headers, ...idempotent() };
  await api.POST("/v1/candidate/requests", { body: asked, headers });
}

export async function giveFeedback(rating: number, text: string): Promise<void> {
  await api.PUT("/v1/candidate/feedback", { ...named(), body: { rating, text } });
}

export type Feedback = Shapes["FeedbackView"];

/** What was said of the interview before, or null. */
export async function feedback(): Promise<Feedback | null> {
  return unlessNone(body(api.GET("/v1/candidate/feedback", named())));
}

export async function results(): Promise<Results> {
  return body(api.GET("/v1/candidate/results", named()));
}
