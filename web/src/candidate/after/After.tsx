import { useEffect } from "react";
import { useWords } from "../../shared/i18n/i18n";
import { Page } from "../../shared/ui/Page";
import type { Interview } from "../api";
import { forgetRoom } from "../room/place";
import { Where } from "../Where";
import styles from "./After.module.css";
import { Feedback } from "./Feedback";
import { Outcome } from "./Outcome";
import { Rights } from "./Rights";
import { Transcript } from "./Transcript";

/** Thanks, what happens now, what was said, and what one may ask for. */
export function After({ interview }: { interview: Interview }) {
  const words = useWords();
  useEffect(forgetRoom, []);
  return (
    <Page above={<Where interview={interview} />} title={words.t("after.title")}>
      <p>{words.t("after.thanks")}</p>
      <section className={styles.section}>
        <h2>{words.t("after.next")}</h2>
        <ul className={styles.next}>
          <li>{words.t("after.next.read")}</li>
          <li>{words.t("after.next.decide")}</li>
          <li>{words.t("after.next.hear")}</li>
        </ul>
      </section>
      {interview.shares_results && <Outcome />}
      <Transcript />
      <Feedback interview={interview} />
      <Rights interview={interview} isOver />
    </Page>
  );
}
