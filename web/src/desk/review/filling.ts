import { useEffect, useState } from "react";

const FIRST = 24;
const STEP = 24;

/**
 * How many passages have each of their words by itself: those of the first screen at once, the
 * others while there is nothing else to do. Thousands of words take longer than anybody waits.
 */
export function useFilled(all: number, from: number): number {
  const [filled, setFilled] = useState(() => Math.max(FIRST, from + FIRST));
  useEffect(() => {
    if (filled >= all) return undefined;
    const timer = setTimeout(() => setFilled(filled + STEP));
    return () => clearTimeout(timer);
  }, [filled, all]);
  return filled;
}
