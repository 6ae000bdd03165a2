import { useEffect, useState } from "react";
import { useWords } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";
import { Page } from "../../shared/ui/Page";
import type { Interview, Look } from "../api";
import { audioContext } from "../sound";
import { Where } from "../Where";
import styles from "./Check.module.css";
import { HearStep } from "./HearStep";
import { MicrophoneStep } from "./MicrophoneStep";
import { NetworkStep } from "./NetworkStep";
import { PracticeStep } from "./PracticeStep";
import { SpeakerStep } from "./SpeakerStep";
import { useMicrophone } from "./useMicrophone";

interface Props {
  interview: Interview;
  look: Look;
  enter: () => void;
}

/** Everything that could spoil the talk, tried beforehand; nothing of it is stored. */
export default function Check({ interview, look, enter }: Props) {
  const words = useWords();
  const { microphone, devices, turnOn } = useMicrophone();
  const isBack = interview.state !== "ready";
  const isOn = microphone.state === "on";
  useEffect(() => {
    // The room's code is here before it is needed.
    void import("../room/Room");
  }, []);
  const go = () => {
    audioContext(); // this click is what lets the interviewer's voice be heard
    enter();
  };
  return (
    <Page
      above={<Where interview={interview} />}
      title={words.t(isBack ? "check.back.title" : "check.title")}
      tab={`${interview.job_title} – ${words.t("check.tab")}`}
    >
      <p className={styles.lead}>{words.t(isBack ? "check.back.text" : "check.text")}</p>
      <ol className={styles.steps}>
        <MicrophoneStep microphone={microphone} devices={devices} turnOn={turnOn} />
        <SpeakerStep />
        {microphone.state === "on" && <HearStep track={microphone.track} />}
        <NetworkStep />
        {microphone.state === "on" && !isBack && <PracticeStep track={microphone.track} />}
      </ol>
      <div className={styles.enter}>
        {!isOn && <p className={styles.hint}>{words.t("check.first")}</p>}
        <Button kind="main" isDisabled={!isOn} onPress={go}>
          {words.t(isBack ? "check.back.enter" : "check.enter")}
        </Button>
        <p className={styles.hint}>{words.t(isBack ? "check.back.hint" : "check.enter.hint")}</p>
      </div>
      <Expiry look={look} expires={interview.expires_at} />
    </Page>
  );
}

/** Asks again when the time has come by which the interview had to be begun. */
function Expiry({ look, expires }: { look: Look; expires: string | null }) {
  const words = useWords();
  const [left] = useState(() => (expires === null ? Infinity : new Date(expires).getTime() - Date.now()));
  useEffect(() => {
    if (left > 2 ** 31 - 1) return;
    const timer = setTimeout(() => void look(), Math.max(0, left) + 1000);
    return () => clearTimeout(timer);
  }, [left, look]);
  if (expires === null || left > 3_600_000) return null;
  return <Notice kind="warn">{words.rich("check.expires", { moment: words.moment(expires) })}</Notice>;
}
