import { useLayoutEffect, useRef, type FocusEvent, type RefObject } from "react";

interface KeptFocus {
  onFocus: () => void;
  onBlur: (event: FocusEvent) => void;
}

/**
 * Gives the focus to `target` when what had it has gone from the page: a button that was pressed and
 * is needed no more. React tells of no blur then, so that whoever had the focus has it still.
 */
export function useKeptFocus(target: RefObject<HTMLElement | null>): KeptFocus {
  const hadIt = useRef(false);
  useLayoutEffect(() => {
    const active = document.activeElement;
    if (!hadIt.current || (active !== null && active !== document.body)) return;
    hadIt.current = false;
    target.current?.focus();
  });
  return {
    onFocus: () => {
      hadIt.current = true;
    },
    onBlur: () => {
      hadIt.current = false;
    },
  };
}
