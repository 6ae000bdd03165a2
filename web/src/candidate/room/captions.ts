import { sentOf } from "../../shared/room/sent";

/** What was said, in writing. `ai`, `me`, or another person in the room, by their `name`. */
export interface Caption {
  id: string;
  who: "ai" | "me" | "other";
  name: string;
  text: string;
}

/** Keeps the captions as they come: final ones stay, and what is still being understood is apart. */
export class Captions {
  lines: readonly Caption[] = [];
  interim = "";

  take(json: string, me: string, nameOf: (identity: string) => string = () => ""): void {
    const sent = sentOf(json);
    if (sent === null) return;
    if (sent.again === true) {
      // All comes once more, in its order: a line that was quicker on its way gets its place by it.
      this.lines = this.lines.filter((line) => line.id !== sent.segment);
      const who = sent.speaker === "ai" ? "ai" : sent.speaker === me ? "me" : "other";
      this.#put({ id: sent.segment, who, name: who === "other" ? nameOf(sent.speaker) : "", text: sent.text });
    } else if (sent.speaker === "ai") {
      // The words that were spoken take the place of those that were about to be.
      this.#put({ id: sent.segment, who: "ai", name: "", text: sent.text });
    } else if (!sent.final && sent.speaker === me) {
      this.interim = sent.text;
    } else if (sent.final) {
      const who = sent.speaker === me ? "me" : "other";
      const before = this.lines.find((line) => line.id === sent.segment)?.text;
      const text = before === undefined ? sent.text : `${before} ${sent.text}`;
      this.#put({ id: sent.segment, who, name: who === "me" ? "" : nameOf(sent.speaker), text });
      if (who === "me") this.interim = "";
    }
  }

  #put(caption: Caption): void {
    const isKnown = this.lines.some((line) => line.id === caption.id);
    const kept = isKnown
      ? this.lines.map((line) => (line.id === caption.id ? caption : line))
      : [...this.lines, caption];
    this.lines = kept.filter((line) => line.text.trim() !== "");
  }
}
