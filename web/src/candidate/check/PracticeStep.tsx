import { useEffect, useState, useSyncExternalStore } from "react";
import { useWords, type PlainKey } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { audioContext } from "../sound";
import styles from "./Check.module.css";
import { Rehearsal, type Rehearsed } from "./rehearsal";
import { Step, type Standing } from "./Step";

const STANDINGS: Record<Rehearsed["state"], Standing> = {
  off: "open",
  arriving: "busy",
  talking: "busy",
  over: "ok",
  failed: "warn",
};

/** A question by the interviewer's own voice, to try the whole of it on. */
export function PracticeStep({ track }: { track: MediaStreamTrack }) {
  const words = useWords();
  const [rehearsal] = useState(() => new Rehearsal());
  const now = useSyncExternalStore(rehearsal.subscribe, rehearsal.snapshot);
  useEffect(() => () => void rehearsal.stop(), [rehearsal]);
  const isOn = now.state === "arriving" || now.state === "talking";
  const begin = () => {
    audioContext(); // this click is what lets the voice be heard
    void rehearsal.begin(track);
  };
  return (
    <Step title={words.t("practice.title")} standing={STANDINGS[now.state]} said={words.t(saidOf(now))}>
      <p>{words.t(now.state === "failed" ? "practice.failed.text" : "practice.text")}</p>
      {now.lines.length + now.interim.length > 0 && <Said now={now} />}
      <div className={styles.row}>
        {isOn ? (
          <Button onPress={() => void rehearsal.stop()}>{words.t("practice.stop")}</Button>
        ) : (
          <Button onPress={begin}>{words.t(now.state === "off" ? "practice.begin" : "practice.again")}</Button>
        )}
      </div>
    </Step>
  );
}

function saidOf(now: Rehearsed): PlainKey {
  switch (now.state) {
    case "off":
      return "practice.optional";
    case "arriving":
      return "practice.arriving";
    case "talking":
      return now.doing === null ? "practice.arriving" : `presence.${now.doing}`;
    case "over":
      return "practice.done";
    case "failed":
      return "practice.failed";
  }
}

function Said({ now }: { now: Rehearsed }) {
  const words = useWords();
  return (
    <div className={styles.rehearsed}>
      {now.lines.map((line) => (
        <p key={line.id} data-who={line.who}>
          <strong>{words.t(`captions.who.${line.who}`)}</strong> <span dir="auto">{line.text}</span>
        </p>
      ))}
      {now.interim !== "" && (
        <p data-who="me">
          <strong>{words.t("captions.who.me")}</strong> <span dir="auto">{now.interim}</span>
        </p>
      )}
    </div>
  );
}
