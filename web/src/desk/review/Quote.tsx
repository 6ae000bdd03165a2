import { Button } from "../../shared/ui/Button";
import { classes } from "../../shared/ui/classes";
import { clock } from "../format";
import type { Evidence } from "./text";
import styles from "./Competencies.module.css";

interface Props {
  quote: Evidence;
  atMs: number;
  isShown: boolean;
  onShow: () => void;
  onTake: (() => void) | undefined;
  onDrop: (() => void) | undefined;
}

/** The candidate's own words: the largest thing in the panel. */
export function Quote({ quote, atMs, isShown, onShow, onTake, onDrop }: Props) {
  return (
    <li className={classes(styles.quote, isShown && styles.isshown)}>
      <blockquote dir="auto">“{quote.text}”</blockquote>
      <p className={styles.source}>
        <button type="button" className={styles.hear} onClick={onShow} aria-label={`Hear it at ${clock(atMs)}`}>
          {clock(atMs)}
        </button>
        <span>
          chosen by <bdi>{quote.by === "You" ? "you" : quote.by === "Machine" ? "the machine" : quote.by}</bdi>
        </span>
        {onTake !== undefined && (
          <Button kind="quiet" onPress={onTake}>
            Use it too
          </Button>
        )}
        {onDrop !== undefined && (
          <Button kind="quiet" onPress={onDrop}>
            Remove
          </Button>
        )}
      </p>
    </li>
  );
}
