import { queryOptions } from "@tanstack/react-query";
import { api, body, type Shapes } from "../../shared/api/client";
import { Problem } from "../../shared/api/problem";
import { isOwn, type CallBy, type Colleague } from "../colleagues";
import { everyOne, MANY } from "../data";

export type Card = Shapes["ScorecardView"];
export type Decided = Shapes["DecisionView"];

/** What the API keeps back from whoever has to rate first. */
export interface Withheld {
  withheld: true;
}

export async function unlessBlind<T>(call: Promise<T>): Promise<T | Withheld> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Problem && error.code === "rate_first") return { withheld: true };
    throw error;
  }
}

export function isWithheld(answer: object): answer is Withheld {
  return "withheld" in answer;
}

export function transcriptQuery(id: string) {
  return queryOptions({
    queryKey: ["transcript", id],
    queryFn: () =>
      body(
        api.GET("/v1/interviews/{interview_id}/transcript", {
          params: { path: { interview_id: id }, query: { marks: true } },
        }),
      ),
  });
}

export function cardsQuery(id: string) {
  return queryOptions({
    queryKey: ["scorecards", id],
    queryFn: () => unlessBlind(body(api.GET("/v1/interviews/{interview_id}/scorecards", { params: { path: { interview_id: id } } }))),
  });
}

export function decisionQuery(id: string) {
  return queryOptions({
    queryKey: ["decision", id],
    queryFn: () => unlessBlind(body(api.GET("/v1/interviews/{interview_id}/decision", { params: { path: { interview_id: id } } }))),
  });
}

/** All of them, with whoever wrote them. */
function notesAsked(id: string) {
  return {
    queryKey: ["notes", id],
    queryFn: async () => {
      const colleagues: Colleague[] = [];
      const items = await everyOne(async (after) => {
        const page = await body(
          api.GET("/v1/interviews/{interview_id}/notes", { params: { path: { interview_id: id }, query: { limit: MANY, ...after } } }),
        );
        colleagues.push(...page.colleagues);
        return page;
      });
      return { items, colleagues };
    },
  };
}

export function notesQuery(id: string) {
  return queryOptions({ ...notesAsked(id), select: ({ items }) => items });
}

export function authorsQuery(id: string) {
  return queryOptions({ ...notesAsked(id), select: ({ colleagues }) => colleagues });
}

/** Other words that the candidate proposes; everybody who judges may read them. */
export function proposalsQuery(id: string) {
  return queryOptions({
    queryKey: ["proposals", id],
    queryFn: () => body(api.GET("/v1/interviews/{interview_id}/proposals", { params: { path: { interview_id: id } } })),
  });
}

export const MACHINE = "Machine";

export function isOwnCard(card: Card, member: string): boolean {
  return card.person !== null && isOwn(card.person, { id: member });
}

/** Who made a card: `you`, the machine, or another person, as the desk calls them. */
export function raterOf(card: Card, member: string, callBy: CallBy): { kind: "own" | "machine" | "other"; name: string } {
  if (card.person === null) return { kind: "machine", name: MACHINE };
  return { kind: isOwnCard(card, member) ? "own" : "other", name: callBy(card.person) };
}

/** Of each rater the card that holds: the latest. */
export function latest(cards: readonly Card[]): readonly Card[] {
  const found = new Map<string, Card>();
  for (const card of cards) {
    const { person } = card;
    const key = person === null ? card.stamp.rater : `${person.kind} ${person.id} ${person.name ?? ""}`;
    const before = found.get(key);
    if (before === undefined || before.created_at <= card.created_at) found.set(key, card);
  }
  return [...found.values()];
}
