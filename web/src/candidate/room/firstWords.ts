import type { LocalTrack, Room } from "livekit-client";

/** As the interviewer takes it; see `agent/first_words.py`. Safari keeps other forms alone. */
const KEPT_AS = "audio/webm;codecs=opus";
/** LiveKit's client keeps no more. */
const KEPT_MS = 10_000;

/**
 * What is said on the way back into the room, before anybody hears it: LiveKit's client keeps it,
 * and sends it to the interviewer once the microphone is published. `tell` hears whether anything
 * is kept.
 */
export class FirstWords {
  readonly #room: Room;
  readonly #tell: (isKept: boolean) => void;
  #track: LocalTrack | undefined;
  #isWanted = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(room: Room, tell: (isKept: boolean) => void) {
    this.#room = room;
    this.#tell = tell;
  }

  /** The microphone starts, where `canKeep`; whoever does not allow it is told so in the room. */
  async begin(): Promise<void> {
    if (this.#track !== undefined) return;
    this.#isWanted = true;
    const [track] = await this.#room.localParticipant.createTracks({ audio: true }).catch(() => []);
    if (track === undefined) return;
    if (this.#isOff()) {
      track.stop();
      return;
    }
    this.#track = track;
    track.startPreConnectBuffer();
    this.#tell(true);
    this.#timer = setTimeout(() => this.#tell(false), KEPT_MS);
  }

  /** The room is there: what was kept is heard, and from now on what is said. */
  async publish(): Promise<void> {
    const track = this.#track;
    if (track === undefined) return;
    this.#forget();
    await this.#room.localParticipant.publishTrack(track).catch(() => track.stop());
  }

  /** The microphone is turned off on the way, or there is no room: nobody hears what was said. */
  drop(): void {
    this.#track?.stopPreConnectBuffer();
    this.#track?.stop();
    this.#forget();
  }

  #isOff(): boolean {
    return !this.#isWanted;
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#track = undefined;
    this.#isWanted = false;
    this.#tell(false);
  }
}

export function canKeep(): boolean {
  return typeof MediaRecorder !== "undefined" && MediaRecorder.isTypeSupported(KEPT_AS);
}
