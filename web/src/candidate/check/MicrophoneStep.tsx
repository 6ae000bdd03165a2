import { useWords, type PlainKey } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { Choice } from "../../shared/ui/Choice";
import { useHeard, useLevel } from "../sound";
import { browserOf } from "./browser";
import styles from "./Check.module.css";
import { Step, type Standing } from "./Step";
import type { Microphone, UsesMicrophone } from "./useMicrophone";

const STANDINGS: Record<Microphone["state"], Standing> = {
  off: "open",
  asking: "busy",
  on: "busy",
  denied: "bad",
  missing: "bad",
  busy: "bad",
  unsupported: "bad",
};

/** That a device is on says nothing of whether it hears: only what was heard does. */
export function MicrophoneStep({ microphone, devices, turnOn }: UsesMicrophone) {
  const words = useWords();
  const help: PlainKey = `mic.help.${browserOf()}`;
  const isFirst = microphone.state === "off" || microphone.state === "asking";
  const track = microphone.state === "on" ? microphone.track : undefined;
  const isHeard = useHeard(track);
  const said: PlainKey = isHeard ? "mic.heard" : `mic.${microphone.state}`;
  return (
    <Step title={words.t("mic.title")} standing={isHeard ? "ok" : STANDINGS[microphone.state]} said={words.t(said)}>
      {track === undefined ? (
        <>
          {microphone.state === "off" && <p>{words.t("mic.text")}</p>}
          {microphone.state === "asking" && <p>{words.t("mic.asking.text")}</p>}
          {microphone.state === "denied" && <p>{words.t(help)}</p>}
          {microphone.state === "missing" && <p>{words.t("mic.missing.text")}</p>}
          {microphone.state === "busy" && <p>{words.t("mic.busy.text")}</p>}
          {microphone.state === "unsupported" ? (
            <p>{words.t("mic.unsupported.text")}</p>
          ) : (
            <div>
              <Button
                kind={isFirst ? "main" : "plain"}
                isPending={microphone.state === "asking"}
                onPress={() => void turnOn()}
              >
                {words.t(isFirst ? "mic.turn_on" : "again")}
              </Button>
            </div>
          )}
        </>
      ) : (
        <>
          <Meter track={track} />
          {!isHeard && <p className={styles.hint}>{words.t("mic.still")}</p>}
          {devices.length > 1 && (
            <Choice
              label={words.t("mic.which")}
              value={track.getSettings().deviceId ?? ""}
              options={devices.map((one) => [one.deviceId, one.label || one.deviceId] as const)}
              onChange={(device) => void turnOn(device)}
            />
          )}
        </>
      )}
    </Step>
  );
}

/** The voice as it comes in. Words beside it say the same to those who cannot see it. */
export function Meter({ track }: { track: MediaStreamTrack }) {
  const words = useWords();
  const bar = useLevel<HTMLDivElement>(track);
  return (
    <div className={styles.metering}>
      <div className={styles.meter} ref={bar} aria-hidden="true" />
      <p className={styles.hint}>{words.t("mic.speak")}</p>
    </div>
  );
}
