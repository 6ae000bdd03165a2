import { useCallback, useMemo, useState } from "react";
import { heardAt, standsAt, type Evidence, type Passage } from "./text";

export type Walk = ReturnType<typeof useWalk>;

/** j and k go through all evidence in the order in which it was said. */
export function useWalk(evidence: readonly Evidence[], passages: readonly Passage[]) {
  const [shown, setShown] = useState<Evidence | null>(null);
  const byTurn = useMemo(() => new Map(passages.map((passage) => [passage.turn.turn_id, passage])), [passages]);
  const at = useCallback(
    (each: Evidence) => {
      const passage = byTurn.get(each.turnId);
      return passage === undefined ? 0 : standsAt(passage, each);
    },
    [byTurn],
  );
  const heard = (each: Evidence) => {
    const passage = byTurn.get(each.turnId);
    return passage === undefined ? 0 : heardAt(passage, each);
  };
  const inOrder = useMemo(() => [...evidence].sort((a, b) => at(a) - at(b) || a.start - b.start), [evidence, at]);
  const ticks = useMemo(() => inOrder.map(at), [inOrder, at]);
  const known = inOrder.find((each) => shown !== null && each.turnId === shown.turnId && each.start === shown.start && each.competency === shown.competency);
  const next = (by: 1 | -1) => {
    const place = known === undefined ? -1 : inOrder.indexOf(known);
    if (place === -1) return inOrder[by === 1 ? 0 : inOrder.length - 1];
    return inOrder[place + by];
  };
  return { shown: known ?? null, setShown, next, at, heard, ticks };
}
