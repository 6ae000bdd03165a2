import { useEffect, useRef, useState, type RefObject } from "react";

let shared: AudioContext | undefined;

/** One context for all that measures and plays; browsers allow few, and only after a click. */
export function audioContext(): AudioContext {
  shared ??= new AudioContext();
  // `interrupted`, by a call for one, is a word of Safari's alone.
  if (shared.state !== "running" && shared.state !== "closed") void shared.resume().catch(() => undefined);
  return shared;
}

/** How loud a track is right now, from 0 to 1 as an ear would judge. */
export function listenTo(track: MediaStreamTrack): { level: () => number; stop: () => void } {
  const context = audioContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const level = () => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
    const decibels = 10 * Math.log10(power + 1e-10);
    return Math.min(1, Math.max(0, (decibels + 60) / 45));
  };
  return { level, stop: () => source.disconnect() };
}

/** Keeps the property `--level` of an element at the loudness of a track, as long as both are there. */
export function useLevel<T extends HTMLElement>(track: MediaStreamTrack | undefined): RefObject<T | null> {
  const element = useRef<T>(null);
  useEffect(() => {
    const shown = element.current;
    if (track === undefined || shown === null) return;
    const ear = listenTo(track);
    let smooth = 0;
    let frame = 0;
    const draw = () => {
      const now = ear.level();
      smooth = now > smooth ? now : smooth * 0.88 + now * 0.12;
      shown.style.setProperty("--level", smooth.toFixed(3));
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => {
      cancelAnimationFrame(frame);
      ear.stop();
      shown.style.setProperty("--level", "0");
    };
  }, [track]);
  return element;
}

/** What is louder is no noise of a still room any more: about -40 dB of full scale. */
const SOUND = 0.44;
const LOOK_MS = 50;
/** So much of it in all: a plug that clicks is heard for less. */
const ENOUGH_MS = 200;

/** Whether anything was heard by this track so far. */
export function useHeard(track: MediaStreamTrack | undefined): boolean {
  const [heard, setHeard] = useState<MediaStreamTrack>();
  useEffect(() => {
    if (track === undefined) return;
    const ear = listenTo(track);
    let ms = 0;
    const timer = setInterval(() => {
      if (ear.level() > SOUND) ms += LOOK_MS;
      if (ms < ENOUGH_MS) return;
      clearInterval(timer);
      setHeard(track);
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
      ear.stop();
    };
  }, [track]);
  return track !== undefined && heard === track;
}
