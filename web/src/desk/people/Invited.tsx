import { Link } from "@tanstack/react-router";
import type { Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";
import { count } from "../format";
import { Section } from "../ui/DeskPage";
import { Table } from "../ui/Table";
import type { Row } from "./csv";
import styles from "./Invite.module.css";

interface Props {
  answer: Shapes["BulkView"];
  /** As they were sent: results name them by their place. */
  rows: readonly Row[];
}

/** What became of each line; links are shown this once. */
export function Invited({ answer, rows }: Props) {
  return (
    <Section title="Result" actions={answer.invited > 0 && <Save answer={answer} rows={rows} />}>
      <Notice kind={answer.refused === 0 ? "ok" : "warn"} title={`${count(answer.invited, "candidate")} invited${answer.refused === 0 ? "" : `, ${answer.refused} refused`}.`}>
        Links are shown this once. Keep the table if you pass them on yourself.
      </Notice>
      <Table
        caption="What became of each line"
        rows={answer.results}
        keyOf={(row) => String(row.index)}
        columns={[
          { name: "Line", kind: "num", cell: (row) => rows[row.index]?.line ?? row.index + 1 },
          { name: "Name", cell: (row) => <Who outcome={row} name={rows[row.index]?.name ?? ""} /> },
          {
            name: "Result",
            cell: (row) =>
              row.error === null ? "✓ invited" : <strong className={styles.wrong}>✗ {row.error.detail}</strong>,
          },
          { name: "Link", cell: (row) => <span className="mono">{row.invitation_url}</span> },
        ]}
      />
    </Section>
  );
}

function Who({ outcome, name }: { outcome: Shapes["RowOutcome"]; name: string }) {
  if (outcome.interview_id === null) return <bdi>{name}</bdi>;
  return (
    <Link to="/interviews/$interview" params={{ interview: outcome.interview_id }}>
      <bdi>{name}</bdi>
    </Link>
  );
}

function Save({ answer, rows }: Props) {
  const save = () => {
    const cells = answer.results.map((row) => [rows[row.index]?.name ?? "", rows[row.index]?.email ?? "", row.invitation_url ?? "", row.error?.detail ?? ""]);
    const text = [["name", "email", "link", "error"], ...cells].map((line) => line.map(cell).join(",")).join("\r\n");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = "invitations.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return <Button onPress={save}>Save the table</Button>;
}

/** Quoted, and never a formula where a spreadsheet opens it. */
function cell(text: string): string {
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
