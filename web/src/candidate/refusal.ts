import { Problem } from "../shared/api/problem";

/** Whether the service has said no: a tired or unreachable one has said nothing yet. */
export function isRefusal(error: unknown): error is Problem {
  return error instanceof Problem && error.status < 500 && error.status !== 429;
}
