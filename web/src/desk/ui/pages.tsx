import { useState, type ReactNode } from "react";
import { Pager } from "./Pager";

/** Where one is in a list of several pages, and the way on. */
export function usePages(): { at: { after?: string }; pager: (next: string | null) => ReactNode } {
  const [after, setAfter] = useState<string | null>(null);
  return {
    at: after === null ? {} : { after },
    pager: (next) => <Pager after={after} next={next} isFirst={after === null} onNext={setAfter} onFirst={() => setAfter(null)} />,
  };
}
