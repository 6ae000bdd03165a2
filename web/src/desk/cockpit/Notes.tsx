import { useRef, useState } from "react";
import { Button } from "../../shared/ui/Button";
import { TextField } from "../../shared/ui/TextField";
import { clock } from "../format";
import { Refusal } from "../ui/Refusal";
import styles from "./Panels.module.css";
import { now, written } from "./outbox";
import type { OwnNotes } from "./useNotes";

/** Written while one listens; the moment is when the first letter was. */
export function Notes({ own }: { own: OwnNotes }) {
  const [text, setText] = useState("");
  const began = useRef(0);
  const change = (next: string) => {
    if (text === "") began.current = now();
    setText(next);
  };
  const save = () => {
    if (text.trim() === "") return;
    own.write(written(text.trim(), began.current));
    setText("");
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextField
        label="Note on this moment"
        rows={2}
        maxLength={4000}
        value={text}
        onChange={change}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          save();
        }}
      />
      <div className={styles.acts}>
        <Button type="submit" isDisabled={text.trim() === ""}>
          Save the note
        </Button>
        <span className="muted small">Enter saves, Shift and Enter begin a new line.</span>
      </div>
      {own.error !== null && own.waiting.length > 0 && <Refusal error={own.error} onRetry={own.retry} />}
      <ul className={`plainlist ${styles.notes ?? ""}`} aria-label="Your notes and marks">
        {[...own.waiting].reverse().map((each) => (
          <li key={each.key}>
            <span className="muted">Not saved yet:</span> {each.text === "" ? <span className="muted">Mark</span> : <span dir="auto">{each.text}</span>}
          </li>
        ))}
        {[...own.notes].reverse().map((each) => (
          <li key={each.id}>
            <span className={styles.at}>{each.at_ms === null ? "" : clock(each.at_ms)}</span>{" "}
            {each.text === "" ? <span className="muted">Mark</span> : <span dir="auto">{each.text}</span>}
          </li>
        ))}
      </ul>
      <p className="muted small">The candidate never sees them. Your colleagues find them on the review page once they may see what you judged.</p>
    </form>
  );
}
