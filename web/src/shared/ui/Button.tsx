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

/**
 * While it is pending it keeps the focus and does nothing. react-aria's own way of saying so leaves
 * a picture without a name in the page once the button is gone.
 */
export function Button({ kind = "plain", hint, wide = false, isPending = false, children, ...rest }: Props) {
  // react-aria's button lets this attribute through to no element.
  const name = (button: HTMLButtonElement | null) => {
    if (hint === undefined) button?.removeAttribute("aria-keyshortcuts");
    else button?.setAttribute("aria-keyshortcuts", hint);
  };
  const idle = { onPress: () => undefined, type: "button", "aria-disabled": true } as const;
  return (
    <Pressable
      {...rest}
      {...(isPending ? idle : {})}
      ref={name}
      className={classes(styles.button, styles[kind], wide && styles.wide, isPending && styles.pending)}
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
