import { STATES, type State } from "./words";

export type Sort = "created_at" | "-created_at" | "starts_at" | "-starts_at";

export const SORTS: readonly (readonly [Sort, string])[] = [
  ["-created_at", "Newest first"],
  ["created_at", "Oldest first"],
  ["starts_at", "Soonest appointment"],
  ["-starts_at", "Latest appointment"],
];

export interface ListSearch {
  state?: State;
  job?: string;
  candidate?: string;
  sort?: Sort;
  /** Those whose candidates wait for an answer to what they asked for. */
  asks?: "yes";
  after?: string;
}

type Search = Record<string, unknown>;

/** Of what stands in the address only that which the page knows. */
export function textsIn<Name extends string>(search: Search, names: readonly Name[]): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = search[name];
    if (typeof value === "string" && value !== "") found[name] = value;
  }
  return found;
}

export function pageSearch(search: Search): { after?: string } {
  return textsIn(search, ["after"]);
}

export function listSearch(search: Search): ListSearch {
  const { state, sort, asks, ...rest } = textsIn(search, ["state", "sort", "asks", "job", "candidate", "after"]);
  const known = SORTS.find(([each]) => each === sort)?.[0];
  return {
    ...rest,
    ...(state !== undefined && state in STATES ? { state: state as State } : {}),
    ...(known === undefined ? {} : { sort: known }),
    ...(asks === "yes" ? { asks } : {}),
  };
}
