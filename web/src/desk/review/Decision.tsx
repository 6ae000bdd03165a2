import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { api, body, idempotent, type Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { Actions, Dialog } from "../../shared/ui/Dialog";
import { Notice } from "../../shared/ui/Notice";
import { TextField } from "../../shared/ui/TextField";
import { isOwn, useColleagues } from "../colleagues";
import type { Interview } from "../data";
import { moment } from "../format";
import { forget, useKept } from "../kept";
import { useMember, useRights } from "../session/data";
import { Choice } from "../../shared/ui/Choice";
import { Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { Refusal } from "../ui/Refusal";
import { REASONS } from "../words";
import { decisionQuery, isWithheld, type Decided } from "./data";
import { isOver } from "./Head";
import { inWords } from "./looked";
import styles from "./Below.module.css";

type Opened = Shapes["Opened"];
type Outcome = Shapes["DecisionBody"]["outcome"];
type Reason = Shapes["DecisionBody"]["reason_code"];

const OUTCOMES: Readonly<Record<Outcome, string>> = { advance: "Advance", reject: "Do not advance" };

/** What would be decided, as far as it is written. */
interface Draft {
  readonly outcome: Outcome | null;
  readonly reason: Reason;
  readonly note: string;
}

const UNDECIDED: Draft = { outcome: null, reason: "meets_requirements", note: "" };

function decisionName(interview: string): string {
  return `decision.${interview}`;
}

interface Props {
  interview: Interview;
  /** What whoever decides has looked at. */
  opened: () => readonly Opened[];
}

/** A person decides, in their own name, with a reason, on what they looked at. */
export function Decision({ interview, opened }: Props) {
  const found = useQuery(decisionQuery(interview.id));
  return (
    <Section title="Decision">
      <Loaded query={found}>
        {(answer) => {
          if (isWithheld(answer)) return <p className="muted">Whether and how somebody decided is shown after your own rating.</p>;
          if (answer.decision !== null) return <Made decision={answer.decision} />;
          if (!isOver(interview) && interview.state !== "human_path") return <p className="muted">The interview is not over.</p>;
          return <Decide interview={interview} opened={opened} />;
        }}
      </Loaded>
    </Section>
  );
}

function Made({ decision }: { decision: Decided }) {
  const member = useMember();
  const callBy = useColleagues();
  return (
    <div className={styles.made}>
      <p>
        <strong>{OUTCOMES[decision.outcome]}</strong>: {REASONS[decision.reason_code]}
      </p>
      {decision.note !== null && <p dir="auto">{decision.note}</p>}
      <p className="muted small">
        Decided by <bdi>{isOwn(decision.by, member) ? "you" : callBy(decision.by)}</bdi>, {moment(decision.decided_at)}
        {decision.evidence.length > 0 && `, after looking at ${inWords(decision.evidence)}`}.
      </p>
    </div>
  );
}

function Decide({ interview, opened }: Props) {
  const [draft, setDraft] = useKept(decisionName(interview.id), UNDECIDED);
  const { outcome, reason, note } = draft;
  const [asked, setAsked] = useState<readonly Opened[] | null>(null);
  const name = useId();
  const rights = useRights();
  if (!rights.hires) return <p className="muted">Recruiters decide. Your rating and your notes are before them when they do.</p>;
  // Whoever asked for a person may have said nothing here: then there is nothing to look at.
  const isUnheard = interview.state === "human_path";
  const needsNote = reason === "other" && note.trim() === "";
  const pick = (next: Outcome) => {
    setDraft({ ...draft, outcome: next, reason: next === "advance" ? "meets_requirements" : "below_requirements" });
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
      <Choice<Reason> label="Reason" value={reason} options={Object.entries(REASONS) as [Reason, string][]} onChange={(next) => setDraft({ ...draft, reason: next })} />
      <TextField label={reason === "other" ? "Note (needed)" : "Note"} rows={2} value={note} onChange={(next) => setDraft({ ...draft, note: next })} />
      <div>
        <Button isDisabled={outcome === null || needsNote} onPress={() => setAsked(opened())}>
          Decide
        </Button>
      </div>
      {asked?.length === 0 && !isUnheard && (
        <Notice kind="warn" title="You have not looked at anything here yet.">
          A decision names what it rests on. Read the transcript, listen to the recording or compare the ratings first.
        </Notice>
      )}
      {asked !== null && (asked.length > 0 || isUnheard) && outcome !== null && (
        <Confirm
          interview={interview.id}
          said={{ outcome, reason_code: reason, evidence: [...asked], ...(note.trim() === "" ? {} : { note }) }}
          onClose={() => setAsked(null)}
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
      forget(decisionName(interview));
      onClose();
      await client.invalidateQueries({ queryKey: ["decision", interview] });
      await client.invalidateQueries({ predicate: ({ queryKey }) => ["interview", "interviews"].includes(String(queryKey[0])) });
    },
  });
  return (
    <Dialog title={`${OUTCOMES[said.outcome]}?`} isOpen alert onClose={onClose}>
      <p>
        You decide, as <bdi>{member.email}</bdi>: {REASONS[said.reason_code].toLowerCase()}.{" "}
        {said.evidence.length > 0 && `You looked at ${inWords(said.evidence)}, which is kept with it. `}
        There is one decision, and it cannot be changed.
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
