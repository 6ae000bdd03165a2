import { useState } from "react";
import { browser } from "../../shared/storage";
import { useWords } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import type { Interview } from "../api";
import { Where } from "../Where";
import styles from "./Room.module.css";
import type { Snapshot } from "./talk";
import { clock } from "./useLeft";

const KEPT = "viv.clock";

interface Props {
  interview: Interview;
  now: Snapshot;
  left: { seconds: number; isRunning: boolean } | null;
}

export function Header({ interview, now, left }: Props) {
  const words = useWords();
  const [isShown, setIsShown] = useState(() => browser.get(KEPT) !== "off");
  const toggle = () => {
    browser.set(KEPT, isShown ? "off" : "on");
    setIsShown(!isShown);
  };
  const isRecording = (now.link === "in" && now.isAgentHere) || (now.isKept && !now.isMuted);
  return (
    <header className={styles.header}>
      <div className={styles.where}>
        <Where interview={interview} />
        <span className={styles.badge}>{words.t("room.ai")}</span>
      </div>
      <div className={styles.standing}>
        <p className={styles.recording} data-on={isRecording}>
          {words.t(isRecording ? "room.recording" : "room.not_recording")}
        </p>
        {left !== null && (
          <Button kind="quiet" onPress={toggle}>
            {!isShown ? (
              words.t("room.clock.show")
            ) : (
              <>
                {words.t(left.isRunning ? "room.clock" : "room.clock.still", { time: clock(left.seconds) })}
                <span className="unseen"> {words.t("room.clock.hide")}</span>
              </>
            )}
          </Button>
        )}
      </div>
    </header>
  );
}
