import {
  ConnectionState,
  DisconnectReason,
  ParticipantKind,
  Room,
  RoomEvent,
  RpcError,
  Track,
  type RemoteParticipant,
} from "livekit-client";
import { type Problem } from "../../shared/api/problem";
import { floorOf } from "../../shared/room/floor";
import { peopleIn } from "../../shared/room/people";
import { isReachable, join, type Look, type Seat } from "../api";
import { whyNot } from "../check/useMicrophone";
import { permissionToHear } from "../older";
import { isRefusal } from "../refusal";
import { Captions } from "./captions";
import { canKeep, FirstWords } from "./firstWords";
import { tellAgent } from "./pageNews";
import { chosenDevice, markInRoom, markMuted, wasInRoom, wasMuted } from "./place";
import { progressOf } from "./progress";
import { ANSWERS, NOWHERE, type Answer, type Link, type Snapshot } from "./snapshot";
import { soon } from "./soon";

export type { Answer, Link, Snapshot } from "./snapshot";

const RETRY_MS = [500, 1000, 2000, 4000, 8000];
const ANSWER_WITHIN_MS = 4000;
const HERE_EVERY_MS = 1000;
const WRITES_EVERY_MS = 1000;
/** Twice what the interviewer leaves between two news, and a little; see `agent/progress.py`. */
const NEWS_WITHIN_MS = 5000;
const FOUND_AGAIN_MS = 1500;
/** So often a refusal may be an accident of the moment. */
const MOST_REFUSALS = 3;

/** One candidate's connection to the room, through everything that breaks it. */
export class Talk {
  readonly room = new Room({
    audioCaptureDefaults: {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      ...chosenDevice(),
    },
    // Who turns the microphone off sees the browser's own sign go out.
    publishDefaults: { dtx: true, red: true, stopMicTrackOnMute: true },
  });
  readonly #join: () => Promise<Pick<Seat, "livekit_url" | "token">>;
  /** The interview to which a reload of this tab leads back; a rehearsal is none. */
  readonly #interview: string | undefined;
  #look: Look = () => Promise.resolve(true);
  readonly #captions = new Captions();
  readonly #firstWords = new FirstWords(this.room, (isKept) => this.#set({ isKept }));
  readonly #listeners = new Set<() => void>();
  #snapshot: Snapshot;
  #entering = 0;
  /** Tells one coming in from the next: what an old line held back is no word of a new one. */
  #here = new Uint8Array(8);
  #wantsMicrophone = !wasMuted();
  #isEntering = false;
  #tries = 0;
  #wasIn = false;
  /** The page was loaded anew: its candidate may be in the middle of an answer. */
  #comesBack = false;
  #pulse: ReturnType<typeof setInterval> | undefined;
  #newsAt = 0;
  readonly #watched = new WeakSet<MediaStreamTrack>();
  #isMicrophoneGone = false;
  #wroteAt = -Infinity;
  /** The interviewer tells us nothing any more; whether we came in anew because of that. */
  #silence: "waiting" | "renewed" | null = null;

  /** `seat` is where the way into the room comes from, `interview` what is held there. */
  constructor(seat: () => Promise<Pick<Seat, "livekit_url" | "token">> = join, interview?: string) {
    this.#join = seat;
    this.#interview = interview;
    this.#snapshot = { ...NOWHERE, isMuted: !this.#wantsMicrophone };
    this.#listen();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): Snapshot => this.#snapshot;

  /** What looks at the interview anew, when the room has gone. */
  whenOver(look: Look): void {
    this.#look = look;
  }

  /** Comes in, again and again until it succeeds, the interview is over, or somebody leaves. */
  async enter(): Promise<void> {
    const turn = ++this.#entering;
    this.#here = crypto.getRandomValues(new Uint8Array(8));
    // On a line that is down the page says that nobody hears, and that is kept.
    this.#comesBack = !this.#wasIn && this.#interview !== undefined && wasInRoom(this.#interview);
    if (this.#interview !== undefined) markInRoom(this.#interview);
    clearInterval(this.#pulse);
    this.#pulse = setInterval(() => this.#beat(), HERE_EVERY_MS);
    let refusals = 0;
    while (turn === this.#entering) {
      this.#set({ link: this.#wasIn ? "away" : "joining", tries: this.#tries, refusal: null });
      try {
        await this.#enterOnce(turn);
        return;
      } catch (error) {
        if (isRefusal(error) && !(await this.#isRetried(error, ++refusals))) return;
        await soon(RETRY_MS[Math.min(this.#tries++, RETRY_MS.length - 1)] ?? 0);
      }
    }
  }

  /** Whether a refused entry is tried again; a page that is over or closed says so itself. */
  async #isRetried(error: Problem, refusals: number): Promise<boolean> {
    if (error.code === "too_early") {
      await this.#leave("early");
      return false;
    }
    if (!(await this.#isOpen())) return false;
    if (refusals < MOST_REFUSALS) return true;
    clearInterval(this.#pulse);
    this.#firstWords.drop();
    this.#set({ refusal: error });
    return false;
  }

  /** Leaves on purpose; the clock stands still and the place is kept. */
  async pause(): Promise<void> {
    await this.#leave("paused");
  }

  async close(): Promise<void> {
    this.#entering += 1;
    clearInterval(this.#pulse);
    this.#firstWords.drop();
    await this.room.disconnect();
  }

  async setMuted(isMuted: boolean): Promise<void> {
    this.#wantsMicrophone = !isMuted;
    markMuted(isMuted);
    if (isMuted) this.#firstWords.drop();
    await this.#microphone();
  }

  /** Tells the interviewer something by a button; what came of it. */
  async press(button: "done" | "think" | "repeat" | "resume" | "typed", payload = ""): Promise<Answer> {
    const agent = this.#agent();
    if (agent === undefined) return "unheard";
    try {
      const answer = await this.room.localParticipant.performRpc({
        destinationIdentity: agent.identity,
        method: `candidate.${button}`,
        payload,
        responseTimeout: ANSWER_WITHIN_MS,
      });
      return ANSWERS.find((one) => one === answer) ?? "unheard";
    } catch (error) {
      const isUnknown = error instanceof RpcError && error.code === RpcError.ErrorCode.UNSUPPORTED_METHOD;
      return isUnknown ? "unsupported" : "unheard";
    }
  }

  /** A key was pressed for an answer in writing, or its field opened: whoever writes is not silent. */
  writes(): void {
    const agent = this.#agent();
    if (agent === undefined || !this.#isConnected || performance.now() - this.#wroteAt < WRITES_EVERY_MS) return;
    this.#wroteAt = performance.now();
    tellAgent(this.room, agent, "viv.writing", "writing");
  }

  async #enterOnce(turn: number): Promise<void> {
    // It takes its time to start: it does so while we are on our way.
    const keeps = this.#comesBack && this.#wantsMicrophone && canKeep();
    const starting = keeps ? this.#firstWords.begin() : this.#microphone();
    this.#isEntering = true;
    try {
      const seat = await this.#join();
      if (turn !== this.#entering) return;
      await this.room.connect(seat.livekit_url, seat.token);
    } finally {
      this.#isEntering = false;
    }
    this.#wasIn = true;
    this.#set({ link: "in" });
    this.#present();
    void starting.then(() => this.#makeHeard());
  }

  /** What was wished for and did not come is tried once more, and then said. */
  async #makeHeard(): Promise<void> {
    await this.#firstWords.publish();
    if (!this.#isUnheard()) return;
    await this.#microphone();
    if (this.#isUnheard() && this.snapshot().trouble === null) this.#set({ trouble: "busy" });
  }

  #isUnheard(): boolean {
    return this.#wantsMicrophone && this.#isConnected && this.snapshot().microphone === null;
  }

  async #microphone(): Promise<void> {
    try {
      await this.room.localParticipant.setMicrophoneEnabled(this.#wantsMicrophone);
      this.#set({ trouble: null });
    } catch (error) {
      // Whoever was not connected in time is heard by the second attempt.
      if (error instanceof DOMException || this.#isConnected) this.#set({ trouble: whyNot(error) });
    }
    this.#present();
  }

  async #leave(link: Link): Promise<void> {
    this.#entering += 1;
    clearInterval(this.#pulse);
    this.#firstWords.drop();
    markInRoom(false);
    this.#set({ link });
    await this.room.disconnect();
  }

  #listen(): void {
    const present = () => this.#present();
    this.room
      .on(RoomEvent.ParticipantConnected, () => this.#expectNews())
      .on(RoomEvent.ParticipantDisconnected, present)
      .on(RoomEvent.TrackSubscribed, present)
      .on(RoomEvent.TrackUnsubscribed, present)
      .on(RoomEvent.RoomMetadataChanged, present)
      // There are no pictures here: whoever interviews shows theirs to colleagues.
      .on(RoomEvent.TrackPublished, (track) => {
        if (track.kind === Track.Kind.Video) track.setSubscribed(false);
      })
      .on(RoomEvent.TrackMuted, present)
      .on(RoomEvent.TrackUnmuted, present)
      .on(RoomEvent.LocalTrackUnpublished, present)
      .on(RoomEvent.LocalTrackPublished, present)
      .on(RoomEvent.MediaDevicesChanged, () => {
        if (this.#snapshot.trouble === "missing") void this.#microphone();
      })
      .on(RoomEvent.MediaDevicesError, (error) => this.#set({ trouble: whyNot(error) }))
      .on(RoomEvent.Reconnecting, () => this.#set({ link: "reconnecting" }))
      .on(RoomEvent.SignalReconnecting, () => this.#set({ link: "reconnecting" }))
      .on(RoomEvent.Reconnected, () => this.#isBack())
      .on(RoomEvent.ConnectionStateChanged, (state) => {
        if (state === ConnectionState.Connected) this.#isBack();
      })
      .on(RoomEvent.Disconnected, (reason) => void this.#disconnected(reason));
    this.room.registerTextStreamHandler("viv.caption", (reader, sender) => {
      void reader.readAll().then((text) => {
        if (!this.#isAgent(sender.identity)) return;
        const nameOf = (identity: string) => this.room.remoteParticipants.get(identity)?.name ?? "";
        this.#captions.take(text, this.room.localParticipant.identity, nameOf);
        this.#set({ captions: this.#captions.lines, interim: this.#captions.interim });
      });
    });
    this.room.registerTextStreamHandler("viv.progress", (reader, sender) => {
      void reader.readAll().then((text) => {
        const progress = this.#isAgent(sender.identity) ? progressOf(text) : null;
        if (progress === null) return;
        this.#newsAt = performance.now();
        this.#tries = 0;
        this.#set({ progress, progressAt: this.#newsAt });
        if (this.#silence !== null) this.#set({ link: "in" });
        this.#silence = null;
      });
    });
  }

  async #disconnected(reason: DisconnectReason | undefined): Promise<void> {
    this.#present();
    // An entry that fails says so itself, and is tried again by whoever tried it.
    if (reason === DisconnectReason.CLIENT_INITIATED || this.#isEntering) return;
    if (reason === DisconnectReason.DUPLICATE_IDENTITY) return this.#leave("elsewhere");
    const turn = this.#entering;
    this.#set({ link: "away" });
    // The room may be gone because the interview is over: then the page is another one.
    const isOpen = await this.#isOpen();
    if (isOpen && this.#entering === turn) await this.enter();
  }

  /** Whether there is a room to come back to; as long as nobody says otherwise, there is. */
  async #isOpen(): Promise<boolean> {
    return this.#look();
  }

  #isBack(): void {
    if (this.#silence === "waiting") return;
    this.#expectNews();
    this.#set({ link: "in" });
  }

  /** Whoever has just come, we or the interviewer, has a moment until the first news. */
  #expectNews(): void {
    this.#newsAt = performance.now();
    this.#present();
  }

  get #isConnected(): boolean {
    return this.room.state === ConnectionState.Connected;
  }

  /**
   * Tells the interviewer that we are here, and notices when it tells us nothing any more. Both
   * sides know of a dead line in seconds by this; LiveKit knows after a quarter of a minute.
   */
  #beat(): void {
    const agent = this.#agent();
    if (agent === undefined || !this.#isConnected || this.#silence === "waiting") return;
    if (this.#isMicrophoneGone) this.#present();
    tellAgent(this.room, agent, "viv.here", this.#here);
    if (this.#snapshot.link !== "in" || this.#snapshot.progress === null) return;
    if (performance.now() - this.#newsAt > NEWS_WITHIN_MS && this.#silence === null) {
      this.#silence = "waiting";
      this.#set({ link: "reconnecting" });
      void this.#renew();
    }
  }

  /**
   * Leaves, and comes in anew as soon as the line carries again. LiveKit would mend the old
   * connection, whose data channel by then tries again only every quarter of a minute: no caption,
   * no button. Two who mend would make two arrivals.
   */
  async #renew(): Promise<void> {
    const turn = this.#entering;
    await this.room.disconnect();
    while (!(await isReachable())) await soon(RETRY_MS[1] ?? 0);
    if (turn !== this.#entering) return;
    this.#silence = "renewed";
    await this.enter();
  }

  /** Each time it is turned on the microphone is another track. */
  #watch(microphone: MediaStreamTrack | null): void {
    if (microphone === null || this.#watched.has(microphone)) return;
    this.#watched.add(microphone);
    microphone.addEventListener("ended", () => {
      if (this.#wantsMicrophone) this.#tellMicrophone("gone");
      this.#present();
      setTimeout(() => void this.#tellLoss(), FOUND_AGAIN_MS);
    });
  }

  /** Between two microphones nothing is heard, as in a silence: the interviewer has to wait for the other one. */
  #tellMicrophone(is: "gone" | "here"): void {
    const agent = this.#agent();
    if (agent === undefined || !this.#isConnected) return;
    this.#isMicrophoneGone = is === "gone";
    tellAgent(this.room, agent, "viv.microphone", is);
  }

  /** The microphone ended and none took its place: unplugged, or no longer allowed. */
  async #tellLoss(): Promise<void> {
    this.#present();
    const { microphone, isMuted, link } = this.#snapshot;
    if (microphone !== null || isMuted || link !== "in") return;
    const permission = await permissionToHear();
    this.#set({ trouble: permission?.state === "granted" ? "missing" : "denied" });
  }

  #present(): void {
    const agent = this.#agent();
    const voice = agent?.getTrackPublication(Track.Source.Microphone) ?? firstAudio(agent);
    const own = this.room.localParticipant.getTrackPublication(Track.Source.Microphone);
    const track = own?.track?.mediaStreamTrack ?? null;
    this.#watch(track);
    if (this.#isMicrophoneGone && track?.readyState === "live") this.#tellMicrophone("here");
    this.#set({
      isAgentHere: agent !== undefined,
      agent: voice?.track?.mediaStreamTrack ?? null,
      others: peopleIn(this.room),
      floor: floorOf(this.room.metadata),
      microphone: track?.readyState === "live" ? track : null,
      isMuted: !this.#wantsMicrophone,
      ...(track?.readyState === "live" && !own?.isMuted && { trouble: null }),
    });
  }

  #agent(): RemoteParticipant | undefined {
    return [...this.room.remoteParticipants.values()].find((one) => one.kind === ParticipantKind.AGENT);
  }

  #isAgent(identity: string): boolean {
    return this.room.remoteParticipants.get(identity)?.kind === ParticipantKind.AGENT;
  }

  #set(changed: Partial<Snapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...changed };
    for (const listener of this.#listeners) listener();
  }
}

function firstAudio(participant: RemoteParticipant | undefined) {
  return [...(participant?.audioTrackPublications.values() ?? [])][0];
}
