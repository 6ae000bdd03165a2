import { useId } from "react";
import type { Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { TextField } from "../../shared/ui/TextField";
import { useColleagues } from "../colleagues";
import { count } from "../format";
import { NOT_ASSESSED } from "../words";
import { raterOf, type Card } from "./data";
import { lacks, NOTHING, type Change, type Draft, type Mark, type Unrated } from "./draft";
import { Quote } from "./Quote";
import type { Evidence } from "./text";
import styles from "./Competencies.module.css";

export type Competency = Shapes["KitView"]["competencies"][number];

interface Props {
  competencies: readonly Competency[];
  active: string;
  onActive: (key: string) => void;
  draft: Draft;
  onChange: (change: Change) => void;
  evidence: readonly Evidence[];
  shown: Evidence | null;
  onShow: (evidence: Evidence) => void;
  /** Cards that may be seen: others' only once one's own is stored, or when one asked for them. */
  cards: readonly Card[];
  member: string;
  /** Whether one's own rating can be given now. */
  rates: boolean;
  /** Null for words in writing. */
  heardAt: (evidence: Evidence) => number | null;
  /** Words of a quote that were hardly understood. */
  doubtsOf: (evidence: Evidence) => readonly string[];
  /** Whether somebody who listened has corrected its words since. */
  isGone: (evidence: Evidence) => boolean;
  unclearOf: (evidence: Evidence) => string | null;
}

/** Evidence first and large, then the rating, small; one competency at a time. */
export function Competencies(props: Props) {
  const { competencies, active, onActive, draft, evidence, rates } = props;
  return (
    <ol className={styles.list} aria-label="Competencies">
      {competencies.map((competency) => {
        const open = competency.key === active;
        const quotes = evidence.filter((each) => each.competency === competency.key);
        return (
          <li key={competency.key} className={styles.competency}>
            <h3 className={styles.head}>
              <button
                type="button"
                className={styles.name}
                aria-expanded={open}
                onClick={() => onActive(competency.key)}
              >
                <bdi>{competency.name}</bdi>
                <span className={styles.sum}>
                  {quotes.length === 0 ? "no evidence" : `evidence ${quotes.length}`}
                  {rates && ` · ${standing(draft[competency.key] ?? NOTHING)}`}
                </span>
              </button>
            </h3>
            {open && <Open {...props} competency={competency} quotes={quotes} />}
          </li>
        );
      })}
    </ol>
  );
}

function standing(mark: Mark): string {
  if (mark.unrated !== null) return "not assessed";
  return mark.level === null ? "to rate" : `you: ${mark.level}`;
}

function Open(props: Props & { competency: Competency; quotes: readonly Evidence[] }) {
  const { competency, quotes, rates, draft, onChange, cards, member } = props;
  const mark = draft[competency.key] ?? NOTHING;
  return (
    <div className={styles.open}>
      <p className="muted" dir="auto">
        {competency.definition}
      </p>
      {quotes.length > 0 && (
        <ul className={`plainlist ${styles.quotes ?? ""}`}>
          {quotes.map((quote) => (
            <Quote
              key={`${quote.by} ${quote.turnId} ${quote.start}`}
              quote={quote}
              atMs={props.heardAt(quote)}
              isShown={quote === props.shown}
              doubts={props.doubtsOf(quote)}
              unclear={props.unclearOf(quote)}
              isGone={props.isGone(quote)}
              onShow={() => props.onShow(quote)}
              onTake={
                rates && quote.by !== "You" ? () => onChange({ do: "quote", quote: { ...quote, by: "You" } }) : undefined
              }
              onDrop={rates && quote.by === "You" ? () => onChange({ do: "unquote", quote }) : undefined}
            />
          ))}
        </ul>
      )}
      {quotes.length === 0 && rates && (
        <p className={styles.hint}>Choose words in the transcript and make them evidence for this.</p>
      )}
      {rates && <Rate competency={competency} mark={mark} onChange={onChange} />}
      <Judged competency={competency} cards={cards} member={member} />
    </div>
  );
}

const WHYS: readonly (readonly [Unrated, string])[] = [
  ["no_evidence", "Nothing was said about it"],
  ["transcript", "The audio was unclear"],
  ["not_asked", "It was not asked about"],
];

function Rate({ competency, mark, onChange }: { competency: Competency; mark: Mark; onChange: (change: Change) => void }) {
  const name = useId();
  const missing = lacks(mark);
  return (
    <fieldset className={styles.rate}>
      <legend className={styles.legend}>Your rating</legend>
      {Object.entries(competency.anchors).map(([level, anchor]) => (
        <label key={level} className={styles.anchor}>
          <input
            type="radio"
            name={name}
            checked={mark.level === Number(level)}
            onChange={() => onChange({ do: "level", competency: competency.key, level: Number(level) })}
          />
          <span className={styles.level}>{level}</span>
          <span dir="auto">{anchor}</span>
        </label>
      ))}
      <p className={styles.none}>Not assessed, because</p>
      {WHYS.map(([why, words]) => (
        <label key={why} className={styles.anchor}>
          <input
            type="radio"
            name={name}
            checked={mark.unrated === why}
            onChange={() => onChange({ do: "unrated", competency: competency.key, why })}
          />
          <span className={styles.level} aria-hidden="true">
            –
          </span>
          <span>{words}</span>
        </label>
      ))}
      <TextField
        label="Why (optional)"
        rows={2}
        maxLength={4000}
        value={mark.reason}
        onChange={(reason) => onChange({ do: "reason", competency: competency.key, reason })}
      />
      {missing !== null && mark.level !== null && <p className={styles.hint}>{missing}: choose one in the transcript.</p>}
    </fieldset>
  );
}

/** What was judged, last and small. */
function Judged({ competency, cards, member }: { competency: Competency; cards: readonly Card[]; member: string }) {
  const callBy = useColleagues();
  const rows = cards.flatMap((card) => {
    const rating = card.ratings.find((each) => each.competency === competency.key);
    return rating === undefined ? [] : [{ card, rating, rater: raterOf(card, member, callBy) }];
  });
  if (rows.length === 0) return null;
  return (
    <ul className={`plainlist ${styles.judged ?? ""}`} aria-label={`Ratings of ${competency.name}`}>
      {rows.map(({ card, rating, rater }) => (
        <li key={card.id}>
          <bdi>{rater.name}</bdi>:{" "}
          {rating.level === null ? (
            <span>not assessed, because {NOT_ASSESSED[rating.not_assessed ?? ""] ?? "no reason was given"}</span>
          ) : (
            <strong>{rating.level}</strong>
          )}
          {rating.runs > 1 && ` · ${count(rating.runs, "run")}, ${rating.spread === 0 ? "all alike" : `${count(rating.spread, "level")} apart`}`}
          {rating.reason !== "" && (
            <p className="muted" dir="auto">
              {rating.reason}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The end of the form: everything at once, since a card never changes. */
export function Save(props: { missing: readonly string[]; onSave: () => void; isPending: boolean; again: boolean }) {
  const { missing, onSave, isPending, again } = props;
  return (
    <div className={styles.save}>
      <Button kind="main" wide isDisabled={missing.length > 0} isPending={isPending} onPress={onSave}>
        {again ? "Save as my new rating" : "Save my rating"}
      </Button>
      {missing.length > 0 && <p className="muted small">Still open: {missing.join(", ")}.</p>}
    </div>
  );
}
