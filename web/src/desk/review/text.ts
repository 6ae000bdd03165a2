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
  /** Whether there are recognised words and it is not known which of the text they are. */
  isLost: boolean;
}

export interface Place {
  start: number;
  end: number;
}

/** A span of a turn that is evidence for a competency. */
export interface Span extends Place {
  turnId: string;
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
  const written = writtenIn(turn, points.length);
  const isWritten = (span: { start: number; end: number }) => written.some((each) => overlaps(each, span));
  const outside = bare.filter((span) => !isWritten(span));
  // What stands alone, as a dash does, may be no word.
  const ofLetters = outside.filter(({ start, end }) => /[\p{L}\p{N}]/u.test(points.slice(start, end).join("")));
  const isOld = turn.typed === true && written.length === 0;
  const placed = isOld ? undefined : [outside, ofLetters].find(({ length }) => length === turn.words.length);
  const words = new Map(placed?.map((span, n) => [span.start, n]));
  let endMs = turn.started_ms;
  const tokens = bare.map((span): Token => {
    const token = { text: points.slice(span.start, span.end).join(""), ...span };
    if (isWritten(span)) return { ...token, startMs: endMs, isHeard: false, word: null };
    const word = words.get(span.start) ?? null;
    const heard = word === null ? undefined : turn.words[word];
    const startMs = heard?.start_ms ?? (placed === undefined ? guessed(turn, span.start, points.length) : endMs);
    endMs = heard?.end_ms ?? startMs;
    return { ...token, startMs, isHeard: true, word };
  });
  return { turn, points, tokens, isLost: turn.words.length > 0 && placed === undefined };
}

/** Which characters came in writing; a turn of an older version says of all or of some of it alone. */
function writtenIn(turn: Turn, all: number): readonly { start: number; end: number }[] {
  const written = turn.written ?? [];
  const isAll = turn.typed === true && turn.words.length === 0 && turn.correction == null;
  return written.length === 0 && isAll ? [{ start: 0, end: all }] : written;
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

export function overlaps(span: Place, token: Place): boolean {
  return span.start < token.end && token.start < span.end;
}

/** Words of a turn that were hardly understood, by their places. */
export type Doubtful = ReadonlyMap<string, readonly number[]>;

export function doubtfulIn(marks: Shapes["Marks"] | null): Doubtful {
  return new Map(marks?.doubtful.map((each) => [each.turn_id, each.words]));
}

export function passageOfSpan(span: Span, passages: readonly Passage[]): Passage | undefined {
  return passages.find(({ turn }) => turn.turn_id === span.turnId);
}

/** Where evidence stands in its turn, which may have been corrected since it was chosen; null where
 * it was not said any more. */
export function placeIn(passage: Passage, { text, start }: Evidence): Place | null {
  const quote = Array.from(text.normalize("NFC"));
  const { points } = passage;
  const stands = (at: number) => quote.every((point, n) => points[at + n] === point);
  if (stands(start)) return { start, end: start + quote.length };
  const isWhole = (at: number) => !isOfWord(points[at - 1]) && !isOfWord(points[at + quote.length]);
  const at = points.findIndex((_, place) => stands(place) && isWhole(place));
  return at < 0 ? null : { start: at, end: at + quote.length };
}

function isOfWord(point: string | undefined): boolean {
  return point !== undefined && /[\p{L}\p{N}]/u.test(point);
}

export function isGone(evidence: Evidence, passages: readonly Passage[]): boolean {
  const passage = passageOfSpan(evidence, passages);
  return passage !== undefined && placeIn(passage, evidence) === null;
}

/** Words that evidence rests on and that were hardly understood. */
export function doubtsOf(evidence: Evidence, passages: readonly Passage[], doubtful: Doubtful): readonly string[] {
  const passage = passageOfSpan(evidence, passages);
  const place = passage === undefined ? null : placeIn(passage, evidence);
  if (passage === undefined || place === null) return [];
  const doubts = doubtful.get(evidence.turnId);
  return passage.tokens.filter((token) => overlaps(place, token) && token.word !== null && doubts?.includes(token.word) === true).map(({ text }) => text);
}

/** How much of a turn was hardly understood, where it is not known which of its words that was. */
export function unclearOf(passage: Passage | undefined, doubts: readonly number[] | undefined): string | null {
  if (passage?.isLost !== true || doubts === undefined) return null;
  return `${doubts.length} of ${passage.turn.words.length} words`;
}

/** When evidence begins to be heard, its turn where no word of it has a time; null for what was all written. */
export function heardAt(passage: Passage, evidence: Evidence): number | null {
  const place = placeIn(passage, evidence);
  const words = place === null ? [] : passage.tokens.filter((token) => overlaps(place, token));
  const first = words.find(({ isHeard }) => isHeard);
  if (first === undefined) return words.length === 0 ? passage.turn.started_ms : null;
  return passage.isLost ? passage.turn.started_ms : first.startMs;
}

/** Where evidence stands among what is heard. */
export function standsAt(passage: Passage, evidence: Evidence): number {
  const place = placeIn(passage, evidence);
  return (place === null ? undefined : passage.tokens.find((token) => token.end > place.start)?.startMs) ?? passage.turn.started_ms;
}

/** The words in the order in which they are heard, to find the one that is heard now; before the
 * first of each turn the turn itself, as -1. */
export interface Heard {
  startMs: number;
  turn: number;
  token: number;
}

export function heardOf(passages: readonly Passage[]): readonly Heard[] {
  return passages
    .flatMap(({ turn: { started_ms }, tokens }, turn) => [
      { startMs: started_ms, turn, token: -1 },
      ...tokens.flatMap(({ isHeard, startMs }, token) => (isHeard ? [{ startMs, turn, token }] : [])),
    ])
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
