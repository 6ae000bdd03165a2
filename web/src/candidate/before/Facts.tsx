import { useWords } from "../../shared/i18n/i18n";
import type { Interview } from "../api";
import styles from "./Before.module.css";

/** What a candidate wants to know first, at a glance. */
export function Facts({ interview }: { interview: Interview }) {
  const words = useWords();
  const kept = interview.records.kept_days;
  return (
    <dl className={styles.facts}>
      <dt>{words.t("facts.who")}</dt>
      <dd>{words.t("facts.who.text")}</dd>
      <dt>{words.t("facts.long")}</dt>
      <dd>
        {words.count("facts.minutes", Math.round(interview.minutes))} ·{" "}
        {words.count("facts.questions", interview.questions)}
      </dd>
      {interview.starts_at !== null && (
        <>
          <dt>{words.t("facts.when")}</dt>
          <dd>{words.moment(interview.starts_at)}</dd>
        </>
      )}
      {interview.expires_at !== null && (
        <>
          <dt>{words.t("facts.until")}</dt>
          <dd>{words.moment(interview.expires_at)}</dd>
        </>
      )}
      <dt>{words.t("facts.recorded")}</dt>
      <dd>
        {words.t("facts.recorded.text")}{" "}
        {kept == null ? words.t("facts.kept.until_asked") : words.count("facts.kept", kept)}
      </dd>
      <dt>{words.t("facts.assessed")}</dt>
      <dd>
        {interview.assesses.length === 0 ? (
          words.t("facts.assessed.text")
        ) : (
          <ul className={styles.names}>
            {interview.assesses.map((name) => (
              <li key={name}>
                <bdi>{name}</bdi>
              </li>
            ))}
          </ul>
        )}
      </dd>
      <dt>{words.t("facts.never")}</dt>
      <dd>{words.t("facts.never.text")}</dd>
      {interview.contact !== null && (
        <>
          <dt>{words.t("facts.contact")}</dt>
          <dd>
            <a href={`mailto:${encodeURIComponent(interview.contact)}`}>{interview.contact}</a>
          </dd>
        </>
      )}
    </dl>
  );
}
