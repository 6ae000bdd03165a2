import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, body, idempotent } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { Actions } from "../../shared/ui/Dialog";
import { TextField } from "../../shared/ui/TextField";
import { Check } from "../../shared/ui/Choice";
import { Refusal } from "../ui/Refusal";
import { WritingDialog } from "../ui/WritingDialog";
import type { Passage } from "./text";

/** Words that were heard otherwise than they are written. Both versions stay. */
export function Correct({ interview, passage }: { interview: string; passage: Passage }) {
  const [asks, setAsks] = useState(false);
  return (
    <>
      <Button kind="quiet" onPress={() => setAsks(true)}>
        Correct this turn
      </Button>
      {asks && <Words interview={interview} passage={passage} onClose={() => setAsks(false)} />}
    </>
  );
}

interface WordsProps {
  interview: string;
  passage: Passage;
  /** What the candidate asks to be written instead, and which request that is. */
  proposed?: { request: string; text: string };
  onClose: () => void;
}

export function Words({ interview, passage, proposed, onClose }: WordsProps) {
  const [begun] = useState({
    text: proposed?.text ?? passage.turn.spoken,
    reason: proposed === undefined ? "" : "Proposed by the candidate, and heard so.",
  });
  const [text, setText] = useState(begun.text);
  const [reason, setReason] = useState(begun.reason);
  const [heard, setHeard] = useState(false);
  const client = useQueryClient();
  const correct = useMutation({
    mutationFn: () =>
      body(
        api.POST("/v1/interviews/{interview_id}/turns/{turn_id}/corrections", {
          params: { path: { interview_id: interview, turn_id: passage.turn.turn_id }, header: idempotent() },
          body: { text, reason, heard: true, ...(proposed === undefined ? {} : { request_id: proposed.request }) },
        }),
      ),
    onSuccess: async () => {
      onClose();
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(interview) || queryKey[0] === "requests" });
    },
  });
  return (
    <WritingDialog title="Correct what was written" isWritten={text !== begun.text || reason !== begun.reason} onClose={onClose}>
      <p>Write what you hear, not what was meant. What was written before stays beside it, and the machine rates what was touched anew.</p>
      {proposed !== undefined && (
        <p>
          Written now: <q>{passage.turn.spoken}</q>
        </p>
      )}
      <TextField label="As it was said" rows={5} value={text} onChange={setText} />
      <TextField label="Why" value={reason} onChange={setReason} isRequired />
      <Check label="I have listened to this place of the recording" checked={heard} onChange={setHeard} />
      {correct.isError && <Refusal error={correct.error} />}
      <Actions>
        <Button
          kind="main"
          isDisabled={!heard || reason.trim() === "" || text === passage.turn.spoken}
          isPending={correct.isPending}
          onPress={() => correct.mutate()}
        >
          Save the correction
        </Button>
        <Button onPress={onClose}>Leave it</Button>
      </Actions>
    </WritingDialog>
  );
}
