import { tab } from "../../shared/storage";

const IN_ROOM = "viv.in_room";
const DRAFT = "viv.draft";
const MUTED = "viv.muted";
const MICROPHONE = "viv.microphone";

/** Whether this tab was in the room of that very interview when it was reloaded: it goes straight back. */
export function wasInRoom(interview: string): boolean {
  return tab.get(IN_ROOM) === interview;
}

/** In which interview's room this tab is; `false`: in none. */
export function markInRoom(interview: string | false): void {
  if (interview === false) tab.remove(IN_ROOM);
  else tab.set(IN_ROOM, interview);
}

/** The room of this tab is left for good, and with it what was not sent there. */
export function forgetRoom(): void {
  markInRoom(false);
  tab.remove(DRAFT);
}

export interface Draft {
  /** The same for the same text: what is sent twice is taken once. */
  id: string;
  text: string;
  /** What was asked when it was begun; null when nothing was. */
  asked: string | null;
}

/** What was written and not sent in that very interview. */
export function keptDraft(interview: string): Draft | null {
  const kept = tab.get(DRAFT);
  if (kept === null) return null;
  // The page of an older version knew of no question.
  const { of, asked = null, ...draft } = JSON.parse(kept) as Omit<Draft, "asked"> & { of?: string; asked?: string };
  return of === interview ? { ...draft, asked } : null;
}

export function keepDraft(interview: string, draft: Draft): void {
  tab.set(DRAFT, JSON.stringify({ ...draft, of: interview }));
}

/** Whether the microphone was turned off: nobody is recorded again by a reload. */
export function wasMuted(): boolean {
  return tab.get(MUTED) !== null;
}

export function markMuted(isMuted: boolean): void {
  if (isMuted) tab.set(MUTED, "1");
  else tab.remove(MUTED);
}

/** The microphone that was chosen, in the check or in the room. */
export function chosenMicrophone(): string | undefined {
  return tab.get(MICROPHONE) ?? undefined;
}

/** As LiveKit takes it: it asks for exactly this one, and for any when it is not there any more. */
export function chosenDevice(): { deviceId?: string } {
  const device = chosenMicrophone();
  return device === undefined ? {} : { deviceId: device };
}

export function chooseMicrophone(device: string): void {
  tab.set(MICROPHONE, device);
}
