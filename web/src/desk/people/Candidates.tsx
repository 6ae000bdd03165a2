import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { api, body } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { Actions } from "../../shared/ui/Dialog";
import { TextField } from "../../shared/ui/TextField";
import { candidateQuery, type Candidate } from "../data";
import { When } from "../interviews/Interviews";
import { useRowKeys } from "../keys";
import { useRights } from "../session/data";
import { DeskPage } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { Pager } from "../ui/Pager";
import { Refusal } from "../ui/Refusal";
import { Table } from "../ui/Table";
import { WritingDialog } from "../ui/WritingDialog";
import { Find, Found } from "./Find";

const route = getRouteApi("/candidates");

export function Candidates() {
  const rights = useRights();
  const [edited, setEdited] = useState<string | null>(null);
  const [sought, setSought] = useState("");
  useRowKeys();
  const rows = (found: readonly Candidate[]) => <Rows rows={found} onEdit={rights.hires ? setEdited : undefined} />;
  return (
    <DeskPage title="Candidates" tab="Candidates" actions={rights.hires && <Link to="/invite">Invite candidates</Link>}>
      <Find sought={sought} onFind={setSought} />
      {sought === "" ? <Everybody>{rows}</Everybody> : <Found sought={sought}>{rows}</Found>}
      {edited !== null && <Edit id={edited} onClose={() => setEdited(null)} />}
    </DeskPage>
  );
}

function Everybody({ children }: { children: (rows: readonly Candidate[]) => ReactNode }) {
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const page = useQuery({
    queryKey: ["candidates", after],
    queryFn: () =>
      body(
        api.GET("/v1/candidates", {
          params: { query: { limit: 25, sort: "-created_at", ...(after === undefined ? {} : { after }) } },
        }),
      ),
  });
  return (
    <Loaded query={page}>
      {(data) => (
        <>
          {children(data.items)}
          <Pager
            next={data.next}
            after={after ?? null}
            isFirst={after === undefined}
            onNext={(next) => void navigate({ search: { after: next } })}
            onFirst={() => void navigate({ search: {} })}
          />
        </>
      )}
    </Loaded>
  );
}

function Rows({ rows, onEdit }: { rows: readonly Candidate[]; onEdit: ((id: string) => void) | undefined }) {
  return (
    <Table
      caption="Candidates"
      rows={rows}
      keyOf={(row) => row.id}
      empty="Nobody yet. Whoever is invited becomes a candidate."
      columns={[
        { name: "Name", kind: "lead", cell: (row) => <Lead candidate={row} /> },
        { name: "E-mail address", cell: (row) => <bdi>{row.email}</bdi> },
        { name: "Prefers", cell: (row) => row.language ?? <span className="muted">–</span> },
        { name: "Since", cell: (row) => <When at={row.created_at} none="–" /> },
        ...(onEdit === undefined
          ? []
          : [
              {
                name: "Change",
                kind: "actions" as const,
                cell: (row: Candidate) => (
                  <Button kind="quiet" aria-label={`Change ${row.name}`} onPress={() => onEdit(row.id)}>
                    Change
                  </Button>
                ),
              },
            ]),
      ]}
    />
  );
}

/** To what one wants to know of somebody who calls. */
function Lead({ candidate }: { candidate: Candidate }) {
  return (
    <Link to="/interviews" search={{ candidate: candidate.id }}>
      <bdi>{candidate.name}</bdi>
    </Link>
  );
}

function Edit({ id, onClose }: { id: string; onClose: () => void }) {
  const found = useQuery({ ...candidateQuery(id), staleTime: 0 });
  const [isWritten, setWritten] = useState(false);
  return (
    <WritingDialog title="Change a candidate" isWritten={isWritten} onClose={onClose}>
      <Loaded query={found}>
        {({ value, etag }) => <Form candidate={value} etag={etag} onWrite={() => setWritten(true)} onClose={onClose} />}
      </Loaded>
    </WritingDialog>
  );
}

interface FormProps {
  candidate: Candidate;
  etag: string;
  onWrite: () => void;
  onClose: () => void;
}

function Form({ candidate, etag, onWrite, onClose }: FormProps) {
  const [name, setName] = useState(candidate.name);
  const [email, setEmail] = useState(candidate.email);
  const [language, setLanguage] = useState(candidate.language ?? "");
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      body(
        api.PUT("/v1/candidates/{candidate_id}", {
          params: { path: { candidate_id: candidate.id }, header: { "If-Match": etag } },
          body: { name, email, language: language === "" ? null : language },
        }),
      ),
    onSuccess: async () => {
      onClose();
      await client.invalidateQueries({ predicate: ({ queryKey }) => ["candidates", "candidate", "names"].includes(String(queryKey[0])) });
    },
  });
  const into = (set: (text: string) => void) => (text: string) => {
    onWrite();
    set(text);
  };
  return (
    <>
      <TextField label="Name" value={name} onChange={into(setName)} isRequired />
      <TextField label="E-mail address" type="email" value={email} onChange={into(setEmail)} isRequired />
      <TextField label="Preferred language" help="Two letters, such as en. An interview is held in the language of its kit, whatever stands here." value={language} onChange={into(setLanguage)} />
      {save.isError && <Refusal error={save.error} />}
      <Actions>
        <Button kind="main" isPending={save.isPending} onPress={() => save.mutate()}>
          Save
        </Button>
        <Button onPress={onClose}>Leave as it is</Button>
      </Actions>
    </>
  );
}
