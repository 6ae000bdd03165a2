import type { Booth } from "./booth";

/** It is gone from here at once; that it was useful or not is stored if the AI hears it. */
export function rate(booth: Booth, prompt: string, useful: boolean | null): void {
  booth.drop(prompt);
  void booth.call("prompt.rate", JSON.stringify({ id: prompt, useful })).catch(() => undefined);
}
