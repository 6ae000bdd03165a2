import { useRef, useState } from "react";
import { newKey } from "../../shared/storage";
import { keepDraft, keptDraft, type Draft } from "./place";
import { isGoodbye } from "./progress";
import type { Snapshot } from "./snapshot";
import { soon } from "./soon";
import type { Answer, Talk } from "./talk";

export interface Writing {
  isTyping: boolean;
  canType: boolean;
  isSending: boolean;
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
  const [draft, keep, current] = useDraft(interview);
  const [isTyping, setIsTyping] = useState(draft.text !== "");
  const [canType, setCanType] = useState(true);
  const [sending, setSending] = useState<"once" | "waiting" | null>(null);
  /** Which sending goes on; whoever closes the field has ended it. */
  const turn = useRef(0);
  const type = (wanted: boolean) => {
    turn.current += 1;
    setSending(null);
    setIsTyping(wanted);
    tell("ok");
    if (wanted) talk.writes();
  };
  const write = (text: string) => {
    tell("ok");
    if (text !== "") talk.writes();
    keep({ id: newKey(), text, asked: draft.text === "" ? askedIn(talk.snapshot()) : draft.asked });
  };
  const send = async () => {
    const own = ++turn.current;
    const isWanted = () => own === turn.current && talk.snapshot().link !== "paused";
    setSending("once");
    tell("ok");
    const answer = await sent(talk, draft, isWanted, () => setSending("waiting"));
    if (answer === "ok" && current.current.id === draft.id) {
      keep({ id: newKey(), text: "", asked: null });
      setIsTyping(false);
    }
    if (own !== turn.current) return;
    setSending(null);
    if (answer === null) return;
    if (answer === "unsupported") setCanType(false);
    // Who sends it once more has seen what is asked now.
    if (answer === "moved_on") keep({ ...draft, id: newKey(), asked: askedIn(talk.snapshot()) });
    tell(answer);
  };
  const isSending = sending !== null;
  return { isTyping, canType, isSending, isWaiting: sending === "waiting", type, draft: draft.text, write, send };
}

/** Sends it, and again while the interviewer speaks; what came of it in the end, or null when it is not wanted any more. */
async function sent(talk: Talk, draft: Draft, isWanted: () => boolean, waits: () => void): Promise<Answer | null> {
  const { id, text, asked } = draft;
  // A page that knows of no question leaves it to the interviewer.
  const payload = JSON.stringify({ id, text: text.trim(), ...(asked !== null && { asked }) });
  const until = performance.now() + LONGEST_WAIT_MS;
  for (let isFirst = true; ; isFirst = false) {
    const answer = await talk.press("typed", payload);
    // What did not arrive was promised already, but for the first time.
    const isInTheWay = answer === "speaking" || (answer === "unheard" && !isFirst);
    if (!isInTheWay || performance.now() > until) return answer;
    const { progress, floor } = talk.snapshot();
    if (isGoodbye(progress, floor.by !== "ai")) return "over";
    // Where a person leads nobody knows when they have finished.
    if (floor.by !== "ai") return answer;
    if (!isWanted()) return null;
    waits();
    await soon(AGAIN_MS);
    if (!isWanted()) return null;
  }
}

function askedIn({ progress }: Snapshot): string | null {
  return progress?.asked ?? null;
}

/** What is written; of an interview it outlasts a reload of the page. The last is what holds at this very moment. */
function useDraft(interview: string | undefined): [Draft, (draft: Draft) => void, { current: Draft }] {
  const [draft, setDraft] = useState<Draft>(
    () => (interview === undefined ? null : keptDraft(interview)) ?? { id: newKey(), text: "", asked: null },
  );
  const current = useRef(draft);
  const keep = (next: Draft) => {
    current.current = next;
    if (interview !== undefined) keepDraft(interview, next);
    setDraft(next);
  };
  return [draft, keep, current];
}
