import { useEffect, useRef, useState } from "react";
import { Problem, problemOf, Unreachable } from "../../shared/api/problem";
import { Button } from "../../shared/ui/Button";
import { Choice } from "../../shared/ui/Choice";
import { Notice } from "../../shared/ui/Notice";
import { clock } from "../format";
import { useHint } from "../keyswitch";
import { heard, named } from "../session/standing";
import { Refusal } from "../ui/Refusal";
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
}

const SPEEDS = ["0.75", "1", "1.25", "1.5", "2"] as const;
const STEP_MS = 5000;
const FORM = 'audio/ogg; codecs="opus"';
const NOTHING: Sound = { peaks: null, cuts: [] };
const NEITHER = { sound: NOTHING, error: null } as const;

export function Player(props: Props) {
  const { interview, playback } = props;
  const [tries, setTries] = useState(0);
  const { sound, error } = useSound(interview, playback, tries);
  const { failed } = usePlaying(playback);
  const again = () => {
    playback.renew();
    setTries(tries + 1);
  };
  if (error instanceof Problem && error.status === 404) {
    return <p className={styles.missing}>There is no recording to hear. The transcript below is complete.</p>;
  }
  if (error !== null) return <Refusal error={error} onRetry={again} />;
  if (playback.audio.canPlayType(FORM) === "") return <Unplayable interview={interview} />;
  if (failed) {
    return (
      <Notice kind="warn" title="The recording could not be played on." actions={<Button onPress={again}>Try again</Button>}>
        It is stored, and nothing of it is lost. The transcript below is complete.
      </Notice>
    );
  }
  return <Controls {...props} sound={sound} />;
}

function Unplayable({ interview }: { interview: string }) {
  return (
    <Notice kind="warn" title="This browser cannot play the recording.">
      It is stored as Ogg Opus, which newer browsers play. You can{" "}
      <a href={`/v1/interviews/${interview}/recording`} download={`interview-${interview}.ogg`}>
        download the recording
      </a>{" "}
      and hear it with another program. The transcript below is complete.
    </Notice>
  );
}

function Controls({ playback, lastMs, ticksMs, flagsMs, sound }: Props & { sound: Sound }) {
  const { playing } = usePlaying(playback);
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>("1");
  const hint = useHint();
  return (
    <section className={styles.player} aria-label="Recording">
      <Wave playback={playback} sound={sound} lastMs={lastMs} ticksMs={ticksMs} flagsMs={flagsMs} />
      <div className={styles.controls}>
        <Button {...hint("space")} onPress={() => playback.toggle()}>
          {playing ? "Pause" : "Play"}
        </Button>
        <Button {...hint(",")} onPress={() => playback.seek(playback.ms - STEP_MS)}>
          Back 5 s
        </Button>
        <Button {...hint(".")} onPress={() => playback.seek(playback.ms + STEP_MS)}>
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

/** The picture of the recording; `error` is why there is nothing to draw. */
function useSound(interview: string, playback: Playback, tries: number): { sound: Sound; error: Error | null } {
  const [found, setFound] = useState<{ sound: Sound; error: Error | null; at: number }>({ ...NEITHER, at: -1 });
  useEffect(() => {
    const leave = new AbortController();
    const read = async () => {
      const response = await asked(interview, leave.signal);
      const cuts = cutsIn(response.headers.get("Recording-Cuts"));
      playback.leaveOut(cuts);
      // A recording that cannot be drawn can still be heard.
      await readPeaks(response, (peaks) => setFound({ sound: { peaks, cuts }, error: null, at: tries })).catch(() => undefined);
    };
    read().catch((error: unknown) => {
      if (!leave.signal.aborted) setFound({ sound: NOTHING, error: error instanceof Error ? error : new Error(String(error)), at: tries });
    });
    return () => leave.abort();
  }, [interview, playback, tries]);
  return found.at === tries ? found : NEITHER;
}

async function asked(interview: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(`/v1/interviews/${interview}/recording`, { signal, headers: named() }).catch((error: unknown) => {
    throw new Unreachable(String(error));
  });
  await heard(response);
  if (!response.ok) throw await problemOf(response);
  return response;
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
