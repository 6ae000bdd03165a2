import type { Shapes } from "../../shared/api/client";

export type Body = Shapes["KitBody"];
export type Competency = Body["competencies"][number];
export type Question = Body["questions"][number];

export const LEVELS = ["1", "2", "3", "4", "5"] as const;

/** What keeps a draft from being published; the API's rule, told while one writes. */
export interface Gap {
  where: string;
  what: string;
}

export function gapsIn(kit: Body): readonly Gap[] {
  const covered = new Set(kit.questions.flatMap((question) => question.competencies));
  const needed = minutesIn(kit);
  return [
    ...kit.competencies.flatMap((each) => [
      ...(covered.has(each.key) ? [] : [{ where: each.name, what: "no question asks about it" }]),
      ...LEVELS.filter((level) => (each.anchors[level] ?? "").trim() === "").map((level) => ({
        where: each.name,
        what: `level ${level} has no anchor`,
      })),
    ]),
    ...kit.questions
      .filter((each) => each.competencies.length === 0)
      .map((each) => ({ where: short(each.text), what: "it asks about no competency" })),
    ...(needed > kit.minutes ? [{ where: "Time", what: `the questions need ${needed} minutes, the interview has ${kit.minutes}` }] : []),
  ];
}

/** Competencies that the rater that needs no model cannot score: no gap, but somebody may miss it. */
export function doubtsIn(kit: Body): readonly string[] {
  const lines = (each: Competency) => Object.values(each.indicators ?? {}).flat();
  return kit.competencies.filter((each) => lines(each).length === 0).map((each) => each.name);
}

export function minutesIn(kit: Body): number {
  return kit.questions.reduce((sum, question) => sum + question.minutes, 0);
}

export function short(text: string): string {
  return text.length <= 48 ? text || "A question without words" : `${text.slice(0, 47)}…`;
}

/** A name for programs, from one for people; never one that is taken. */
export function keyFor(name: string, taken: readonly string[]): string {
  const bare = name
    .normalize("NFD")
    .replace(/[^\w\s]/g, "")
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, "_")
    .slice(0, 48);
  const key = /^[a-z]/.test(bare) ? bare : `item_${bare}`.replace(/_$/, "");
  let [found, n] = [key, 2];
  while (taken.includes(found)) {
    found = `${key}_${n}`;
    n += 1;
  }
  return found;
}

export function newCompetency(kit: Body): Competency {
  const key = keyFor("competency", kit.competencies.map((each) => each.key));
  return { key, name: "New competency", definition: "What it means, in a sentence.", weight: "1", anchors: {}, indicators: {} };
}

export function newQuestion(kit: Body): Question {
  const key = keyFor("question", kit.questions.map((each) => each.key));
  return { key, text: "Tell me about a time when …", competencies: [], probes: [], max_probes: 0, minutes: 4 };
}

export function replaced<T>(list: readonly T[], at: number, by: T): T[] {
  return list.map((each, n) => (n === at ? by : each));
}

export function moved<T>(list: readonly T[], at: number, by: 1 | -1): T[] {
  const [from, to] = [list[at], list[at + by]];
  if (from === undefined || to === undefined) return [...list];
  return list.map((each, n) => (n === at ? to : n === at + by ? from : each));
}

/** What the API takes: without what it adds, without empty lines. */
export function bodyOf(kit: Shapes["KitView"]): Body {
  const { job_id, name, language, competencies, questions, minutes } = kit;
  // All of it: what the API learns and this page does not know would be lost with the next saving.
  return {
    ...{ job_id, name, language, competencies, questions, minutes },
    facts: kit.facts ?? [],
    intro: kit.intro ?? null,
    closing: kit.closing ?? null,
    probing: kit.probing ?? "kit",
    wishes: kit.wishes ?? "rules",
    jurisdictions: kit.jurisdictions ?? [],
    sections: kit.sections ?? [],
  } satisfies Required<Body>;
}

/** Whether every number is one. */
export function hasNumbers(kit: Body): boolean {
  const numbers = kit.questions.flatMap((each) => [each.minutes, each.max_probes ?? 0]);
  return [kit.minutes, ...numbers].every((each) => Number.isFinite(each));
}

export function withoutQuestion(kit: Body, key: string): Body {
  const sections = (kit.sections ?? []).map((each) => ({ ...each, questions: each.questions.filter((other) => other !== key) }));
  return {
    ...kit,
    questions: kit.questions.filter((each) => each.key !== key),
    sections: sections.filter((each) => each.questions.length > 0),
  };
}

export function withoutCompetency(kit: Body, key: string): Body {
  return {
    ...kit,
    competencies: kit.competencies.filter((each) => each.key !== key),
    questions: kit.questions.map((each) => ({ ...each, competencies: each.competencies.filter((other) => other !== key) })),
  };
}

/** The competency `key` where it was in `before`, asked about as it was; all else as it is `now`. */
export function withCompetencyBack(now: Body, before: Body, key: string): Body {
  const asked = new Set(before.questions.filter((each) => each.competencies.includes(key)).map((each) => each.key));
  return {
    ...now,
    competencies: putBack(now.competencies, before.competencies, key),
    questions: now.questions.map((each) => (asked.has(each.key) ? { ...each, competencies: [...each.competencies, key] } : each)),
  };
}

/** The item `key` where it was in `before`. */
export function putBack<T extends { key: string }>(now: readonly T[], before: readonly T[], key: string): T[] {
  const at = before.findIndex((each) => each.key === key);
  return [...now.slice(0, at), ...before.slice(at, at + 1), ...now.slice(at)];
}

export function cleaned(kit: Body): Body {
  return {
    ...kit,
    intro: blank(kit.intro),
    closing: blank(kit.closing),
    competencies: kit.competencies.map((each) => ({
      ...each,
      anchors: Object.fromEntries(Object.entries(each.anchors).filter(([, text]) => text.trim() !== "")),
      indicators: Object.fromEntries(Object.entries(each.indicators ?? {}).filter(([, lines]) => lines.length > 0)),
      examples: (each.examples ?? []).filter((example) => example.text.trim() !== ""),
    })),
    questions: kit.questions.map((each) => ({
      ...each,
      probes: (each.probes ?? []).filter((probe) => probe.trim() !== ""),
      guidance: blank(each.guidance),
      rephrasing: blank(each.rephrasing),
    })),
    facts: (kit.facts ?? []).filter((each) => each.phrases.length > 0 || each.text.trim() !== ""),
  };
}

function blank(text: string | null | undefined): string | null {
  return text === null || text === undefined || text.trim() === "" ? null : text;
}

/** Indicators as lines: each is one thing to hear, in phrases with commas between them. */
export function linesOf(indicators: readonly (readonly string[])[] | undefined): string {
  return (indicators ?? []).map((phrases) => phrases.join(", ")).join("\n");
}

export function indicatorsIn(lines: string): string[][] {
  return lines
    .split("\n")
    .map(phrasesIn)
    .filter((phrases) => phrases.length > 0);
}

export function phrasesIn(line: string): string[] {
  return line
    .split(",")
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== "");
}
