import type { KitView } from "../data";
import { Section } from "../ui/DeskPage";
import { ModelWords } from "./ModelFields";
import { beginningAt, LEADS } from "./sections";
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
            {each.examples?.map((example, n) => (
              <Told key={n} what={`Rated as level ${example.level}`} text={example.text} />
            ))}
          </article>
        ))}
      </Section>
      <Section title="Questions">
        {kit.questions.map((each, n) => (
          <article key={each.key} className="card">
            <Begins kit={kit} question={each.key} />
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
            {each.guidance != null && <Told what="What follow-ups should find out" text={each.guidance} />}
            {each.rephrasing != null && <Told what="In other words" text={each.rephrasing} />}
            {each.covered_if_asked_by_human === false && <p className="muted small">Asked again though a person has asked about it.</p>}
          </article>
        ))}
      </Section>
      {(kit.facts ?? []).length > 0 && (
        <Section title="What candidates may be told">
          {kit.facts?.map((each) => (
            <article key={each.key} className="card">
              <p dir="auto">{each.text}</p>
              <Told what="Asked about as" text={each.phrases.join(", ")} />
            </article>
          ))}
        </Section>
      )}
      <ModelWords kit={kit} />
      {kit.closing != null && (
        <Section title="Closing words">
          <p dir="auto">{kit.closing}</p>
        </Section>
      )}
    </>
  );
}

function Begins({ kit, question }: { kit: KitView; question: string }) {
  const begins = beginningAt(kit, question);
  if (begins === null) return null;
  const { name, leads } = begins.section;
  return (
    <p className="small">
      <strong>
        <bdi>{name}</bdi>
      </strong>{" "}
      <span className="muted">· where it goes in turns, led by: {LEADS.find(([each]) => each === leads)?.[1]}</span>
    </p>
  );
}

function Told({ what, text }: { what: string; text: string }) {
  return (
    <p className="small">
      <span className="muted">{what}:</span> <bdi>{text}</bdi>
    </p>
  );
}
