/** A caption as the agent sends it; `speaker` is `ai` or an identity. */
export interface Sent {
  segment: string;
  speaker: string;
  text: string;
  final: boolean;
  /** All that was said of the segment, to a page that may have missed it. */
  again?: boolean;
}

export function sentOf(json: string): Sent | null {
  const sent = recordOf(json);
  const isWhole =
    typeof sent?.segment === "string" &&
    typeof sent.speaker === "string" &&
    typeof sent.text === "string" &&
    typeof sent.final === "boolean";
  return isWhole ? (sent as unknown as Sent) : null;
}

/** The one JSON object of a text stream; null for anything else. */
export function recordOf(json: string): Record<string, unknown> | null {
  try {
    const told: unknown = JSON.parse(json);
    return typeof told === "object" && told !== null && !Array.isArray(told) ? (told as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
