import type { Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import type { KitView } from "../data";
import { useHint } from "../keyswitch";
import { Correct } from "./Correct";
import { Refile } from "./Refile";
import type { Evidence, Passage } from "./text";
import styles from "./Review.module.css";

interface Props {
  /** Whether any words of a person are; of the candidate's what they are evidence for. */
  chooses: boolean;
  chosen: Evidence | null;
  competency: string;
  rates: boolean;
  /** Whether one may say that something else was said or asked; null while it is not over. */
  correcting: { interview: string; passage: Passage } | null;
  questions: KitView["questions"];
  people: readonly Shapes["Seated"][];
  onQuote: () => void;
  onLeave: () => void;
}

/** Beneath the turn in which words are chosen: what they can become. */
export function Chosen({ chooses, chosen, competency, rates, correcting, questions, people, onQuote, onLeave }: Props) {
  const hint = useHint();
  if (!chooses) return null;
  return (
    <div className={styles.chosen}>
      {rates && chosen !== null && (
        <Button kind="main" {...hint("q")} onPress={onQuote}>
          <>
            Evidence for <bdi>{competency}</bdi>
          </>
        </Button>
      )}
      {correcting !== null && <Correct {...correcting} />}
      {correcting !== null && <Refile {...correcting} questions={questions} people={people} />}
      <Button kind="quiet" onPress={onLeave}>
        Leave it
      </Button>
    </div>
  );
}
