import { percent, Plot } from "./Plot";
import styles from "./fairness.module.css";

export interface Interval {
  name: string;
  value: number;
  low: number | null;
  high: number | null;
}

const [LEAST, MOST] = [-0.2, 1] as const;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1] as const;

function share(value: number): number {
  return (Math.max(LEAST, Math.min(MOST, value)) - LEAST) / (MOST - LEAST);
}

/** Points with their intervals on one scale. The table beneath says the same in figures. */
export function Intervals({ label, rows }: { label: string; rows: readonly Interval[] }) {
  return (
    <Plot
      label={`${label}. ${rows.map((row) => `${row.name} ${row.value.toFixed(2)}`).join(", ")}.`}
      ticks={TICKS.map((tick) => [share(tick), String(tick)] as const)}
      rows={rows.map((row) => ({ key: row.name, name: row.name, value: row.value.toFixed(2), marks: <Point row={row} /> }))}
    >
      <span className="muted">{label}</span>
    </Plot>
  );
}

function Point({ row }: { row: Interval }) {
  return (
    <>
      {row.low !== null && row.high !== null && (
        <line x1={percent(share(row.low))} x2={percent(share(row.high))} y1={0} y2={0} className={styles.interval} />
      )}
      <circle cx={percent(share(row.value))} cy={0} r={5} className={styles.point} />
    </>
  );
}
