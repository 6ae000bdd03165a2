import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, body, type Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { Actions } from "../../shared/ui/Dialog";
import { TextField } from "../../shared/ui/TextField";
import { When } from "../interviews/Interviews";
import { forget, useKept } from "../kept";
import { namesQuery } from "../names";
import { useRights } from "../session/data";
import { Choice } from "../../shared/ui/Choice";
import { DeskPage } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { Pager } from "../ui/Pager";
import { Refusal } from "../ui/Refusal";
import { Table } from "../ui/Table";
import { WritingDialog } from "../ui/WritingDialog";

type Request = Shapes["RequestView"];
type Shown = "open" | "answered";

const KINDS: Readonly<Record<Request["kind"], string>> = {
  transcript: "Other words in the transcript",
  access: "A copy of their data",
  correction: "A correction",
  erasure: "Erasure",
  human_review: "Another look by a person",
  other: "Something else",
};
const STATES: Readonly<Record<Request["state"], string>> = { open: "… waits", granted: "✓ granted", refused: "✗ refused", answered: "✓ answered" };

interface Asked {
  interview_id?: string;
  kind?: Request["kind"];
  state?: Shown;
  after?: string;
}

export function requestsQuery(asked: Asked) {
  return queryOptions({
    queryKey: ["requests", asked],
    queryFn: () => body(api.GET("/v1/requests", { params: { query: { limit: 25, ...asked } } })),
  });
}

/** What candidates ask for in their own right; each is answered by a person, in words. */
export function Requests() {
  const [shown, setShown] = useState<Shown>("open");
  const [after, setAfter] = useState<string | null>(null);
  const found = useQuery(requestsQuery({ state: shown, ...(after === null ? {} : { after }) }));
  return (
    <DeskPage title="Requests" tab="Requests" above={<Link to="/candidates">Candidates</Link>}>
      <div className="row">
        <Choice<Shown>
          label="Show"
          value={shown}
          options={[
            ["open", "Those that wait for an answer"],
            ["answered", "Those that were answered"],
          ]}
          onChange={(next) => {
            setShown(next);
            setAfter(null);
          }}
        />
      </div>
      <Loaded query={found}>
        {(page) => (
          <>
            <RequestRows rows={page.items} />
            <Pager after={after} next={page.next} isFirst={after === null} onNext={setAfter} onFirst={() => setAfter(null)} />
          </>
        )}
      </Loaded>
    </DeskPage>
  );
}

export function RequestRows({ rows }: { rows: readonly Request[] }) {
  const { hires } = useRights();
  const [answered, setAnswered] = useState<Request | null>(null);
  const names = useQuery(namesQuery([...new Set(rows.map((row) => row.interview_id))])).data;
  const nameOf = (row: Request) => names?.get(row.interview_id)?.candidate ?? "Candidate";
  return (
    <>
    <Table
      caption="Requests"
      rows={rows}
      keyOf={(row) => row.id}
      empty="Nobody asks for anything."
      columns={[
        {
          name: "Candidate",
          kind: "lead",
          cell: (row) => (
            <Link to="/interviews/$interview" params={{ interview: row.interview_id }}>
              <bdi>{nameOf(row)}</bdi>
            </Link>
          ),
        },
        { name: "Asks for", cell: (row) => KINDS[row.kind] },
        { name: "In words", cell: (row) => <Said request={row} /> },
        { name: "Answer by", cell: (row) => <When at={row.answer_by} none="–" /> },
        { name: "State", cell: (row) => <span className="together">{STATES[row.state]}</span> },
        {
          name: "More",
          kind: "actions",
          cell: (row) =>
            hires && row.state === "open" ? (
              <span className="row">
                {row.turn_id !== null && (
                  <Link to="/interviews/$interview/review" params={{ interview: row.interview_id }} search={{ turn: row.turn_id }}>
                    Listen
                  </Link>
                )}
                <Button kind="quiet" aria-label={`Answer ${nameOf(row)}: ${KINDS[row.kind]}`} onPress={() => setAnswered(row)}>
                  Answer
                </Button>
              </span>
            ) : null,
        },
      ]}
    />
      {answered !== null && <Answer request={answered} onClose={() => setAnswered(null)} />}
    </>
  );
}

/** Of an answer that may say how they were judged, whoever has to rate first is told that there is one. */
function Said({ request: { text, answer, state } }: { request: Request }) {
  return (
    <>
      {text === null ? <span className="muted">erased</span> : <p dir="auto">{text}</p>}
      {answer !== null && (
        <p className="muted small">
          Answered: <bdi>{answer}</bdi>
        </p>
      )}
      {state === "answered" && <p className="muted small">What a colleague answered is shown after your own rating.</p>}
    </>
  );
}

/** Answers anything that a candidate asks for. What is written stays for *Later*. */
export function Answer({ request, onClose }: { request: Pick<Request, "id" | "kind" | "text">; onClose: () => void }) {
  const draft = `answer.${request.id}`;
  const [text, setText] = useKept<string>(draft, "");
  const client = useQueryClient();
  const drop = () => {
    forget(draft);
    onClose();
  };
  const answer = useMutation({
    mutationFn: (outcome: Shapes["AnswerBody"]["outcome"]) =>
      body(api.POST("/v1/requests/{request_id}/answer", { params: { path: { request_id: request.id } }, body: { outcome, text } })),
    onSuccess: async () => {
      drop();
      await client.invalidateQueries({ predicate: ({ queryKey }) => ["requests", "proposals"].includes(String(queryKey[0])) });
    },
  });
  const isWords = request.kind === "transcript";
  return (
    <WritingDialog title={KINDS[request.kind]} isWritten={text.trim() !== ""} onClose={drop}>
      {request.text !== null && request.text !== "" && <blockquote dir="auto">{request.text}</blockquote>}
      <p>
        The candidate reads your answer.{" "}
        {isWords
          ? "To grant it, correct the turn while you listen: that changes the transcript and answers the candidate."
          : "It does not do what was asked for: that is yours to do."}
      </p>
      <TextField label="Your answer" rows={4} value={text} onChange={setText} />
      {answer.isError && <Refusal error={answer.error} />}
      <Actions>
        {!isWords && (
          <Button kind="main" isDisabled={text.trim() === ""} isPending={answer.isPending} onPress={() => answer.mutate("granted")}>
            Grant it
          </Button>
        )}
        <Button isDisabled={text.trim() === ""} onPress={() => answer.mutate("refused")}>
          Refuse it
        </Button>
        <Button kind="quiet" onPress={onClose}>
          Later
        </Button>
      </Actions>
    </WritingDialog>
  );
}
