import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { Answer } from "../people/Requests";
import { useRights } from "../session/data";
import { Words } from "./Correct";
import type { Passage } from "./text";
import styles from "./Review.module.css";

type Proposed = Shapes["ProposalView"];
export type Proposals = ReadonlyMap<string, readonly Proposed[]>;

const route = getRouteApi("/interviews/$interview/review");

interface Props {
  proposal: Proposed;
  passage: Passage;
}

/** What the candidate says they said: a person listens, and takes it over; or whoever may answer says why not. */
export function Proposal({ proposal, passage }: Props) {
  const { interview } = route.useParams();
  const { judges, hires } = useRights();
  const [open, setOpen] = useState<"take" | "refuse" | null>(null);
  const close = () => setOpen(null);
  return (
    <div className={styles.proposal}>
      <p className="muted small">The candidate proposes other words:</p>
      <p dir="auto">{proposal.text ?? <span className="muted">erased</span>}</p>
      {proposal.text !== null && (
        <div className="row">
          {judges && <Button onPress={() => setOpen("take")}>Listen and use these words</Button>}
          {hires && (
            <Button kind="quiet" onPress={() => setOpen("refuse")}>
              Leave it as it is
            </Button>
          )}
        </div>
      )}
      {open === "take" && (
        <Words interview={interview} passage={passage} proposed={{ request: proposal.id, text: proposal.text ?? "" }} onClose={close} />
      )}
      {open === "refuse" && <Answer request={{ id: proposal.id, kind: "transcript", text: proposal.text }} onClose={close} />}
    </div>
  );
}
