import { useState } from "react";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";
import styles from "../interviews/Interview.module.css";

/** Something that is shown this once. */
export function Secret({ title, secret, children }: { title: string; secret: string; children: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
  };
  return (
    <Notice kind="ok" title={title} actions={<Button onPress={() => void copy()}>{copied ? "Copied" : "Copy"}</Button>}>
      <div className={styles.secret}>
        <p>{children}</p>
        <output className="mono">{secret}</output>
      </div>
    </Notice>
  );
}
