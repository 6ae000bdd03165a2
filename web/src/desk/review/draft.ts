import type { Shapes } from "../../shared/api/client";
import { kept as stored } from "../kept";
import type { Card } from "./data";
import { passageOfSpan, placeIn, type Evidence, type Passage } from "./text";

export type Unrated = "no_evidence" | "transcript" | "not_asked";

/** One's own judgement of a competency, as far as it has come. */
export interface Mark {
  level: number | null;
  unrated: Unrated | null;
  quotes: readonly Evidence[];
  reason: string;
}

export type Draft = Readonly<Record<string, Mark>>;

export const NOTHING: Mark = { level: null, unrated: null, quotes: [], reason: "" };

export type Change =
  | { do: "level"; competency: string; level: number }
  | { do: "unrated"; competency: string; why: Unrated }
  | { do: "quote"; quote: Evidence }
  | { do: "unquote"; quote: Evidence }
  | { do: "reason"; competency: string; reason: string }
  | { do: "begin"; draft: Draft };

export function changed(draft: Draft, change: Change): Draft {
  if (change.do === "begin") return change.draft;
  const competency = change.do === "quote" || change.do === "unquote" ? change.quote.competency : change.competency;
  return { ...draft, [competency]: marked(draft[competency] ?? NOTHING, change) };
}

function marked(mark: Mark, change: Exclude<Change, { do: "begin" }>): Mark {
  switch (change.do) {
    case "level":
      return { ...mark, level: change.level, unrated: null };
    case "unrated":
      return { ...mark, level: null, unrated: change.why };
    case "quote":
      return { ...mark, quotes: [...mark.quotes.filter((quote) => !same(quote, change.quote)), change.quote] };
    case "unquote":
      return { ...mark, quotes: mark.quotes.filter((quote) => !same(quote, change.quote)) };
    case "reason":
      return { ...mark, reason: change.reason };
  }
}

function same(a: Evidence, b: Evidence): boolean {
  return a.turnId === b.turnId && a.start === b.start && a.end === b.end;
}

/** What a competency still lacks, in words; null when it can be saved. */
export function lacks(mark: Mark): string | null {
  if (mark.level === null && mark.unrated === null) return "no rating yet";
  if (mark.level !== null && mark.quotes.length === 0) return "a level needs a quote";
  return null;
}

/** As the API reads it: every competency of the kit, once; quotes where they stand by now. */
export function formOf(competencies: readonly string[], draft: Draft, passages: readonly Passage[]): Shapes["RatingBody"] {
  const startOf = (quote: Evidence) => {
    const passage = passageOfSpan(quote, passages);
    return (passage === undefined ? null : placeIn(passage, quote))?.start ?? quote.start;
  };
  return {
    ratings: competencies.map((competency) => {
      const mark = draft[competency] ?? NOTHING;
      const quotes = mark.level === null ? [] : mark.quotes;
      return {
        competency,
        reason: mark.reason,
        quotes: quotes.map((quote) => ({ turn_id: quote.turnId, text: quote.text, start: startOf(quote) })),
        ...(mark.level === null ? { not_assessed: mark.unrated } : { level: mark.level }),
      };
    }),
  };
}

/** A card of one's own, to think again. */
export function draftOf(card: Card): Draft {
  return Object.fromEntries(
    card.ratings.map((rating) => [
      rating.competency,
      {
        level: rating.level,
        unrated: rating.not_assessed as Unrated | null,
        reason: rating.reason,
        quotes: evidenceIn(card, rating.competency, "You"),
      },
    ]),
  );
}

export function evidenceIn(card: Card, competency: string, by: string): readonly Evidence[] {
  const rating = card.ratings.find((each) => each.competency === competency);
  return (rating?.quotes ?? []).map((quote) => ({
    competency,
    by,
    turnId: quote.turn_id,
    text: quote.text,
    start: quote.start,
    end: quote.start + Array.from(quote.text.normalize("NFC")).length,
  }));
}

/** As far as it has come in this tab. */
export function kept(interview: string): Draft {
  return stored<Draft>(interview, {});
}

export { forget, keep } from "../kept";
