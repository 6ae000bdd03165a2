/** What the API says when it refuses: RFC 9457. Decide by `code`, never by the words. */
export interface ProblemDocument {
  code: string;
  title: string;
  detail: string;
  status: number;
  field?: string;
  errors?: { field: string; detail: string }[];
  request_id?: string;
}

export class Problem extends Error {
  override readonly name = "Problem";
  readonly document: ProblemDocument;
  readonly retryAfterSeconds: number | undefined;

  constructor(document: ProblemDocument, retryAfterSeconds?: number) {
    super(document.detail);
    this.document = document;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get code(): string {
    return this.document.code;
  }

  get status(): number {
    return this.document.status;
  }
}

/** The service could not be reached at all; nothing is known of what came of the call. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

const UNANSWERED = new Set([429, 500, 502, 503, 504]);

/** Nothing is known of what came of the call: the line is dead, or somebody before the service says that it is away. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof Problem && UNANSWERED.has(error.status));
}

export async function problemOf(response: Response): Promise<Problem> {
  const document = await documentOf(response);
  const wait = Number(response.headers.get("Retry-After"));
  return new Problem(document, Number.isFinite(wait) && wait > 0 ? wait : undefined);
}

async function documentOf(response: Response): Promise<ProblemDocument> {
  const unknown = {
    code: "unknown",
    title: response.statusText,
    detail: `The service answered ${response.status}.`,
    status: response.status,
  };
  try {
    const told: unknown = await response.clone().json();
    return isRecord(told) && typeof told.code === "string" ? { ...unknown, ...told } : unknown;
  } catch {
    return unknown;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
