import { useState } from "react";
import { Button } from "../../shared/ui/Button";
import { Actions, Dialog } from "../../shared/ui/Dialog";
import type { KitView } from "../data";
import { Check } from "../../shared/ui/Choice";
import type { Coverage } from "./told";
import styles from "./Cockpit.module.css";

interface Props {
  kit: KitView;
  coverage: Coverage | null;
  onGive: (covered: readonly string[], notCovered: readonly string[]) => void;
  onRest: () => void;
  onEnd: () => void;
  onClose: () => void;
}

/** Asked by people and by nobody else: they may say otherwise. */
function isTicked(question: Coverage["questions"][number] | undefined): boolean {
  return question?.covered === true && question.by !== "ai";
}

/** What the kit wants asked in its own words takes no tick. */
function Again({ text, isLast }: { text: string; isLast: boolean }) {
  return (
    <div className={styles.again}>
      <p dir="auto">{text}</p>
      <p className="muted small">
        {isLast
          ? "The AI has asked this in the kit’s words. It asks it again, unless an answer had begun."
          : "Will be asked again anyway: the kit wants it in its own words."}
      </p>
    </div>
  );
}

/** What a person has asked is ticked here, and not asked again. */
export function GiveBack({ kit, coverage, onGive, onRest, onEnd, onClose }: Props) {
  const known = new Map(coverage?.questions.map((each) => [each.key, each]));
  const mayTick = kit.questions.filter((each) => each.covered_if_asked_by_human !== false);
  const suggested = mayTick.filter((each) => known.get(each.key)?.suggested === true).map((each) => each.key);
  const covered = mayTick.filter((each) => isTicked(known.get(each.key))).map((each) => each.key);
  const believed = new Set([...suggested, ...covered]);
  // What was ticked here, either way. The AI may find out more while this is open: of that nobody has said anything.
  const [said, setSaid] = useState<ReadonlyMap<string, boolean>>(() => new Map());
  const ticked = mayTick.map((each) => each.key).filter((key) => said.get(key) ?? believed.has(key));
  const byAi = kit.questions.filter((each) => known.get(each.key)?.by === "ai");
  // What the AI has asked is done, but for its last question: that may have been answered to a person.
  const last = byAi.at(-1);
  const isDone = (key: string) =>
    !covered.includes(key) && (known.get(key)?.covered === true || byAi.some((each) => each.key === key && each !== last));
  const open = kit.questions.filter((each) => !isDone(each.key));
  const done = kit.questions.filter((each) => !open.includes(each));
  const unticked = [...believed].filter((key) => said.get(key) === false);
  const give = () => onGive(ticked, unticked);
  const toggle = (key: string) => (on: boolean) => {
    setSaid((before) => new Map(before).set(key, on));
  };
  return (
    <Dialog title="Give the floor to the AI" isOpen onClose={onClose}>
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- F again gives it at once */}
      <div
        className={styles.give}
        onKeyDown={(event) => {
          if (event.key.toUpperCase() === "F" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat) give();
        }}
      >
        <p>Tick what you have asked, or heard the answer to. The AI asks the rest, and goes on with one sentence.</p>
        {open.length === 0 && <p className="muted">Every question was asked.</p>}
        {open.map((question) =>
          mayTick.includes(question) ? (
            <Check
              key={question.key}
              label={question.text}
              help={
                covered.includes(question.key)
                  ? "A person has ticked this. Unticked, the AI asks it."
                  : suggested.includes(question.key)
                    ? "The AI believes that you have asked this."
                    : question === last
                      ? "The AI has asked this. Ticked, it counts as answered."
                      : undefined
              }
              checked={ticked.includes(question.key)}
              onChange={toggle(question.key)}
            />
          ) : (
            <Again key={question.key} text={question.text} isLast={question === last} />
          ),
        )}
        {done.length > 0 && <p className="muted small">Asked already: {done.map((each) => each.text).join(" · ")}</p>}
        <Actions>
          <Button kind="main" hint="F" autoFocus onPress={give}>
            Give the floor to the AI
          </Button>
          <Button onPress={onRest}>Let it rest</Button>
          <Button onPress={onEnd}>Have the AI say goodbye</Button>
          <Button kind="quiet" onPress={onClose}>
            Keep the floor
          </Button>
        </Actions>
      </div>
    </Dialog>
  );
}
