import { useState } from "react";
import type { Body } from "./model";

interface Taken {
  readonly key: string;
  readonly what: string;
  /** Where in its list it was. */
  readonly at: number;
  readonly before: Body;
}

/** What was removed last from a list of a draft, until it is put back or something else is removed. */
export function useRemoved(draft: Body, onChange: (draft: Body) => void, putBack: (now: Body, before: Body, key: string) => Body) {
  const [taken, setTaken] = useState<Taken | null>(null);
  const [back, setBack] = useState<string | null>(null);
  return {
    taken,
    /** The key of what was put back last: it takes the focus. */
    back,
    note: (key: string, what: string, at: number) => {
      setTaken({ key, what, at, before: draft });
      setBack(null);
    },
    undo: () => {
      if (taken === null) return;
      onChange(putBack(draft, taken.before, taken.key));
      setBack(taken.key);
      setTaken(null);
    },
  };
}
