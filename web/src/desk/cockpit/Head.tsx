import { useEffect } from "react";
import { Button } from "../../shared/ui/Button";
import type { Snapshot } from "./booth";
import styles from "./Cockpit.module.css";
import { useTime } from "./useTime";

interface Props {
  now: Snapshot;
  me: string;
  role: "interviewer" | "observer";
  candidate: string;
  job: string;
  startedAt: string | null;
  leave: () => void;
}

const LINKS: Readonly<Partial<Record<Snapshot["link"], string>>> = {
  joining: "Coming in",
  reconnecting: "The line is broken. We are reconnecting; the recording goes on without you.",
  away: "The line is broken. We are reconnecting; the recording goes on without you.",
};

/** Whose talk it is, who is here, and what time is left. */
export function Head({ now, me, role, candidate, job, startedAt, leave }: Props) {
  const time = useTime(now, startedAt);
  useEffect(() => {
    document.title = `Room of ${candidate} · Vivavoce`;
  }, [candidate]);
  return (
    <header className={styles.head}>
      <div className={styles.titles}>
        <h1 className={styles.title}>
          <bdi>{candidate}</bdi>
          {job !== "" && (
            <span className={styles.job}>
              {" "}
              · <bdi>{job}</bdi>
            </span>
          )}
        </h1>
        <ul className={`plainlist ${styles.people ?? ""}`} aria-label="Who is here">
          <Present name="AI" what={now.isAgentHere ? "here" : "not here yet"} isSpeaking={now.speaking.has("ai")} />
          <Present
            name={candidate}
            what={now.isCandidateHere ? "candidate" : "candidate, not here"}
            isSpeaking={[...now.speaking].some((one) => one.startsWith("cand-"))}
          />
          <Present name="You" what={role === "observer" ? "observer" : now.isMuted ? "microphone off" : "microphone on"} isSpeaking={now.speaking.has(me)} />
          {now.people.map((one) => (
            <Present key={one.identity} name={one.name} what={one.role} isSpeaking={now.speaking.has(one.identity)} />
          ))}
        </ul>
      </div>
      <div className={styles.standing}>
        {time !== null && (
          <p className={styles.time}>
            {time.text} <span className="muted">{time.isLeft ? "left" : "so far"}</span>
          </p>
        )}
        <Button onPress={leave}>Leave</Button>
      </div>
      <p role="status" className={styles.link}>
        {LINKS[now.link] ?? ""}
      </p>
    </header>
  );
}

function Present({ name, what, isSpeaking }: { name: string; what: string; isSpeaking: boolean }) {
  return (
    <li className={styles.present} data-speaking={isSpeaking || undefined}>
      <bdi>{name}</bdi> <span className="muted">{isSpeaking ? "speaks" : what}</span>
    </li>
  );
}
