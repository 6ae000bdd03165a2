import { Button } from "../../shared/ui/Button";
import { classes } from "../../shared/ui/classes";
import { clock } from "../format";
import type { Evidence } from "./text";
import styles from "./Competencies.module.css";

interface Props {
  quote: Evidence;
  /** Null for words in writing. */
  atMs: number | null;
  isShown: boolean;
  /** Words of it that were hardly understood. */
  doubts: readonly string[];
  /** How much of its answer was, where it is not known which words. */
  unclear: string | null;
  /** Its words were corrected since it was chosen. */
  isGone: boolean;
  onShow: () => void;
  onTake: (() => void) | undefined;
  onDrop: (() => void) | undefined;
}

/** The candidate's own words: the largest thing in the panel. */
export function Quote({ quote, atMs, isShown, doubts, unclear, isGone, onShow, onTake, onDrop }: Props) {
  return (
    <li className={classes(styles.quote, isShown && styles.isshown)}>
      <blockquote dir="auto">“{quote.text}”</blockquote>
      {isGone && <p className={styles.doubts}>These words were corrected since: read the answer again.</p>}
      {doubts.length > 0 && (
        <p className={styles.doubts}>
          Hardly understood: <q dir="auto">{doubts.join(" … ")}</q>. Listen before you rest on it.
        </p>
      )}
      {unclear !== null && <p className={styles.doubts}>Hardly understood: {unclear} of this answer. Listen before you rest on it.</p>}
      <p className={styles.source}>
        <button type="button" className={styles.hear} onClick={onShow} aria-label={atMs === null ? "Show it; it was in writing" : `Hear it at ${clock(atMs)}`}>
          {atMs === null ? "in writing" : clock(atMs)}
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
