import { useState } from "react";
import { START, stepTurn, stepWord, type Cursor } from "./cursor";
import type { Playback } from "./playback";
import { quoted, type Evidence, type Passage, type Token } from "./text";

export interface Reading {
  cursor: Cursor;
  setCursor: (cursor: Cursor) => void;
  /** The chosen words as evidence, when they are the candidate's. */
  chosen: Evidence | null;
  /** Whether words of a person are chosen, whoever says them. */
  chooses: boolean;
  hearWord: (turn: number, token: number) => void;
  hearTurn: (turn: number) => void;
  press: (event: KeyboardEvent) => boolean;
}

/** Where one reads in the transcript, by hand or by keys. */
export function useReading(passages: readonly Passage[], playback: Playback, competency: string, from?: string): Reading {
  const [cursor, setCursor] = useState(() => ({
    ...START,
    turn: Math.max(0, passages.findIndex((passage) => passage.turn.turn_id === from)),
  }));
  const passage = passages[cursor.turn];
  const words = passage !== undefined && cursor.to >= 0 ? quoted(passage, cursor.from, cursor.to) : null;
  const isCandidate = passage?.turn.speaker === "candidate";
  const hear = (token: Token | undefined) => {
    if (token?.isHeard === true) playback.hear(token.startMs);
  };
  const hearTurn = (turn: number) => {
    setCursor({ turn, from: -1, to: -1 });
    playback.hear(passages[turn]?.turn.started_ms ?? 0);
  };
  const hearWord = (turn: number, token: number) => {
    setCursor({ turn, from: -1, to: -1 });
    hear(passages[turn]?.tokens[token]);
  };
  const press = (event: KeyboardEvent): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        setCursor(stepTurn(cursor, event.key === "ArrowDown" ? 1 : -1, passages.length));
        return true;
      case "ArrowRight":
      case "ArrowLeft":
        setCursor(stepWord(cursor, event.key === "ArrowRight" ? 1 : -1, passage, event.shiftKey));
        return true;
      case "Escape":
        setCursor({ ...cursor, from: -1, to: -1 });
        return cursor.to >= 0;
      case "Enter": {
        const token = passage?.tokens[Math.min(cursor.from, cursor.to)];
        if (token === undefined || !(event.target instanceof HTMLElement) || event.target.dataset.time === undefined) return false;
        hear(token);
        return true;
      }
      default:
        return false;
    }
  };
  const chosen =
    words === null || !isCandidate
      ? null
      : { ...words, competency, turnId: passage.turn.turn_id, by: "You" };
  const chooses = words !== null && passage?.turn.speaker !== "ai";
  return { cursor, setCursor, chosen, chooses, hearWord, hearTurn, press };
}
