import { useEffect, useState } from "react";

const LOOK_EVERY_MS = 5000;

/** Whether a moment is still to come; tells by itself when it has. */
export function useToCome(moment: string | null): boolean {
  const at = moment === null ? 0 : new Date(moment).getTime();
  const [now, setNow] = useState(() => Date.now());
  const isToCome = now < at;
  useEffect(() => {
    if (!isToCome) return;
    const timer = setTimeout(() => setNow(Date.now()), Math.min(LOOK_EVERY_MS, at - Date.now() + 50));
    return () => clearTimeout(timer);
  }, [isToCome, at, now]);
  return isToCome;
}
