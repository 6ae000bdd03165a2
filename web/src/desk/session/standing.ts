import type { Middleware } from "openapi-fetch";
import { useSyncExternalStore } from "react";
import type { Shapes } from "../../shared/api/client";
import { Problem } from "../../shared/api/problem";

export type Session = Shapes["SignedInView"];

/** Of the session that the page was opened with: whether it holds, is over, or somebody else's by now. */
export type Standing = { is: "held" } | { is: "doubted" } | { is: "over" } | { is: "another"; session: Session };

const HELD: Standing = { is: "held" };
const OVER: Standing = { is: "over" };
const DOUBTED: Standing = { is: "doubted" };
const NAMED = "X-Member-Id";

let standing: Standing = HELD;
/** Whom the page shows: what it asks and does is theirs, whoever has the browser's cookie by now. */
let shown: string | null = null;
const readers = new Set<() => void>();

export function useStanding(): Standing {
  return useSyncExternalStore(listen, () => standing);
}

function listen(reader: () => void): () => void {
  readers.add(reader);
  return () => readers.delete(reader);
}

function put(next: Standing): void {
  standing = next;
  for (const reader of readers) reader();
}

/** Somebody has signed in, and is whom the page shows from now on. */
export function show(session: Session): void {
  shown = session.member.id;
  put(HELD);
}

/** Who turned out to be signed in, when somebody looked; null: nobody. */
export function found(session: Session | null): void {
  if (session === null) put(OVER);
  else put(session.member.id === shown ? HELD : { is: "another", session });
}

export function isHeld(): boolean {
  return standing.is === "held";
}

/** The member whom the page shows; nobody is nameless. */
export function whom(): string {
  return shown ?? "";
}

/** What names whom the page shows, in a call by hand. */
export function named(): Record<string, string> {
  return shown === null ? {} : { [NAMED]: shown };
}

/** An answer may say that the session is over, or another's. */
export async function heard(response: Response): Promise<void> {
  if (response.status === 401) put(OVER);
  if (response.status !== 409 || standing.is !== "held") return;
  const told = (await response.clone().json().catch(() => ({}))) as { code?: string };
  if (told.code === "other_member") put(DOUBTED);
}

/** The ways in and out say by themselves what becomes of a session. */
function isDoor(request: Request): boolean {
  return /^\/v1\/(sessions|setup)\b/.test(new URL(request.url).pathname);
}

/** Every call names whom the page shows; none is made that would count as a guess at a session. */
export const inTheirName: Middleware = {
  onRequest({ request }) {
    if (isDoor(request)) return;
    if (!isHeld()) {
      throw new Problem({ code: "unauthenticated", status: 401, title: "Signed out", detail: "The session is over." });
    }
    for (const [name, value] of Object.entries(named())) request.headers.set(name, value);
  },
  async onResponse({ request, response }) {
    if (!isDoor(request)) await heard(response);
  },
};
