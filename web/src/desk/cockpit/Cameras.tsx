import type { Track } from "livekit-client";
import { useEffect, useRef } from "react";
import type { Snapshot } from "./booth";
import styles from "./Panels.module.css";

/** Interviewers who have turned their camera on. */
export function Cameras({ now, me }: { now: Snapshot; me: string }) {
  if (now.cameras.length === 0) return null;
  return (
    <ul className={`plainlist ${styles.cameras ?? ""}`} aria-label="Cameras">
      {now.cameras.map((one) => (
        <li key={one.identity}>
          <Picture track={one.track} />
          <bdi className="small">{one.identity === me ? "You" : (now.names.get(one.identity) ?? "Interviewer")}</bdi>
        </li>
      ))}
    </ul>
  );
}

function Picture({ track }: { track: Track }) {
  const shown = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = shown.current;
    if (element === null) return undefined;
    track.attach(element);
    return () => void track.detach(element);
  }, [track]);
  return <video ref={shown} className={styles.picture} muted playsInline aria-hidden="true" />;
}
