import { STATE_HELP, STATES, type State as Name } from "../words";
import styles from "./State.module.css";

const PATHS: Readonly<Record<Name, string>> = {
  draft: "M3 13h10M3 13l1-3 7-7 2 2-7 7z",
  invited: "M2 4h12v8H2zM2 4l6 5 6-5",
  ready: "M3 8.5l3 3 7-7",
  live: "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M3 3a7 7 0 0 0 0 10M13 3a7 7 0 0 1 0 10",
  paused: "M5.5 3v10M10.5 3v10",
  ended: "M4 4h8v8H4z",
  scored: "M3 3h10v10H3zM5.5 6.5h5M5.5 9.5h3",
  decided: "M4 14V2h8l-2 3 2 3H4",
  declined: "M4 4l8 8M12 4l-8 8",
  expired: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 5v3l2 2",
  cancelled: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M4 12l8-8",
  human_path: "M8 2.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M3 14c0-3 2-5 5-5s5 2 5 5",
};

const TONES: Readonly<Partial<Record<Name, string>>> = {
  live: styles.live ?? "",
  paused: styles.warn ?? "",
  scored: styles.todo ?? "",
  human_path: styles.todo ?? "",
};

/** A word and a sign; the colour says nothing that they do not. */
export function State({ state }: { state: Name }) {
  return (
    <span className={`${styles.state ?? ""} ${TONES[state] ?? ""}`} title={STATE_HELP[state]}>
      <svg viewBox="0 0 16 16" aria-hidden="true" className={styles.sign}>
        <path d={PATHS[state]} />
      </svg>
      {STATES[state]}
    </span>
  );
}
