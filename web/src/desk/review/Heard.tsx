import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Shapes } from "../../shared/api/client";
import type { Interview, KitView } from "../data";
import { useKeySwitch } from "../keyswitch";
import { useRights } from "../session/data";
import { Bookmarks, useBookmarks } from "./Bookmarks";
import { proposalsQuery } from "./data";
import { Chosen } from "./Chosen";
import { isOver, useCandidateName } from "./Head";
import type { Judging } from "./judging";
import type { Looked } from "./looked";
import { Player } from "./Player";
import type { Playback } from "./playback";
import type { Reading } from "./reading";
import type { Proposals } from "./Proposal";
import { grouped, type Passage, type Room } from "./text";
import { Transcript } from "./Transcript";
import type { Walk } from "./walk";
import styles from "./Review.module.css";

interface Props {
  interview: Interview;
  passages: readonly Passage[];
  marks: Shapes["Marks"] | null;
  room: Room;
  questions: KitView["questions"];
  judging: Judging;
  playback: Playback;
  reading: Reading;
  walk: Walk;
  /** By its name: what chosen words become evidence for. */
  competency: string;
  onQuote: () => void;
  /** Notes that the transcript is looked at. */
  reads: Looked["transcript"];
}

/** The recording above, and every word of it below. */
export function Heard({ interview, passages, marks, room, questions, judging, playback, reading, walk, competency, onQuote, reads }: Props) {
  const name = useCandidateName(interview);
  const { judges } = useRights();
  const bookmarks = useBookmarks(interview.id);
  const passage = passages[reading.cursor.turn];
  const proposals = useProposals(interview);
  const correcting = judges && isOver(interview) && passage !== undefined ? { interview: interview.id, passage } : null;
  return (
    <section className={styles.right} aria-label="What was said">
      <h2 className="unseen">What was said</h2>
      {isOver(interview) && (
        <>
          <Player
            interview={interview.id}
            playback={playback}
            lastMs={passages.at(-1)?.turn.ended_ms ?? 0}
            ticksMs={walk.ticks}
            flagsMs={bookmarks.moments}
          />
          <Bookmarks notes={bookmarks.notes} playback={playback} />
        </>
      )}
      <div ref={reads} className={styles.scroll}>
        <Transcript
          passages={passages}
          proposals={proposals}
          candidate={name}
          marks={marks}
          people={room.people}
          led={room.led}
          understood={room.understood}
          questions={questions}
          evidence={judging.evidence}
          shown={walk.shown}
          cursor={reading.cursor}
          playback={playback}
          onWord={reading.hearWord}
          onSelect={(turn, from, to) => reading.setCursor({ turn, from, to })}
          onTurn={reading.hearTurn}
          onKey={reading.press}
          chosen={
            <Chosen
              chooses={reading.chooses}
              chosen={reading.chosen}
              competency={competency}
              rates={judging.rates}
              correcting={correcting}
              questions={questions}
              people={room.people}
              onQuote={onQuote}
              onLeave={() => reading.setCursor({ ...reading.cursor, from: -1, to: -1 })}
            />
          }
        />
      </div>
      <Help rates={judging.rates} />
    </section>
  );
}

const NONE: Proposals = new Map();

/** By turn: whoever judges reads what the candidate says to have said. */
function useProposals(interview: Interview): Proposals {
  const found = useQuery({ ...proposalsQuery(interview.id), enabled: isOver(interview) });
  const items = found.data?.items;
  return useMemo(() => {
    const open = (items ?? []).filter((each) => each.state === "open");
    return open.length === 0 ? NONE : grouped(open, (each) => each.turn_id ?? "");
  }, [items]);
}

function Help({ rates }: { rates: boolean }) {
  const [isOn] = useKeySwitch();
  if (!isOn) {
    return (
      <p className={styles.help}>
        Single keys are off, as <em>Help</em> says. In the transcript <kbd>↑</kbd> <kbd>↓</kbd> turn, <kbd>←</kbd> <kbd>→</kbd> word, with{" "}
        <kbd>shift</kbd> choose
      </p>
    );
  }
  return (
    <p className={styles.help}>
      <kbd>j</kbd> <kbd>k</kbd> evidence · <kbd>space</kbd> play · <kbd>e</kbd> next competency
      {rates && (
        <>
          {" "}
          · <kbd>1</kbd>–<kbd>5</kbd> rate
        </>
      )}{" "}
      · in the transcript <kbd>↑</kbd> <kbd>↓</kbd> turn, <kbd>←</kbd> <kbd>→</kbd> word, with <kbd>shift</kbd> choose
      {rates && (
        <>
          , <kbd>q</kbd> make it evidence
        </>
      )}
    </p>
  );
}
