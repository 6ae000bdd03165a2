import type { Passage } from "./text";

/** Where one reads: a turn, and the words from one to another in it; -1 before any is chosen. */
export interface Cursor {
  turn: number;
  from: number;
  to: number;
}

export const START: Cursor = { turn: 0, from: -1, to: -1 };

export function stepTurn(cursor: Cursor, by: 1 | -1, turns: number): Cursor {
  return { turn: Math.max(0, Math.min(turns - 1, cursor.turn + by)), from: -1, to: -1 };
}

/** To the next word; with `extend` the words on the way are chosen too. */
export function stepWord(cursor: Cursor, by: 1 | -1, passage: Passage | undefined, extend: boolean): Cursor {
  const most = (passage?.tokens.length ?? 0) - 1;
  if (most < 0) return cursor;
  const to = Math.max(0, Math.min(most, cursor.to + by));
  return { ...cursor, from: extend && cursor.from >= 0 ? cursor.from : to, to };
}
