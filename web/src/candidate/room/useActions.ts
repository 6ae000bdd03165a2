import { useCallback, useEffect, useRef, useState } from "react";
import { Held } from "../../shared/ui/held";
import { areKeysWanted } from "./KeySwitch";
import { isHeard } from "./snapshot";
import type { Answer, Snapshot, Talk } from "./talk";
import { useWriting, type Writing } from "./useWriting";

export interface Actions extends Writing {
  /** Somebody thinks or rests: nothing is asked of them until they say that they are ready. */
  isResting: boolean;
  canPause: boolean;
  said: Answer | null;
  areKeysOn: boolean;
  setKeysOn: (on: boolean) => void;
  done: () => void;
  think: () => void;
  ready: () => void;
  repeat: () => void;
  pause: () => void;
  mute: () => void;
  help: () => void;
}

export const KEYS = { done: "D", think: "T", repeat: "R", type: "W", pause: "P", mute: "M", help: "H" } as const;

const SAID_MS = 6000;

/** What the candidate can do in the room, by button and by key. A draft is kept for `interview`. */
export function useActions(talk: Talk, now: Snapshot, openHelp: () => void, interview?: string): Actions {
  const [said, setSaid] = useState<{ answer: Answer; stays: boolean } | null>(null);
  const [areKeysOn, setKeysOn] = useState(areKeysWanted);
  const tell = useCallback(
    (answer: Answer, stays = false) => setSaid(answer === "ok" ? null : { answer, stays }),
    [],
  );
  useEffect(() => {
    if (said === null || said.stays) return;
    const timer = setTimeout(() => setSaid(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const writing = useWriting(talk, (answer) => tell(answer, true), interview);
  const press = useCallback(
    (button: "done" | "think" | "repeat" | "resume") => {
      void talk.press(button).then((answer) => tell(answer));
    },
    [talk, tell],
  );
  const phase = now.progress?.phase;
  const actions: Actions = {
    ...writing,
    isResting: now.progress?.doing === "resting" || now.progress?.doing === "paused",
    canPause: phase !== "inviting" && phase !== "closing",
    said: said?.answer ?? null,
    areKeysOn,
    setKeysOn,
    done: () => press("done"),
    think: () => press("think"),
    ready: () => press("resume"),
    repeat: () => press("repeat"),
    pause: () => void talk.pause(),
    mute: () => void talk.setMuted(isHeard(now)),
    help: openHelp,
  };
  useKeys(actions, now);
  return actions;
}

/** Single keys, never into a text field and never with another key held; each once while it is held down. */
function useKeys(actions: Actions, now: Snapshot): void {
  const current = useRef({ actions, now });
  useEffect(() => {
    current.current = { actions, now };
  });
  useEffect(() => {
    const held = new Held();
    const pressed = (event: KeyboardEvent) => {
      const { actions, now } = current.current;
      if (!actions.areKeysOn || now.link === "elsewhere" || now.link === "paused") return;
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      if (target?.closest("input, textarea, select, [role=dialog], [role=alertdialog]")) return;
      const act = actOf(event.key.toUpperCase(), actions, now);
      if (act === undefined) return;
      event.preventDefault();
      held.did(event.key);
      act();
    };
    const stop = held.watch();
    globalThis.addEventListener("keydown", pressed);
    return () => {
      stop();
      globalThis.removeEventListener("keydown", pressed);
    };
  }, []);
}

function actOf(key: string, actions: Actions, now: Snapshot): (() => void) | undefined {
  switch (key) {
    case KEYS.mute:
      return actions.mute;
    case KEYS.help:
      return actions.help;
    default:
      break;
  }
  if (!now.isAgentHere || now.link !== "in") return undefined;
  switch (key) {
    case KEYS.done:
      return actions.done;
    case KEYS.think:
      return actions.isResting ? actions.ready : actions.think;
    case KEYS.repeat:
      return actions.repeat;
    case KEYS.pause:
      return actions.canPause ? actions.pause : undefined;
    case KEYS.type:
      return actions.canType ? () => actions.type(!actions.isTyping) : undefined;
    default:
      return undefined;
  }
}
