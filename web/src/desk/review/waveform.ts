/** The loudness of both voices over time, drawn from the very recording. */
export interface Peaks {
  /** Loudest sample of each bin, 0 to 1. */
  candidate: number[];
  others: number[];
  binMs: number;
  done: boolean;
}

/** A stretch of the clock that is not in the file. */
export interface Cut {
  fromMs: number;
  lengthMs: number;
}

export const BIN_MS = 100;
const RATE = 8000;
const PAGES_AT_ONCE = 20;

/** `125000;length=36000000, …` */
export function cutsIn(header: string | null): readonly Cut[] {
  return [...(header ?? "").matchAll(/(\d+);length=(\d+)/g)].map(([, from, length]) => ({
    fromMs: Number(from),
    lengthMs: Number(length),
  }));
}

export function inFile(cuts: readonly Cut[], clockMs: number): number {
  return cuts.reduce((ms, cut) => (clockMs <= cut.fromMs ? ms : ms - Math.min(cut.lengthMs, clockMs - cut.fromMs)), clockMs);
}

export function onClock(cuts: readonly Cut[], fileMs: number): number {
  return cuts.reduce((ms, cut) => (ms > cut.fromMs ? ms + cut.lengthMs : ms), fileMs);
}

/**
 * Decode a recording piece by piece: an hour at once would be a gigabyte of samples. Each piece is
 * the stream's head (its first two pages) and some pages more, which makes a whole Ogg file.
 */
export async function readPeaks(response: Response, told: (peaks: Peaks) => void): Promise<void> {
  const peaks: Peaks = { candidate: [], others: [], binMs: BIN_MS, done: false };
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  let rest = new Uint8Array();
  const head: Uint8Array[] = [];
  let pages: Uint8Array[] = [];
  for (;;) {
    const { value, done } = await reader.read();
    if (value !== undefined) rest = joined([rest, value]);
    for (let size = pageSize(rest); size > 0 && size <= rest.length; size = pageSize(rest)) {
      (head.length < 2 ? head : pages).push(rest.slice(0, size));
      rest = rest.slice(size);
      if (pages.length >= PAGES_AT_ONCE) {
        await add(peaks, [...head, ...pages]);
        told({ ...peaks });
        pages = [];
      }
    }
    if (done) break;
  }
  if (pages.length > 0) await add(peaks, [...head, ...pages]);
  told({ ...peaks, done: true });
}

/** Of the page at the beginning (RFC 3533, section 6); 0 when too little of it is there. */
function pageSize(bytes: Uint8Array): number {
  const segments = bytes[26];
  if (segments === undefined || bytes.length < 27 + segments) return 0;
  return bytes.subarray(27, 27 + segments).reduce((sum, each) => sum + each, 27 + segments);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

async function add(peaks: Peaks, pages: readonly Uint8Array[]): Promise<void> {
  const audio = await new OfflineAudioContext(2, 1, RATE).decodeAudioData(joined(pages).buffer);
  const left = audio.getChannelData(0);
  const right = audio.numberOfChannels > 1 ? audio.getChannelData(1) : left;
  const bin = (RATE * BIN_MS) / 1000;
  for (let start = 0; start < left.length; start += bin) {
    peaks.candidate.push(loudest(left, start, start + bin));
    peaks.others.push(loudest(right, start, start + bin));
  }
}

function loudest(samples: Float32Array, from: number, to: number): number {
  let most = 0;
  for (let at = from; at < to && at < samples.length; at += 1) most = Math.max(most, Math.abs(samples[at] ?? 0));
  return most;
}
