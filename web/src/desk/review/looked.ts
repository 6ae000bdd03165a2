import { useEffect, useState } from "react";
import type { Shapes } from "../../shared/api/client";
import { count } from "../format";
import type { Card } from "./data";
import type { Playback } from "./playback";

type Opened = Shapes["Opened"];

const TICK_MS = 500;
/** So long it has to stand before somebody before it counts as looked at: nobody decides on a glance. */
const READ_MS = 10_000;
const SEEN_MS = 1000;
const HEARD_MS = 3000;
/** Of the places in it; the API takes a hundred things in all. */
const MOST = 50;
const HANDS = ["wheel", "touchmove", "pointerdown", "keydown"] as const;

/** What somebody really looked at: read or worked in, heard, compared, walked to. */
export class Looked {
  #before: { transcript: HTMLElement | null; compared: HTMLElement | null } = { transcript: null, compared: null };
  #ms = { read: 0, compared: 0, heard: 0 };
  #shown: readonly Card[] = [];
  readonly #cards = new Set<string>();
  readonly #turns = new Set<string>();

  /** For the element that holds it: a hand in it is a look. */
  readonly transcript = (element: HTMLElement | null): (() => void) => {
    const work = () => {
      this.#ms.read = READ_MS;
    };
    this.#before.transcript = element;
    for (const hand of HANDS) element?.addEventListener(hand, work, { passive: true });
    return () => {
      this.#before.transcript = null;
      for (const hand of HANDS) element?.removeEventListener(hand, work);
    };
  };

  readonly compared = (element: HTMLElement | null): void => {
    this.#before.compared = element;
  };

  note({ cards, own, turn }: { cards: readonly Card[]; own: Card | undefined; turn: string | undefined }): void {
    this.#shown = cards;
    if (own !== undefined) this.#cards.add(own.id);
    if (turn !== undefined) this.#turns.add(turn);
  }

  watch(playback: Playback): () => void {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") this.#look(playback);
    }, TICK_MS);
    return () => clearInterval(timer);
  }

  #look(playback: Playback): void {
    if (!playback.audio.paused) this.#ms.heard += TICK_MS;
    if (isBefore(this.#before.transcript)) this.#ms.read += TICK_MS;
    if (isBefore(this.#before.compared)) this.#ms.compared += TICK_MS;
    if (this.#ms.compared >= SEEN_MS) for (const card of this.#shown) this.#cards.add(card.id);
  }

  /** For the decision to name. */
  readonly opened = (): readonly Opened[] => [
    ...(this.#ms.read >= READ_MS ? [{ kind: "transcript" } as const] : []),
    ...(this.#ms.heard >= HEARD_MS ? [{ kind: "recording" } as const] : []),
    ...[...this.#cards].map((id) => ({ kind: "scorecard", id }) as const),
    ...[...this.#turns].slice(0, MOST).map((id) => ({ kind: "turn", id }) as const),
  ];
}

/** `turn` is that of the evidence which one has walked to. */
export function useLooked(playback: Playback, cards: readonly Card[], own: Card | undefined, turn: string | undefined): Looked {
  const [looked] = useState(() => new Looked());
  useEffect(() => looked.note({ cards, own, turn }), [looked, cards, own, turn]);
  useEffect(() => looked.watch(playback), [looked, playback]);
  return looked;
}

function isBefore(element: Element | null): boolean {
  if (element === null || document.querySelector("[role=dialog], [role=alertdialog]") !== null) return false;
  const { top, bottom, height } = element.getBoundingClientRect();
  return height > 0 && top < globalThis.innerHeight - 40 && bottom > 40;
}

/** “the transcript, the recording, 2 ratings and 3 places in it” */
export function inWords(opened: readonly Pick<Opened, "kind">[]): string {
  const of = (kind: Opened["kind"]) => opened.filter((each) => each.kind === kind).length;
  const parts = [
    ...(of("transcript") > 0 ? ["the transcript"] : []),
    ...(of("recording") > 0 ? ["the recording"] : []),
    ...(of("scorecard") > 0 ? [count(of("scorecard"), "rating")] : []),
    ...(of("turn") > 0 ? [count(of("turn"), "place in it", "places in it")] : []),
  ];
  return new Intl.ListFormat("en-GB").format(parts);
}
