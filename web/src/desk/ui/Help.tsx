import { useState } from "react";
import { Button } from "../../shared/ui/Button";
import { Check } from "../../shared/ui/Choice";
import { Actions, Dialog } from "../../shared/ui/Dialog";
import { useKeySwitch } from "../keyswitch";
import { Guide } from "./Guide";
import styles from "./Help.module.css";

const LISTS = [
  [["j"], "to the next row of a list"],
  [["k"], "to the row before"],
] as const;

const REVIEW = [
  [["j", "k"], "to the next evidence, or the one before"],
  [["e"], "to the next competency"],
  [["1", "2", "3", "4", "5"], "rate it"],
  [["q"], "make the chosen words evidence for it"],
  [["space"], "play or pause"],
  [[",", "."], "five seconds back or on"],
] as const;

const ROOM = [
  [["F"], "take the floor, or give it back"],
  [["A"], "have the AI ask what is next"],
  [["M"], "turn the microphone on or off"],
  [["B"], "mark this moment"],
  [["N", "R", "C"], "to your notes, your rating, the chat"],
  [["X"], "put the first prompt away"],
] as const;

const WITHIN = [
  [["↑", "↓"], "to another turn"],
  [["←", "→"], "to another word, with shift choose it"],
  [["enter"], "hear it"],
] as const;

type Rows = readonly (readonly [readonly string[], string])[];

/** How to go about it, what keys do, and the switch for those that do something wherever one is. */
export function Help() {
  const [isOpen, setOpen] = useState(false);
  const [isOn, turn] = useKeySwitch();
  return (
    <>
      <Button kind="quiet" onPress={() => setOpen(true)}>
        Help
      </Button>
      <Dialog title="Help" isOpen={isOpen} onClose={() => setOpen(false)}>
        <Guide onLeave={() => setOpen(false)} />
        <h3 className={styles.of}>Keys</h3>
        <Check
          label="Single keys do something"
          help="As long as nobody types. Turn it off if you speak to your computer, or if keys are pressed by accident; this browser remembers it."
          checked={isOn}
          onChange={turn}
        />
        {isOn && (
          <>
            <Keys of="In lists" rows={LISTS} />
            <Keys of="On the review page" rows={REVIEW} />
            <Keys of="In the room" rows={ROOM} />
          </>
        )}
        <Keys of="In a transcript, always" rows={WITHIN} />
        <Actions>
          <Button kind="main" onPress={() => setOpen(false)}>
            Close
          </Button>
        </Actions>
      </Dialog>
    </>
  );
}

function Keys({ of, rows }: { of: string; rows: Rows }) {
  return (
    <section className="stack tight" aria-label={of}>
      <h3 className={styles.of}>{of}</h3>
      <dl className={styles.keys}>
        {rows.map(([keys, what]) => (
          <div key={what} className={styles.row}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
