import { useEffect, useRef, type ReactNode } from "react";
import styles from "./Page.module.css";

interface Props {
  title: ReactNode;
  /** The title of the tab; the heading's text when it is text. */
  tab?: string;
  /** Above the heading: where one is. */
  above?: ReactNode;
  children: ReactNode;
}

/** One thing at a time: a heading, which takes the focus when the page changes, and its words. */
export function Page({ title, tab, above, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const name = tab ?? (typeof title === "string" ? title : undefined);
  useEffect(() => {
    if (name !== undefined) document.title = name;
    heading.current?.focus();
    globalThis.scrollTo(0, 0);
  }, [name]);
  return (
    <main className={styles.page}>
      {above !== undefined && <div className={styles.above}>{above}</div>}
      <h1 ref={heading} tabIndex={-1} className={styles.title}>
        {title}
      </h1>
      {children}
    </main>
  );
}
