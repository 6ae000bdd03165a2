import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useReducer, useState } from "react";
import { api, body, idempotent, type Shapes } from "../../shared/api/client";
import { useColleagues, type CallBy } from "../colleagues";
import { useKept } from "../kept";
import { isOwnCard, isWithheld, latest, MACHINE, type Card, type Withheld } from "./data";
import { changed, draftOf, evidenceIn, forget, formOf, keep, kept, type Change, type Draft } from "./draft";
import type { Evidence } from "./text";

export interface Judging {
  draft: Draft;
  change: (change: Change) => void;
  /** Whether one's own form is open. */
  rates: boolean;
  isAgain: boolean;
  withheld: boolean;
  /** Whether others have judged, and may be looked at, but one has not rated yet. */
  couldLook: boolean;
  own: Card | undefined;
  cards: readonly Card[];
  evidence: readonly Evidence[];
  look: () => void;
  rateAgain: () => void;
  /** One's rating stays as it is; what was begun is dropped. */
  leaveAgain: () => void;
  save: (form: Shapes["RatingBody"]) => void;
  isSaving: boolean;
  refusal: Error | null;
}

interface Given {
  interview: string;
  member: string;
  competencies: readonly string[];
  answer: { items: readonly Card[] } | Withheld;
  mayRate: boolean;
}

const NONE: readonly Card[] = [];

/** One's own judgement before others': what may be seen, and when. */
export function useJudging({ interview, member, competencies, answer, mayRate }: Given): Judging {
  const [draft, change] = useReducer(changed, interview, kept);
  const [looks, setLooks] = useState(false);
  // Of which card one thinks again: whoever looks at another page meanwhile finds the form open.
  const [thoughtOver, think] = useKept<string | null>(`again.${interview}`, null);
  useEffect(() => keep(interview, draft), [interview, draft]);
  const withheld = isWithheld(answer);
  const all = isWithheld(answer) ? NONE : latest(answer.items);
  const own = all.find((card) => isOwnCard(card, member));
  const isAgain = thoughtOver !== null && own?.id === thoughtOver;
  const rates = mayRate && (own === undefined || isAgain);
  const sees = own !== undefined || looks || !mayRate;
  const client = useQueryClient();
  const callBy = useColleagues();
  const save = useMutation({
    mutationFn: (form: Shapes["RatingBody"]) =>
      body(
        api.POST("/v1/interviews/{interview_id}/ratings", {
          params: { path: { interview_id: interview }, header: idempotent() },
          body: form,
        }),
      ),
    onSuccess: async () => {
      forget(interview);
      think(null);
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(interview) });
    },
  });
  return {
    draft,
    change,
    rates,
    isAgain,
    withheld,
    couldLook: all.some((card) => card !== own) && !sees,
    own,
    cards: sees ? [...all].sort((a, b) => Number(b === own) - Number(a === own)) : NONE,
    evidence: evidenceOf(all, own, callBy, competencies, rates ? draft : undefined),
    look: () => setLooks(true),
    rateAgain: () => {
      if (own === undefined) return;
      change({ do: "begin", draft: draftOf(own) });
      think(own.id);
    },
    leaveAgain: () => {
      forget(interview);
      think(null);
    },
    save: save.mutate,
    isSaving: save.isPending,
    refusal: save.error,
  };
}

/** One's own quotes, and those of others that one has not chosen too; as far as they may be seen. */
function evidenceOf(
  cards: readonly Card[],
  own: Card | undefined,
  callBy: CallBy,
  competencies: readonly string[],
  draft: Draft | undefined,
): readonly Evidence[] {
  return competencies.flatMap((competency) => {
    const mine = draft?.[competency]?.quotes ?? (own === undefined || draft !== undefined ? [] : evidenceIn(own, competency, "You"));
    const others = cards
      .filter((card) => card !== own)
      .flatMap((card) => evidenceIn(card, competency, card.person === null ? MACHINE : callBy(card.person)));
    const isMine = (quote: Evidence) => mine.some((each) => each.turnId === quote.turnId && each.start === quote.start && each.end === quote.end);
    return [...mine, ...others.filter((quote) => !isMine(quote))];
  });
}

export { formOf };
