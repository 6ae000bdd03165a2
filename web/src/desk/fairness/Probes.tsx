import { Link } from "@tanstack/react-router";
import type { Shapes } from "../../shared/api/client";
import { Section } from "../ui/DeskPage";
import { Table } from "../ui/Table";

type Page = Shapes["ParityPage"];
type Entry = Page["items"][number];
type Given = Shapes["GivenView"];

interface Props {
  entries: readonly Entry[];
  nameOf: (entry: Entry) => string;
  questionOf: (key: string) => string;
}

/** Whether all of a page were given the same; never more than that, where follow-ups differ. */
export function verdict(page: Page, questionOf: (key: string) => string): string {
  if (!page.equal) return "Somebody here was given something else: see the departures.";
  const same = "Everybody here was asked the same questions, in the same order, within the same budgets.";
  if (page.unequally_probed.length > 0) {
    return `${same} Follow-ups were not the same: some were asked more than others after ${page.unequally_probed.map(questionOf).join(", ")}.`;
  }
  if (page.items.some((entry) => total(entry, (given) => given.probing.by_model) > 0)) {
    return `${same} They were asked as many follow-ups; some of these were a model’s.`;
  }
  return "✓ Everybody here was given the same.";
}

/** Who proposed each candidate's follow-ups, side by side; nothing where nobody was asked or refused one. */
export function Probes({ entries, nameOf, questionOf }: Props) {
  const some = entries.some((entry) => total(entry, ({ probing }) => Object.values(probing).reduce((a, b) => a + b, 0)) > 0);
  if (!some) return null;
  const count = (name: string, of: (given: Given) => number) => ({
    name,
    kind: "num" as const,
    cell: (entry: Entry) => total(entry, of),
  });
  return (
    <Section title="Follow-ups side by side">
      <Table
        caption="Follow-ups side by side"
        rows={entries}
        keyOf={(entry) => entry.interview_id}
        columns={[
          {
            name: "Candidate",
            kind: "lead",
            cell: (entry) => (
              <Link to="/interviews/$interview" params={{ interview: entry.interview_id }}>
                <bdi>{nameOf(entry)}</bdi>
              </Link>
            ),
          },
          count("In the kit’s words", (given) => given.probing.by_kit),
          count("In a model’s words", (given) => given.probing.by_model),
          count("A model wanted none", (given) => given.probing.enough),
          count("A model’s, refused", (given) => given.probing.refused),
          count("A model’s, too late", (given) => given.probing.late),
          { name: "Asked after each question", cell: (entry) => <Each entry={entry} questionOf={questionOf} /> },
        ]}
      />
    </Section>
  );
}

function Each({ entry, questionOf }: { entry: Entry; questionOf: (key: string) => string }) {
  return (
    <ul className="plainlist">
      {(entry.ledger?.questions ?? []).map((given) => (
        <li key={given.key}>
          {questionOf(given.key)}: {given.probes} of {given.most_probes}
        </li>
      ))}
    </ul>
  );
}

function total(entry: Entry, of: (given: Given) => number): number {
  return (entry.ledger?.questions ?? []).reduce((all, given) => all + of(given), 0);
}
