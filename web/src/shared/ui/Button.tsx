import { Button as Pressable, type ButtonProps } from "react-aria-components";
import { classes } from "./classes";
import styles from "./Button.module.css";

interface Props extends Omit<ButtonProps, "className" | "style"> {
  /** `main` is the one main action of a screen. */
  kind?: "main" | "plain" | "quiet" | "danger";
  /** The key that does the same, e.g. `D`; shown and told. */
  hint?: string;
  wide?: boolean;
}

const nothing = () => undefined;

export function Button({ kind = "plain", hint, wide = false, isPending = false, children, ...rest }: Props) {
  return (
    <Pressable
      {...rest}
      // react-aria's own way of waiting announces a nameless picture. It keeps the focus; so do we.
      {...(isPending ? { type: "button", onPress: nothing, "aria-busy": true, "data-waiting": true } : {})}
      {...(hint === undefined ? {} : { "aria-keyshortcuts": hint })}
      className={classes(styles.button, styles[kind], wide && styles.wide)}
    >
      {(state) => (
        <>
          <span>{typeof children === "function" ? children(state) : children}</span>
          {hint !== undefined && (
            <kbd className={styles.hint} aria-hidden="true">
              {hint}
            </kbd>
          )}
        </>
      )}
    </Pressable>
  );
}
