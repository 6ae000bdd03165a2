import { ParticipantKind, Room, RoomEvent, Track, type RemoteTrack } from "livekit-client";
import { practise } from "../api";
import { Captions, type Caption } from "../room/captions";
import { progressOf, type Progress } from "../room/progress";

export interface Rehearsed {
  state: "off" | "arriving" | "talking" | "over" | "failed";
  doing: Progress["doing"] | null;
  lines: readonly Caption[];
  interim: string;
}

const COMES_WITHIN_MS = 15_000;
const OFF: Rehearsed = { state: "off", doing: null, lines: [], interim: "" };

/** One question for practice with the interviewer, in a room of which nothing is kept. */
export class Rehearsal {
  #room: Room | undefined;
  #now = OFF;
  #late: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): Rehearsed => this.#now;

  async begin(microphone: MediaStreamTrack): Promise<void> {
    const room = new Room();
    this.#room = room;
    this.#now = OFF;
    this.#set({ state: "arriving" });
    this.#late = setTimeout(() => void this.#end(room, "failed"), COMES_WITHIN_MS);
    this.#listen(room);
    try {
      const seat = await practise();
      // Whoever has stopped on the way does not arrive, and hears nobody ask.
      if (this.#room !== room) return;
      await room.connect(seat.livekit_url, seat.token);
      if (this.#room === room) await this.#speak(room, microphone.clone());
      if (this.#room !== room) await room.disconnect();
    } catch {
      await this.#end(room, "failed");
    }
  }

  async stop(): Promise<void> {
    if (this.#room !== undefined) await this.#end(this.#room, "off");
  }

  async #speak(room: Room, voice: MediaStreamTrack): Promise<void> {
    try {
      await room.localParticipant.publishTrack(voice, { source: Track.Source.Microphone });
    } finally {
      if (this.#room !== room) voice.stop();
    }
  }

  #listen(room: Room): void {
    const captions = new Captions();
    const isAgent = (identity: string) => room.remoteParticipants.get(identity)?.kind === ParticipantKind.AGENT;
    room
      .on(RoomEvent.TrackSubscribed, (track: RemoteTrack) => track.attach())
      .on(RoomEvent.TrackUnsubscribed, (track: RemoteTrack) => track.detach())
      .on(RoomEvent.ParticipantDisconnected, () => void this.#end(room, "over"))
      .on(RoomEvent.Disconnected, () => void this.#end(room, this.#now.state === "talking" ? "over" : "failed"));
    room.registerTextStreamHandler("viv.caption", (reader, sender) => {
      void reader.readAll().then((text) => {
        if (this.#room !== room || !isAgent(sender.identity)) return;
        captions.take(text, room.localParticipant.identity, () => "");
        this.#set({ lines: captions.lines, interim: captions.interim });
      });
    });
    room.registerTextStreamHandler("viv.progress", (reader, sender) => {
      void reader.readAll().then((text) => {
        const progress = isAgent(sender.identity) ? progressOf(text) : null;
        if (this.#room !== room || progress === null) return;
        clearTimeout(this.#late);
        this.#set({ state: "talking", doing: progress.doing });
      });
    });
  }

  /** A room that was left before has nothing to say about the one of now. */
  async #end(room: Room, state: "off" | "over" | "failed"): Promise<void> {
    if (this.#room !== room) return;
    this.#room = undefined;
    clearTimeout(this.#late);
    this.#set({ state, doing: null, interim: "" });
    await room.disconnect();
  }

  #set(changed: Partial<Rehearsed>): void {
    this.#now = { ...this.#now, ...changed };
    for (const listener of this.#listeners) listener();
  }
}
