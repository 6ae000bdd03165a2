import {
  ConnectionState,
  DisconnectReason,
  Room,
  RoomEvent,
  Track,
  type Participant,
  type RemoteParticipant,
} from "livekit-client";
import { Problem } from "../../shared/api/problem";
import { floorOf, isHeldBy, type Floor } from "../../shared/room/floor";
import { peopleIn, roleOf, type Person } from "../../shared/room/people";
import { sentOf } from "../../shared/room/sent";
import { join, transcript, type Wish } from "./calls";
import { Lines, type Interim, type Line } from "./lines";
import { coverageOf, overOf, promptOf, type Coverage, type Prompt } from "./told";

/** How we stand to the room. */
export type Link = "joining" | "in" | "reconnecting" | "away" | "elsewhere" | "over" | "removed" | "left";

/** A line of the chat among interviewers; nothing of it is kept. */
export interface Message {
  id: string;
  name: string;
  isOwn: boolean;
  text: string;
}

export interface Snapshot {
  link: Link;
  refusal: Error | null;
  floor: Floor;
  isAgentHere: boolean;
  isCandidateHere: boolean;
  people: readonly Person[];
  /** Names of all who were ever here, by identity. */
  names: ReadonlyMap<string, string>;
  speaking: ReadonlySet<string>;
  isMuted: boolean;
  hasCamera: boolean;
  deviceTrouble: "microphone" | "camera" | null;
  lines: readonly Line[];
  interims: readonly Interim[];
  prompts: readonly Prompt[];
  coverage: Coverage | null;
  chat: readonly Message[];
  cameras: readonly { identity: string; track: Track }[];
}

const RETRY_MS = [500, 1000, 2000, 4000, 8000];
const ANSWER_WITHIN_MS = 4000;
const TOLD_WITHIN_MS = 1000;
const LOOK_EVERY_MS = 50;
const MOST_PROMPTS = 20;
const GONE = new Set(["interview_not_open", "wrong_state", "not_found", "sealed"]);
const REFUSED = new Set(["forbidden", "limit_reached", "invalid", "unauthenticated"]);

const EMPTY: Snapshot = {
  link: "joining",
  refusal: null,
  floor: { by: "ai" },
  isAgentHere: false,
  isCandidateHere: false,
  people: [],
  names: new Map(),
  speaking: new Set(),
  isMuted: true,
  hasCamera: false,
  deviceTrouble: null,
  lines: [],
  interims: [],
  prompts: [],
  coverage: null,
  chat: [],
  cameras: [],
};

/** One member's connection to the room of an interview, through what breaks it. */
export class Booth {
  readonly room = new Room({
    audioCaptureDefaults: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    // Who turns the microphone off sees the browser's own sign go out.
    publishDefaults: { dtx: true, red: true, stopMicTrackOnMute: true },
    adaptiveStream: true,
  });
  readonly #interview: string;
  readonly #wish: Wish;
  readonly #lines = new Lines();
  readonly #listeners = new Set<() => void>();
  readonly #losers = new Set<(to: string | null) => void>();
  /** Who leads, as the room was told last: what we show ahead of it does not count. */
  #told: Floor = { by: "ai" };
  /** The floor was taken from here, or never was ours, and the microphone may be on still. */
  #isTaken = false;
  #snapshot = EMPTY;
  #entering = 0;
  /** A try that fails ends as a line does that breaks; it is tried again later, not at once. */
  #isConnecting = false;

  constructor(interview: string, wish: Wish) {
    this.#interview = interview;
    this.#wish = wish;
    this.#listen();
  }

  get role(): "interviewer" | "observer" {
    return this.#wish.role;
  }

  get identity(): string {
    return this.room.localParticipant.identity;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): Snapshot => this.#snapshot;

  /** Whenever the floor went from here to a colleague (their name) or to the AI (null), which nobody here had done. */
  readonly onFloorLost = (listener: (to: string | null) => void): (() => void) => {
    this.#losers.add(listener);
    return () => this.#losers.delete(listener);
  };

  /** Comes in, again and again until it succeeds, is refused, or somebody leaves. */
  async enter(): Promise<void> {
    const turn = ++this.#entering;
    for (let tries = 0; turn === this.#entering; tries += 1) {
      this.#set({ link: tries === 0 ? "joining" : "away", refusal: null });
      try {
        const seat = await join(this.#interview, this.#wish);
        if (turn !== this.#entering) return;
        await this.#connect(seat);
        this.#set({ link: "in", isMuted: true });
        this.#present();
        await this.#catchUp();
        return;
      } catch (error) {
        const code = error instanceof Problem ? error.code : "";
        if (error instanceof Problem && (GONE.has(code) || REFUSED.has(code))) {
          this.#set({ link: GONE.has(code) ? "over" : "removed", refusal: error });
          return;
        }
        await new Promise((done) => setTimeout(done, RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]));
      }
    }
  }

  async #connect(seat: { livekit_url: string; token: string }): Promise<void> {
    this.#isConnecting = true;
    try {
      await this.room.connect(seat.livekit_url, seat.token);
    } finally {
      this.#isConnecting = false;
    }
  }

  async leave(): Promise<void> {
    this.#entering += 1;
    this.#set({ link: "left" });
    await this.room.disconnect();
  }

  async setMuted(isMuted: boolean): Promise<void> {
    if (!isMuted) this.#isTaken = false;
    await this.#device("microphone", () => this.room.localParticipant.setMicrophoneEnabled(!isMuted));
  }

  /** The microphone off, also one that is just being turned on. */
  silence(): void {
    this.#isTaken = true;
    this.#muteIfTaken();
  }

  async setCamera(isOn: boolean): Promise<void> {
    await this.#device("camera", () => this.room.localParticipant.setCameraEnabled(isOn, { resolution: { width: 320, height: 180 } }));
  }

  /** Calls the agent itself. Throws what the agent refused, and when no agent is there. */
  async call(method: string, payload = ""): Promise<string> {
    const agent = [...this.room.remoteParticipants.values()].find((one) => roleOf(one) === "agent");
    if (agent === undefined) throw new Error("no agent is here");
    return this.room.localParticipant.performRpc({
      destinationIdentity: agent.identity,
      method,
      payload,
      responseTimeout: ANSWER_WITHIN_MS,
    });
  }

  /** Shows at once what was answered; the metadata have the last word. */
  show(floor: Floor): void {
    this.#set({ floor });
  }

  /** What the metadata say. */
  showMetadata(): void {
    this.#set({ floor: floorOf(this.room.metadata) });
  }

  /** The name of who holds the floor; who is refused it may be told so before the room is. */
  async colleague(): Promise<string> {
    const name = () => {
      const { floor, names } = this.#snapshot;
      return floor.by === "person" && floor.identity !== this.identity ? names.get(floor.identity) : undefined;
    };
    for (let waited = 0; name() === undefined && waited < TOLD_WITHIN_MS; waited += LOOK_EVERY_MS) {
      await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
    }
    return name() ?? "A colleague";
  }

  drop(prompt: string): void {
    this.#set({ prompts: this.#snapshot.prompts.filter((one) => one.id !== prompt) });
  }

  /** To the other interviewers and to nobody else. */
  async say(text: string): Promise<void> {
    const readers = this.#snapshot.people.filter((one) => one.role === "interviewer").map((one) => one.identity);
    if (readers.length > 0) {
      await this.room.localParticipant.sendText(text, { topic: "viv.chat", destinationIdentities: readers });
    }
    this.#heard({ id: crypto.randomUUID(), name: "You", isOwn: true, text });
  }

  async #catchUp(): Promise<void> {
    const said = await transcript(this.#interview).catch(() => null);
    if (said === null) return;
    this.#lines.begin(said.turns);
    const names = new Map(said.people.map((one) => [one.identity, one.name]));
    this.#set({ ...this.#written(), names: new Map([...names, ...this.#snapshot.names]) });
  }

  async #device(which: "microphone" | "camera", turn: () => Promise<unknown>): Promise<void> {
    try {
      await turn();
      this.#set({ deviceTrouble: null });
    } catch {
      this.#set({ deviceTrouble: which });
    }
    this.#present();
  }

  #listen(): void {
    const present = () => this.#present();
    for (const event of [
      RoomEvent.ParticipantConnected,
      RoomEvent.ParticipantDisconnected,
      RoomEvent.TrackSubscribed,
      RoomEvent.TrackUnsubscribed,
      RoomEvent.TrackMuted,
      RoomEvent.TrackUnmuted,
      RoomEvent.LocalTrackPublished,
      RoomEvent.LocalTrackUnpublished,
    ] as const) {
      this.room.on(event, present);
    }
    this.room
      .on(RoomEvent.RoomMetadataChanged, () => this.#metadataChanged())
      .on(RoomEvent.LocalTrackPublished, () => this.#muteIfTaken())
      .on(RoomEvent.ActiveSpeakersChanged, (who: Participant[]) =>
        this.#set({ speaking: new Set(who.map((one) => (roleOf(one) === "agent" ? "ai" : one.identity))) }),
      )
      .on(RoomEvent.Reconnecting, () => this.#set({ link: "reconnecting" }))
      .on(RoomEvent.SignalReconnecting, () => this.#set({ link: "reconnecting" }))
      .on(RoomEvent.Reconnected, () => {
        this.#set({ link: "in" });
        this.#metadataChanged();
        void this.#catchUp();
      })
      .on(RoomEvent.ConnectionStateChanged, (state) => {
        if (state !== ConnectionState.Connected) return;
        this.#set({ link: "in" });
        this.#metadataChanged();
      })
      .on(RoomEvent.Disconnected, (reason) => this.#disconnected(reason));
    this.#hear();
  }

  /** The microphone goes with the floor, also where somebody else takes it: who gives it back is muted already. */
  #metadataChanged(): void {
    const [before, now] = [this.#told, floorOf(this.room.metadata)];
    this.#told = now;
    this.#set({ floor: now });
    if (isHeldBy(now, this.identity)) this.#isTaken = false;
    if (!isHeldBy(before, this.identity) || isHeldBy(now, this.identity) || now.by === "nobody") return;
    // Whoever has given it back has turned the microphone off before, and been told.
    const isNews = now.by === "person" || this.room.localParticipant.isMicrophoneEnabled;
    this.#isTaken = true;
    this.#muteIfTaken();
    const to = now.by === "person" ? (this.#snapshot.names.get(now.identity) ?? "A colleague") : null;
    if (isNews) for (const listener of this.#losers) listener(to);
  }

  /** After a broken line the microphone comes back later than the news. */
  #muteIfTaken(): void {
    if (this.#isTaken && this.room.localParticipant.isMicrophoneEnabled) void this.setMuted(true);
  }

  /** What the agent sends, and nobody in its name; chat from who is signed as an interviewer. */
  #hear(): void {
    this.#onText("viv.caption", "agent", (text) => {
      const sent = sentOf(text);
      if (sent === null) return;
      this.#lines.take(sent);
      this.#set(this.#written());
    });
    this.#onText("viv.prompt", "agent", (text) => {
      const prompt = promptOf(text);
      if (prompt === null) return;
      const others = this.#snapshot.prompts.filter((one) => one.id !== prompt.id);
      this.#set({ prompts: [prompt, ...others].slice(0, MOST_PROMPTS) });
    });
    this.#onText("viv.prompt.over", "agent", (text) => {
      const over = overOf(text);
      this.#set({ prompts: this.#snapshot.prompts.filter((one) => !over.has(one.id)) });
    });
    this.#onText("viv.coverage", "agent", (text) => {
      const coverage = coverageOf(text);
      if (coverage !== null) this.#set({ coverage });
    });
    this.#onText("viv.chat", "interviewer", (text, sender) => {
      this.#heard({ id: crypto.randomUUID(), name: sender.name ?? "", isOwn: false, text });
    });
  }

  #onText(topic: string, role: string, take: (text: string, sender: RemoteParticipant) => void): void {
    this.room.registerTextStreamHandler(topic, (reader, { identity }) => {
      void reader.readAll().then((text) => {
        const sender = this.room.remoteParticipants.get(identity);
        if (sender !== undefined && roleOf(sender) === role) take(text, sender);
      });
    });
  }

  #heard(message: Message): void {
    this.#set({ chat: [...this.#snapshot.chat, message] });
  }

  #written(): Pick<Snapshot, "lines" | "interims"> {
    return { lines: this.#lines.lines, interims: this.#lines.interims };
  }

  #disconnected(reason: DisconnectReason | undefined): void {
    this.#present();
    switch (reason) {
      case DisconnectReason.CLIENT_INITIATED:
        return;
      case DisconnectReason.DUPLICATE_IDENTITY:
        this.#set({ link: "elsewhere" });
        return;
      case DisconnectReason.ROOM_DELETED:
        this.#set({ link: "over" });
        return;
      case DisconnectReason.PARTICIPANT_REMOVED:
        this.#set({ link: "removed" });
        return;
      default:
        if (!this.#isConnecting) void this.enter();
    }
  }

  #present(): void {
    const remote = [...this.room.remoteParticipants.values()];
    const people = peopleIn(this.room);
    const local = this.room.localParticipant;
    this.#set({
      isAgentHere: remote.some((one) => roleOf(one) === "agent"),
      isCandidateHere: remote.some((one) => roleOf(one) === "candidate"),
      people,
      names: new Map([...this.#snapshot.names, ...people.map((one) => [one.identity, one.name] as const)]),
      isMuted: !local.isMicrophoneEnabled,
      hasCamera: local.isCameraEnabled,
      cameras: [local, ...remote].flatMap((one) => {
        const shown = one.getTrackPublication(Track.Source.Camera);
        return shown?.track === undefined || shown.isMuted ? [] : [{ identity: one.identity, track: shown.track }];
      }),
    });
  }

  #set(changed: Partial<Snapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...changed };
    for (const listener of this.#listeners) listener();
  }
}

