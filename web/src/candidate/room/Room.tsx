import { RoomAudioRenderer, RoomContext } from "@livekit/components-react";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useWords } from "../../shared/i18n/i18n";
import { useKeptFocus } from "../../shared/ui/useKeptFocus";
import { join, type Interview, type Look } from "../api";
import { Refused } from "../Refused";
import { Away, Elsewhere, Paused, Trouble } from "./Broken";
import { CaptionList } from "./CaptionList";
import { Controls } from "./Controls";
import { Footer } from "./Footer";
import { Header } from "./Header";
import { HelpDialog } from "./HelpDialog";
import { Lead } from "./People";
import { Presence } from "./Presence";
import { Question } from "./Question";
import styles from "./Room.module.css";
import { SoundGate } from "./SoundGate";
import { Talk } from "./talk";
import { useActions } from "./useActions";
import { useAwake } from "./useAwake";
import { useFarewell } from "./useFarewell";
import { useLeft } from "./useLeft";

interface Props {
  interview: Interview;
  look: Look;
  leave: () => void;
}

/** The room: one voice asks, one answers, and everything that was said can be read. */
export default function Room({ interview, look, leave }: Props) {
  const talk = useTalk(look, interview.interview_id);
  const now = useSyncExternalStore(talk.subscribe, talk.snapshot);
  const words = useWords();
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const actions = useActions(talk, now, () => setIsHelpOpen(true), interview.interview_id);
  const left = useLeft(now);
  const isBye = useFarewell(now, look);
  useAwake();
  useEffect(() => {
    document.title = `${interview.job_title} – ${words.t("room.tab")}`;
  }, [interview.job_title, words]);
  useEffect(() => {
    // Somebody was quicker than the clock of the house: the page before the room says when it opens.
    if (now.link === "early") leave();
  }, [now.link, leave]);
  const isShown = now.link !== "elsewhere" && now.link !== "paused" && now.refusal === null;
  const { title, kept } = useFocusOfRoom(isShown);
  if (now.refusal !== null) {
    return <Refused error={now.refusal} again={() => void talk.enter()} />;
  }
  if (now.link === "elsewhere") {
    return <Elsewhere interview={interview} back={() => void talk.enter()} />;
  }
  if (now.link === "paused") {
    return <Paused interview={interview} left={left} back={() => void talk.enter()} leave={leave} />;
  }
  return (
    <RoomContext value={talk.room}>
      <RoomAudioRenderer />
      <div className={styles.room}>
        <Header interview={interview} now={now} left={left} />
        <main className={styles.main} {...kept}>
          <h1 className="unseen" ref={title} tabIndex={-1}>
            {words.t("room.title")}
          </h1>
          {!isBye && <Away now={now} interview={interview} />}
          <Trouble now={now} talk={talk} />
          <SoundGate />
          <Presence now={now} isBye={isBye} />
          <Lead now={now} />
          <Question now={now} />
          <CaptionList now={now} />
        </main>
        <Controls now={now} actions={actions} />
        <Footer now={now} talk={talk} areKeysOn={actions.areKeysOn} />
      </div>
      <HelpDialog
        interview={interview}
        look={look}
        isOpen={isHelpOpen}
        close={() => setIsHelpOpen(false)}
        actions={actions}
      />
    </RoomContext>
  );
}

/** The room has the focus when it is entered, and when what had it has gone. */
function useFocusOfRoom(isShown: boolean) {
  const title = useRef<HTMLHeadingElement>(null);
  const kept = useKeptFocus(title);
  useEffect(() => {
    if (isShown) title.current?.focus();
  }, [isShown]);
  return { title, kept };
}

/** One connection for as long as the room is shown; StrictMode's second mount must not make two. */
function useTalk(look: Look, interview: string): Talk {
  const [talk] = useState(() => new Talk(join, interview));
  useEffect(() => talk.whenOver(look), [talk, look]);
  useEffect(() => {
    const timer = setTimeout(() => void talk.enter());
    return () => {
      clearTimeout(timer);
      void talk.close();
    };
  }, [talk]);
  return talk;
}
