import { memo, useEffect, useRef } from "react";
import { Button } from "../../shared/ui/Button";
import type { Snapshot } from "./booth";
import type { Line } from "./lines";
import styles from "./Said.module.css";

interface Props {
  now: Snapshot;
  me: string;
  candidate: string;
  /** Makes a turn of the candidate evidence; null for who does not rate. */
  quote: ((line: Line) => void) | null;
}

/** What is said, as it is understood, under who said it. */
export function Said({ now, me, candidate, quote }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const { lines, interims } = now;
  useEffect(() => {
    const shown = list.current;
    if (shown !== null && shown.scrollHeight - shown.scrollTop - shown.clientHeight < 200) shown.scrollTop = shown.scrollHeight;
  }, [lines, interims]);
  const whoOf = (speaker: string) => ({ who: kindOf(speaker, me), name: nameOf(speaker, me, candidate, now) });
  return (
    <section className={styles.said} aria-label="What is said">
      <h2 className="unseen">What is said</h2>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, by keys too */}
      <div className={styles.list} ref={list} role="log" aria-live="off" aria-label="What is said" tabIndex={0}>
        {lines.length === 0 && interims.length === 0 && <p className="muted">Nothing was said yet.</p>}
        {lines.map((line) => (
          <Row key={line.id} line={line} {...whoOf(line.speaker)} quote={quote} />
        ))}
        {interims.map((one) => (
          <p key={one.speaker} className={styles.line} data-who={kindOf(one.speaker, me)} data-interim="">
            <span className={styles.who}>
              <bdi>{nameOf(one.speaker, me, candidate, now)}</bdi>
            </span>
            <span dir="auto" className={styles.interim}>
              {one.text}
            </span>
          </p>
        ))}
      </div>
    </section>
  );
}

type Who = "ai" | "candidate" | "person";

interface RowProps {
  line: Line;
  who: Who;
  name: string;
  quote: ((line: Line) => void) | null;
}

const Row = memo(function Row({ line, who, name, quote }: RowProps) {
  return (
    <div className={styles.line} data-who={who}>
      <span className={styles.who}>
        <bdi>{name}</bdi>
      </span>
      <span dir="auto">{line.text}</span>
      {quote !== null && who === "candidate" && (
        <span className={styles.quote}>
          <Button kind="quiet" aria-label={`Evidence: ${line.text}`} onPress={() => quote(line)}>
            Evidence
          </Button>
        </span>
      )}
    </div>
  );
});

function kindOf(speaker: string, me: string): Who {
  if (speaker === "ai") return "ai";
  return speaker === me || speaker.startsWith("int-") ? "person" : "candidate";
}

export function nameOf(speaker: string, me: string, candidate: string, now: Snapshot): string {
  if (speaker === "ai") return "AI";
  if (speaker === me) return "You";
  if (!speaker.startsWith("int-")) return candidate;
  return now.names.get(speaker) ?? "Interviewer";
}
