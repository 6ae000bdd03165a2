import type { Shapes } from "../../shared/api/client";

export type Turn = Shapes["Turn"];
export type Room = Pick<Shapes["TranscriptView"], "people" | "led" | "understood">;

/** A word of a turn: `start` and `end` count characters as the API does, in NFC. */
export interface Token {
  text: string;
  start: number;
  end: number;
  /** Where it is heard; where the one before it ended, for a written one. */
  startMs: number;
  isHeard: boolean;
  /** Which of the turn's recognised words it is. */
  word: number | null;
}

export interface Passage {
  turn: Turn;
  points: readonly string[];
  tokens: readonly Token[];
  /** Whether there are recognised words and they are not found in the text. */
  isLost: boolean;
}

/** A span of a turn that is evidence for a competency. */
export interface Span {
  turnId: string;
  start: number;
  end: number;
}

export interface Evidence extends Span {
  competency: string;
  text: string;
  /** Who chose it. */
  by: string;
}

type Places = readonly Shapes["PlacedWord"][];

/** The turns as they are read; `marks` says where words stand among written ones. */
export function passagesOf(turns: readonly Turn[], marks: Shapes["Marks"] | null): readonly Passage[] {
  const placed = new Map(marks?.placed.map((each) => [each.turn_id, each.words]));
  return turns.map((turn) => passageOf(turn, placed.get(turn.turn_id) ?? []));
}

function passageOf(turn: Turn, placed: Places): Passage {
  // Code points, as the API counts; not what a reader would call letters.
  const points = Array.from(turn.spoken.normalize("NFC"));
  const bare: { start: number; end: number }[] = [];
  let from = -1;
  points.forEach((point, at) => {
    const blank = /\s/.test(point);
    if (!blank && from < 0) from = at;
    if (blank && from >= 0) {
      bare.push({ start: from, end: at });
      from = -1;
    }
  });
  if (from >= 0) bare.push({ start: from, end: points.length });
  const isWhole = turn.words.length === bare.length;
  const isLost = turn.words.length > 0 && !isWhole && placed.length === 0;
  const isWritten = turn.typed === true && turn.correction == null && !isLost;
  const words = new Map(placed.map(({ start, word }) => [start, word]));
  let endMs = turn.started_ms;
  const tokens = bare.map((span, n): Token => {
    const text = points.slice(span.start, span.end).join("");
    const word = isWhole ? n : (words.get(span.start) ?? null);
    const heard = word === null ? undefined : turn.words[word];
    if (heard !== undefined) {
      endMs = heard.end_ms;
      return { text, ...span, startMs: heard.start_ms, isHeard: true, word };
    }
    const startMs = isWritten || placed.length > 0 ? endMs : guessed(turn, span.start, points.length);
    return { text, ...span, startMs, isHeard: !isWritten, word: null };
  });
  return { turn, points, tokens, isLost };
}

/** When a word without a time (the AI's, a corrected one) is heard, by its place in the turn. */
function guessed(turn: Turn, place: number, all: number): number {
  const length = Math.max(0, (turn.ended_ms ?? turn.started_ms) - turn.started_ms);
  return turn.started_ms + (length * place) / Math.max(1, all);
}

export function quoted(passage: Passage, from: number, to: number): { text: string; start: number; end: number } | null {
  const [first, last] = [passage.tokens[Math.min(from, to)], passage.tokens[Math.max(from, to)]];
  if (first === undefined || last === undefined) return null;
  return { text: passage.points.slice(first.start, last.end).join(""), start: first.start, end: last.end };
}

export function overlaps(span: { start: number; end: number }, token: { start: number; end: number }): boolean {
  return span.start < token.end && token.start < span.end;
}

/** Words of a turn that were hardly understood, by their places. */
export type Doubtful = ReadonlyMap<string, readonly number[]>;

export function doubtfulIn(marks: Shapes["Marks"] | null): Doubtful {
  return new Map(marks?.doubtful.map((each) => [each.turn_id, each.words]));
}

/** Those that a span rests on: of a turn whose words are not found in its text, all of them. */
export function doubtsOf(span: Span, passages: readonly Passage[], doubtful: Doubtful): readonly string[] {
  const passage = passages.find(({ turn }) => turn.turn_id === span.turnId);
  const doubts = doubtful.get(span.turnId);
  if (passage === undefined || doubts === undefined) return [];
  if (passage.isLost) return doubts.map((word) => passage.turn.words[word]?.text ?? "");
  return passage.tokens.filter((token) => overlaps(span, token) && token.word !== null && doubts.includes(token.word)).map(({ text }) => text);
}

/** When a span begins to be heard; null for one that was all written. */
export function heardAt(passage: Passage, span: { start: number; end: number }): number | null {
  const words = passage.tokens.filter((token) => overlaps(span, token));
  return words.length === 0 ? passage.turn.started_ms : (words.find(({ isHeard }) => isHeard)?.startMs ?? null);
}

/** Where a span stands among what is heard. */
export function standsAt(passage: Passage, start: number): number {
  return passage.tokens.find((token) => token.end > start)?.startMs ?? passage.turn.started_ms;
}

/** The words in the order in which they are heard, to find the one that is heard now. */
export interface Heard {
  startMs: number;
  turn: number;
  token: number;
}

export function heardOf(passages: readonly Passage[]): readonly Heard[] {
  return passages
    .flatMap((passage, turn) => passage.tokens.flatMap((token, n) => (token.isHeard ? [{ startMs: token.startMs, turn, token: n }] : [])))
    .sort((a, b) => a.startMs - b.startMs);
}

export function heardNow(heard: readonly Heard[], ms: number): Heard | undefined {
  let [low, high] = [0, heard.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((heard[middle]?.startMs ?? Infinity) <= ms) low = middle + 1;
    else high = middle;
  }
  return heard[low - 1];
}

export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const group = found.get(keyOf(item));
    if (group === undefined) found.set(keyOf(item), [item]);
    else group.push(item);
  }
  return found;
}
