import { useRef, useState } from "react";
import { newKey } from "../../shared/storage";
import { keepDraft, keptDraft, type Draft } from "./place";
import type { Snapshot } from "./snapshot";
import { soon } from "./soon";
import type { Answer, Talk } from "./talk";

export interface Writing {
  isTyping: boolean;
  canType: boolean;
  /** The interviewer speaks: the answer is sent, as it is, as soon as that is over. */
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

/** An answer in writing; the draft is kept for `interview`. `tell` says what came of it until something new is done. */
export function useWriting(talk: Talk, tell: (answer: Answer) => void, interview: string | undefined): Writing {
  const [draft, keep] = useDraft(interview);
  const [isTyping, setIsTyping] = useState(draft.text !== "");
  const [canType, setCanType] = useState(true);
  const [isWaiting, setIsWaiting] = useState(false);
  /** Which sending goes on; whoever closes the field has ended it. */
  const sending = useRef(0);
  const type = (wanted: boolean) => {
    sending.current += 1;
    setIsWaiting(false);
    setIsTyping(wanted);
  };
  const write = (text: string) => {
    const asked = draft.text === "" ? askedIn(talk.snapshot()) : draft.asked;
    tell("ok");
    talk.writes();
    keep({ id: newKey(), text, asked });
  };
  const send = async () => {
    const turn = ++sending.current;
    tell("ok");
    const answer = await sent(talk, draft, () => {
      const isWanted = turn === sending.current;
      if (isWanted) setIsWaiting(true);
      return isWanted;
    });
    if (turn !== sending.current) return;
    setIsWaiting(false);
    if (answer === "unsupported") setCanType(false);
    // Who sends it once more has seen what is asked now.
    if (answer === "moved_on") keep({ ...draft, asked: askedIn(talk.snapshot()) });
    tell(answer);
    if (answer !== "ok") return;
    keep({ id: newKey(), text: "", asked: null });
    setIsTyping(false);
  };
  return { isTyping, canType, isWaiting, type, draft: draft.text, write, send };
}

/**
 * Sends it, and again while the interviewer speaks, as long as it `isWanted`; what came of it in the end. What was
 * written to answer one thing does not wait for the end of another.
 */
async function sent(talk: Talk, { id, text, asked }: Draft, isWanted: () => boolean): Promise<Answer> {
  const until = performance.now() + LONGEST_WAIT_MS;
  for (let isFirst = true; ; isFirst = false) {
    const answer = await talk.press("typed", JSON.stringify({ id, text: text.trim() }));
    // What did not arrive was promised already, but for the first time.
    const isInTheWay = answer === "speaking" || answer === "paused" || (answer === "unheard" && !isFirst);
    const { floor } = talk.snapshot();
    // Where a person leads nobody knows when they have finished.
    if (!isInTheWay || floor.by !== "ai" || performance.now() > until) return answer;
    if (asked !== null && asked !== askedIn(talk.snapshot())) return "moved_on";
    if (!isWanted()) return answer;
    if (answer === "paused") await talk.press("resume");
    await soon(AGAIN_MS);
    if (!isWanted()) return answer;
  }
}

function askedIn({ progress }: Snapshot): string | null {
  return progress === null ? null : JSON.stringify([progress.question, progress.probe, progress.choosing ?? false]);
}

/** What is written; of an interview it outlasts a reload of the page. */
function useDraft(interview: string | undefined): [Draft, (draft: Draft) => void] {
  const [draft, setDraft] = useState<Draft>(
    () => (interview === undefined ? null : keptDraft(interview)) ?? { id: newKey(), text: "", asked: null },
  );
  const keep = (next: Draft) => {
    if (interview !== undefined) keepDraft(interview, next);
    setDraft(next);
  };
  return [draft, keep];
}
