import { useState } from "react";
import { tab } from "../shared/storage";
import { whom } from "./session/standing";

const KEPT = "vivavoce.draft.";

/** What was written and is not saved outlives a reload, in this tab alone, and is its member's: nobody reads another's first. */
export function kept<T>(name: string, otherwise: T): T {
  const text = tab.get(nameOf(name));
  return text === null ? otherwise : (JSON.parse(text) as T);
}

export function keep(name: string, value: unknown): void {
  tab.set(nameOf(name), JSON.stringify(value));
}

export function forget(name: string): void {
  tab.remove(nameOf(name));
}

/** Of everybody: who leaves the desk leaves no judgement on it. */
export function forgetDrafts(): void {
  for (const name of tab.names()) if (name.startsWith(KEPT)) tab.remove(name);
}

/** A field whose words stay when one looks at another page, or loads this one again; `initial` is what it is once they are saved. */
export function useKept<T extends object | string | null>(name: string, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState(() => kept(name, initial));
  const set = (next: T) => {
    if (next === initial) forget(name);
    else keep(name, next);
    setValue(next);
  };
  return [value, set];
}

function nameOf(name: string): string {
  return `${KEPT}${whom()}.${name}`;
}
