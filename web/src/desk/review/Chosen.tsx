import { Button } from "../../shared/ui/Button";
import type { Evidence } from "./text";
import styles from "./Review.module.css";

interface Props {
  chosen: Evidence | null;
  competency: string;
  rates: boolean;
  onQuote: () => void;
  onLeave: () => void;
}

/** Beneath the turn in which words are chosen: what they can become. */
export function Chosen({ chosen, competency, rates, onQuote, onLeave }: Props) {
  if (chosen === null) return null;
  if (!rates) return null;
  return (
    <div className={styles.chosen}>
      <Button kind="main" hint="q" onPress={onQuote}>
        <>
          Evidence for <bdi>{competency}</bdi>
        </>
      </Button>
      <Button kind="quiet" onPress={onLeave}>
        Leave it
      </Button>
    </div>
  );
}
