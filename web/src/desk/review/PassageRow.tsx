import { memo, type ReactNode } from "react";
import type { Shapes } from "../../shared/api/client";
import { classes } from "../../shared/ui/classes";
import { clock } from "../format";
import { Proposal } from "./Proposal";
import { overlaps, placeIn, unclearOf, type Evidence, type Passage as Words } from "./text";
import { inWords } from "./understood";
import styles from "./Transcript.module.css";

interface Props {
  index: number;
  passage: Words;
  /** Whether each word stands by itself yet; before, all of them are one text. */
  isFilled: boolean;
  candidate: string;
  /** Of whoever of the tenant speaks. */
  name: string | undefined;
  /** Under which question a person has filed it afterwards, in words. */
  filed: string | null;
  evidence: readonly Evidence[];
  doubtful: readonly number[] | undefined;
  flags: readonly Shapes["Flag"][] | undefined;
  /** What a model alone has read in it. */
  read: readonly Shapes["Understood"][] | undefined;
  shown: Evidence | null;
  from: number;
  to: number;
  isCurrent: boolean;
  onTurn: (turn: number) => void;
  chosen: ReactNode;
  /** Other words for this turn that the candidate asks for. */
  proposals: readonly Shapes["ProposalView"][] | undefined;
}

/** A turn: when, who, and every word where it is heard. */
export const Passage = memo(function Passage(props: Props) {
  const { index, passage, candidate, isCurrent, chosen } = props;
  const { turn } = passage;
  const unclear = unclearOf(passage, props.doubtful);
  const who = turn.speaker === "candidate" ? candidate : turn.speaker === "ai" ? "AI" : (props.name ?? "Interviewer");
  return (
    <li className={classes(styles.turn, styles[turn.speaker])} data-turn={index} aria-current={isCurrent || undefined}>
      <button
        type="button"
        className={styles.time}
        tabIndex={isCurrent ? 0 : -1}
        data-time=""
        aria-label={`Hear ${who} from ${clock(turn.started_ms)}`}
        onClick={() => props.onTurn(index)}
      >
        {clock(turn.started_ms)}
      </button>
      <p className={styles.who}>
        <bdi>{who}</bdi>
      </p>
      <div className={styles.said}>
        <p className={styles.words} dir="auto">
          {passage.tokens.length === 0 ? <span className="muted">Nothing was understood.</span> : props.isFilled ? words(props) : turn.spoken}
        </p>
        {turn.typed === true && <p className={styles.aside}>{howWritten(passage)}</p>}
        {unclear !== null && <p className={styles.aside}>hardly understood: {unclear}</p>}
        {turn.cut_off && <p className={styles.aside}>was interrupted here</p>}
        {turn.withdrawn && <p className={styles.aside}>was taken back</p>}
        {turn.correction != null && (
          <p className={styles.aside}>
            corrected after listening: <bdi>{turn.correction.reason}</bdi>
          </p>
        )}
        {props.filed !== null && (
          <p className={styles.aside}>
            <bdi>{props.filed}</bdi>
          </p>
        )}
        {(props.flags?.length ?? 0) > 0 && (
          <p className={styles.aside}>some of these words speak to whoever rates; the machine rated without them</p>
        )}
        {props.read?.map((each) => (
          <p key={each.wish} className={styles.aside}>
            <bdi>{inWords(each)}</bdi>
          </p>
        ))}
        {props.proposals?.map((each) => (
          <Proposal key={each.id} proposal={each} passage={passage} />
        ))}
        {chosen}
      </div>
    </li>
  );
});

/** Of a turn that was corrected no words have times, and how much of it was heard is not known. */
function howWritten({ tokens, turn: { words: heard, correction } }: Words): string {
  if (correction != null && heard.length === 0) return "in writing, all or some of it";
  return tokens.some(({ isHeard }) => isHeard) ? "some of it in writing" : "in writing; there is nothing to hear";
}

function words({ passage, evidence, doubtful, flags, shown, from, to }: Props): ReactNode[] {
  const places = evidence.map((each) => placeIn(passage, each)).filter((place) => place !== null);
  const shownAt = shown === null ? null : placeIn(passage, shown);
  return passage.tokens.flatMap((token, n) => {
    const next = passage.tokens[n + 1];
    const marks = places.filter((place) => overlaps(place, token));
    // The space after a marked word is marked when the mark goes on.
    const goesOn = next !== undefined && marks.some((place) => overlaps(place, next));
    const isDoubtful = token.word !== null && doubtful?.includes(token.word) === true;
    const name = classes(
      shownAt !== null && overlaps(shownAt, token) && styles.shown,
      isDoubtful && styles.doubtful,
      flags?.some((flag) => overlaps(flag, token)) === true && styles.flagged,
      n >= from && n <= to && styles.chosen,
    );
    const Word = marks.length > 0 ? "mark" : "span";
    return [
      <Word key={n} data-word={n} {...(name === "" ? {} : { className: name })} {...(isDoubtful ? { title: "Hardly understood" } : {})}>
        {token.text}
        {isDoubtful && <span className="unseen"> (hardly understood)</span>}
        {goesOn && " "}
      </Word>,
      goesOn ? "" : " ",
    ];
  });
}
