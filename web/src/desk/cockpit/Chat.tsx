import { useEffect, useRef, useState } from "react";
import { Button } from "../../shared/ui/Button";
import { TextField } from "../../shared/ui/TextField";
import type { Booth, Message } from "./booth";
import styles from "./Panels.module.css";

const LONGEST = 2000;

/** Among interviewers; it is gone when the room is. */
export function Chat({ booth, messages, readers }: { booth: Booth; messages: readonly Message[]; readers: number }) {
  const [text, setText] = useState("");
  const [failed, setFailed] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.scrollTo(0, list.current.scrollHeight);
  }, [messages]);
  const send = async () => {
    const said = text.trim();
    if (said === "") return;
    try {
      await booth.say(said);
      setText("");
      setFailed(false);
    } catch {
      setFailed(true);
    }
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div ref={list} className={styles.chat} aria-label="Chat among interviewers" role="log">
        {messages.map((each) => (
          <p key={each.id}>
            <bdi className={styles.by}>{each.name}</bdi> <span dir="auto">{each.text}</span>
          </p>
        ))}
      </div>
      <p className="muted small">
        {readers === 0
          ? "No other interviewer is here, so nobody would read it."
          : "Other interviewers read it, the candidate and observers do not. It is not kept."}
      </p>
      <TextField label="To the other interviewers" maxLength={LONGEST} value={text} onChange={setText} isDisabled={readers === 0} />
      <Button type="submit" isDisabled={readers === 0 || text.trim() === ""}>
        Send
      </Button>
      {failed && (
        <p role="alert" className={styles.bad}>
          It was not sent. Your words are still here; try again.
        </p>
      )}
    </form>
  );
}
