import { useEffect, useState } from "react";
import { useWords, type PlainKey } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";
import { Page } from "../../shared/ui/Page";
import type { Interview } from "../api";
import { Where } from "../Where";
import type { Snapshot, Talk } from "./talk";
import { clock } from "./useLeft";

/** The line is down, or the interviewer is: what happened, what is safe, what happens now. */
export function Away({ now, interview }: { now: Snapshot; interview: Interview }) {
  const words = useWords();
  const isAlone = now.link === "in" && !now.isAgentHere && now.progress === null;
  const isLate = useLasts(isAlone);
  if (now.link === "joining" && now.tries > 0) {
    return (
      <Notice kind="warn" title={words.t("connecting.title")}>
        {words.t("connecting.text")}
      </Notice>
    );
  }
  if (isAlone && isLate) {
    return (
      <Notice kind="warn" title={words.t("late.title")}>
        <p>{words.t("late.text")}</p>
        {interview.contact !== null && (
          <p>{words.rich("room.help.contact", { contact: <bdi>{interview.contact}</bdi> })}</p>
        )}
      </Notice>
    );
  }
  if (now.link === "away" || now.link === "reconnecting") {
    return (
      <Notice kind="danger" title={words.t("away.title")}>
        {words.t("away.text")}
      </Notice>
    );
  }
  if (now.link === "in" && !now.isAgentHere && now.progress !== null) {
    return (
      <Notice kind="warn" title={words.t("agent_gone.title")}>
        {words.t("agent_gone.text")}
      </Notice>
    );
  }
  return null;
}

const LATE_MS = 15_000;

/** Whether something has been so for longer than one likes to wait without a word. */
function useLasts(is: boolean): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!is) return;
    const timer = setTimeout(() => setLasts(true), LATE_MS);
    return () => {
      clearTimeout(timer);
      setLasts(false);
    };
  }, [is]);
  return lasts;
}

/** Nobody hears us: by our own choice, or because the microphone is gone. */
export function Trouble({ now, talk }: { now: Snapshot; talk: Talk }) {
  const words = useWords();
  const again = () => void talk.setMuted(false);
  if (now.link === "in" && now.isMuted) {
    return (
      <Notice
        kind="warn"
        title={words.t("muted.title")}
        actions={<Button onPress={again}>{words.t("footer.unmute")}</Button>}
      >
        {words.t("muted.text")}
      </Notice>
    );
  }
  if (now.trouble === null) return null;
  const title: PlainKey = `trouble.${now.trouble}.title`;
  const text: PlainKey = `trouble.${now.trouble}.text`;
  return (
    <Notice kind="danger" title={words.t(title)} actions={<Button onPress={again}>{words.t("again")}</Button>}>
      {words.t(text)}
    </Notice>
  );
}

interface Props {
  interview: Interview;
  back: () => void;
}

/** The same person came in from another tab or device: that one counts, until they say otherwise. */
export function Elsewhere({ interview, back }: Props) {
  const words = useWords();
  return (
    <Page above={<Where interview={interview} />} title={words.t("elsewhere.title")}>
      <p>{words.t("elsewhere.text")}</p>
      <div>
        <Button kind="main" onPress={back}>
          {words.t("elsewhere.back")}
        </Button>
      </div>
    </Page>
  );
}

interface PausedProps extends Props {
  left: { seconds: number } | null;
  leave: () => void;
}

export function Paused({ interview, left, back, leave }: PausedProps) {
  const words = useWords();
  return (
    <Page above={<Where interview={interview} />} title={words.t("paused.title")}>
      <p>{words.t("paused.text")}</p>
      {left !== null && <p>{words.t("room.clock.still", { time: clock(left.seconds) })}</p>}
      <div>
        <Button kind="main" onPress={back}>
          {words.t("paused.back")}
        </Button>{" "}
        <Button kind="quiet" onPress={leave}>
          {words.t("paused.check")}
        </Button>
      </div>
    </Page>
  );
}
