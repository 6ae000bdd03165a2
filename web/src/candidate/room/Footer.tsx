import { useConnectionQualityIndicator } from "@livekit/components-react";
import { ConnectionQuality } from "livekit-client";
import { useWords, type PlainKey } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { useLevel } from "../sound";
import styles from "./Footer.module.css";
import { areKeysWanted } from "./KeySwitch";
import { People } from "./People";
import { isHeard } from "./snapshot";
import type { Snapshot, Talk } from "./talk";
import { KEYS } from "./useActions";

type Quality = "excellent" | "good" | "poor" | "lost" | "unknown";

interface Props {
  now: Snapshot;
  talk: Talk;
  /** A key that does nothing is not named. */
  areKeysOn?: boolean;
}

/** Whether one is heard, and how good the line is: in words, with a bar that moves. */
export function Footer({ now, talk, areKeysOn = areKeysWanted() }: Props) {
  const words = useWords();
  const hears = isHeard(now);
  const bar = useLevel<HTMLSpanElement>(hears ? (now.microphone ?? undefined) : undefined);
  const { quality } = useConnectionQualityIndicator({ participant: talk.room.localParticipant });
  const line: PlainKey = `quality.${now.link === "in" ? qualityOf(quality) : "lost"}`;
  return (
    <footer className={styles.footer}>
      <div className={styles.mic}>
        <span className={styles.bar} ref={bar} aria-hidden="true" />
        <span>{words.t(hears ? "footer.mic.on" : "footer.mic.off")}</span>
        <Button kind="quiet" {...(areKeysOn ? { hint: KEYS.mute } : {})} onPress={() => void talk.setMuted(hears)}>
          {words.t(hears ? "footer.mute" : "footer.unmute")}
        </Button>
      </div>
      <p className={styles.quality} role="status">
        {words.t(line)}
      </p>
      <People now={now} />
    </footer>
  );
}

function qualityOf(quality: ConnectionQuality): Quality {
  switch (quality) {
    case ConnectionQuality.Excellent:
      return "excellent";
    case ConnectionQuality.Good:
      return "good";
    case ConnectionQuality.Poor:
      return "poor";
    case ConnectionQuality.Lost:
      return "lost";
    case ConnectionQuality.Unknown:
      return "unknown";
  }
}
