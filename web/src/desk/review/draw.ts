import { inFile, type Cut, type Peaks } from "./waveform";

export interface Drawing {
  peaks: Peaks | null;
  cuts: readonly Cut[];
  lengthMs: number;
  nowMs: number;
  ticksMs: readonly number[];
  flagsMs: readonly number[];
}

/** The candidate above the middle, everybody else below; evidence as ticks, bookmarks as flags; now as a line. */
export function draw(canvas: HTMLCanvasElement, drawing: Drawing): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const scale = globalThis.devicePixelRatio;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
  }
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  const colour = coloursOf(canvas);
  const middle = height / 2;
  const at = (clockMs: number) => (inFile(drawing.cuts, clockMs) / Math.max(1, drawing.lengthMs)) * width;
  context.fillStyle = colour.mark;
  for (const tick of drawing.ticksMs) context.fillRect(at(tick) - 2, 0, 5, height);
  context.fillStyle = colour.line;
  context.fillRect(0, middle - 0.5, width, 1);
  if (drawing.peaks !== null) {
    bars(context, drawing.peaks.candidate, drawing, width, (x, loud) => {
      context.fillStyle = colour.speak;
      context.fillRect(x, middle - 1 - loud * (middle - 3), 2, loud * (middle - 3));
    });
    bars(context, drawing.peaks.others, drawing, width, (x, loud) => {
      context.fillStyle = colour.accent;
      context.fillRect(x, middle + 1, 2, loud * (middle - 3));
    });
  }
  context.fillStyle = colour.ink;
  for (const tick of drawing.ticksMs) context.fillRect(at(tick) - 0.5, height - 6, 1.5, 6);
  for (const flag of drawing.flagsMs) {
    context.fillRect(at(flag) - 0.5, 0, 1.5, 10);
    context.fillRect(at(flag), 0, 7, 5);
  }
  context.fillRect(at(drawing.nowMs) - 0.75, 0, 1.5, height);
}

function bars(
  context: CanvasRenderingContext2D,
  loudness: readonly number[],
  drawing: Drawing,
  width: number,
  bar: (x: number, loud: number) => void,
): void {
  context.save();
  const bins = drawing.lengthMs / (drawing.peaks?.binMs ?? 100);
  for (let x = 0; x < width; x += 3) {
    const [from, to] = [Math.floor((x / width) * bins), Math.ceil(((x + 3) / width) * bins)];
    const loud = Math.max(0, ...loudness.slice(from, Math.max(to, from + 1)));
    if (loud > 0.01) bar(x, Math.min(1, loud));
  }
  context.restore();
}

function coloursOf(canvas: HTMLCanvasElement) {
  const style = getComputedStyle(canvas);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return { speak: of("--speak"), accent: of("--accent"), mark: of("--mark"), line: of("--line"), ink: of("--ink") };
}
