import { useState } from "react";
import { Button } from "../../shared/ui/Button";
import { TextField } from "../../shared/ui/TextField";
import { ExampleFields } from "./ExampleFields";
import { indicatorsIn, LEVELS, linesOf, type Competency } from "./model";
import styles from "./Kit.module.css";

interface Props {
  competency: Competency;
  /** Whether it has just been put back. */
  isBack: boolean;
  onChange: (competency: Competency) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}

export function CompetencyFields({ competency, isBack, onChange, onMove, onRemove }: Props) {
  return (
    <article className="card" aria-label={competency.name}>
      <div className={styles.fields}>
        <TextField label="Competency" autoFocus={isBack} value={competency.name} onChange={(name) => onChange({ ...competency, name })} />
        <TextField
          label="Weight"
          inputMode="decimal"
          value={String(competency.weight)}
          onChange={(weight) => onChange({ ...competency, weight })}
        />
      </div>
      <TextField label="Definition" rows={2} value={competency.definition} onChange={(definition) => onChange({ ...competency, definition })} />
      {LEVELS.map((level) => (
        <TextField
          key={level}
          label={`Level ${level}: what an answer shows`}
          rows={2}
          value={competency.anchors[level] ?? ""}
          onChange={(text) => onChange({ ...competency, anchors: { ...competency.anchors, [level]: text } })}
        />
      ))}
      <details>
        <summary>Phrases to listen for</summary>
        <div className="stack">
          <p className="muted small">
            The machine that needs no model listens for these. A line is one thing to hear, in phrases with commas between
            them; a level is met when every line of it was heard.
          </p>
          {LEVELS.map((level) => (
            <Phrases
              key={level}
              level={level}
              competency={competency}
              onChange={(lines) => onChange({ ...competency, indicators: { ...competency.indicators, [level]: indicatorsIn(lines) } })}
            />
          ))}
        </div>
      </details>
      <ExampleFields competency={competency} onChange={onChange} />
      <Order what={competency.name} onMove={onMove} onRemove={onRemove} />
    </article>
  );
}

/** The words as they are typed: a comma at the end must not vanish under one's fingers. */
function Phrases({ level, competency, onChange }: { level: string; competency: Competency; onChange: (lines: string) => void }) {
  const [lines, setLines] = useState(() => linesOf(competency.indicators?.[level]));
  return (
    <TextField
      label={`Phrases of level ${level}`}
      rows={2}
      value={lines}
      onChange={(text) => {
        setLines(text);
        onChange(text);
      }}
    />
  );
}

export function Order({ what, onMove, onRemove }: { what: string; onMove: (by: 1 | -1) => void; onRemove: () => void }) {
  return (
    <div className="row">
      <Button kind="quiet" aria-label={`Move up: ${what}`} onPress={() => onMove(-1)}>
        Move up
      </Button>
      <Button kind="quiet" aria-label={`Move down: ${what}`} onPress={() => onMove(1)}>
        Move down
      </Button>
      <Button kind="quiet" aria-label={`Remove: ${what}`} onPress={onRemove}>
        Remove
      </Button>
    </div>
  );
}
