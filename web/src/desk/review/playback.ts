import { useEffect, useMemo, useState } from "react";
import { inFile, onClock, type Cut } from "./waveform";

type Listener = (ms: number) => void;

/** The recording as one hears it, on the clock of the transcript. */
export class Playback {
  readonly audio = new Audio();
  cuts: readonly Cut[] = [];
  readonly #source: string;
  readonly #listeners = new Set<Listener>();
  #frame = 0;

  constructor(source: string) {
    this.#source = source;
    this.audio.preload = "none";
    this.audio.addEventListener("play", () => this.#tick());
    for (const event of ["seeked", "pause", "ended"]) this.audio.addEventListener(event, () => this.#tell());
  }

  get ms(): number {
    return onClock(this.cuts, this.audio.currentTime * 1000);
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  seek(ms: number): void {
    this.#load();
    this.audio.currentTime = inFile(this.cuts, Math.max(0, ms)) / 1000;
    this.#tell(ms);
  }

  hear(ms: number): void {
    this.seek(ms);
    this.play();
  }

  play(): void {
    this.#load();
    // A refusal (no sound stored, nothing to play it on) is told by the element's own error event.
    this.audio.play().catch(() => undefined);
  }

  toggle(): void {
    if (this.audio.paused) this.play();
    else this.audio.pause();
  }

  /** Of the speech: 1 is as it was. */
  pace(rate: number): void {
    this.audio.playbackRate = rate;
    this.audio.defaultPlaybackRate = rate;
  }

  leaveOut(cuts: readonly Cut[]): void {
    this.cuts = cuts;
  }

  /** Forgets what went wrong: the next play asks for the recording anew. */
  renew(): void {
    this.audio.removeAttribute("src");
    this.audio.load();
  }

  close(): void {
    this.audio.pause();
    cancelAnimationFrame(this.#frame);
    this.audio.removeAttribute("src");
  }

  #load(): void {
    if (!this.audio.hasAttribute("src")) this.audio.src = this.#source;
  }

  #tick(): void {
    cancelAnimationFrame(this.#frame);
    this.#tell();
    if (!this.audio.paused) this.#frame = requestAnimationFrame(() => this.#tick());
  }

  #tell(ms = this.ms): void {
    for (const listener of this.#listeners) listener(ms);
  }
}

export function usePlayback(interview: string): Playback {
  const playback = useMemo(() => new Playback(`/v1/interviews/${interview}/recording`), [interview]);
  useEffect(() => () => playback.close(), [playback]);
  return playback;
}

/** Whether it plays, and whether it was heard at all. */
export function usePlaying(playback: Playback): { playing: boolean; heard: boolean; failed: boolean } {
  const [state, setState] = useState({ playing: false, heard: false, failed: false });
  useEffect(() => {
    const { audio } = playback;
    const play = () => setState((before) => ({ ...before, playing: true, failed: false }));
    const hear = () => setState((before) => ({ ...before, heard: true }));
    const pause = () => setState((before) => ({ ...before, playing: false }));
    const fail = () => setState((before) => ({ ...before, playing: false, failed: audio.hasAttribute("src") }));
    const mend = () => setState((before) => ({ ...before, failed: false }));
    audio.addEventListener("play", play);
    audio.addEventListener("playing", hear);
    audio.addEventListener("pause", pause);
    audio.addEventListener("error", fail);
    audio.addEventListener("emptied", mend);
    return () => {
      audio.removeEventListener("play", play);
      audio.removeEventListener("playing", hear);
      audio.removeEventListener("pause", pause);
      audio.removeEventListener("error", fail);
      audio.removeEventListener("emptied", mend);
    };
  }, [playback]);
  return state;
}
