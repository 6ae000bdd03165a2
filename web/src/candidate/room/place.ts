import { tab } from "../../shared/storage";

const IN_ROOM = "viv.in_room";
const MUTED = "viv.muted";
const MICROPHONE = "viv.microphone";

/** Whether this tab was in the room when it was reloaded: it goes straight back. */
export function wasInRoom(): boolean {
  return tab.get(IN_ROOM) !== null;
}

export function markInRoom(isIn: boolean): void {
  keep(IN_ROOM, isIn);
}

/** Whether the microphone was turned off: nobody is recorded again by a reload. */
export function wasMuted(): boolean {
  return tab.get(MUTED) !== null;
}

export function markMuted(isMuted: boolean): void {
  keep(MUTED, isMuted);
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

function keep(key: string, is: boolean): void {
  if (is) tab.set(key, "1");
  else tab.remove(key);
}
