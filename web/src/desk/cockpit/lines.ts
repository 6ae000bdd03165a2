import type { Shapes } from "../../shared/api/client";
import type { Sent } from "../../shared/room/sent";

/** One turn in writing; `speaker` is `ai` or an identity. */
export interface Line {
  id: string;
  speaker: string;
  text: string;
}

/** What is being understood of somebody, and is not final. */
export interface Interim {
  speaker: string;
  text: string;
}

/** Everybody's words as they come, each under who said them. */
export class Lines {
  lines: readonly Line[] = [];
  interims: readonly Interim[] = [];
  #told: ReadonlySet<string> = new Set();

  /** What was said before one came in, or while the line was down. */
  begin(turns: readonly Shapes["Turn"][]): void {
    const known = turns
      .filter((turn) => turn.spoken.trim() !== "" && !turn.withdrawn)
      .map((turn) => ({ id: turn.turn_id, speaker: turn.speaker === "ai" ? "ai" : turn.identity, text: turn.spoken }));
    this.#told = new Set(known.map((line) => line.id));
    const newer = this.lines.filter((line) => !this.#told.has(line.id));
    // What is here of a turn is never less than what the API knew a moment before.
    const held = new Map(this.lines.map((line) => [line.id, line]));
    const whole = known.map((line) => {
      const here = held.get(line.id);
      return here !== undefined && here.text.length > line.text.length ? here : line;
    });
    this.lines = [...whole, ...newer];
  }

  take(sent: Sent): void {
    if (sent.speaker === "ai" || sent.again === true) {
      // The words that were spoken take the place of those that were about to be.
      this.#put(sent, sent.text);
      return;
    }
    const others = this.interims.filter((one) => one.speaker !== sent.speaker);
    if (!sent.final) {
      this.interims = [...others, { speaker: sent.speaker, text: sent.text }];
      return;
    }
    this.interims = others;
    const before = this.lines.find((line) => line.id === sent.segment)?.text ?? "";
    // What the API has told already may come once more, on its way through the room.
    const isKnown = this.#told.has(sent.segment) && ` ${before}`.endsWith(` ${sent.text}`);
    if (!isKnown) this.#put(sent, before === "" ? sent.text : `${before} ${sent.text}`);
  }

  #put({ segment, speaker }: Sent, text: string): void {
    const line = { id: segment, speaker, text };
    const isKnown = this.lines.some((one) => one.id === segment);
    const kept = isKnown ? this.lines.map((one) => (one.id === segment ? line : one)) : [...this.lines, line];
    this.lines = kept.filter((one) => one.text.trim() !== "");
  }
}
