import { useState } from "react";
import { useWords } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { audioContext } from "../sound";
import { Step, type Standing } from "./Step";
import styles from "./Check.module.css";

const NOTES_HZ = [392, 523.25, 659.25];
const NOTE_S = 0.35;

/** Three soft notes; only the person can say whether they were heard. */
export function SpeakerStep() {
  const words = useWords();
  const [standing, setStanding] = useState<Standing>("open");
  const [isPlayed, setIsPlayed] = useState(false);
  const said = { ok: words.t("speaker.ok"), warn: words.t("speaker.bad") };
  return (
    <Step
      title={words.t("speaker.title")}
      standing={standing}
      said={standing === "ok" || standing === "warn" ? said[standing] : undefined}
    >
      {standing === "warn" && <p>{words.t("speaker.help")}</p>}
      <div className={styles.row}>
        <Button
          onPress={() => {
            play();
            setIsPlayed(true);
          }}
        >
          {words.t("speaker.play")}
        </Button>
        {isPlayed && standing !== "ok" && (
          <>
            <Button onPress={() => setStanding("ok")}>{words.t("speaker.yes")}</Button>
            <Button kind="quiet" onPress={() => setStanding("warn")}>
              {words.t("speaker.no")}
            </Button>
          </>
        )}
      </div>
    </Step>
  );
}

function play(): void {
  const context = audioContext();
  NOTES_HZ.forEach((frequency, at) => {
    const begins = context.currentTime + 0.05 + at * NOTE_S;
    const tone = new OscillatorNode(context, { frequency });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setTargetAtTime(0.2, begins, 0.03);
    gain.gain.setTargetAtTime(0, begins + NOTE_S * 0.6, 0.08);
    tone.connect(gain).connect(context.destination);
    tone.start(begins);
    tone.stop(begins + NOTE_S * 2);
  });
}
