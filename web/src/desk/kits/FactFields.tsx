import { useState } from "react";
import { Button } from "../../shared/ui/Button";
import { TextField } from "../../shared/ui/TextField";
import { Section } from "../ui/DeskPage";
import { keyFor, phrasesIn, replaced, type Body } from "./model";

type Fact = NonNullable<Body["facts"]>[number];

interface Props {
  draft: Body;
  onChange: (draft: Body) => void;
}

/** What candidates may be told of the position, word for word. */
export function FactFields({ draft, onChange }: Props) {
  const facts = draft.facts ?? [];
  const set = (now: Fact[]) => onChange({ ...draft, facts: now });
  const add = () => set([...facts, { key: keyFor("fact", facts.map((each) => each.key)), phrases: [], text: "" }]);
  return (
    <Section title="What candidates may be told" actions={<Button onPress={add}>Add a fact</Button>}>
      <p className="muted small">
        Who asks about the position is answered from these alone, word for word. What they do not answer is noted for you.
      </p>
      {facts.map((each, n) => (
        <FactCard
          key={each.key}
          number={n + 1}
          fact={each}
          onChange={(now) => set(replaced(facts, n, now))}
          onRemove={() => set(facts.filter((_, other) => other !== n))}
        />
      ))}
    </Section>
  );
}

interface CardProps {
  number: number;
  fact: Fact;
  onChange: (fact: Fact) => void;
  onRemove: () => void;
}

function FactCard({ number, fact, onChange, onRemove }: CardProps) {
  // As it is typed: a comma at the end must not vanish under one's fingers.
  const [phrases, setPhrases] = useState(() => fact.phrases.join(", "));
  return (
    <article className="card" aria-label={`Fact ${number}`}>
      <TextField
        label="Asked about as"
        help="Words that a question about it has, with commas between them: salary, pay, compensation."
        value={phrases}
        onChange={(text) => {
          setPhrases(text);
          onChange({ ...fact, phrases: phrasesIn(text) });
        }}
      />
      <TextField label="What is said" rows={2} value={fact.text} onChange={(text) => onChange({ ...fact, text })} />
      <div>
        <Button kind="quiet" aria-label={`Remove: fact ${number}`} onPress={onRemove}>
          Remove
        </Button>
      </div>
    </article>
  );
}
