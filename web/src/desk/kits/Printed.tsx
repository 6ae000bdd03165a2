import type { KitView } from "../data";
import { Section } from "../ui/DeskPage";
import { ModelWords } from "./ModelFields";
import styles from "./Kit.module.css";

/** A version that is frozen: to read. */
export function Printed({ kit }: { kit: KitView }) {
  const names = new Map(kit.competencies.map((each) => [each.key, each.name]));
  return (
    <>
      {kit.intro != null && (
        <Section title="Introduction">
          <p dir="auto">{kit.intro}</p>
        </Section>
      )}
      <Section title="Competencies">
        {kit.competencies.map((each) => (
          <article key={each.key} className="card">
            <h3>
              <bdi>{each.name}</bdi> <span className="muted small">weight {each.weight}</span>
            </h3>
            <p dir="auto">{each.definition}</p>
            <dl className={styles.anchors}>
              {Object.entries(each.anchors).map(([level, text]) => (
                <div key={level}>
                  <dt>{level}</dt>
                  <dd dir="auto">{text}</dd>
                </div>
              ))}
            </dl>
          </article>
        ))}
      </Section>
      <Section title="Questions">
        {kit.questions.map((each, n) => (
          <article key={each.key} className="card">
            <h3 dir="auto">
              {n + 1}. {each.text}
            </h3>
            <p className="muted small">
              {each.competencies.map((key) => names.get(key) ?? key).join(", ")} · {each.minutes} minutes · at most {each.max_probes ?? 0} of{" "}
              {(each.probes ?? []).length} follow-up questions
            </p>
            {(each.probes ?? []).length > 0 && (
              <ul>
                {each.probes?.map((probe) => (
                  <li key={probe} dir="auto">
                    {probe}
                  </li>
                ))}
              </ul>
            )}
          </article>
        ))}
      </Section>
      <ModelWords kit={kit} />
      {kit.closing != null && (
        <Section title="Closing words">
          <p dir="auto">{kit.closing}</p>
        </Section>
      )}
    </>
  );
}
