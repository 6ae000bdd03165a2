import type { Shapes } from "../../shared/api/client";

export type Turn = Shapes["Turn"];
export type Room = Pick<Shapes["TranscriptView"], "people" | "led" | "understood">;

/** A word of a turn: `start` and `end` count characters as the API does, in NFC. */
export interface Token {
  text: string;
  start: number;
  end: number;
  startMs: number;
  endMs: number;
}

export interface Passage {
  turn: Turn;
  points: readonly string[];
  tokens: readonly Token[];
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

export function passageOf(turn: Turn): Passage {
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
  return { turn, points, tokens: bare.map((span, n) => timed(turn, points, span, n, bare.length)) };
}

/** When a word is heard: as recognised, or else (the AI, corrected words) by its place in the turn. */
function timed(turn: Turn, points: readonly string[], span: { start: number; end: number }, n: number, all: number): Token {
  const text = points.slice(span.start, span.end).join("");
  const heard = turn.words.length === all ? turn.words[n] : undefined;
  if (heard !== undefined) return { text, ...span, startMs: heard.start_ms, endMs: heard.end_ms };
  const length = Math.max(0, (turn.ended_ms ?? turn.started_ms) - turn.started_ms);
  const at = (place: number) => turn.started_ms + (length * place) / Math.max(1, points.length);
  return { text, ...span, startMs: at(span.start), endMs: at(span.end) };
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

/** Those that a span rests on. */
export function doubtsOf(span: Span, passages: readonly Passage[], doubtful: Doubtful): readonly string[] {
  const tokens = passages.find(({ turn }) => turn.turn_id === span.turnId)?.tokens ?? [];
  return tokens.filter((token, n) => overlaps(span, token) && doubtful.get(span.turnId)?.includes(n) === true).map(({ text }) => text);
}

/** When a span begins to be heard. */
export function heardAt(passage: Passage, start: number): number {
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
    .flatMap((passage, turn) => passage.tokens.map((token, n) => ({ startMs: token.startMs, turn, token: n })))
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
