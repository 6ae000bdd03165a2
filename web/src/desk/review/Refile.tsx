import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, body, idempotent, type Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { Choice } from "../../shared/ui/Choice";
import { Actions } from "../../shared/ui/Dialog";
import { TextField } from "../../shared/ui/TextField";
import type { KitView } from "../data";
import { Refusal } from "../ui/Refusal";
import { WritingDialog } from "../ui/WritingDialog";
import type { Passage } from "./text";

interface Props {
  interview: string;
  passage: Passage;
  questions: KitView["questions"];
  people: readonly Shapes["Seated"][];
}

/** What a person asked, and the room did not know: the question is named afterwards. Both stay. */
export function Refile(props: Props) {
  const [asks, setAsks] = useState(false);
  return (
    <>
      <Button kind="quiet" onPress={() => setAsks(true)}>
        File under a question
      </Button>
      {asks && <Form {...props} onClose={() => setAsks(false)} />}
    </>
  );
}

const NONE = "";

function Form({ interview, passage, questions, people, onClose }: Props & { onClose: () => void }) {
  const { turn } = passage;
  const isAnswer = turn.speaker === "candidate";
  const [question, setQuestion] = useState(turn.question ?? NONE);
  const [askedBy, setAskedBy] = useState(turn.filing?.asked_by ?? NONE);
  const [reason, setReason] = useState("");
  const client = useQueryClient();
  const file = useMutation({
    mutationFn: () =>
      body(
        api.POST("/v1/interviews/{interview_id}/turns/{turn_id}/filings", {
          params: { path: { interview_id: interview, turn_id: turn.turn_id }, header: idempotent() },
          body: {
            question: question === NONE ? null : question,
            ...(isAnswer && question !== NONE && askedBy !== NONE ? { asked_by: askedBy } : {}),
            reason,
          },
        }),
      ),
    onSuccess: async () => {
      onClose();
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(interview) });
    },
  });
  const isSame = question === (turn.question ?? NONE) && (!isAnswer || askedBy === (turn.filing?.asked_by ?? NONE));
  const interviewers = people.filter((one) => one.role === "interviewer");
  return (
    <WritingDialog title="File under a question" isWritten={reason.trim() !== ""} onClose={onClose}>
      <p>For a question that a person asked while the AI did not hear it. What the room had filed stays beside it, and the machine rates what was touched anew.</p>
      <Choice
        label={isAnswer ? "It answers" : "It asks"}
        value={question}
        options={[[NONE, "No question of the kit"], ...questions.map((each, n) => [each.key, `${n + 1}. ${each.text}`] as const)]}
        onChange={setQuestion}
      />
      {isAnswer && question !== NONE && (
        <Choice
          label="Who asked it"
          value={askedBy}
          options={[[NONE, "The AI"], ...interviewers.map((one) => [one.identity, one.name] as const)]}
          onChange={setAskedBy}
        />
      )}
      <TextField label="Why" value={reason} onChange={setReason} isRequired />
      {file.isError && <Refusal error={file.error} />}
      <Actions>
        <Button kind="main" isDisabled={reason.trim() === "" || isSame} isPending={file.isPending} onPress={() => file.mutate()}>
          File it
        </Button>
        <Button onPress={onClose}>Leave it</Button>
      </Actions>
    </WritingDialog>
  );
}
