const IN_ROOM = "viv.in_room";

/** Whether this tab was in the room when it was reloaded: it goes straight back. */
export function wasInRoom(): boolean {
  return sessionStorage.getItem(IN_ROOM) !== null;
}

export function markInRoom(isIn: boolean): void {
  if (isIn) sessionStorage.setItem(IN_ROOM, "1");
  else sessionStorage.removeItem(IN_ROOM);
}
