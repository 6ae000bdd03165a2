import type { ReactNode } from "react";
import { classes } from "./classes";
import styles from "./Notice.module.css";

interface Props {
  /** `danger` is told at once by readers of the screen, the others when they are done speaking. */
  kind: "info" | "ok" | "warn" | "danger";
  title?: string;
  children?: ReactNode;
  actions?: ReactNode;
}

const SIGNS = { info: "i", ok: "✓", warn: "!", danger: "!" } as const;

/** What happened, what is safe, what to do now. */
export function Notice({ kind, title, children, actions }: Props) {
  return (
    <div className={classes(styles.notice, styles[kind])} role={kind === "danger" ? "alert" : "status"}>
      <span className={styles.sign} aria-hidden="true">
        {SIGNS[kind]}
      </span>
      <div className={styles.words}>
        {title !== undefined && <p className={styles.title}>{title}</p>}
        {children !== undefined && <div>{children}</div>}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}
