import { useId } from "react";
import { clock } from "../format";
import styles from "./fairness.module.css";

export interface Talk {
  name: string;
  candidateS: number;
  aiS: number;
  peopleS: number;
}

const [WIDTH, LEFT, ROW, TOP] = [720, 200, 28, 28] as const;

/** How long each candidate spoke, and how long the AI and people did: bars on one scale. */
export function Spoken({ rows }: { rows: readonly Talk[] }) {
  const id = useId();
  const most = Math.max(60, ...rows.map(whole));
  const step = [60, 120, 300, 600, 1200].find((each) => most / each <= 6) ?? 3600;
  const ticks = Array.from({ length: Math.floor(most / step) + 1 }, (_, n) => n * step);
  const wide = (seconds: number) => (seconds / most) * (WIDTH - LEFT - 20);
  const height = TOP + rows.length * ROW + 4;
  const ledByPeople = rows.some((row) => row.peopleS > 0);
  return (
    <figure className={styles.figure}>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-labelledby={id} className={styles.plot}>
        <title id={id}>{`Time spoken. ${rows.map(inWords).join("; ")}.`}</title>
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={LEFT + wide(tick)} x2={LEFT + wide(tick)} y1={TOP - 4} y2={height} className={styles.grid} />
            <text x={LEFT + wide(tick)} y={14} textAnchor="middle" className={styles.tick}>
              {tick / 60} min
            </text>
          </g>
        ))}
        {rows.map((row, n) => {
          const y = TOP + n * ROW + 5;
          const [ai, people] = [LEFT + wide(row.candidateS), LEFT + wide(row.candidateS + row.aiS)];
          return (
            <g key={`${row.name} ${n}`}>
              <text x={LEFT - 16} y={y + 14} textAnchor="end" className={styles.name}>
                {row.name.length > 22 ? `${row.name.slice(0, 21)}…` : row.name}
              </text>
              <rect x={LEFT} y={y} width={wide(row.candidateS)} height={ROW - 10} className={styles.candidate} />
              <rect x={ai + 1} y={y} width={wide(row.aiS)} height={ROW - 10} className={styles.ai} />
              {row.peopleS > 0 && <rect x={people + 2} y={y} width={wide(row.peopleS)} height={ROW - 10} className={styles.people} />}
            </g>
          );
        })}
      </svg>
      <figcaption className={styles.legend}>
        <span className={styles.iscandidate}>■ candidate</span> <span className={styles.isai}>□ AI</span>
        {ledByPeople && <span className={styles.ispeople}>■ interviewers</span>}
      </figcaption>
    </figure>
  );
}

function whole(row: Talk): number {
  return row.candidateS + row.aiS + row.peopleS;
}

function inWords(row: Talk): string {
  const people = row.peopleS > 0 ? [`interviewers ${clock(row.peopleS * 1000)}`] : [];
  return [`${row.name}: candidate ${clock(row.candidateS * 1000)}`, `AI ${clock(row.aiS * 1000)}`, ...people].join(", ");
}
