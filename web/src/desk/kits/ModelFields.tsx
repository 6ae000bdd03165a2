import { Check, Choice } from "../../shared/ui/Choice";
import { Section } from "../ui/DeskPage";
import type { Body } from "./model";
import styles from "./Kit.module.css";

type Probing = NonNullable<Body["probing"]>;
type Wishes = NonNullable<Body["wishes"]>;

const PROBING: Readonly<Record<Probing, string>> = {
  kit: "As they are written",
  model: "A model may propose better",
};

const PROBING_HELP: Readonly<Record<Probing, string>> = {
  kit: "After a short answer the next of the question’s own follow-ups is asked.",
  model:
    "After an answer a model may propose the next follow-up, or to go on, within the same budget. What it says is checked before it is asked, " +
    "and the question’s own follow-ups are asked whenever it has none in time: as many are needed as may be asked. The log has all that it proposed.",
};

const WISHES: Readonly<Record<Wishes, string>> = {
  rules: "By rules alone",
  model: "By rules, then by a model",
};

const WISHES_HELP: Readonly<Record<Wishes, string>> = {
  rules: "Rules know words that were written down for them: about a third of how people say that they are unwell, in danger, or want a person.",
  model:
    "A model reads what the rules do not know. It leads to a choice, a pause or the question again, never past a question or out of the interview, " +
    "and takes no word of an answer away. The transcript says who understood what.",
};

type Law = NonNullable<Body["jurisdictions"]>[number];

const LAWS: readonly (readonly [Law, string])[] = [
  ["eu", "European Union"],
  ["gb", "Great Britain"],
  ["us", "United States"],
  ["us_ca", "California"],
  ["us_il", "Illinois"],
  ["us_ny", "New York"],
];

/** What a language model may do while the interview is held; nothing unless somebody says so. */
export function ModelFields({ draft, onChange }: { draft: Body; onChange: (draft: Body) => void }) {
  const [probing, wishes] = [draft.probing ?? "kit", draft.wishes ?? "rules"];
  return (
    <Section title="A language model in the interview">
      <Choice<Probing>
        label="How follow-ups are asked"
        value={probing}
        options={Object.entries(PROBING) as [Probing, string][]}
        onChange={(next) => onChange({ ...draft, probing: next })}
        help={PROBING_HELP[probing]}
      />
      <Choice<Wishes>
        label="Who understands what candidates ask for"
        value={wishes}
        options={Object.entries(WISHES) as [Wishes, string][]}
        onChange={(next) => onChange({ ...draft, wishes: next })}
        help={WISHES_HELP[wishes]}
      />
      <Laws draft={draft} onChange={onChange} />
      {(probing === "model" || wishes === "model") && <Asked />}
    </Section>
  );
}

/** Whose law says what no model may ask about, and none that rates may name. */
function Laws({ draft, onChange }: { draft: Body; onChange: (draft: Body) => void }) {
  const chosen = draft.jurisdictions ?? [];
  return (
    <fieldset>
      <legend className={styles.label}>Whose law holds</legend>
      <p className="muted small">
        No follow-up of a model may ask, and no reason of one that rates may tell, what is protected there. With none chosen that is whatever is
        protected in any of them; choosing allows what the others alone protect.
      </p>
      <div className={styles.checks}>
        {LAWS.map(([law, name]) => (
          <Check
            key={law}
            label={name}
            checked={chosen.includes(law)}
            onChange={(on) => onChange({ ...draft, jurisdictions: LAWS.map(([each]) => each).filter((each) => (each === law ? on : chosen.includes(each))) })}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** The same, to read. */
export function ModelWords({ kit }: { kit: Pick<Body, "probing" | "wishes" | "jurisdictions"> }) {
  const [probing, wishes] = [kit.probing ?? "kit", kit.wishes ?? "rules"];
  return (
    <Section title="A language model in the interview">
      <p>
        How follow-ups are asked: <strong>{PROBING[probing]}.</strong> <span className="muted">{PROBING_HELP[probing]}</span>
      </p>
      <p>
        Who understands what candidates ask for: <strong>{WISHES[wishes]}.</strong> <span className="muted">{WISHES_HELP[wishes]}</span>
      </p>
      <p>
        Whose law holds: <strong>{lawsOf(kit.jurisdictions ?? [])}.</strong>
      </p>
      {(probing === "model" || wishes === "model") && <Asked />}
    </Section>
  );
}

function Asked() {
  return (
    <p className="muted small">
      Candidates’ answers go to the language model of your organisation, or else of this service. Without one, and once an interview has spent its budget, everything is as
      without a model.
    </p>
  );
}

function lawsOf(chosen: readonly Law[]): string {
  const names = LAWS.filter(([law]) => chosen.includes(law)).map(([, name]) => name);
  return names.length === 0 ? "what any of them protects" : names.join(", ");
}
