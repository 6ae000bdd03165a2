import { useQuery } from "@tanstack/react-query";
import { useWords } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { results } from "../api";
import { Failed } from "../Failed";
import styles from "./After.module.css";

/** What was found, where the organisation shares it: the words first, the number last. */
export function Outcome() {
  const words = useWords();
  const shared = useQuery({ queryKey: ["results"], queryFn: results, retry: 2 });
  if (shared.error !== null && shared.data === undefined) {
    return (
      <section className={styles.section}>
        <h2>{words.t("outcome.title")}</h2>
        <Failed
          error={shared.error}
          actions={<Button onPress={() => void shared.refetch()}>{words.t("again")}</Button>}
        />
      </section>
    );
  }
  if (shared.data?.shared !== true) return null;
  return (
    <section className={styles.section}>
      <h2>{words.t("outcome.title")}</h2>
      {shared.data.competencies.map((one) => (
        <article key={one.name} className={styles.competency}>
          <h3>
            <bdi>{one.name}</bdi>
          </h3>
          <p className={styles.muted} dir="auto">
            {one.definition}
          </p>
          {one.quotes.map((quote) => (
            <blockquote key={`${quote.turn_id}${quote.text}`} className={styles.quote} dir="auto">
              {quote.text}
            </blockquote>
          ))}
          <p>
            {one.levels.length === 0
              ? words.t("outcome.not_assessed")
              : words.t("outcome.level", { level: one.levels.join(", ") })}
          </p>
          {one.meanings.map((meaning) => (
            <p key={meaning.level} dir="auto">
              {words.rich("outcome.meaning", { level: meaning.level, words: <bdi>{meaning.text}</bdi> })}
            </p>
          ))}
          {one.levels.length > 0 && (
            <p className={styles.muted}>
              {one.rated_by === "people" ? words.count("outcome.people", one.levels.length) : words.t("outcome.program")}
            </p>
          )}
        </article>
      ))}
    </section>
  );
}
