import { tab } from "../../shared/storage";

const TRAIL = "vivavoce.trail";
const LONGEST = 200;

type Trail = readonly (readonly [after: string, before: string | null])[];

function trail(): Trail {
  return JSON.parse(tab.get(TRAIL) ?? "[]") as Trail;
}

/** The API leads on from page to page, not back: this tab remembers the way that one came. */
export function passed(from: string | null, to: string): void {
  const others = trail().filter(([after]) => after !== to);
  tab.set(TRAIL, JSON.stringify([...others, [to, from]].slice(-LONGEST)));
}

/** Where the page before the one after `after` begins, null for the first one; undefined when one came another way. */
export function pageBefore(after: string): string | null | undefined {
  return trail().find(([each]) => each === after)?.[1];
}
