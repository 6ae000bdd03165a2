import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, body, type Shapes } from "../../shared/api/client";
import { isHeld } from "../session/standing";

/** How far a live interview has come, as its own events tell it. */
export interface Told {
  line: string;
  words: number;
  questions: number;
  /** The candidate was in the room, and is not now. */
  isAway: boolean;
}

interface Fact {
  kind: string;
  text?: string;
  line?: string;
}

/** A browser keeps six connections to one place: more streams would leave none for anything else. */
export const STREAMS = 3;

const NOTHING: Told = { line: "", words: 0, questions: 0, isAway: false };
const SPOKEN = ["line_started", "speech_heard"];
const MOVES = ["paused", "resumed", "interview_ended"];
const WAYS = ["candidate_arrived", "candidate_left"];
const HEARD = [...SPOKEN, ...WAYS, ...MOVES];
const BEGIN_AGAIN_MS = 3000;
const ASK_AGAIN_MS = 2000;

type Hear = (fact: Fact) => void;

/** By its stream of events, or else by asking again and again for those that are new. */
export function useTold(interview: string, isStreamed: boolean): Told {
  const [told, setTold] = useState(NOTHING);
  const client = useQueryClient();
  useEffect(() => {
    const hear = (fact: Fact) => {
      if (MOVES.includes(fact.kind)) void client.invalidateQueries({ queryKey: ["interviews", "live"] });
      else setTold((before) => after(before, fact));
    };
    const forget = () => setTold(NOTHING);
    return isStreamed ? stream(interview, hear, forget) : poll(interview, hear, forget);
  }, [interview, isStreamed, client]);
  return told;
}

function after(before: Told, { kind, text = "", line }: Fact): Told {
  if (WAYS.includes(kind)) return { ...before, isAway: kind === "candidate_left" };
  return {
    ...before,
    line: text,
    words: before.words + (kind === "speech_heard" ? text.split(/\s+/).length : 0),
    questions: before.questions + (line === "question" ? 1 : 0),
  };
}

/** The browser goes on by itself where a line was cut; what was refused begins again, from nothing. */
function stream(interview: string, hear: Hear, forget: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource | undefined;
  const begin = () => {
    if (!isHeld()) {
      // Whoever signs in again finds the board going on.
      timer = setTimeout(begin, BEGIN_AGAIN_MS);
      return;
    }
    forget();
    const opened = new EventSource(`/v1/interviews/${interview}/events`);
    source = opened;
    for (const kind of HEARD) {
      opened.addEventListener(kind, (event) => hear((JSON.parse(String(event.data)) as { fact: Fact }).fact));
    }
    // Everything comes again when the reader sees more than before.
    opened.addEventListener("resync", (event) => {
      if (event.data === "0") forget();
    });
    opened.addEventListener("error", () => {
      if (opened.readyState === EventSource.CLOSED) timer = setTimeout(begin, BEGIN_AGAIN_MS);
    });
  };
  begin();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

function poll(interview: string, hear: Hear, forget: () => void): () => void {
  let [seq, isOver] = [0, false];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async () => {
    const path = { interview_id: interview };
    // The same call can stream; asked for JSON it answers a page.
    const page = (await body(
      api.GET("/v1/interviews/{interview_id}/events", { params: { path, query: { limit: 200, after: seq } } }),
    )) as Shapes["EventPage"];
    if (isOver) return;
    for (const { fact } of page.items) if (HEARD.includes(fact.kind)) hear(fact as Fact);
    seq = page.items.at(-1)?.seq ?? seq;
    if (page.next !== null) await ask();
  };
  const round = async () => {
    // Whoever may not look any more, or finds the line dead, asks again like everybody else.
    await ask().catch(() => undefined);
    if (!isOver) timer = setTimeout(() => void round(), ASK_AGAIN_MS);
  };
  forget();
  void round();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
