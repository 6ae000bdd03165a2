import { RoomAudioRenderer, RoomContext } from "@livekit/components-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { identityOf } from "../../shared/room/floor";
import type { Interview, KitView } from "../data";
import { useMember } from "../session/data";
import { Booth } from "./booth";
import type { Wish } from "./calls";
import { Cameras } from "./Cameras";
import styles from "./Cockpit.module.css";
import { GiveBack } from "./GiveBack";
import { Head } from "./Head";
import { Left } from "./Left";
import { Panels } from "./Panels";
import { Said } from "./Said";
import { Strip } from "./Strip";
import { usePlace } from "./usePlace";

interface Props {
  interview: Interview;
  kit: KitView;
  candidate: string;
  job: string;
  wish: Wish;
  leave: () => void;
}

/** A member in the room: what is said, who leads, and what only interviewers see. */
export default function InRoom({ interview, kit, candidate, job, wish, leave }: Props) {
  const booth = useBooth(interview.id, wish);
  const now = useSyncExternalStore(booth.subscribe, booth.snapshot);
  const me = identityOf(useMember().id);
  const place = usePlace(interview.id, kit, wish, booth, now);
  if (["over", "removed", "elsewhere", "left"].includes(now.link)) {
    return <Left now={now} interview={interview.id} candidate={candidate} back={() => void booth.enter()} leave={leave} unsaved={place.notes.waiting.length} />;
  }
  return (
    <RoomContext value={booth.room}>
      <RoomAudioRenderer />
      <main id="main" className={styles.room}>
        <Head now={now} me={me} role={wish.role} candidate={candidate} job={job} startedAt={interview.started_at} leave={() => void booth.leave()} />
        <Strip booth={booth} now={now} place={place} />
        <div className={styles.sheet}>
          <Said
            now={now}
            me={me}
            candidate={candidate}
            quote={place.quote}
          />
          <div className={styles.side}>
            <Cameras now={now} me={me} />
            {wish.role === "interviewer" ? (
              <Panels booth={booth} now={now} place={place} kit={kit} />
            ) : (
              <p className="muted">You listen and read along. Prompts, notes and ratings are for interviewers.</p>
            )}
          </div>
        </div>
      </main>
      {place.isGiving && (
        <GiveBack kit={kit} coverage={now.coverage} onGive={place.give} onRest={place.rest} onEnd={place.end} onClose={place.keep} />
      )}
    </RoomContext>
  );
}

/** One connection for as long as the room is shown; StrictMode's second mount must not make two. */
function useBooth(interview: string, wish: Wish): Booth {
  const [booth] = useState(() => new Booth(interview, wish));
  useEffect(() => {
    const timer = setTimeout(() => void booth.enter());
    return () => {
      clearTimeout(timer);
      void booth.leave();
    };
  }, [booth]);
  return booth;
}
