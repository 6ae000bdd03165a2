import type { RemoteParticipant, Room } from "livekit-client";

type Topic = "viv.here" | "viv.microphone" | "viv.writing";

/** Tells the interviewer what no sound does; see `agent/page_news.py`. What is said again and again need not arrive. */
export function tellAgent(room: Room, agent: RemoteParticipant, topic: Topic, data: string | Uint8Array<ArrayBuffer>): void {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  void room.localParticipant
    .publishData(bytes, { reliable: topic !== "viv.here", topic, destinationIdentities: [agent.identity] })
    .catch(() => undefined);
}
