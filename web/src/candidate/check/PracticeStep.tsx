import { useEffect, useRef, useState } from "react";
import { useWords } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import styles from "./Check.module.css";
import { Step } from "./Step";

const LONGEST_MS = 60_000;

/** A question to try the voice on. The answer stays in this browser and is gone with the page. */
export function PracticeStep({ track }: { track: MediaStreamTrack }) {
  const words = useWords();
  const { state, start, stop, sound } = useRecorder(track);
  const isRecording = state === "recording";
  return (
    <Step
      title={words.t("practice.title")}
      standing={sound !== undefined ? "ok" : isRecording ? "busy" : "open"}
      said={words.t(
        isRecording ? "practice.listening" : sound !== undefined ? "practice.over" : "practice.optional",
      )}
    >
      <p>{words.t("practice.text")}</p>
      <p className={styles.question}>{words.t("practice.question")}</p>
      <div className={styles.row}>
        {isRecording ? (
          <Button kind="main" onPress={stop}>
            {words.t("room.done")}
          </Button>
        ) : (
          <Button onPress={start}>{words.t(sound === undefined ? "practice.start" : "practice.again")}</Button>
        )}
      </div>
      {sound !== undefined && !isRecording && (
        // eslint-disable-next-line jsx-a11y/media-has-caption -- one's own words, a moment ago
        <audio className={styles.audio} src={sound} controls aria-label={words.t("practice.hear")} />
      )}
    </Step>
  );
}

function useRecorder(track: MediaStreamTrack) {
  const [state, setState] = useState<"idle" | "recording">("idle");
  const [sound, setSound] = useState<string>();
  const recorder = useRef<MediaRecorder>(undefined);
  useEffect(
    () => () => {
      if (sound !== undefined) URL.revokeObjectURL(sound);
    },
    [sound],
  );
  useEffect(() => () => recorder.current?.stop(), []);
  const stop = () => {
    if (recorder.current?.state === "recording") recorder.current.stop();
  };
  const start = () => {
    const parts: Blob[] = [];
    const own = new MediaRecorder(new MediaStream([track]));
    own.addEventListener("dataavailable", (event) => parts.push(event.data));
    own.addEventListener("stop", () => {
      setState("idle");
      setSound(URL.createObjectURL(new Blob(parts, { type: own.mimeType })));
    });
    recorder.current = own;
    own.start();
    setState("recording");
    setTimeout(() => {
      if (own.state === "recording") own.stop();
    }, LONGEST_MS);
  };
  return { state, start, stop, sound };
}
