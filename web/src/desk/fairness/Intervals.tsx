import { useId } from "react";
import styles from "./fairness.module.css";

export interface Interval {
  name: string;
  value: number;
  low: number | null;
  high: number | null;
}

const [WIDTH, LEFT, ROW, TOP] = [720, 200, 30, 28] as const;
const [LEAST, MOST] = [-0.2, 1] as const;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1] as const;

function place(value: number): number {
  const share = (Math.max(LEAST, Math.min(MOST, value)) - LEAST) / (MOST - LEAST);
  return LEFT + share * (WIDTH - LEFT - 60);
}

/** Points with their intervals on one scale. The table beneath says the same in figures. */
export function Intervals({ label, rows }: { label: string; rows: readonly Interval[] }) {
  const id = useId();
  const height = TOP + rows.length * ROW + 8;
  return (
    <figure className={styles.figure}>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-labelledby={id} className={styles.plot}>
        <title id={id}>{`${label}. ${rows.map((row) => `${row.name} ${row.value.toFixed(2)}`).join(", ")}.`}</title>
        {TICKS.map((tick) => (
          <g key={tick}>
            <line x1={place(tick)} x2={place(tick)} y1={TOP - 4} y2={height - 4} className={styles.grid} />
            <text x={place(tick)} y={14} textAnchor="middle" className={styles.tick}>
              {tick}
            </text>
          </g>
        ))}
        {rows.map((row, n) => {
          const y = TOP + n * ROW + ROW / 2;
          return (
            <g key={row.name}>
              <text x={LEFT - 16} y={y + 4} textAnchor="end" className={styles.name}>
                {row.name.length > 22 ? `${row.name.slice(0, 21)}…` : row.name}
              </text>
              {row.low !== null && row.high !== null && (
                <line x1={place(row.low)} x2={place(row.high)} y1={y} y2={y} className={styles.interval} />
              )}
              <circle cx={place(row.value)} cy={y} r={5} className={styles.point} />
              <text x={WIDTH - 4} y={y + 4} textAnchor="end" className={styles.name}>
                {row.value.toFixed(2)}
              </text>
            </g>
          );
        })}
      </svg>
      <figcaption className="muted small">{label}</figcaption>
    </figure>
  );
}
