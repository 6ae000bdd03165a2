import { clock } from "../format";
import { percent, Plot } from "./Plot";
import styles from "./fairness.module.css";

export interface Talk {
  name: string;
  candidateS: number;
  aiS: number;
  peopleS: number;
}

const BAR = 18;

/** How long each candidate spoke, and how long the AI and people did: bars on one scale. */
export function Spoken({ rows }: { rows: readonly Talk[] }) {
  const most = Math.max(60, ...rows.map(whole));
  const step = [60, 120, 300, 600, 1200].find((each) => most / each <= 6) ?? 3600;
  const ticks = Array.from({ length: Math.floor(most / step) + 1 }, (_, n) => n * step);
  const ledByPeople = rows.some((row) => row.peopleS > 0);
  return (
    <Plot
      label={`Time spoken. ${rows.map(inWords).join("; ")}.`}
      ticks={ticks.map((tick) => [tick / most, String(tick / 60)] as const)}
      rows={rows.map((row, n) => ({ key: `${row.name} ${n}`, name: row.name, marks: <Bars row={row} most={most} /> }))}
    >
      <span className={styles.iscandidate}>■ candidate</span> <span className={styles.isai}>□ AI</span>{" "}
      {ledByPeople && <span className={styles.ispeople}>■ interviewers</span>} <span className="muted">in minutes</span>
    </Plot>
  );
}

/** One after the other, with a hair between them. */
function Bars({ row, most }: { row: Talk; most: number }) {
  const parts = [
    { seconds: row.candidateS, of: styles.candidate },
    { seconds: row.aiS, of: styles.ai },
    { seconds: row.peopleS, of: styles.people },
  ];
  return parts.map(({ seconds, of }, n) => {
    const before = parts.slice(0, n).reduce((all, part) => all + part.seconds, 0);
    if (seconds === 0) return null;
    return (
      <rect
        key={of}
        x={percent(before / most)}
        y={-BAR / 2}
        width={percent(seconds / most)}
        height={BAR}
        transform={`translate(${n} 0)`}
        className={of}
      />
    );
  });
}

function whole(row: Talk): number {
  return row.candidateS + row.aiS + row.peopleS;
}

function inWords(row: Talk): string {
  const people = row.peopleS > 0 ? [`interviewers ${clock(row.peopleS * 1000)}`] : [];
  return [`${row.name}: candidate ${clock(row.candidateS * 1000)}`, `AI ${clock(row.aiS * 1000)}`, ...people].join(", ");
}
