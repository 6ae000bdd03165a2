import { putBack, type Body, type Question } from "./model";

export type Section = NonNullable<Body["sections"]>[number];
export type Leads = Section["leads"];

export const LEADS: readonly (readonly [Leads, string])[] = [
  ["ai", "The AI"],
  ["human", "A person"],
];

/** The section that begins with the question `key`, and its place among all. */
export function beginningAt(kit: Body, key: string): { section: Section; at: number } | null {
  const at = (kit.sections ?? []).findIndex((each) => each.questions[0] === key);
  const section = (kit.sections ?? [])[at];
  return section === undefined ? null : { section, at };
}

/** Other questions, or in another order. Sections stay as long as they are, the last takes what is more: who moves a question moves it through them. */
export function withQuestions(kit: Body, questions: readonly Question[]): Body {
  const keys = questions.map((each) => each.key);
  const sections = kit.sections ?? [];
  let from = 0;
  const anew = sections.map((each, n) => {
    const to = n === sections.length - 1 ? keys.length : from + each.questions.length;
    const own = keys.slice(from, to);
    from = to;
    return { ...each, questions: own };
  });
  return { ...kit, questions: [...questions], sections: anew.filter((each) => each.questions.length > 0) };
}

/** One section of all questions; others begin within it. */
export function withOneSection(kit: Body): Body {
  return { ...kit, sections: [{ name: "Section 1", leads: "ai", questions: kit.questions.map((each) => each.key) }] };
}

/** A section begins at the `n`th question, in the middle of the one that is there. */
export function withSectionAt(kit: Body, n: number): Body {
  const sections = kit.sections ?? [];
  const begins = kit.questions[n]?.key ?? "";
  return {
    ...kit,
    sections: sections.flatMap((each) => {
      const at = each.questions.indexOf(begins);
      if (at <= 0) return [each];
      const rest = { name: `Section ${sections.length + 1}`, leads: each.leads, questions: each.questions.slice(at) };
      return [{ ...each, questions: each.questions.slice(0, at) }, rest];
    }),
  };
}

/** Without the `at`th section: its questions belong to the one before, those of the first to the next. */
export function withoutSection(kit: Body, at: number): Body {
  const all = kit.sections ?? [];
  const gone = all[at]?.questions ?? [];
  const sections = all.filter((_, n) => n !== at);
  const heir = Math.max(0, at - 1);
  const widened = (own: readonly string[]) => (at === 0 ? [...gone, ...own] : [...own, ...gone]);
  return { ...kit, sections: sections.map((each, n) => (n === heir ? { ...each, questions: widened(each.questions) } : each)) };
}

/** The question `key` where it was in `before`, in its section too; all else as it is `now`. */
export function withQuestionBack(now: Body, before: Body, key: string): Body {
  const questions = putBack(now.questions, before.questions, key);
  const home = (before.sections ?? []).find((each) => each.questions.includes(key));
  if (home === undefined) return { ...now, questions, sections: inOrder(questions, now.sections ?? []) };
  const place = questions.findIndex((each) => each.key === key);
  const [earlier, later] = [questions.slice(0, place).reverse(), questions.slice(place + 1)].map((part) => part.map((each) => each.key)) as [string[], string[]];
  // The section may have been divided since: the nearest of it that is left says where it belongs.
  const kin = [...earlier, ...later].find((other) => home.questions.includes(other)) ?? "";
  const sections = (now.sections ?? []).map((each) => (each.questions.includes(kin) ? { ...each, questions: [...each.questions, key] } : each));
  if (kin === "") {
    const at = sections.findIndex((each) => later.includes(each.questions[0] ?? ""));
    sections.splice(at === -1 ? sections.length : at, 0, { ...home, questions: [key] });
  }
  return { ...now, questions, sections: inOrder(questions, sections) };
}

/** The same sections in the order of the questions; one that is in none joins the one before it. */
function inOrder(questions: readonly Question[], sections: readonly Section[]): Section[] {
  const homes = new Map(sections.flatMap((each, n) => each.questions.map((key) => [key, n] as const)));
  const own: string[][] = sections.map(() => []);
  let at = 0;
  for (const { key } of questions) {
    at = Math.max(at, homes.get(key) ?? at);
    own[at]?.push(key);
  }
  return sections.map((each, n) => ({ ...each, questions: own[n] ?? [] })).filter((each) => each.questions.length > 0);
}
