import { Button } from "../../shared/ui/Button";
import { useHint } from "../keyswitch";
import { Correct } from "./Correct";
import type { Evidence, Passage } from "./text";
import styles from "./Review.module.css";

interface Props {
  chosen: Evidence | null;
  competency: string;
  rates: boolean;
  /** Whether one may say that something else was said; null while it is not over. */
  correcting: { interview: string; passage: Passage } | null;
  onQuote: () => void;
  onLeave: () => void;
}

/** Beneath the turn in which words are chosen: what they can become. */
export function Chosen({ chosen, competency, rates, correcting, onQuote, onLeave }: Props) {
  const hint = useHint();
  if (chosen === null) return null;
  return (
    <div className={styles.chosen}>
      {rates && (
        <Button kind="main" {...hint("q")} onPress={onQuote}>
          <>
            Evidence for <bdi>{competency}</bdi>
          </>
        </Button>
      )}
      {correcting !== null && <Correct {...correcting} />}
      <Button kind="quiet" onPress={onLeave}>
        Leave it
      </Button>
    </div>
  );
}
