import { Button } from "../../shared/ui/Button";
import { Choice } from "../../shared/ui/Choice";
import { TextField } from "../../shared/ui/TextField";
import { replaced, type Body } from "./model";
import { beginningAt, LEADS, withoutSection, withSectionAt, type Leads, type Section } from "./sections";
import styles from "./Kit.module.css";

interface Props {
  draft: Body;
  /** Which question stands below. */
  n: number;
  onChange: (draft: Body) => void;
}

/** Where an interview goes in turns, the kit is in sections: who leads from the question below on. */
export function SectionHead({ draft, n, onChange }: Props) {
  if ((draft.sections ?? []).length === 0) return null;
  const begins = beginningAt(draft, draft.questions[n]?.key ?? "");
  if (begins === null) {
    return (
      <div>
        <Button kind="quiet" aria-label={`Begin a section here: question ${n + 1}`} onPress={() => onChange(withSectionAt(draft, n))}>
          Begin a section here
        </Button>
      </div>
    );
  }
  const { section, at } = begins;
  const set = (now: Section) => onChange({ ...draft, sections: replaced(draft.sections ?? [], at, now) });
  return (
    <div className={styles.section} role="group" aria-label={`Section ${at + 1}`}>
      <div className={styles.fields}>
        <TextField label="Section" value={section.name} onChange={(name) => set({ ...section, name })} />
        <Choice<Leads> label="Who leads, where it goes in turns" value={section.leads} options={LEADS} onChange={(leads) => set({ ...section, leads })} />
      </div>
      <Button kind="quiet" aria-label={`Begin no section here: ${section.name}`} onPress={() => onChange(withoutSection(draft, at))}>
        Begin no section here
      </Button>
    </div>
  );
}
