import { useColleagues } from "../colleagues";
import { Section } from "../ui/DeskPage";
import { Table, type Column } from "../ui/Table";
import { NOT_ASSESSED } from "../words";
import { raterOf, type Card } from "./data";
import type { Competency } from "./Competencies";
import styles from "./Below.module.css";

interface Props {
  competencies: readonly Competency[];
  cards: readonly Card[];
  member: string;
}

/** Everybody who rated, side by side; where they are apart it says so in words. */
export function Compare({ competencies, cards, member }: Props) {
  const callBy = useColleagues();
  const order = { own: 0, machine: 1, other: 2 } as const;
  const raters = cards
    .map((card) => ({ card, ...raterOf(card, member, callBy) }))
    .sort((a, b) => order[a.kind] - order[b.kind]);
  const columns: Column<Competency>[] = [
    { name: "Competency", kind: "lead", cell: (row) => <bdi>{row.name}</bdi> },
    ...raters.map(({ card, name }) => ({
      name,
      key: card.id,
      cell: (row: Competency) => <Level card={card} competency={row.key} />,
    })),
    { name: "Apart", cell: (row) => apart(raters.map(({ card }) => levelIn(card, row.key))) },
  ];
  return (
    <Section title="Side by side">
      <Table caption="Ratings side by side" columns={columns} rows={competencies} keyOf={(row) => row.key} />
      <ul className={`plainlist row ${styles.totals ?? ""}`}>
        {raters.map(({ card, name }) => (
          <li key={card.id}>
            <bdi>{name}</bdi>: coverage {Math.round(Number(card.coverage) * 100)} %
            {card.total !== null && <>, weighted mean {card.total}</>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function levelIn(card: Card, competency: string): number | null {
  return card.ratings.find((each) => each.competency === competency)?.level ?? null;
}

function Level({ card, competency }: { card: Card; competency: string }) {
  const rating = card.ratings.find((each) => each.competency === competency);
  if (rating === undefined) return <span className="muted">–</span>;
  if (rating.level !== null) return <>{rating.level}</>;
  return <span className="muted">not assessed: {NOT_ASSESSED[rating.not_assessed ?? ""] ?? ""}</span>;
}

function apart(levels: readonly (number | null)[]) {
  const known = levels.filter((level) => level !== null);
  if (known.length < 2) return <span className="muted">–</span>;
  const distance = Math.max(...known) - Math.min(...known);
  if (distance === 0) return "agree";
  return distance === 1 ? "1 level" : <strong className={styles.far}>{distance} levels: look again</strong>;
}
