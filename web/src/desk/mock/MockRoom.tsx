import { RoomAudioRenderer, RoomContext } from "@livekit/components-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { CaptionList } from "../../candidate/room/CaptionList";
import { Trouble } from "../../candidate/room/Broken";
import { Controls } from "../../candidate/room/Controls";
import { Footer } from "../../candidate/room/Footer";
import { markInRoom } from "../../candidate/room/place";
import { Presence } from "../../candidate/room/Presence";
import { Question } from "../../candidate/room/Question";
import { SoundGate } from "../../candidate/room/SoundGate";
import { Talk, type Snapshot } from "../../candidate/room/talk";
import { useActions } from "../../candidate/room/useActions";
import { clock, useLeft } from "../../candidate/room/useLeft";
import type { Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { Actions as Row, Dialog } from "../../shared/ui/Dialog";
import styles from "./Mock.module.css";

/** `whole`: to its last words; `left` by oneself; `dropped` by the other side; `nobody` ever came. */
export type Ending = "whole" | "left" | "dropped" | "nobody";

const COMES_WITHIN_MS = 30_000;

interface Props {
  seat: Shapes["RehearsalView"];
  onEnd: (how: Ending) => void;
}

/** The candidate's own room, without what belongs to a real interview. */
export function MockRoom({ seat, onEnd }: Props) {
  const talk = useTalk(seat);
  const now = useSyncExternalStore(talk.subscribe, talk.snapshot);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const actions = useActions(talk, now, () => setIsHelpOpen(true));
  const left = useLeft(now);
  useEnding(now, onEnd);
  return (
    <RoomContext value={talk.room}>
      <RoomAudioRenderer />
      <section className={styles.room} aria-label="Room">
        <div className={styles.head}>
          <p className="muted">{left === null ? "" : `${clock(left.seconds)} left`}</p>
          <Button onPress={() => onEnd("left")}>Leave</Button>
        </div>
        <Trouble now={now} talk={talk} />
        <SoundGate />
        <Presence now={now} />
        <Question now={now} />
        <CaptionList now={now} />
        <Controls now={now} actions={actions} />
        <Footer now={now} talk={talk} />
      </section>
      <Dialog title="Help" isOpen={isHelpOpen} onClose={() => setIsHelpOpen(false)}>
        <p>Here a candidate finds the keys, their microphones, and the way to a person.</p>
        <Row>
          <Button onPress={() => setIsHelpOpen(false)}>Back to the room</Button>
        </Row>
      </Dialog>
    </RoomContext>
  );
}

function useTalk(seat: Props["seat"]): Talk {
  const [talk] = useState(() => new Talk(() => Promise.resolve(seat)));
  useEffect(() => {
    // There is no room to come back to: a mock interview begins anew.
    talk.whenOver(() => Promise.resolve(false));
    const timer = setTimeout(() => void talk.enter());
    return () => {
      clearTimeout(timer);
      markInRoom(false);
      void talk.close();
    };
  }, [talk]);
  return talk;
}

function useEnding({ link, isAgentHere, progress }: Snapshot, onEnd: (how: Ending) => void): void {
  const isAwaited = !isAgentHere && progress === null;
  const hasGone = progress !== null && (!isAgentHere || link === "away");
  const isWhole = progress?.phase === "closing" || progress?.phase === "ended";
  useEffect(() => {
    if (link === "paused" || link === "elsewhere") onEnd("left");
    else if (hasGone) onEnd(isWhole ? "whole" : "dropped");
  }, [link, hasGone, isWhole, onEnd]);
  useEffect(() => {
    if (!isAwaited) return undefined;
    const timer = setTimeout(() => onEnd("nobody"), COMES_WITHIN_MS);
    return () => clearTimeout(timer);
  }, [isAwaited, onEnd]);
}
