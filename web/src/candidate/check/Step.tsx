import { useRef, type ReactNode } from "react";
import { useWords, type PlainKey } from "../../shared/i18n/i18n";
import { useKeptFocus } from "../../shared/ui/useKeptFocus";
import styles from "./Check.module.css";

export type Standing = "open" | "busy" | "ok" | "warn" | "bad";

const SIGNS: Record<Standing, string> = { open: "", busy: "…", ok: "✓", warn: "!", bad: "!" };

interface Props {
  title: string;
  standing: Standing;
  /** What came of it, in words; a sign alone says nothing to many. */
  said?: string | undefined;
  children?: ReactNode;
}

export function Step({ title, standing, said, children }: Props) {
  const words = useWords();
  const plain: PlainKey = `check.standing.${standing}`;
  const heading = useRef<HTMLHeadingElement>(null);
  const kept = useKeptFocus(heading);
  return (
    <li className={styles.step} data-standing={standing} {...kept}>
      <span className={styles.sign} aria-hidden="true">
        {SIGNS[standing]}
      </span>
      <div className={styles.stepBody}>
        <div className={styles.stepHead}>
          <h2 className={styles.stepTitle} ref={heading} tabIndex={-1}>{title}</h2>
          <p role="status" className={styles.said}>
            {said ?? words.t(plain)}
          </p>
        </div>
        {children}
      </div>
    </li>
  );
}
