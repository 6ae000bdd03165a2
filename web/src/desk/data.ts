import { queryOptions } from "@tanstack/react-query";
import { api, body, type Shapes } from "../shared/api/client";

export type Interview = Shapes["InterviewView"];
export type Job = Shapes["JobView"];
export type KitView = Shapes["KitView"];
export type Candidate = Shapes["CandidateView"];

/** A thing with the mark of its state, which a change must name. */
export interface Marked<T> {
  value: T;
  etag: string;
}

export const MANY = 100;
const PAGES = 10;
/** How many of a list `everyOne` finds. */
export const MOST = MANY * PAGES;

interface Page<T> {
  items: readonly T[];
  next: string | null;
}

/** All of a list that one chooses from, a thousand at most: who names another finds it by its id. */
export async function everyOne<T>(ask: (after: { after?: string }) => Promise<Page<T>>): Promise<readonly T[]> {
  const found: T[] = [];
  for (let [page, next]: [number, string | null] = [0, null]; page < PAGES; page += 1) {
    const answer = await ask(next === null ? {} : { after: next });
    found.push(...answer.items);
    if (answer.next === null) break;
    next = answer.next;
  }
  return found;
}

/** Several values of one filter stand between commas. */
export const COMMAS = { array: { style: "form", explode: false } } as const;

export async function marked<T>(call: Promise<{ data?: T; response: Response }>): Promise<Marked<T>> {
  const { data, response } = await call;
  return { value: data as T, etag: response.headers.get("ETag") ?? "*" };
}

export function interviewQuery(id: string) {
  return queryOptions({
    queryKey: ["interview", id],
    queryFn: () => marked(api.GET("/v1/interviews/{interview_id}", { params: { path: { interview_id: id } } })),
  });
}

export function candidateQuery(id: string) {
  return queryOptions({
    queryKey: ["candidate", id],
    queryFn: () => marked(api.GET("/v1/candidates/{candidate_id}", { params: { path: { candidate_id: id } } })),
  });
}

export function kitQuery(id: string) {
  return queryOptions({
    queryKey: ["kit", id],
    queryFn: () => marked(api.GET("/v1/kits/{kit_id}", { params: { path: { kit_id: id } } })),
  });
}

export function jobQuery(id: string) {
  return queryOptions({
    queryKey: ["job", id],
    queryFn: () => marked(api.GET("/v1/jobs/{job_id}", { params: { path: { job_id: id } } })),
  });
}

/** Jobs for a list to choose from, newest first. */
export const jobsQuery = queryOptions({
  queryKey: ["jobs", "choice"],
  staleTime: 60_000,
  queryFn: () => everyOne((after) => body(api.GET("/v1/jobs", { params: { query: { limit: MANY, sort: "-created_at", ...after } } }))),
});

export function kitsQuery(filter: { job_id?: string; published?: boolean }) {
  return queryOptions({
    queryKey: ["kits", filter],
    queryFn: () =>
      everyOne((after) => body(api.GET("/v1/kits", { params: { query: { limit: MANY, sort: "-created_at", ...filter, ...after } } }))),
  });
}

/** What somebody is writing is not taken from under their hands: it is read again when they ask. */
export const settingsQuery = queryOptions({
  queryKey: ["settings"],
  refetchOnWindowFocus: false,
  queryFn: () => marked(api.GET("/v1/settings")),
});
