import type { Coverage } from "./told";
import styles from "./Panels.module.css";

/** How much was asked and answered of each competency, by whomever. */
export function Meter({ coverage }: { coverage: Coverage | null }) {
  return (
    <section className={styles.panel} aria-label="Coverage">
      <h2 className={styles.title}>Coverage</h2>
      {coverage === null ? (
        <p className="muted small">It is counted as soon as the talk begins.</p>
      ) : (
        <>
          {coverage.section !== null && (
            <p className="small">
              <bdi>{coverage.section}</bdi>: {coverage.leads === "human" ? "a person leads" : "the AI leads"}
            </p>
          )}
          <ul className={`plainlist ${styles.meters ?? ""}`}>
            {coverage.competencies.map((each) => {
              const share = Math.round(Math.min(1, Math.max(0, each.answered)) * 100);
              return (
                <li key={each.key} className={styles.meter}>
                  <span className={styles.competency}>
                    <bdi>{each.name}</bdi>
                  </span>
                  <span className="muted small">
                    {each.asked} of {each.of} asked · {share} % answered
                  </span>
                  <progress max={100} value={share} aria-label={`${each.name}: ${share} % answered`} />
                </li>
              );
            })}
          </ul>
        </>
      )}
    </section>
  );
}
