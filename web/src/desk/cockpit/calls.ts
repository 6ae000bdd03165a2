/** All calls of the API that the cockpit makes. */
import { api, body, idempotent, type Shapes } from "../../shared/api/client";
import { Problem } from "../../shared/api/problem";

export interface Wish {
  role: "interviewer" | "observer";
  name: string;
  hidden: boolean;
}

export async function join(interview: string, wish: Wish): Promise<Shapes["JoinedView"]> {
  const { name, ...rest } = wish;
  return body(
    api.POST("/v1/interviews/{interview_id}/join", {
      params: { path: { interview_id: interview } },
      body: { ...rest, ...(name.trim() === "" ? {} : { name: name.trim() }) },
    }),
  );
}

export async function transcript(interview: string): Promise<Shapes["TranscriptView"]> {
  return body(api.GET("/v1/interviews/{interview_id}/transcript", { params: { path: { interview_id: interview } } }));
}

export async function setFloor(
  interview: string,
  holder: "ai" | "me" | "paused",
  covered: readonly string[] = [],
): Promise<Shapes["FloorView"]> {
  return body(
    api.POST("/v1/interviews/{interview_id}/floor", {
      params: { path: { interview_id: interview } },
      body: { holder, covered_questions: [...covered] },
    }),
  );
}

/**
 * Without words it is a mark. The moment is told as how long ago it was: clocks differ. Null for one
 * that had arrived before, though nobody could say so.
 */
export async function note(interview: string, text: string, agoMs: number, key: string): Promise<Shapes["NotedView"] | null> {
  try {
    return await body(
      api.POST("/v1/interviews/{interview_id}/notes", {
        params: { path: { interview_id: interview }, header: idempotent(key) },
        body: { text, ago_ms: Math.max(0, Math.round(agoMs)) },
      }),
    );
  } catch (error) {
    if (error instanceof Problem && error.code === "idempotency_mismatch") return null;
    throw error;
  }
}
