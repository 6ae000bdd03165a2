import createClient, { type Middleware } from "openapi-fetch";
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

/**
 * The API of this very origin. The cookie proves who calls; the API compares `Origin`, which the
 * browser sends by itself, so there is no further token to send.
 */
export const api = createClient<paths>({
  baseUrl: globalThis.location.origin,
  // Looked up at each call: tests put another in its place.
  fetch: (request) => globalThis.fetch(request),
});
api.use(refusals);

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

/** For calls that create: the same key makes a repeat harmless. */
export function idempotent(key: string = crypto.randomUUID()): { "Idempotency-Key": string } {
  return { "Idempotency-Key": key };
}
