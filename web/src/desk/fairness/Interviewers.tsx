import { Link } from "@tanstack/react-router";
import type { Shapes } from "../../shared/api/client";
import { clock, share } from "../format";
import { Section } from "../ui/DeskPage";
import { Table } from "../ui/Table";

type Entry = Shapes["ParityPage"]["items"][number];

interface Props {
  entries: readonly Entry[];
  nameOf: (entry: Entry) => string;
  questionOf: (key: string) => string;
}

/** What each interviewer did in each interview; nothing where nobody did anything. */
export function Interviewers({ entries, nameOf, questionOf }: Props) {
  const rows = entries.flatMap((entry) => (entry.ledger?.people.by_person ?? []).map((person) => ({ entry, person })));
  if (rows.length === 0) return null;
  return (
    <Section title="What interviewers did">
      <Table
        caption="What interviewers did"
        rows={rows}
        keyOf={({ entry, person }) => `${entry.interview_id} ${person.identity}`}
        columns={[
          { name: "Interviewer", kind: "lead", cell: ({ person }) => <bdi>{person.name ?? "Interviewer"}</bdi> },
          {
            name: "Candidate",
            cell: ({ entry }) => (
              <Link to="/interviews/$interview" params={{ interview: entry.interview_id }}>
                <bdi>{nameOf(entry)}</bdi>
              </Link>
            ),
          },
          { name: "Led", kind: "num", cell: ({ person }) => clock(person.led_s * 1000) },
          { name: "Of the talk", kind: "num", cell: ({ person }) => share(person.led_share) },
          { name: "Spoke", kind: "num", cell: ({ person }) => clock(person.spoke_s * 1000) },
          { name: "Stopped the AI", kind: "num", cell: ({ person }) => person.stopped_ai },
          { name: "Talked over the candidate", kind: "num", cell: ({ person }) => person.talked_over },
          {
            name: "Asked in the AI’s place",
            cell: ({ person }) =>
              person.asked.length === 0 ? <span className="muted">none</span> : person.asked.map(questionOf).join(", "),
          },
        ]}
      />
    </Section>
  );
}
