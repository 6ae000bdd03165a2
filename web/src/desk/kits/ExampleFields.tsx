import { Button } from "../../shared/ui/Button";
import { Choice } from "../../shared/ui/Choice";
import { TextField } from "../../shared/ui/TextField";
import { LEVELS, replaced, type Competency } from "./model";

type Example = NonNullable<Competency["examples"]>[number];

const MOST = 3;
const OPTIONS = LEVELS.map((level) => [level, `Level ${level}`] as const);

interface Props {
  competency: Competency;
  onChange: (competency: Competency) => void;
}

/** Answers as people rated them, for a model to measure others by. */
export function ExampleFields({ competency, onChange }: Props) {
  const examples = competency.examples ?? [];
  const set = (now: Example[]) => onChange({ ...competency, examples: now });
  return (
    <details>
      <summary>Answers as people rated them</summary>
      <div className="stack">
        <p className="muted small">
          A model that rates measures others by these, {MOST} at most. Candidates are never shown them. Take nothing by which a person could be known.
        </p>
        {examples.map((each, n) => (
          // The place is all that tells one from another, and they are never put in another order.
          <div key={n} className="stack" role="group" aria-label={`Rated answer ${n + 1}`}>
            <Choice
              label="Rated as"
              value={String(each.level)}
              options={OPTIONS}
              onChange={(level) => set(replaced(examples, n, { ...each, level: Number(level) }))}
            />
            <TextField label="The answer" rows={3} value={each.text} onChange={(text) => set(replaced(examples, n, { ...each, text }))} />
            <div>
              <Button kind="quiet" aria-label={`Remove: rated answer ${n + 1}`} onPress={() => set(examples.filter((_, other) => other !== n))}>
                Remove
              </Button>
            </div>
          </div>
        ))}
        {examples.length < MOST && (
          <div>
            <Button onPress={() => set([...examples, { level: 3, text: "" }])}>Add a rated answer</Button>
          </div>
        )}
      </div>
    </details>
  );
}
