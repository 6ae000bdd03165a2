/**
 * A key that did something and is held down since does no more of it, and types nothing into the
 * field that it has opened.
 */
export class Held {
  #key: string | null = null;

  /** From now on; returns what ends it. */
  watch(): () => void {
    const swallow = (event: KeyboardEvent) => {
      if (!event.repeat) this.#key = null;
      else if (event.key === this.#key) event.preventDefault();
    };
    // On the way down: a field that takes keys lets none of them up.
    document.addEventListener("keydown", swallow, true);
    return () => document.removeEventListener("keydown", swallow, true);
  }

  /** The key has just done something. */
  did(key: string): void {
    this.#key = key;
  }
}
