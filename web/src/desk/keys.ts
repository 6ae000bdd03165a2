import { useEffect, useRef } from "react";
import { Held } from "../shared/ui/held";
import { areKeysOn } from "./keyswitch";

export type Keys = Readonly<Record<string, () => void>>;

/** Into a slider nobody types: arrows move it, every other key is free. */
const TYPED_INTO = "input:not([type=radio], [type=checkbox], [type=range]), textarea, select";
const TAKES_SPACE = "button, a, summary, input:not([type=range])";
/** Held down they go on, step by step; whatever else a key does is done once. */
const STEPS = new Set(["j", "k", ",", "."]);

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches(TYPED_INTO))
  );
}

/**
 * Single keys, as long as nobody types and no dialog is open. A key that the focused control takes
 * itself (space on a button) stays with it. Whoever has turned them off presses none.
 */
export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const held = new Held();
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !areKeysOn()) return;
      if (isTyping(event.target) || document.querySelector("[role=dialog], [role=alertdialog]") !== null) return;
      if (event.key === " " && event.target instanceof HTMLElement && event.target.closest(TAKES_SPACE)) return;
      const act = current.current[event.key === " " ? "space" : event.key];
      if (act === undefined) return;
      event.preventDefault();
      const isStep = STEPS.has(event.key);
      if (event.repeat && !isStep) return;
      if (!isStep) held.did(event.key);
      act();
    };
    const stop = held.watch();
    document.addEventListener("keydown", press);
    return () => {
      stop();
      document.removeEventListener("keydown", press);
    };
  }, []);
}

/** j and k walk through the rows of a list: to the link in the next one, or the one before. */
export function useRowKeys(): void {
  const step = (by: 1 | -1) => () => {
    const links = [...document.querySelectorAll<HTMLElement>("td[data-kind=lead] a")];
    const at = links.findIndex((link) => link === document.activeElement);
    links[at === -1 ? (by === 1 ? 0 : links.length - 1) : at + by]?.focus();
  };
  useKeys({ j: step(1), k: step(-1) });
}
