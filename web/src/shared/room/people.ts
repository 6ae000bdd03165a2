import { ParticipantKind, type Participant, type Room } from "livekit-client";

/** Somebody of the tenant in the room; `observer` only listens. */
export interface Person {
  identity: string;
  name: string;
  role: "interviewer" | "observer";
}

/** The others of the tenant who are there, by what the API has signed and nobody else can write. */
export function peopleIn(room: Room): Person[] {
  return [...room.remoteParticipants.values()].flatMap((one) => {
    const role = roleOf(one);
    return role === "interviewer" || role === "observer" ? [{ identity: one.identity, name: one.name ?? "", role }] : [];
  });
}

export function roleOf(participant: Participant): string {
  return participant.kind === ParticipantKind.AGENT ? "agent" : (participant.attributes.role ?? "");
}
