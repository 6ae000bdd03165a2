import { useEffect, useState } from "react";
import type { Look } from "../api";
import type { Snapshot } from "./snapshot";

const AGAIN_MS = 1000;
/** An interviewer who fell silent within the goodbye is missed after so long. */
const TRUSTED_MS = 8000;

/**
 * Whether the interviewer has said goodbye and gone, which is no fault to be told. The service
 * closes the room some seconds later: the page that comes after it need not wait for that.
 */
export function useFarewell(now: Snapshot, look: Look): boolean {
  const { link, isAgentHere, progress } = now;
  const isBye = link === "in" && !isAgentHere && (progress?.phase === "closing" || progress?.phase === "ended");
  const [isDoubted, setDoubted] = useState(false);
  useEffect(() => {
    if (!isBye) return undefined;
    let asks = true;
    let again: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      if ((await look()) && asks) again = setTimeout(() => void ask(), AGAIN_MS);
    };
    void ask();
    const doubt = setTimeout(() => setDoubted(true), TRUSTED_MS);
    return () => {
      asks = false;
      clearTimeout(again);
      clearTimeout(doubt);
      setDoubted(false);
    };
  }, [isBye, look]);
  return isBye && !isDoubted;
}
