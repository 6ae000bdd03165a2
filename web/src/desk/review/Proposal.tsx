import { useState } from "react";
import type { Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { Answer } from "../people/Requests";
import { Words } from "./Correct";
import type { Passage } from "./text";
import styles from "./Review.module.css";

type Request = Shapes["RequestView"];

/** What the candidate says they said: a person listens, and takes it over or says why not. */
export function Proposal({ request, passage }: { request: Request; passage: Passage }) {
  const [open, setOpen] = useState<"take" | "refuse" | null>(null);
  const close = () => setOpen(null);
  return (
    <div className={styles.proposal}>
      <p className="muted small">The candidate proposes other words:</p>
      <p dir="auto">{request.text ?? <span className="muted">erased</span>}</p>
      {request.text !== null && (
        <div className="row">
          <Button onPress={() => setOpen("take")}>Listen and correct</Button>
          <Button kind="quiet" onPress={() => setOpen("refuse")}>
            Leave it as it is
          </Button>
        </div>
      )}
      {open === "take" && (
        <Words
          interview={request.interview_id}
          passage={passage}
          proposed={{ request: request.id, text: request.text ?? "" }}
          onClose={close}
        />
      )}
      {open === "refuse" && <Answer request={request} onClose={close} />}
    </div>
  );
}
