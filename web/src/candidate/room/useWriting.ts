import { useRef, useState } from "react";
import { newKey } from "../../shared/storage";
import { keepDraft, keptDraft, type Draft } from "./place";
import type { Snapshot } from "./snapshot";
import { soon } from "./soon";
import type { Answer, Talk } from "./talk";

export interface Writing {
  isTyping: boolean;
  canType: boolean;
  /** The interviewer speaks: the answer is sent as soon as that is over. */
  isWaiting: boolean;
  type: (isTyping: boolean) => void;
  /** What is written and was not taken yet; it outlasts a reload. */
  draft: string;
  write: (text: string) => void;
  send: () => Promise<void>;
}

const AGAIN_MS = 500;
/** The interviewer's longest line and more; who is still not listened to is told so. */
const LONGEST_WAIT_MS = 60_000;

/** An answer in writing; the draft is kept for `interview`. */
export function useWriting(talk: Talk, tell: (answer: Answer) => void, interview: string | undefined): Writing {
  const [draft, write, current] = useDraft(interview);
  const [isTyping, setIsTyping] = useState(draft.text !== "");
  const [canType, setCanType] = useState(true);
  const [isWaiting, setIsWaiting] = useState(false);
  const isOpen = useRef(isTyping);
  const type = (wanted: boolean) => {
    isOpen.current = wanted;
    setIsTyping(wanted);
    if (wanted) talk.writes();
  };
  const offer = async (): Promise<Answer> => {
    const { id, text } = current.current;
    const answer = await talk.press("typed", JSON.stringify({ id, text: text.trim() }));
    if (answer === "paused") await talk.press("resume");
    return answer;
  };
  const send = async () => {
    const asked = askedIn(talk.snapshot());
    const until = performance.now() + LONGEST_WAIT_MS;
    let answer = await offer();
    while (isOver(answer, talk.snapshot()) && performance.now() < until && isOpen.current) {
      setIsWaiting(true);
      await soon(AGAIN_MS);
      // What answers one question is not sent to another.
      answer = askedIn(talk.snapshot()) === asked ? await offer() : "moved_on";
    }
    setIsWaiting(false);
    if (answer === "unsupported") setCanType(false);
    tell(answer);
    if (answer !== "ok") return;
    write("");
    type(false);
  };
  const written = (text: string) => {
    talk.writes();
    write(text);
  };
  return { isTyping, canType, isWaiting, type, draft: draft.text, write: written, send };
}

/** Whether what is in the way is over by itself. Where a person leads nobody knows when. */
function isOver(answer: Answer, now: Snapshot): boolean {
  return (answer === "speaking" || answer === "paused") && now.floor.by === "ai";
}

function askedIn({ progress }: Snapshot): string {
  return JSON.stringify([progress?.question, progress?.probe]);
}

/** What is written; of an interview it outlasts a reload of the page. The last is what holds at this very moment. */
function useDraft(interview: string | undefined): [Draft, (text: string) => void, { current: Draft }] {
  const [draft, setDraft] = useState<Draft>(
    () => (interview === undefined ? null : keptDraft(interview)) ?? { id: newKey(), text: "" },
  );
  const current = useRef(draft);
  const write = (text: string) => {
    current.current = { id: newKey(), text };
    if (interview !== undefined) keepDraft(interview, current.current);
    setDraft(current.current);
  };
  return [draft, write, current];
}
