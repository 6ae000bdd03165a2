import { useCallback, useSyncExternalStore } from "react";
import { browser } from "../shared/storage";

const KEPT = "vivavoce.keys";
const readers = new Set<() => void>();

/** Whether single keys do something: not for who speaks to their computer (WCAG 2.1.4). */
export function areKeysOn(): boolean {
  return browser.get(KEPT) !== "off";
}

export function useKeySwitch(): readonly [boolean, (on: boolean) => void] {
  const isOn = useSyncExternalStore(listen, areKeysOn);
  const turn = useCallback((on: boolean) => {
    browser.set(KEPT, on ? "on" : "off");
    for (const reader of readers) reader();
  }, []);
  return [isOn, turn];
}

function listen(reader: () => void): () => void {
  readers.add(reader);
  return () => readers.delete(reader);
}

/** The key that a button names, as long as it does something. */
export function useHint(): (key: string) => { hint?: string } {
  const [isOn] = useKeySwitch();
  return (key) => (isOn ? { hint: key } : {});
}
