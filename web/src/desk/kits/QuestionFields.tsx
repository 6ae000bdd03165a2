import { TextField } from "../../shared/ui/TextField";
import { Check } from "../../shared/ui/Choice";
import { Order } from "./CompetencyFields";
import { NumberField } from "./NumberField";
import { short, type Competency, type Question } from "./model";
import styles from "./Kit.module.css";

interface Props {
  number: number;
  question: Question;
  /** Whether it has just been put back. */
  isBack: boolean;
  competencies: readonly Competency[];
  /** Whether a model may propose its follow-ups. */
  isProbed: boolean;
  onChange: (question: Question) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}

export function QuestionFields({ number, question, isBack, competencies, isProbed, onChange, onMove, onRemove }: Props) {
  const asks = (key: string, on: boolean) =>
    onChange({
      ...question,
      competencies: on ? [...question.competencies, key] : question.competencies.filter((each) => each !== key),
    });
  return (
    <article className="card" aria-label={`Question ${number}`}>
      <TextField label={`Question ${number}`} autoFocus={isBack} rows={2} value={question.text} onChange={(text) => onChange({ ...question, text })} />
      <fieldset>
        <legend className={styles.label}>Asks about</legend>
        <div className={styles.checks}>
          {competencies.map((each) => (
            <Check
              key={each.key}
              label={each.name}
              checked={question.competencies.includes(each.key)}
              onChange={(on) => asks(each.key, on)}
            />
          ))}
        </div>
      </fieldset>
      <TextField
        label="Follow-up questions"
        help="One a line. The interviewer chooses among them, word for word."
        rows={3}
        value={(question.probes ?? []).join("\n")}
        onChange={(text) => onChange({ ...question, probes: text === "" ? [] : text.split("\n") })}
      />
      {(isProbed || (question.guidance ?? "") !== "") && (
        <TextField
          label="What follow-ups should find out"
          help="A model is told this. Not what a good answer is: a kit with a level’s words in it is not published."
          rows={2}
          value={question.guidance ?? ""}
          onChange={(guidance) => onChange({ ...question, guidance })}
        />
      )}
      <div className={styles.fields}>
        <NumberField
          label="At most so many follow-ups"
          value={question.max_probes ?? 0}
          onChange={(max_probes) => onChange({ ...question, max_probes })}
        />
        <NumberField label="Minutes" value={question.minutes} onChange={(minutes) => onChange({ ...question, minutes })} />
      </div>
      <TextField
        label="In other words"
        help="For candidates who ask what is meant."
        rows={2}
        value={question.rephrasing ?? ""}
        onChange={(rephrasing) => onChange({ ...question, rephrasing })}
      />
      <Check
        label="Not asked again when a person has asked about it"
        checked={question.covered_if_asked_by_human ?? true}
        onChange={(covered_if_asked_by_human) => onChange({ ...question, covered_if_asked_by_human })}
      />
      <Order what={short(question.text)} onMove={onMove} onRemove={onRemove} />
    </article>
  );
}
