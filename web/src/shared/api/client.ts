import createClient, { type Middleware } from "openapi-fetch";
import { newKey } from "../storage";
import { Problem, problemOf, Unreachable } from "./problem";
import type { components, paths } from "./schema.gen";

export type Shapes = components["schemas"];

/** Refusals are thrown as `Problem`, a dead line as `Unreachable`: what is returned is an answer. */
const refusals: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await problemOf(response);
  },
  onError({ error }) {
    return error instanceof TypeError ? new Unreachable(error.message, { cause: error }) : undefined;
  },
};

const KEY = "Idempotency-Key";
const MADE_HERE = "made-here";
const UNKNOWN = new Set([429, 502, 503, 504]);
/** The keys of what was asked and not answered yet, by what was asked. */
const asked = new Map<string, string>();

/** What is pressed again because no answer came has the key of the first time, and is done once. */
const once: Middleware = {
  async onRequest({ request, id }) {
    if (request.headers.get(KEY) !== MADE_HERE) return;
    const what = `${request.method} ${request.url} ${await request.clone().text()}`;
    const key = asked.get(what) ?? newKey();
    asked.set(what, key);
    calls.set(id, what);
    request.headers.set(KEY, key);
  },
  onResponse({ response, id }) {
    const what = calls.get(id);
    if (what !== undefined && !UNKNOWN.has(response.status)) asked.delete(what);
    calls.delete(id);
  },
  onError({ id }) {
    calls.delete(id);
  },
};
const calls = new Map<string, string>();

/**
 * The API of this very origin. The cookie proves who calls; the API compares `Origin`, which the
 * browser sends by itself, so there is no further token to send.
 */
export const api = createClient<paths>({
  baseUrl: globalThis.location.origin,
  // Looked up at each call: tests put another in its place.
  fetch: (request) => globalThis.fetch(request),
});
// Answers go through the last one first.
api.use(refusals, once);

/** The answer's body. Refusals were thrown already. */
export async function body<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  return data as T;
}

/** What there is, or null where the API says that there is none. */
export async function unlessNone<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

/** For calls that create: the same key makes a repeat harmless. Without one it is made of what is asked. */
export function idempotent(key: string = MADE_HERE): { "Idempotency-Key": string } {
  return { [KEY]: key };
}
