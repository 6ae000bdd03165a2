import type { ReactNode } from "react";
import styles from "./fairness.module.css";

export interface PlotRow {
  key: string;
  name: string;
  /** Beside the name, where the marks stand for one figure. */
  value?: string;
  /** Drawn with `x` in per cent of the scale and `y` in px from the middle of the row. */
  marks: ReactNode;
}

interface Props {
  label: string;
  ticks: readonly (readonly [share: number, said: string])[];
  rows: readonly PlotRow[];
  /** Under the chart: what its marks mean. */
  children: ReactNode;
}

/** A place upon the scale, as SVG takes it; only lengths along the scale grow with the page, never words. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(3)}%`;
}

/** Rows of marks upon one scale. On a telephone names stand above their marks, which have all of its width. */
export function Plot({ label, ticks, rows, children }: Props) {
  const valued = rows.some((row) => row.value !== undefined);
  const places = ticks.map(([share]) => share);
  return (
    <figure className={styles.figure}>
      <div role="img" aria-label={label} className={valued ? `${styles.plot} ${styles.valued}` : styles.plot}>
        <div className={styles.row}>
          <svg className={styles.scale}>
            {ticks.map(([share, said]) => (
              <text key={share} x={percent(share)} y={14} textAnchor={anchor(share)} className={styles.tick}>
                {said}
              </text>
            ))}
          </svg>
        </div>
        {rows.map((row) => (
          <div key={row.key} className={styles.row}>
            <bdi className={styles.name}>{row.name}</bdi>
            {row.value !== undefined && <span className={styles.value}>{row.value}</span>}
            <div className={styles.band}>
              <svg>
                {places.map((share) => (
                  <line key={share} x1={percent(share)} x2={percent(share)} y1="0" y2="100%" className={styles.grid} />
                ))}
                <svg y="50%">{row.marks}</svg>
              </svg>
            </div>
          </div>
        ))}
      </div>
      <figcaption className={styles.legend}>{children}</figcaption>
    </figure>
  );
}

/** What stands at an end of the scale does not reach beyond it. */
function anchor(share: number): "start" | "middle" | "end" {
  if (share < 0.02) return "start";
  return share > 0.98 ? "end" : "middle";
}
