import { isUnanswered } from "../../shared/api/problem";
import { forget, keep, kept } from "../kept";
import { note } from "./calls";

export interface Written {
  text: string;
  /** When it was, in milliseconds since 1970 by the page's clock. */
  at: number;
  key: string;
}

export interface Outgoing {
  /** What has not arrived yet, in the order in which it was written. */
  waiting: readonly Written[];
  error: Error | null;
  /** The moment of the last that has arrived, in milliseconds of the recording. */
  arrivedMs: number | null;
}

const AGAIN_MS = [1000, 2000, 4000, 8000];

/** The page's clock, which nobody sets back meanwhile. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

export function written(text: string, at: number = now()): Written {
  return { text, at, key: crypto.randomUUID() };
}

/**
 * Notes and marks on their way. Whoever writes while the service is away writes on: nothing takes the
 * place of what has not arrived, which lies in the tab and is sent again until it has.
 */
export class Outbox {
  readonly #interview: string;
  readonly #name: string;
  readonly #arrived: () => void;
  readonly #listeners = new Set<() => void>();
  #out: Outgoing;
  #isSending = false;

  constructor(interview: string, arrived: () => void) {
    this.#interview = interview;
    this.#name = `notes.${interview}`;
    this.#arrived = arrived;
    this.#out = { waiting: kept<readonly Written[]>(this.#name, []), error: null, arrivedMs: null };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): Outgoing => this.#out;

  readonly write = (one: Written): void => {
    this.#set({ waiting: [...this.#out.waiting, one] });
    void this.send();
  };

  /** What is refused stays for whoever tries again, and keeps nothing behind it waiting. */
  async send(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    const refused = new Set<string>();
    const next = () => this.#out.waiting.find((one) => !refused.has(one.key));
    let tries = 0;
    for (let one = next(); one !== undefined; one = next()) {
      try {
        await this.#bring(one);
        if (refused.size === 0) this.#set({ error: null });
        tries = 0;
      } catch (error) {
        this.#set({ error: error instanceof Error ? error : new Error(String(error)) });
        if (!isUnanswered(error)) {
          refused.add(one.key);
          continue;
        }
        const waitMs = AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)];
        await new Promise((done) => setTimeout(done, waitMs));
        tries += 1;
      }
    }
    this.#isSending = false;
  }

  async #bring(one: Written): Promise<void> {
    const noted = await note(this.#interview, one.text, now() - one.at, one.key);
    const waiting = this.#out.waiting.filter((each) => each.key !== one.key);
    this.#set({ waiting, arrivedMs: noted?.at_ms ?? this.#out.arrivedMs });
    this.#arrived();
  }

  #set(changed: Partial<Outgoing>): void {
    this.#out = { ...this.#out, ...changed };
    if (this.#out.waiting.length === 0) forget(this.#name);
    else keep(this.#name, this.#out.waiting);
    for (const listener of this.#listeners) listener();
  }
}
