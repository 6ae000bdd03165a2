import { useEffect, useRef, useState } from "react";
import { Button } from "../../shared/ui/Button";
import { Choice } from "../../shared/ui/Choice";
import { clock } from "../format";
import { draw, type Drawing } from "./draw";
import { usePlaying, type Playback } from "./playback";
import { cutsIn, onClock, inFile, readPeaks, type Cut, type Peaks } from "./waveform";
import styles from "./Player.module.css";

interface Props {
  interview: string;
  playback: Playback;
  /** The end of the last turn, until the recording tells its own length. */
  lastMs: number;
  ticksMs: readonly number[];
  /** Bookmarks: small flags at the top. */
  flagsMs: readonly number[];
}

interface Sound {
  peaks: Peaks | null;
  cuts: readonly Cut[];
  missing: boolean;
}

const SPEEDS = ["0.75", "1", "1.25", "1.5", "2"] as const;
const STEP_MS = 5000;

export function Player({ interview, playback, lastMs, ticksMs, flagsMs }: Props) {
  const sound = useSound(interview, playback);
  const { playing, failed } = usePlaying(playback);
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>("1");
  if (sound.missing || failed) {
    return <p className={styles.missing}>There is no recording to hear. The transcript below is complete.</p>;
  }
  return (
    <section className={styles.player} aria-label="Recording">
      <Wave playback={playback} sound={sound} lastMs={lastMs} ticksMs={ticksMs} flagsMs={flagsMs} />
      <div className={styles.controls}>
        <Button hint="space" onPress={() => playback.toggle()}>
          {playing ? "Pause" : "Play"}
        </Button>
        <Button hint="," onPress={() => playback.seek(playback.ms - STEP_MS)}>
          Back 5 s
        </Button>
        <Button hint="." onPress={() => playback.seek(playback.ms + STEP_MS)}>
          On 5 s
        </Button>
        <Now playback={playback} lastMs={lastMs} />
        <p className={styles.legend}>
          <span className={styles.candidate}>▲ candidate</span> <span className={styles.others}>▼ interviewer</span>
        </p>
        <div className={styles.speed}>
          <Choice
            label="Speed"
            value={speed}
            options={SPEEDS.map((each) => [each, `${each}×`] as const)}
            onChange={(each) => {
              setSpeed(each);
              playback.pace(Number(each));
            }}
          />
        </div>
      </div>
    </section>
  );
}

function useSound(interview: string, playback: Playback): Sound {
  const [sound, setSound] = useState<Sound>({ peaks: null, cuts: [], missing: false });
  useEffect(() => {
    const leave = new AbortController();
    const read = async () => {
      const response = await fetch(`/v1/interviews/${interview}/recording`, { signal: leave.signal });
      if (!response.ok) {
        setSound((before) => ({ ...before, missing: true }));
        return;
      }
      const cuts = cutsIn(response.headers.get("Recording-Cuts"));
      playback.leaveOut(cuts);
      await readPeaks(response, (peaks) => setSound({ peaks, cuts, missing: false }));
    };
    // A recording that cannot be drawn can still be heard.
    read().catch(() => undefined);
    return () => leave.abort();
  }, [interview, playback]);
  return sound;
}

interface WaveProps {
  playback: Playback;
  sound: Sound;
  lastMs: number;
  ticksMs: readonly number[];
  /** Bookmarks: small flags at the top. */
  flagsMs: readonly number[];
}

/** The picture is for the eye; the slider that lies on it is for hands, keys and readers. */
function Wave({ playback, sound, lastMs, ticksMs, flagsMs }: WaveProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const slider = useRef<HTMLInputElement>(null);
  const length = lengthOf(sound, playback, lastMs);
  useEffect(() => {
    const paint = (nowMs: number) => {
      const drawing: Drawing = { peaks: sound.peaks, cuts: sound.cuts, lengthMs: length, nowMs, ticksMs, flagsMs };
      if (canvas.current !== null) draw(canvas.current, drawing);
      if (slider.current !== null) {
        slider.current.value = String(Math.round(inFile(sound.cuts, nowMs)));
        slider.current.setAttribute("aria-valuetext", `${clock(nowMs)} of ${clock(lastMs)}`);
      }
    };
    const again = () => paint(playback.ms);
    again();
    const sizes = new ResizeObserver(again);
    if (canvas.current !== null) sizes.observe(canvas.current);
    const theme = matchMedia("(prefers-color-scheme: dark)");
    theme.addEventListener("change", again);
    const deaf = playback.listen(paint);
    return () => {
      sizes.disconnect();
      theme.removeEventListener("change", again);
      deaf();
    };
  }, [sound, length, lastMs, ticksMs, flagsMs, playback]);
  return (
    <div className={styles.wave}>
      <canvas ref={canvas} className={styles.canvas} aria-hidden="true" />
      <input
        ref={slider}
        className={styles.slider}
        type="range"
        aria-label="Place in the recording"
        min={0}
        max={Math.round(length)}
        step={100}
        defaultValue={0}
        onChange={(event) => playback.seek(onClock(sound.cuts, Number(event.target.value)))}
      />
    </div>
  );
}

function lengthOf(sound: Sound, playback: Playback, lastMs: number): number {
  if (sound.peaks?.done === true) return sound.peaks.candidate.length * sound.peaks.binMs;
  const told = playback.audio.duration * 1000;
  return Number.isFinite(told) && told > 0 ? told : inFile(sound.cuts, lastMs);
}

function Now({ playback, lastMs }: { playback: Playback; lastMs: number }) {
  const shown = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      playback.listen((ms) => {
        if (shown.current !== null) shown.current.textContent = clock(ms);
      }),
    [playback],
  );
  return (
    <p className={styles.now}>
      <span ref={shown}>{clock(0)}</span> <span className="muted">of {clock(lastMs)}</span>
    </p>
  );
}
