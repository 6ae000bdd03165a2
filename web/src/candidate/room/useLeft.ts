import { useEffect, useState } from "react";
import type { Snapshot } from "./talk";

/** Seconds that are left; null before they are known. They stand still while anything is broken. */
export function useLeft(now: Snapshot): { seconds: number; isRunning: boolean } | null {
  const { progress, progressAt, link, isAgentHere } = now;
  const isRunning = progress !== null && progress.running && link === "in" && isAgentHere;
  const [at, setAt] = useState(() => performance.now());
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setAt(performance.now()), 500);
    return () => clearInterval(timer);
  }, [isRunning]);
  if (progress === null) return null;
  const gone = isRunning ? Math.max(0, (at - progressAt) / 1000) : 0;
  return { seconds: Math.max(0, Math.round(progress.left_s - gone)), isRunning };
}

export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
