import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  TextField as Field,
  type TextFieldProps,
} from "react-aria-components";
import styles from "./TextField.module.css";

interface Props extends Omit<TextFieldProps, "className" | "style" | "children"> {
  label: string;
  help?: string;
  /** Why what was entered is not taken. */
  error?: string | undefined;
  /** More than one line, and how many to begin with. */
  rows?: number;
  /** For readers of the screen alone; something visible must say the same. */
  labelUnseen?: boolean;
}

export function TextField({ label, help, error, rows, labelUnseen = false, ...rest }: Props) {
  return (
    <Field {...rest} isInvalid={error !== undefined} className={styles.field ?? ""}>
      <Label className={labelUnseen ? "unseen" : (styles.label ?? "")}>{label}</Label>
      {rows === undefined ? (
        <Input className={styles.input ?? ""} dir="auto" />
      ) : (
        <TextArea className={styles.input ?? ""} rows={rows} dir="auto" />
      )}
      {help !== undefined && (
        <Text slot="description" className={styles.help ?? ""}>
          {help}
        </Text>
      )}
      <FieldError className={styles.error ?? ""}>{error}</FieldError>
    </Field>
  );
}
