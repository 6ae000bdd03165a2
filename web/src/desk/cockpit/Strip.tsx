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
  const { floor, mine, mayAsk, turn, notes, speaks } = place;
  const isAway = isLost(now, booth.identity);
  const isFree = now.floor.by !== "person" || isAway;
  const isIn = now.link === "in";
  const marked = notes.pending?.text === "" ? null : (notes.last?.at_ms ?? null);
  return (
    <section className={styles.strip} aria-label="The floor" data-floor={mine ? "mine" : now.floor.by}>
      <p className={styles.holder} role="status">
        <span className={styles.badge} aria-hidden="true" />
        <span>
          <Holder now={now} mine={mine} isAway={isAway} />
        </span>
      </p>
      {speaks && (
        <div className={styles.controls}>
          {mine ? (
            <Button kind="main" hint="F" isPending={floor.isBusy} isDisabled={!isIn} onPress={turn}>
              Give the floor back
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
            {marked !== null && ` Marked at ${clock(marked)}.`}
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

/** Whoever holds the floor is not in the room any more: it is anybody's to take. */
function isLost({ link, floor, people }: Snapshot, me: string): boolean {
  if (link !== "in" || floor.by !== "person" || floor.identity === me) return false;
  return !people.some((one) => one.identity === floor.identity);
}

function Holder({ now, mine, isAway }: { now: Snapshot; mine: boolean; isAway: boolean }) {
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
