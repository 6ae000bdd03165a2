import { Button } from "../../shared/ui/Button";
import { clock } from "../format";
import type { Booth, Snapshot } from "./booth";
import styles from "./Cockpit.module.css";
import type { Place } from "./usePlace";

interface Props {
  booth: Booth;
  now: Snapshot;
  place: Place;
}

/** Who has the floor, always; and what can be done about it, each with its key. */
export function Strip({ booth, now, place }: Props) {
  const { floor, mine, isGoodbye, mayAsk, turn, notes, speaks } = place;
  const isAway = isLost(now, booth);
  const isFree = now.floor.by !== "person" || isAway;
  const isIn = now.link === "in";
  return (
    <section className={styles.strip} aria-label="The floor" data-floor={mine ? "mine" : now.floor.by}>
      <p className={styles.holder} role="status">
        <span className={styles.badge} aria-hidden="true" />
        <span>
          {isGoodbye ? "You have the floor. The AI is saying goodbye for you." : <Holder now={now} mine={mine} isAway={isAway} isSilent={now.isMuted && !floor.isBusy} />}
        </span>
      </p>
      {speaks && (
        <div className={styles.controls}>
          {mine ? (
            <Button kind="main" hint="F" isPending={floor.isBusy} isDisabled={!isIn} onPress={turn}>
              {isGoodbye ? "Stop the goodbye" : "Give the floor back"}
            </Button>
          ) : (
            <Button kind={isFree ? "main" : "plain"} hint="F" isPending={floor.isBusy} isDisabled={!isIn} onPress={turn}>
              Take the floor
            </Button>
          )}
          {mayAsk && (
            <Button hint="A" isDisabled={floor.isBusy} onPress={() => void floor.askNext()}>
              AI, ask the next question
            </Button>
          )}
          <Button hint="M" isDisabled={!isIn} onPress={() => void booth.setMuted(!now.isMuted)}>
            {now.isMuted ? "Turn the microphone on" : "Turn the microphone off"}
          </Button>
          <Button kind="quiet" isDisabled={!isIn} onPress={() => void booth.setCamera(!now.hasCamera)}>
            {now.hasCamera ? "Camera off" : "Camera on"}
          </Button>
          <Button kind="quiet" hint="B" onPress={place.mark}>
            Mark this moment
          </Button>
        </div>
      )}
      {speaks && (
        <div className={styles.told}>
          <p role="status">
            {floor.outcome !== null && (
              <span className={styles[floor.outcome.kind]}>
                <span className={styles.sign} aria-hidden="true">
                  {floor.outcome.kind === "ok" ? "✓" : "!"}
                </span>{" "}
                {floor.outcome.text}
              </span>
            )}
            {marked(notes)}
          </p>
          {now.deviceTrouble !== null && (
            <p role="alert" className={styles.warn}>
              <span className={styles.sign} aria-hidden="true">
                !
              </span>{" "}
              The {now.deviceTrouble} could not be turned on. Allow it in your browser’s settings for this page, and see that no other program uses it.
            </p>
          )}
        </div>
      )}
    </section>
  );
}

/** What became of the last note or mark; nothing is lost while the service is away. */
function marked({ waiting, error, arrivedMs }: Place["notes"]): string {
  if (waiting.length > 0) return error === null ? "" : ` Kept here, not saved yet: ${waiting.length}.`;
  return arrivedMs === null ? "" : ` Marked at ${clock(arrivedMs)}.`;
}

/** Whoever holds the floor is not in the room any more, or only looks on: it is anybody’s to take. */
function isLost({ link, floor, people }: Snapshot, booth: Booth): boolean {
  if (link !== "in" || floor.by !== "person") return false;
  if (floor.identity === booth.identity) return booth.role === "observer";
  return !people.some((one) => one.identity === floor.identity && one.role === "interviewer");
}

function Holder({ now, mine, isAway, isSilent }: { now: Snapshot; mine: boolean; isAway: boolean; isSilent: boolean }) {
  if (mine && isSilent) {
    return (
      <>
        You have the floor. <strong>Your microphone is off: nobody hears you.</strong>
      </>
    );
  }
  if (mine) return <>You have the floor. The AI is silent and writes down what is said.</>;
  switch (now.floor.by) {
    case "ai":
      return <>The AI has the floor.</>;
    case "nobody":
      return <>Nobody has the floor. The AI is silent.</>;
    case "person":
      return (
        <>
          <bdi>{now.names.get(now.floor.identity) ?? "A colleague"}</bdi> has the floor
          {isAway ? " and has lost the connection. Take it, or it goes back after a while." : ". The AI is silent."}
        </>
      );
  }
}
