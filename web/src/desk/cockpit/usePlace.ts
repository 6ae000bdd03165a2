import { useEffect, useReducer, useState } from "react";
import { isHeldBy } from "../../shared/room/floor";
import type { KitView } from "../data";
import { useKeys } from "../keys";
import { changed, keep, kept, type Change, type Draft } from "../review/draft";
import { useRights } from "../session/data";
import type { Booth, Snapshot } from "./booth";
import type { Wish } from "./calls";
import type { Line } from "./lines";
import { written } from "./outbox";
import { rate } from "./rate";
import { focusOn, leaveOnEscape, type Tab } from "./tabs";
import { useFloor, type FloorActions } from "./useFloor";
import { useNotes, type OwnNotes } from "./useNotes";

/** What a member can do from their place in the room. */
export interface Place {
  speaks: boolean;
  mine: boolean;
  /** The AI says goodbye at our request. */
  isGoodbye: boolean;
  mayAsk: boolean;
  floor: FloorActions;
  /** The one key: takes the floor, stops the goodbye, or asks what was covered to give the floor back. */
  turn: () => void;
  isGiving: boolean;
  give: (covered: readonly string[], notCovered: readonly string[]) => void;
  rest: () => void;
  end: () => void;
  keep: () => void;
  notes: OwnNotes;
  mark: () => void;
  tab: Tab;
  setTab: (tab: Tab) => void;
  rates: boolean;
  rating: { draft: Draft; change: (change: Change) => void; active: string; setActive: (key: string) => void };
  /** Makes a turn of the candidate evidence for what is being rated. */
  quote: ((line: Line) => void) | null;
}

export function usePlace(interview: string, kit: KitView, wish: Wish, booth: Booth, now: Snapshot): Place {
  const { judges } = useRights();
  const floor = useFloor(interview, booth);
  const notes = useNotes(interview);
  const [isGiving, setGiving] = useState(false);
  const [tab, setTab] = useState<Tab>("notes");
  const rating = useRating(interview, kit);
  const speaks = wish.role === "interviewer";
  const mine = speaks && isHeldBy(now.floor, booth.identity);
  const isGoodbye = mine && floor.outcome?.isGoodbye === true;
  const turn = () => {
    if (floor.isBusy || now.link !== "in") return;
    if (mine && !isGoodbye) setGiving(true);
    else void floor.take();
  };
  const after = (act: () => void) => () => {
    setGiving(false);
    act();
  };
  const place: Place = {
    ...{ speaks, mine, isGoodbye, floor, turn, isGiving, notes, tab, setTab, rating },
    mayAsk: speaks && now.isAgentHere && (mine || now.floor.by === "nobody"),
    give: (covered, notCovered) => after(() => void floor.give(covered, notCovered))(),
    rest: after(() => void floor.rest()),
    end: after(() => void floor.close()),
    keep: () => setGiving(false),
    mark: () => notes.write(written("")),
    rates: judges,
    quote: speaks && judges && tab === "rate" && rating.active !== "" ? rating.quote : null,
  };
  useRoomKeys(place, booth, now);
  return place;
}

function useRating(interview: string, kit: KitView) {
  const [draft, change] = useReducer(changed, interview, kept);
  useEffect(() => keep(interview, draft), [interview, draft]);
  const [active, setActive] = useState(kit.competencies[0]?.key ?? "");
  const quote = (line: Line) => {
    const end = Array.from(line.text.normalize("NFC")).length;
    change({ do: "quote", quote: { competency: active, turnId: line.id, text: line.text, start: 0, end, by: "You" } });
  };
  return { draft, change, active, setActive, quote };
}

function useRoomKeys(place: Place, booth: Booth, now: Snapshot): void {
  useEffect(() => {
    // On the way down: a field that takes keys lets none of them up.
    document.addEventListener("keydown", leaveOnEscape, true);
    return () => document.removeEventListener("keydown", leaveOnEscape, true);
  }, []);
  const [asked, setAsked] = useState<{ tab: Tab } | null>(null);
  useEffect(() => {
    if (asked !== null) focusOn(asked.tab);
  }, [asked]);
  const show = (tab: Tab) => () => {
    place.setTab(tab);
    setAsked({ tab });
  };
  const first = now.prompts.find((one) => one.isAlarm) ?? now.prompts[0];
  const keys: Record<string, () => void> = {
    f: place.turn,
    m: () => void booth.setMuted(!now.isMuted),
    b: place.mark,
    a: () => void (place.mayAsk && place.floor.askNext()),
    x: () => {
      if (first !== undefined) rate(booth, first.id, null);
    },
    n: show("notes"),
    r: show("rate"),
    c: show("chat"),
  };
  const both = Object.entries(keys).flatMap(([key, act]) => [key, key.toUpperCase()].map((each) => [each, act] as const));
  useKeys(place.speaks ? Object.fromEntries(both) : {});
}
