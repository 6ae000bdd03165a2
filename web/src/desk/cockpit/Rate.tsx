import { useId } from "react";
import { Button } from "../../shared/ui/Button";
import { NOTHING, type Change, type Draft } from "../review/draft";
import type { KitView } from "../data";
import styles from "./Panels.module.css";

interface Props {
  competencies: KitView["competencies"];
  draft: Draft;
  change: (change: Change) => void;
  active: string;
  setActive: (competency: string) => void;
}

/** One's own judgement as it forms, without anybody else's beside it; saved after the end. */
export function Rate({ competencies, draft, change, active, setActive }: Props) {
  const name = useId();
  return (
    <div className={styles.form}>
      <p className="muted small">
        Nobody else’s rating is shown here. “Evidence” beside the candidate’s words adds them to the open competency. You save on the review
        page, after the end; until then it is kept in this tab.
      </p>
      {competencies.map((competency) => {
        const mark = draft[competency.key] ?? NOTHING;
        const isOpen = competency.key === active;
        return (
          <section key={competency.key} className={styles.rated} aria-label={competency.name}>
            <h3>
              <button type="button" className={styles.open} aria-expanded={isOpen} onClick={() => setActive(competency.key)}>
                <bdi>{competency.name}</bdi>
                <span className="muted small">
                  {mark.level === null ? "to rate" : `you: ${mark.level}`} · evidence {mark.quotes.length}
                </span>
              </button>
            </h3>
            {isOpen && (
              <fieldset className={styles.anchors}>
                <legend className="unseen">Your rating of {competency.name}</legend>
                {Object.entries(competency.anchors).map(([level, anchor]) => (
                  <label key={level} className={styles.anchor}>
                    <input
                      type="radio"
                      name={`${name} ${competency.key}`}
                      checked={mark.level === Number(level)}
                      onChange={() => change({ do: "level", competency: competency.key, level: Number(level) })}
                    />
                    <span className={styles.level}>{level}</span>
                    <span dir="auto">{anchor}</span>
                  </label>
                ))}
                {mark.quotes.map((quote) => (
                  <p key={`${quote.turnId} ${quote.start}`} className={styles.quoted}>
                    <q dir="auto">{quote.text}</q>
                    <Button kind="quiet" aria-label={`Remove the evidence: ${quote.text}`} onPress={() => change({ do: "unquote", quote })}>
                      Remove
                    </Button>
                  </p>
                ))}
              </fieldset>
            )}
          </section>
        );
      })}
    </div>
  );
}
