import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { api, body, idempotent, type Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { Actions, Dialog } from "../../shared/ui/Dialog";
import { TextField } from "../../shared/ui/TextField";
import { count, moment } from "../format";
import { useMember, useRights } from "../session/data";
import { Choice } from "../../shared/ui/Choice";
import { Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { Refusal } from "../ui/Refusal";
import { REASONS } from "../words";
import { decisionQuery, isWithheld, type Decided } from "./data";
import styles from "./Below.module.css";

type Opened = Shapes["Opened"];
type Outcome = Shapes["DecisionBody"]["outcome"];
type Reason = Shapes["DecisionBody"]["reason_code"];

const OUTCOMES: Readonly<Record<Outcome, string>> = { advance: "Advance", reject: "Do not advance" };

interface Props {
  interview: string;
  /** Whether anybody can decide yet. */
  isOver: boolean;
  opened: () => readonly Opened[];
}

/** A person decides, in their own name, with a reason, on what they looked at. */
export function Decision({ interview, isOver, opened }: Props) {
  const found = useQuery(decisionQuery(interview));
  return (
    <Section title="Decision">
      <Loaded query={found}>
        {(answer) => {
          if (isWithheld(answer)) return <p className="muted">Whether and how somebody decided is shown after your own rating.</p>;
          if (answer.decision !== null) return <Made decision={answer.decision} />;
          return isOver ? <Decide interview={interview} opened={opened} /> : <p className="muted">The interview is not over.</p>;
        }}
      </Loaded>
    </Section>
  );
}

function Made({ decision }: { decision: Decided }) {
  const member = useMember();
  const own = decision.by.kind === "member" && decision.by.id === member.id;
  return (
    <div className={styles.made}>
      <p>
        <strong>{OUTCOMES[decision.outcome]}</strong>: {REASONS[decision.reason_code]}
      </p>
      {decision.note !== null && <p dir="auto">{decision.note}</p>}
      <p className="muted small">
        Decided by <bdi>{own ? "you" : (decision.by.name ?? `colleague ${decision.by.id.slice(-4)}`)}</bdi>, {moment(decision.decided_at)}, after looking at{" "}
        {count(decision.evidence.length, "thing")}.
      </p>
    </div>
  );
}

function Decide({ interview, opened }: { interview: string; opened: () => readonly Opened[] }) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [reason, setReason] = useState<Reason>("meets_requirements");
  const [note, setNote] = useState("");
  const [asks, setAsks] = useState(false);
  const name = useId();
  const rights = useRights();
  if (!rights.hires) return <p className="muted">Recruiters decide. Your rating and your notes are before them when they do.</p>;
  const needsNote = reason === "other" && note.trim() === "";
  const pick = (next: Outcome) => {
    setOutcome(next);
    setReason(next === "advance" ? "meets_requirements" : "below_requirements");
  };
  return (
    <div className={styles.decide}>
      <fieldset className="row">
        <legend className="unseen">What becomes of the candidate</legend>
        {(["advance", "reject"] as const).map((each) => (
          <label key={each} className={styles.outcome}>
            <input type="radio" name={name} checked={outcome === each} onChange={() => pick(each)} /> {OUTCOMES[each]}
          </label>
        ))}
      </fieldset>
      <Choice<Reason> label="Reason" value={reason} options={Object.entries(REASONS) as [Reason, string][]} onChange={setReason} />
      <TextField label={reason === "other" ? "Note (needed)" : "Note"} rows={2} value={note} onChange={setNote} />
      <div>
        <Button isDisabled={outcome === null || needsNote} onPress={() => setAsks(true)}>
          Decide
        </Button>
      </div>
      {asks && outcome !== null && (
        <Confirm
          interview={interview}
          said={{ outcome, reason_code: reason, evidence: [...opened()], ...(note.trim() === "" ? {} : { note }) }}
          onClose={() => setAsks(false)}
        />
      )}
    </div>
  );
}

function Confirm({ interview, said, onClose }: { interview: string; said: Shapes["DecisionBody"]; onClose: () => void }) {
  const member = useMember();
  const client = useQueryClient();
  const decide = useMutation({
    mutationFn: () =>
      body(
        api.POST("/v1/interviews/{interview_id}/decision", {
          params: { path: { interview_id: interview }, header: idempotent() },
          body: said,
        }),
      ),
    onSuccess: async () => {
      onClose();
      await client.invalidateQueries({ queryKey: ["decision", interview] });
      await client.invalidateQueries({ queryKey: ["interview", interview] });
    },
  });
  return (
    <Dialog title={`${OUTCOMES[said.outcome]}?`} isOpen alert onClose={onClose}>
      <p>
        You decide, as <bdi>{member.email}</bdi>: {REASONS[said.reason_code].toLowerCase()}. What you looked at is kept
        with it. There is one decision, and it cannot be changed.
      </p>
      {decide.isError && <Refusal error={decide.error} />}
      <Actions>
        <Button kind="main" isPending={decide.isPending} onPress={() => decide.mutate()}>
          {OUTCOMES[said.outcome]}
        </Button>
        <Button onPress={onClose}>Think again</Button>
      </Actions>
    </Dialog>
  );
}
