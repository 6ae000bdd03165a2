import { useCallback, useEffect, useState } from "react";
import { isUnanswered, Problem, Unreachable } from "../../shared/api/problem";
import { isHeldBy } from "../../shared/room/floor";
import type { Booth } from "./booth";
import { setFloor } from "./calls";

/** What came of it, in words; `kind` says how bad it is. */
export interface Outcome {
  kind: "ok" | "warn" | "danger";
  text: string;
  /** The AI says goodbye by it, which can still be stopped. */
  isGoodbye?: true;
}

export interface FloorActions {
  isBusy: boolean;
  outcome: Outcome | null;
  take: () => Promise<void>;
  give: (covered: readonly string[], notCovered: readonly string[]) => Promise<void>;
  rest: () => Promise<void>;
  askNext: (question?: string) => Promise<void>;
  /** Has the AI say goodbye, which ends the interview. */
  close: () => Promise<void>;
}

type Heard = { isOk: true } | { isOk: false; code: number };

const TAKEN = 1409;
/** A floor is let rest by the service, not by the AI. */
const NOT_ASKED: Heard = { isOk: false, code: 0 };
/** So long the service has to confirm what the AI does already: the keys of the floor wait for it. */
const CONFIRM_WITHIN_MS = 5000;

/** The agent is called and the API is asked; who answers first is believed, the API has the last word. */
export function useFloor(interview: string, booth: Booth): FloorActions {
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const run = useCallback(async (what: () => Promise<Outcome | null>) => {
    setBusy(true);
    setOutcome(null);
    try {
      setOutcome(await what());
    } finally {
      setBusy(false);
    }
  }, []);
  useEffect(
    () =>
      booth.onFloorLost((to) =>
        setOutcome({
          kind: "warn",
          text: to === null ? "The AI has the floor again, and your microphone is off." : `${to} has taken the floor, and your microphone is off.`,
        }),
      ),
    [booth],
  );
  const take = useCallback(() => run(() => taken(interview, booth)), [run, interview, booth]);
  const give = useCallback(
    (covered: readonly string[], notCovered: readonly string[]) => run(() => given(interview, booth, covered, notCovered)),
    [run, interview, booth],
  );
  const rest = useCallback(() => run(() => rested(interview, booth)), [run, interview, booth]);
  const askNext = useCallback(
    (question?: string) => run(() => asked(booth, question === undefined ? {} : { question })),
    [run, booth],
  );
  const close = useCallback(() => run(() => asked(booth, { close: true })), [run, booth]);
  return { isBusy, outcome, take, give, rest, askNext, close };
}

async function taken(interview: string, booth: Booth): Promise<Outcome | null> {
  const heard = call(booth, "floor.take").then((answer) => {
    if (answer.isOk) lead(booth);
    return answer;
  });
  const [agent, confirmed] = await Promise.all([heard, confirm(setFloor(interview, "me"))]);
  if (confirmed === null) {
    if (!agent.isOk) lead(booth);
    return agent.isOk
      ? { kind: "ok", text: "The AI has stopped, and your microphone is on." }
      : { kind: "warn", text: "You have the floor. The AI was not reached and falls silent as soon as it hears of it." };
  }
  if (isUnanswered(confirmed) && agent.isOk) {
    return { kind: "warn", text: "You have the floor, and the AI is silent. The service could not be reached: it confirms this once it is back." };
  }
  booth.showMetadata();
  if (agent.isOk) booth.silence();
  return refused(confirmed, agent, booth);
}

/** Whoever has taken the floor is heard from here on: nobody else speaks any more. */
function lead(booth: Booth): void {
  booth.show({ by: "person", identity: booth.identity });
  void booth.setMuted(false);
}

async function given(
  interview: string,
  booth: Booth,
  covered: readonly string[],
  notCovered: readonly string[],
): Promise<Outcome | null> {
  const wasOn = !booth.snapshot().isMuted;
  void booth.setMuted(true);
  // The agent first: it alone hears what it took for asked and was not, before it goes on.
  await Promise.all(notCovered.map((question) => call(booth, "coverage.tick", JSON.stringify({ question, covered: false }))));
  const agent = await call(booth, "floor.give", JSON.stringify({ covered }));
  if (agent.isOk) booth.show({ by: "ai" });
  const confirmed = await confirm(setFloor(interview, "ai", covered));
  if (confirmed === null) {
    booth.show({ by: "ai" });
    return { kind: "ok", text: "The AI goes on, and your microphone is off." };
  }
  if (agent.isOk && isUnanswered(confirmed)) {
    return { kind: "warn", text: "The AI goes on. The service could not be reached: it confirms this once it is back." };
  }
  booth.showMetadata();
  if (wasOn && isHeldBy(booth.snapshot().floor, booth.identity)) void booth.setMuted(false);
  return refused(confirmed, agent, booth);
}

async function rested(interview: string, booth: Booth): Promise<Outcome | null> {
  const confirmed = await confirm(setFloor(interview, "paused"));
  if (confirmed !== null) {
    if (!isUnanswered(confirmed)) return refused(confirmed, NOT_ASKED, booth);
    return { kind: "danger", text: "The service could not be reached: the floor is as it stands above, and the recording goes on. Try again in a moment." };
  }
  booth.show({ by: "nobody" });
  return { kind: "ok", text: "Nobody has the floor. The AI is silent until it is given it, or you take it; if nobody says anything for long, it calls for you, and tells the candidate." };
}

async function asked(booth: Booth, what: { question?: string; close?: true }): Promise<Outcome | null> {
  const answer = await call(booth, "ai.ask", JSON.stringify(what));
  if (answer.isOk) {
    void booth.setMuted(true);
    if (what.close) return { kind: "ok", text: "The AI says goodbye, which ends the interview. Your microphone is off.", isGoodbye: true };
    return { kind: "ok", text: "The AI speaks, and your microphone is off. The floor stays as it is." };
  }
  if (answer.code === TAKEN) {
    return { kind: "warn", text: "The AI cannot do that now: it speaks already, nothing is left to ask, or the candidate is not here." };
  }
  return { kind: "warn", text: "The AI did not hear that. Try again in a moment." };
}

/** An unknown method and an absent agent are answers too. */
async function call(booth: Booth, method: string, payload = ""): Promise<Heard> {
  try {
    await booth.call(method, payload);
    return { isOk: true };
  } catch (error) {
    const code = typeof error === "object" && error !== null && "code" in error ? Number(error.code) : 0;
    return { isOk: false, code };
  }
}

/** Null once the API has it so; else why not. One that says nothing for long is as good as away. */
async function confirm(changed: Promise<unknown>): Promise<Error | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Error>((done) => {
    timer = setTimeout(() => done(new Unreachable("no answer in time")), CONFIRM_WITHIN_MS);
  });
  const answered = changed.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  try {
    return await Promise.race([answered, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function refused(error: Error, agent: Heard, booth: Booth): Promise<Outcome> {
  if (error instanceof Problem) {
    switch (error.code) {
      case "floor_taken":
        return { kind: "warn", text: `${await booth.colleague()} has the floor. Ask them in the chat to give it back; it is yours once they do, or leave.` };
      case "wrong_state":
        return { kind: "warn", text: "The talk has not begun yet, or is over: nobody leads it." };
      case "forbidden":
        return { kind: "danger", text: "You may not lead this interview. Whoever leads your organisation’s account can change that." };
      default:
        return { kind: "danger", text: `${error.document.title}. ${error.document.detail}` };
    }
  }
  if (!agent.isOk && agent.code === TAKEN) {
    return { kind: "warn", text: `${await booth.colleague()} has the floor. Ask them in the chat to give it back.` };
  }
  return { kind: "danger", text: "Neither the service nor the AI could be reached. Nothing has changed; the recording goes on. Try again in a moment." };
}
