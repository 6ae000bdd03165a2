import { QueryClient } from "@tanstack/react-query";
import { Problem } from "./problem";

const TRIES = 3;

/** A refusal stays a refusal; a dead line and a tired service are asked again. */
function again(failed: number, error: Error): boolean {
  if (error instanceof Problem) return failed < TRIES && [429, 502, 503, 504].includes(error.status);
  return failed < TRIES;
}

function pause(failed: number, error: Error): number {
  const told = error instanceof Problem ? error.retryAfterSeconds : undefined;
  return told === undefined ? Math.min(500 * 2 ** failed, 8000) : told * 1000;
}

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: again, retryDelay: pause, staleTime: 10_000, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
