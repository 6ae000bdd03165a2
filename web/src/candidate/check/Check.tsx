import { useEffect, useState } from "react";
import { useWords } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";
import { Page } from "../../shared/ui/Page";
import type { Interview, Look } from "../api";
import { Accommodations } from "../before/Accommodations";
import { WaysOut } from "../before/WaysOut";
import { KeySwitch } from "../room/KeySwitch";
import { audioContext } from "../sound";
import { Where } from "../Where";
import styles from "./Check.module.css";
import { HearStep } from "./HearStep";
import { MicrophoneStep } from "./MicrophoneStep";
import { NetworkStep } from "./NetworkStep";
import { PracticeStep } from "./PracticeStep";
import { SpeakerStep } from "./SpeakerStep";
import { useMicrophone } from "./useMicrophone";
import { useToCome } from "./useOpening";

interface Props {
  interview: Interview;
  look: Look;
  enter: (withMicrophone: boolean) => void;
}

/** Everything that could spoil the talk, tried beforehand; nothing of it is stored. */
export default function Check({ interview, look, enter }: Props) {
  const words = useWords();
  const { microphone, devices, turnOn } = useMicrophone();
  const isBack = interview.state !== "ready";
  useEffect(() => {
    // The room's code is here before it is needed.
    void import("../room/Room");
  }, []);
  const go = (withMicrophone: boolean) => {
    audioContext(); // this click is what lets the interviewer's voice be heard
    enter(withMicrophone);
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
      <Entrance interview={interview} isOn={microphone.state === "on"} go={go} />
      <Expiry look={look} expires={interview.expires_at} />
      <KeySwitch />
      {!isBack && <Accommodations />}
      <section className={styles.otherwise} aria-label={words.t("check.otherwise")}>
        <h2 className={styles.stepTitle}>{words.t("check.otherwise")}</h2>
        <div className={styles.row}>
          <WaysOut interview={interview} look={look} hasBegun={isBack} />
        </div>
        {interview.contact !== null && (
          <p>{words.rich("room.help.contact", { contact: <bdi>{interview.contact}</bdi> })}</p>
        )}
      </section>
    </Page>
  );
}

interface EntranceProps {
  interview: Interview;
  isOn: boolean;
  go: (withMicrophone: boolean) => void;
}

/** The way in: with a voice, or in writing for whoever has none to give; not before the room opens. */
function Entrance({ interview, isOn, go }: EntranceProps) {
  const words = useWords();
  const isBack = interview.state !== "ready";
  const isEarly = useToCome(isBack ? null : interview.opens_at);
  return (
    <div className={styles.enter}>
      {isEarly && interview.opens_at !== null && interview.starts_at !== null && (
        <Notice kind="info" title={words.t("check.early")}>
          {words.rich("check.early.text", {
            starts: words.moment(interview.starts_at),
            opens: words.moment(interview.opens_at),
          })}
        </Notice>
      )}
      {!isOn && <p className={styles.hint}>{words.t("check.first")}</p>}
      <div className={styles.row}>
        <Button kind="main" isDisabled={!isOn || isEarly} onPress={() => go(true)}>
          {words.t(isBack ? "check.back.enter" : "check.enter")}
        </Button>
        {!isOn && (
          <Button isDisabled={isEarly} onPress={() => go(false)}>
            {words.t("check.written")}
          </Button>
        )}
      </div>
      <p className={styles.hint}>{words.t(isBack ? "check.back.hint" : "check.enter.hint")}</p>
    </div>
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
