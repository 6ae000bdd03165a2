import { useWords } from "../../shared/i18n/i18n";
import { isGoodbye } from "./progress";
import styles from "./People.module.css";
import type { Snapshot } from "./talk";

/** Who of the organisation is here, and who of them only listens. */
export function People({ now }: { now: Snapshot }) {
  const words = useWords();
  if (now.others.length === 0) return null;
  return (
    <div className={styles.people}>
      <p id="people-here">{words.t("people.here")}</p>
      <ul className={styles.list} aria-labelledby="people-here">
        {now.others.map((one) => (
          <li key={one.identity}>
            {words.rich(`people.${one.role}`, { name: <bdi>{one.name === "" ? words.t("people.nameless") : one.name}</bdi> })}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Who asks now; with nobody else here it is the AI, as the page says anyway. Nobody asks within the goodbye. */
export function Lead({ now }: { now: Snapshot }) {
  const words = useWords();
  const { floor, others, progress } = now;
  if (floor.by === "ai" && others.length === 0) return <p role="status" className="unseen" />;
  if (isGoodbye(progress, floor.by === "person")) {
    return (
      <p role="status" className={styles.lead} data-by="ai">
        {words.t("lead.goodbye")}
      </p>
    );
  }
  const holder = floor.by === "person" ? others.find((one) => one.identity === floor.identity)?.name : undefined;
  return (
    <p role="status" className={styles.lead} data-by={floor.by}>
      {floor.by === "person"
        ? words.rich("lead.person", { name: <bdi>{holder === undefined || holder === "" ? words.t("people.nameless") : holder}</bdi> })
        : words.t(floor.by === "ai" ? "lead.ai" : "lead.nobody")}
    </p>
  );
}
