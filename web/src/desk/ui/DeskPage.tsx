import { useEffect, useRef, type ReactNode } from "react";
import styles from "./DeskPage.module.css";

interface Props {
  title: ReactNode;
  /** The title of the tab. */
  tab: string;
  /** Above the heading: where one is. */
  above?: ReactNode;
  /** Beside the heading: what can be done with all of it. */
  actions?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** A sheet on the desk. The heading takes the focus when another sheet comes. */
export function DeskPage({ title, tab, above, actions, wide = false, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${tab} · Vivavoce`;
  }, [tab]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <main id="main" className={`${styles.page ?? ""} ${wide ? (styles.wide ?? "") : ""}`}>
      <header className={styles.head}>
        <div className={styles.titles}>
          {above !== undefined && <div className={styles.above}>{above}</div>}
          <h1 ref={heading} tabIndex={-1} className={styles.title}>
            {title}
          </h1>
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </main>
  );
}

/** A part of a sheet under its own heading. */
export function Section({ title, id, actions, children }: { title: string; id?: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section id={id} className={styles.section} aria-label={title}>
      <div className={styles.head}>
        <h2 className={styles.subtitle}>{title}</h2>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}
