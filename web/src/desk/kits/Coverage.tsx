import { count } from "../format";
import { doubtsIn, gapsIn, minutesIn, short, type Body } from "./model";
import styles from "./Kit.module.css";

/** Whether every competency is asked about, and whether there is time: told while one writes. */
export function Coverage({ kit }: { kit: Body }) {
  const gaps = gapsIn(kit);
  const doubts = doubtsIn(kit);
  const covered = kit.competencies.filter((each) => kit.questions.some((question) => question.competencies.includes(each.key)));
  return (
    <section className="card" aria-label="Coverage">
      <h2 className={styles.small}>
        Coverage: {covered.length} of {count(kit.competencies.length, "competency", "competencies")}
      </h2>
      <table className={styles.grid}>
        <caption className="unseen">Which question asks about which competency</caption>
        <thead>
          <tr>
            <th scope="col">Competency</th>
            {kit.questions.map((question, n) => (
              <th key={question.key} scope="col" title={question.text}>
                <abbr title={short(question.text)}>Q{n + 1}</abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kit.competencies.map((each) => (
            <tr key={each.key}>
              <th scope="row">
                <bdi>{each.name}</bdi>
              </th>
              {kit.questions.map((question) => (
                <td key={question.key}>
                  {question.competencies.includes(each.key) ? (
                    <>
                      <span aria-hidden="true">●</span>
                      <span className="unseen">asked</span>
                    </>
                  ) : (
                    <span className="unseen">not asked</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted small">
        The questions need {minutesIn(kit)} of {kit.minutes} minutes.
      </p>
      <div aria-live="polite">
        {gaps.length === 0 ? (
          <p className={styles.complete}>✓ Nothing is missing.</p>
        ) : (
          <ul className={styles.gaps}>
            {gaps.map((gap) => (
              <li key={`${gap.where} ${gap.what}`}>
                <bdi>{gap.where}</bdi>: {gap.what}
              </li>
            ))}
          </ul>
        )}
        {doubts.length > 0 && (
          <p className="muted small">
            Only a model or a person can score <Names of={doubts} />: no phrases to listen for are given.
          </p>
        )}
      </div>
    </section>
  );
}

function Names({ of: names }: { of: readonly string[] }) {
  return names.map((name, n) => (
    <span key={name}>
      {n > 0 && ", "}
      <bdi>{name}</bdi>
    </span>
  ));
}
