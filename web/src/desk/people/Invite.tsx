import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { api, body, idempotent, type Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";
import { TextField } from "../../shared/ui/TextField";
import { kitQuery, kitsQuery } from "../data";
import { count } from "../format";
import { Check, Choice } from "../../shared/ui/Choice";
import { contactQuery, useRights, useSession } from "../session/data";
import { WHO_LEADS, WHO_LEADS_HELP, type Assist } from "../words";
import { useKitName } from "../kits/named";
import { DeskPage, Section } from "../ui/DeskPage";
import { NoAnswers } from "../ui/NoAnswers";
import { Refusal } from "../ui/Refusal";
import { Table } from "../ui/Table";
import { MOST, rowsIn, textIn, type Row } from "./csv";
import { Invited } from "./Invited";
import { told } from "./times";
import styles from "./Invite.module.css";

const route = getRouteApi("/invite");
const MODES = Object.entries(WHO_LEADS) as [Assist, string][];

export function Invite() {
  const search = route.useSearch();
  const zone = useSession().time_zone;
  const choice = useKitChoice(search.kit);
  const { chosen } = choice;
  const [text, setText] = useState("");
  const [mails, setMails] = useState(true);
  const [asked, setLeads] = useState<Assist>("ai_leads");
  const leads = choice.modes.some(([mode]) => mode === asked) ? asked : "ai_leads";
  const [sent, setSent] = useState<{ rows: readonly Row[]; of: string }>({ rows: [], of: "" });
  const rows = useMemo(() => rowsIn(text, zone), [text, zone]);
  const well = rows.filter((row) => row.wrong === null);
  const client = useQueryClient();
  const invite = useMutation({
    mutationFn: (wanted: readonly Row[]) =>
      body(
        api.POST("/v1/interviews/bulk", {
          params: { header: idempotent() },
          body: { kit_id: chosen, rows: wanted.map(rowBody), mail: mails, assist_mode: leads },
        }),
      ),
    onMutate: (wanted) => setSent({ rows: wanted, of: text }),
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => ["interviews", "candidates"].includes(String(queryKey[0])) }),
  });
  // Pressed once more, the same list would invite everybody twice.
  const isSent = invite.isSuccess && sent.of === text;
  return (
    <DeskPage title="Invite candidates" tab="Invite" above={<Link to="/candidates">Candidates</Link>}>
      <div className={styles.first}>
        <Choice label="Kit" value={chosen} options={choice.options} onChange={choice.choose} />
        <Choice<Assist> label="Who leads" value={leads} options={choice.modes} onChange={setLeads} help={WHO_LEADS_HELP[leads]} />
        <Check label="Write to them" help="Otherwise the links are shown here, to be passed on." checked={mails} onChange={setMails} />
      </div>
      {choice.wrong}
      {mails && <Unanswered />}
      <Paste text={text} zone={zone} onText={setText} />
      {rows.length > 0 && <Preview rows={rows} zone={zone} language={choice.language} />}
      {rows.length > MOST && <p role="alert">At most {MOST} at once: the first {MOST} are invited, then come back for the others.</p>}
      {invite.isError && <Refusal error={invite.error} />}
      <div>
        <Button
          kind="main"
          isDisabled={well.length === 0 || chosen === "" || isSent}
          isPending={invite.isPending}
          onPress={() => invite.mutate(well.slice(0, MOST))}
        >
          Invite {count(Math.min(well.length, MOST), "candidate")}
        </Button>
      </div>
      {invite.isSuccess && <Invited answer={invite.data} rows={sent.rows} />}
    </DeskPage>
  );
}

function rowBody(row: Row): Shapes["InviteRow"] {
  return {
    name: row.name,
    email: row.email,
    ...(row.language === "" ? {} : { language: row.language }),
    ...(row.starts === null ? {} : { starts_at: row.starts.toISOString() }),
    ...(row.expires === null ? {} : { expires_at: row.expires.toISOString() }),
  };
}

/** A kit that the address names is that kit, or none: nobody is invited to another job by a slip. */
function useKitChoice(named: string | undefined) {
  const kits = useQuery(kitsQuery({ published: true })).data ?? [];
  const own = useQuery({ ...kitQuery(named ?? ""), enabled: named !== undefined });
  const [picked, setPicked] = useState<string | null>(null);
  const kit = own.data?.value;
  const isGood = kit !== undefined && kit.version !== null;
  const chosen = picked ?? (named === undefined ? (kits[0]?.id ?? "") : isGood ? named : "");
  const all = isGood && !kits.some((each) => each.id === kit.id) ? [kit, ...kits] : kits;
  const nameOf = useKitName();
  const options = all.map((each) => [each.id, nameOf(each)] as const);
  const isDraft = kit !== undefined && !isGood;
  const held = all.find((each) => each.id === chosen);
  return {
    chosen,
    options: chosen === "" ? [["", "Choose a kit"] as const, ...options] : options,
    choose: setPicked,
    language: held?.language ?? "",
    modes: MODES.filter(([mode]) => mode !== "alternating" || (held?.sections ?? []).length > 0),
    wrong: picked === null && (
      <>
        {own.isError && <Refusal error={own.error} />}
        {isDraft && (
          <Notice kind="warn" title="This kit is a draft.">
            Nobody can be invited with it before it is published. Choose another, or publish it first.
          </Notice>
        )}
      </>
    ),
  };
}

/** Who can set an address is led there; anybody else who invites is told who can. */
function Unanswered() {
  const { leads } = useRights();
  const contact = useQuery(contactQuery).data;
  if (contact !== null) return null;
  return (
    <NoAnswers>
      {" "}
      {leads ? (
        <Link to="/house/settings">Name an address in the settings</Link>
      ) : (
        "Ask an owner or administrator of your organisation to name one in the settings."
      )}
    </NoAnswers>
  );
}

function Paste({ text, zone, onText }: { text: string; zone: string; onText: (text: string) => void }) {
  return (
    <div className="stack tight">
      <TextField
        label="Candidates"
        rows={6}
        value={text}
        onChange={onText}
        help={`One a line: name, e-mail address; if you like also the language they prefer, appointment, open until. The interview is held in the kit’s language, and so are its mails. Paste from a spreadsheet, or choose a CSV file. Times are written as 2026-11-30 14:00 and meant in ${zone}, your organisation’s time zone; open until may be a date, and is all of that day.`}
      />
      <div className={styles.file}>
        <label htmlFor="csv">CSV file</label>
        <input
          id="csv"
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file !== undefined) void file.arrayBuffer().then((bytes) => onText(textIn(bytes)));
          }}
        />
      </div>
    </div>
  );
}

/** What somebody prefers is kept with them, and changes nothing about an interview: its kit does. */
function Prefers({ row, language }: { row: Row; language: string }) {
  const isOther = row.language !== "" && language !== "" && row.language.slice(0, 2) !== language.slice(0, 2);
  return (
    <>
      {row.language}
      {isOther && <strong className={styles.wrong}> ! the interview is in {language}</strong>}
    </>
  );
}

function Preview({ rows, zone, language }: { rows: readonly Row[]; zone: string; language: string }) {
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
          { name: "Language", cell: (row) => <Prefers row={row} language={language} /> },
          { name: "Appointment", cell: (row) => (row.starts === null ? row.startsAt : told(row.starts, zone)) },
          { name: "Open until", cell: (row) => (row.expires === null ? row.expiresAt : told(row.expires, zone)) },
          { name: "Result", cell: (row) => (row.wrong === null ? "✓ can be invited" : <strong className={styles.wrong}>✗ {row.wrong}</strong>) },
        ]}
      />
    </Section>
  );
}
