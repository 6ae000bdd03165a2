import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { api, body, idempotent, type Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { TextField } from "../../shared/ui/TextField";
import { kitsQuery } from "../data";
import { count } from "../format";
import { Check, Choice } from "../../shared/ui/Choice";
import { DeskPage, Section } from "../ui/DeskPage";
import { Refusal } from "../ui/Refusal";
import { Table } from "../ui/Table";
import { MOST, rowsIn, type Row } from "./csv";
import { Invited } from "./Invited";
import styles from "./Invite.module.css";

const route = getRouteApi("/invite");

export function Invite() {
  const search = route.useSearch();
  const kits = useQuery(kitsQuery({ published: true })).data ?? [];
  const [kit, setKit] = useState(search.kit ?? "");
  const chosen = kits.find((each) => each.id === kit)?.id ?? kits[0]?.id ?? "";
  const [text, setText] = useState("");
  const [mails, setMails] = useState(true);
  const [sent, setSent] = useState<readonly Row[]>([]);
  const rows = useMemo(() => rowsIn(text), [text]);
  const well = rows.filter((row) => row.wrong === null);
  const client = useQueryClient();
  const invite = useMutation({
    mutationFn: (asked: readonly Row[]) =>
      body(
        api.POST("/v1/interviews/bulk", {
          params: { header: idempotent() },
          body: { kit_id: chosen, rows: asked.map(rowBody), mail: mails },
        }),
      ),
    onMutate: setSent,
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => ["interviews", "candidates"].includes(String(queryKey[0])) }),
  });
  return (
    <DeskPage title="Invite candidates" tab="Invite" above={<Link to="/candidates">Candidates</Link>}>
      <div className={styles.first}>
        <Choice
          label="Kit"
          value={chosen}
          options={kits.map((each) => [each.id, `${each.name}, v${each.version ?? 0}`] as const)}
          onChange={setKit}
        />
        <Check label="Write to them" help="Otherwise the links are shown here, to be passed on." checked={mails} onChange={setMails} />
      </div>
      <Paste text={text} onText={setText} />
      {rows.length > 0 && <Preview rows={rows} />}
      {rows.length > MOST && <p role="alert">At most {MOST} at once: the first {MOST} are invited, then come back for the others.</p>}
      {invite.isError && <Refusal error={invite.error} />}
      <div>
        <Button
          kind="main"
          isDisabled={well.length === 0 || chosen === ""}
          isPending={invite.isPending}
          onPress={() => invite.mutate(well.slice(0, MOST))}
        >
          Invite {count(Math.min(well.length, MOST), "candidate")}
        </Button>
      </div>
      {invite.isSuccess && <Invited answer={invite.data} rows={sent} />}
    </DeskPage>
  );
}

function rowBody(row: Row): Shapes["InviteRow"] {
  return {
    name: row.name,
    email: row.email,
    ...(row.language === "" ? {} : { language: row.language }),
    ...(row.startsAt === "" ? {} : { starts_at: new Date(row.startsAt).toISOString() }),
    ...(row.expiresAt === "" ? {} : { expires_at: new Date(row.expiresAt).toISOString() }),
  };
}

function Paste({ text, onText }: { text: string; onText: (text: string) => void }) {
  return (
    <div className="stack tight">
      <TextField
        label="Candidates"
        rows={6}
        value={text}
        onChange={onText}
        help="One a line: name, e-mail address; if you like also language, appointment, open until. Paste from a spreadsheet, or choose a CSV file."
      />
      <div className={styles.file}>
        <label htmlFor="csv">CSV file</label>
        <input
          id="csv"
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file !== undefined) void file.text().then(onText);
          }}
        />
      </div>
    </div>
  );
}

function Preview({ rows }: { rows: readonly Row[] }) {
  const wrong = rows.filter((row) => row.wrong !== null);
  return (
    <Section title={`${count(rows.length, "line")}${wrong.length === 0 ? "" : `, ${wrong.length} of them not usable`}`}>
      <Table
        caption="Who would be invited"
        rows={rows.slice(0, MOST)}
        keyOf={(row) => String(row.line)}
        columns={[
          { name: "Line", kind: "num", cell: (row) => row.line },
          { name: "Name", cell: (row) => <bdi>{row.name}</bdi> },
          { name: "E-mail address", cell: (row) => <bdi>{row.email}</bdi> },
          { name: "Language", cell: (row) => row.language },
          { name: "Appointment", cell: (row) => row.startsAt },
          { name: "Result", cell: (row) => (row.wrong === null ? "✓ can be invited" : <strong className={styles.wrong}>✗ {row.wrong}</strong>) },
        ]}
      />
    </Section>
  );
}
