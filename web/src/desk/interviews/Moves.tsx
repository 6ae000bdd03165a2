import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, body, idempotent, type Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { Actions, Dialog } from "../../shared/ui/Dialog";
import type { Interview } from "../data";
import { Choice } from "../../shared/ui/Choice";
import { onClock } from "../people/times";
import { useSession } from "../session/data";
import { Section } from "../ui/DeskPage";
import { Refusal } from "../ui/Refusal";
import { WritingDialog } from "../ui/WritingDialog";
import { CANCELLED } from "../words";
import { storedOf, ZonedMoment } from "./ZonedMoment";
import styles from "./Interview.module.css";

interface Props {
  interview: Interview;
  etag: string;
}

type Open = "reschedule" | "extend" | "cancel" | null;

/** What can be changed about an interview that has not taken place, or takes place elsewhere. */
export function Moves({ interview, etag }: Props) {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const before = ["invited", "ready"].includes(interview.state);
  const late = interview.state === "expired";
  const isAsked = interview.state === "human_path";
  const isOn = ["live", "paused"].includes(interview.state);
  if (!before && !late && !isAsked && !isOn) return null;
  return (
    <Section title="Changes">
      <div className="row">
        {before && <Button onPress={() => setOpen("reschedule")}>Reschedule</Button>}
        {(before || late) && <Button onPress={() => setOpen("extend")}>Give more time</Button>}
        {(before || isAsked || isOn) && (
          <Button kind="danger" onPress={() => setOpen("cancel")}>
            Cancel the interview
          </Button>
        )}
      </div>
      {open === "reschedule" && <Reschedule interview={interview} etag={etag} onClose={close} />}
      {open === "extend" && <Extend interview={interview} etag={etag} onClose={close} />}
      {open === "cancel" && <Cancel interview={interview} etag={etag} onClose={close} />}
    </Section>
  );
}

function useMoved(interview: string, onClose: () => void) {
  const client = useQueryClient();
  return async () => {
    onClose();
    await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(interview) || queryKey[0] === "interviews" });
  };
}

function changing(interview: Interview, etag: string) {
  return { path: { interview_id: interview.id }, header: { "If-Match": etag, ...idempotent() } };
}

function Reschedule({ interview, etag, onClose }: Props & { onClose: () => void }) {
  const zone = useSession().time_zone;
  const [begun] = useState({ starts: onClock(interview.starts_at, zone), expires: onClock(interview.expires_at, zone) });
  const [starts, setStarts] = useState(begun.starts);
  const [expires, setExpires] = useState(begun.expires);
  const startsAt = storedOf(starts, begun.starts, interview.starts_at, zone);
  const expiresAt = storedOf(expires, begun.expires, interview.expires_at, zone);
  const moved = useMoved(interview.id, onClose);
  const change = useMutation({
    mutationFn: () =>
      body(
        api.POST("/v1/interviews/{interview_id}/reschedule", {
          params: changing(interview, etag),
          body: { starts_at: startsAt ?? null, expires_at: expiresAt ?? null },
        }),
      ),
    onSuccess: moved,
  });
  return (
    <WritingDialog title="Reschedule" isWritten={starts !== begun.starts || expires !== begun.expires} onClose={onClose}>
      <div className={styles.fields}>
        <ZonedMoment label="Appointment" value={starts} zone={zone} onChange={setStarts} empty="Empty: any time." />
        <ZonedMoment label="Open until" value={expires} zone={zone} onChange={setExpires} empty="Empty: no end." />
      </div>
      <Zone zone={zone} />
      {change.isError && <Refusal error={change.error} />}
      <Actions>
        <Button kind="main" isDisabled={startsAt === undefined || expiresAt === undefined} isPending={change.isPending} onPress={() => change.mutate()}>
          Save the new time
        </Button>
        <Button onPress={onClose}>Leave as it is</Button>
      </Actions>
    </WritingDialog>
  );
}

function Extend({ interview, etag, onClose }: Props & { onClose: () => void }) {
  const zone = useSession().time_zone;
  const [begun] = useState(() => onClock(interview.expires_at, zone));
  const [expires, setExpires] = useState(begun);
  const until = storedOf(expires, begun, interview.expires_at, zone);
  const moved = useMoved(interview.id, onClose);
  const change = useMutation({
    mutationFn: () =>
      body(
        api.POST("/v1/interviews/{interview_id}/extend", {
          params: changing(interview, etag),
          body: { expires_at: until ?? "" },
        }),
      ),
    onSuccess: moved,
  });
  return (
    <WritingDialog title="Give more time" isWritten={expires !== begun} onClose={onClose}>
      <ZonedMoment label="Open until" value={expires} zone={zone} onChange={setExpires} empty="Choose a moment." />
      <Zone zone={zone} />
      {change.isError && <Refusal error={change.error} />}
      <Actions>
        <Button kind="main" isDisabled={until == null} isPending={change.isPending} onPress={() => change.mutate()}>
          Keep open until then
        </Button>
        <Button onPress={onClose}>Leave as it is</Button>
      </Actions>
    </WritingDialog>
  );
}

function Zone({ zone }: { zone: string }) {
  return <p className="muted small">Times are those of {zone}, your organisation’s time zone.</p>;
}

type Why = Shapes["CancelBody"]["reason"];

function Cancel({ interview, etag, onClose }: Props & { onClose: () => void }) {
  const [reason, setReason] = useState<Why>("candidate_withdrew");
  const moved = useMoved(interview.id, onClose);
  const cancel = useMutation({
    mutationFn: () =>
      body(api.POST("/v1/interviews/{interview_id}/cancel", { params: changing(interview, etag), body: { reason } })),
    onSuccess: moved,
  });
  return (
    <Dialog title="Cancel the interview?" isOpen alert onClose={onClose}>
      {interview.state === "live" && <p>The candidate is in the room: they are sent out of it at once, in the middle of the talk.</p>}
      <p>
        The link stops working{["live", "paused"].includes(interview.state) && ", and what was said is not rated"}. This cannot be taken back; a new
        interview can be made at any time.
      </p>
      <Choice<Why> label="Why" value={reason} options={Object.entries(CANCELLED) as [Why, string][]} onChange={setReason} />
      {cancel.isError && <Refusal error={cancel.error} />}
      <Actions>
        <Button kind="danger" isPending={cancel.isPending} onPress={() => cancel.mutate()}>
          Cancel the interview
        </Button>
        <Button onPress={onClose}>Keep it</Button>
      </Actions>
    </Dialog>
  );
}
