import { useWords } from "../../shared/i18n/i18n";
import styles from "./Room.module.css";
import type { Snapshot } from "./talk";

/** The question in writing, as it was asked, and where it stands among all. */
export function Question({ now }: { now: Snapshot }) {
  const words = useWords();
  const progress = now.progress;
  if (progress === null) return null;
  if (progress.phase === "inviting") {
    return (
      <section className={styles.question} aria-label={words.t("room.question.label")}>
        <p className={styles.text}>{words.t("room.your_questions")}</p>
      </section>
    );
  }
  if (progress.text === null || progress.question === null) return null;
  return (
    <section className={styles.question} aria-label={words.t("room.question.label")}>
      <p className={styles.number}>
        {words.t("room.question", { number: progress.question, of: progress.of })}
        <span className={styles.left}>
          {progress.of === progress.question
            ? words.t("room.last")
            : words.count("room.left", progress.of - progress.question)}
        </span>
      </p>
      <p className={styles.text} dir="auto">
        {progress.text}
      </p>
      {progress.probe !== null && (
        <p className={styles.probe} dir="auto">
          {progress.probe}
        </p>
      )}
    </section>
  );
}
