import { Fragment, useEffect, useMemo, useRef, type ReactNode } from "react";
import type { Shapes } from "../../shared/api/client";
import { namesOf } from "../colleagues";
import type { KitView } from "../data";
import { clock } from "../format";
import { useFilled } from "./filling";
import { Passage as PassageRow } from "./PassageRow";
import type { Playback } from "./playback";
import type { Proposals } from "./Proposal";
import { doubtfulIn, grouped, heardNow, heardOf, type Evidence, type Passage } from "./text";
import type { Cursor } from "./cursor";
import styles from "./Transcript.module.css";

interface Props {
  passages: readonly Passage[];
  candidate: string;
  marks: Shapes["Marks"] | null;
  people: readonly Shapes["Seated"][];
  led: readonly Shapes["Led"][];
  /** What a model alone has read in turns. */
  understood: readonly Shapes["Understood"][];
  questions: KitView["questions"];
  evidence: readonly Evidence[];
  /** The one that j and k have walked to. */
  shown: Evidence | null;
  cursor: Cursor;
  playback: Playback;
  onWord: (turn: number, token: number) => void;
  onSelect: (turn: number, from: number, to: number) => void;
  onTurn: (turn: number) => void;
  /** Keys for reading, while the focus is in the transcript; true when it was one. */
  onKey: (event: KeyboardEvent) => boolean;
  proposals: Proposals;
  /** What can be done with the words that are chosen; stands beneath their turn. */
  chosen: ReactNode;
}

const NONE: readonly Evidence[] = [];

export function Transcript(props: Props) {
  const { passages, evidence, shown, cursor, marks, candidate, people, led, understood, questions } = props;
  const list = useRef<HTMLOListElement>(null);
  useWords(list, props);
  useHeard(list, passages, props.playback);
  useShown(list, passages, shown);
  useFocus(list, cursor.turn);
  useBeginning(list, cursor.turn);
  const filled = useFilled(passages.length, cursor.turn);
  const byTurn = useMemo(() => grouped(evidence, (each) => each.turnId), [evidence]);
  const doubtful = useMemo(() => doubtfulIn(marks), [marks]);
  const names = useMemo(() => namesOf(people), [people]);
  const texts = useMemo(() => new Map(questions.map((each) => [each.key, each.text])), [questions]);
  const changes = useMemo(() => changesIn(passages, led), [passages, led]);
  const flags = useMemo(() => grouped(marks?.flags ?? [], (each) => each.turn_id), [marks]);
  const read = useMemo(() => grouped(understood, (each) => each.turn_id), [understood]);
  return (
    <>
      {doubtful.size > 0 && <Legend />}
      <ol ref={list} className={styles.transcript}>
        {passages.map((passage, n) => {
          const id = passage.turn.turn_id;
          const here = cursor.turn === n;
          return (
            <Fragment key={id}>
              {changes.get(n)?.map((change) => (
                <li key={change.from_ms} className={styles.led}>
                  {clock(change.from_ms)} · <Leads floor={change.floor} names={names} />
                </li>
              ))}
              <PassageRow
                index={n}
                passage={passage}
                isFilled={n < filled}
                candidate={candidate}
                name={names.get(passage.turn.identity)}
                filed={filedUnder(passage.turn, texts, names)}
                evidence={byTurn.get(id) ?? NONE}
                doubtful={doubtful.get(id)}
                flags={flags.get(id)}
                read={read.get(id)}
                shown={shown?.turnId === id ? shown : null}
                from={here ? Math.min(cursor.from, cursor.to) : -1}
                to={here ? Math.max(cursor.from, cursor.to) : -1}
                isCurrent={here}
                onTurn={props.onTurn}
                chosen={here ? props.chosen : null}
                proposals={props.proposals.get(id)}
              />
            </Fragment>
          );
        })}
      </ol>
    </>
  );
}

function Legend() {
  return (
    <p className={styles.legend}>
      A <span className={styles.doubtful}>dotted line</span> is under words that were hardly understood: listen before you rest anything on them.
    </p>
  );
}

/** Where a person has filed the turn afterwards, in words; null for one that is as the room had it. */
function filedUnder(turn: Passage["turn"], texts: ReadonlyMap<string, string>, names: ReadonlyMap<string, string>): string | null {
  const { filing } = turn;
  if (filing == null) return null;
  if (filing.question === null) return `filed afterwards under no question: ${filing.reason}`;
  const asked = filing.asked_by === null ? "" : `, which ${names.get(filing.asked_by) ?? "an interviewer"} asked`;
  return `filed afterwards under “${texts.get(filing.question) ?? filing.question}”${asked}: ${filing.reason}`;
}

/** Before which passages somebody else leads; a change after the last word leads over nothing. */
function changesIn(passages: readonly Passage[], led: Props["led"]): ReadonlyMap<number, Props["led"]> {
  const found = new Map<number, Props["led"]>();
  for (const change of led) {
    const next = passages.findIndex((passage) => passage.turn.started_ms >= change.from_ms);
    if (next >= 0) found.set(next, [...(found.get(next) ?? []), change]);
  }
  return found;
}

function Leads({ floor, names }: { floor: string; names: ReadonlyMap<string, string> }) {
  if (floor === "ai") return <>the AI has the floor</>;
  if (floor === "paused") return <>nobody has the floor</>;
  return (
    <>
      <bdi>{names.get(`int-${floor.slice("human:".length)}`) ?? "an interviewer"}</bdi> has the floor
    </>
  );
}

/** A click on a word hears it, drawing over words chooses them: one listener for thousands of words. */
function useWords(list: React.RefObject<HTMLOListElement | null>, { onWord, onSelect, onKey }: Props): void {
  const current = useRef({ onWord, onSelect, onKey });
  useEffect(() => {
    current.current = { onWord, onSelect, onKey };
  });
  useEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const release = (event: PointerEvent) => {
      if (event.target instanceof Element && event.target.closest("button, a") !== null) return;
      const selection = globalThis.getSelection();
      const ends = selection !== null && !selection.isCollapsed ? [placeOf(selection.anchorNode), placeOf(selection.focusNode)] : [];
      const [from, to] = ends;
      if (from != null && from.turn === to?.turn) {
        current.current.onSelect(from.turn, from.token, to.token);
        selection?.removeAllRanges();
        return;
      }
      const place = placeOf(event.target instanceof Node ? event.target : null);
      if (place !== null && selection?.isCollapsed !== false) current.current.onWord(place.turn, place.token);
    };
    const press = (event: KeyboardEvent) => {
      if (current.current.onKey(event)) event.preventDefault();
    };
    element.addEventListener("pointerup", release);
    element.addEventListener("keydown", press);
    return () => {
      element.removeEventListener("pointerup", release);
      element.removeEventListener("keydown", press);
    };
  }, [list]);
}

function placeOf(node: Node | null): { turn: number; token: number } | null {
  const element = node instanceof Element ? node : (node?.parentElement ?? null);
  const word = element?.closest<HTMLElement>("[data-word]");
  const turn = element?.closest<HTMLElement>("[data-turn]");
  if (word === null || word === undefined || turn === null || turn === undefined) return null;
  return { turn: Number(turn.dataset.turn), token: Number(word.dataset.word) };
}

export function rowOf(list: Element, turn: number): HTMLElement | null {
  return list.querySelector<HTMLElement>(`[data-turn="${turn}"]`);
}

/** The word that is heard now. Past React: it changes three times a second among thousands. */
function useHeard(list: React.RefObject<HTMLOListElement | null>, passages: readonly Passage[], playback: Playback): void {
  useEffect(() => {
    const heard = heardOf(passages);
    let word: HTMLElement | null = null;
    let row: HTMLElement | null = null;
    return playback.listen((ms) => {
      const now = heardNow(heard, ms);
      const nextRow = now === undefined || list.current === null ? null : rowOf(list.current, now.turn);
      const next = nextRow?.querySelector<HTMLElement>(`[data-word="${now?.token ?? -1}"]`) ?? null;
      if (next === word && nextRow === row) return;
      word?.removeAttribute("data-now");
      next?.setAttribute("data-now", "");
      word = next;
      if (nextRow === row) return;
      row?.removeAttribute("data-now");
      nextRow?.setAttribute("data-now", "");
      row = nextRow;
      if (!playback.audio.paused) nextRow?.scrollIntoView({ block: "nearest" });
    });
  }, [list, passages, playback]);
}

/** The focus goes with the turn that one reads, as long as it is in the transcript. */
function useFocus(list: React.RefObject<HTMLOListElement | null>, turn: number): void {
  useEffect(() => {
    const element = list.current;
    if (element?.contains(document.activeElement) !== true) return;
    const time = rowOf(element, turn)?.querySelector<HTMLElement>("[data-time]");
    if (!(document.activeElement?.closest("[data-turn]") === time?.closest("[data-turn]"))) time?.focus();
  }, [list, turn]);
}

/** Whoever comes for a certain turn finds it before them. */
function useBeginning(list: React.RefObject<HTMLOListElement | null>, turn: number): void {
  const first = useRef(turn);
  useEffect(() => {
    if (list.current !== null && first.current > 0) rowOf(list.current, first.current)?.scrollIntoView({ block: "center" });
  }, [list]);
}

function useShown(list: React.RefObject<HTMLOListElement | null>, passages: readonly Passage[], shown: Evidence | null): void {
  useEffect(() => {
    if (shown === null || list.current === null) return;
    const turn = passages.findIndex((passage) => passage.turn.turn_id === shown.turnId);
    rowOf(list.current, turn)?.scrollIntoView({ block: "center" });
  }, [list, passages, shown]);
}
