import { useEffect, useRef, useState } from "react";
import { useWords } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import styles from "./Check.module.css";
import { Step } from "./Step";

const LONGEST_MS = 60_000;

/** How one sounds to others. The words stay in this browser and are gone with the page. */
export function HearStep({ track }: { track: MediaStreamTrack }) {
  const words = useWords();
  const { state, start, stop, sound } = useRecorder(track);
  const isRecording = state === "recording";
  return (
    <Step
      title={words.t("hear.title")}
      standing={sound !== undefined ? "ok" : isRecording ? "busy" : "open"}
      said={words.t(
        isRecording ? "room.recording" : sound !== undefined ? "hear.over" : "practice.optional",
      )}
    >
      <p>{words.t("hear.text")}</p>
      <div className={styles.row}>
        {isRecording ? (
          <Button kind="main" onPress={stop}>
            {words.t("hear.stop")}
          </Button>
        ) : (
          <Button onPress={start}>{words.t(sound === undefined ? "hear.start" : "hear.again")}</Button>
        )}
      </div>
      {sound !== undefined && !isRecording && (
        // eslint-disable-next-line jsx-a11y/media-has-caption -- one's own words, a moment ago
        <audio className={styles.audio} src={sound} controls aria-label={words.t("hear.own")} />
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
