import type { Shapes } from "../../shared/api/client";

type Starter = Shapes["StarterOutline"];

/** Kits of the library, those first whose language comes first in `languages`; within one by name. */
export function inOrder(starters: readonly Starter[], languages: readonly string[]): readonly Starter[] {
  const ranked = languages.map(base);
  const rank = ({ language }: Starter) => {
    const found = ranked.indexOf(base(language));
    return found < 0 ? ranked.length : found;
  };
  return [...starters].sort((a, b) => rank(a) - rank(b) || a.language.localeCompare(b.language) || a.name.localeCompare(b.name));
}

function base(language: string): string {
  return language.slice(0, 2).toLowerCase();
}
