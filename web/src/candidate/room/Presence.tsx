import { useWords, type PlainKey } from "../../shared/i18n/i18n";
import { useLevel } from "../sound";
import styles from "./Presence.module.css";
import type { Snapshot } from "./talk";

type Shown = "broken" | "arriving" | "listening" | "resting" | "thinking" | "speaking" | "paused";

/** What the interviewer does, by one shape and one word; the shape moves with real sound alone. */
/** `isBye`: it has said goodbye and gone. */
export function Presence({ now, isBye = false }: { now: Snapshot; isBye?: boolean }) {
  const words = useWords();
  const shown = isBye ? "thinking" : shownOf(now);
  const voice = shown === "speaking" ? now.agent : now.isMuted ? null : now.microphone;
  const shape = useLevel<HTMLDivElement>(voice ?? undefined);
  const word: PlainKey = `presence.${shown}`;
  return (
    <div className={styles.presence} data-doing={shown}>
      <div className={styles.shape} ref={shape} aria-hidden="true">
        <span />
        <span />
        <span />
      </div>
      <p className={styles.word} role="status">
        {words.t(word)}
      </p>
    </div>
  );
}

function shownOf(now: Snapshot): Shown {
  if (now.link !== "in" && now.link !== "joining") return "broken";
  if (!now.isAgentHere || now.progress === null) return "arriving";
  return now.progress.doing;
}
