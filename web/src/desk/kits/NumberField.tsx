import { useState } from "react";
import { TextField } from "../../shared/ui/TextField";

interface Props {
  label: string;
  value: number;
  /** `NaN` as long as there is none. */
  onChange: (value: number) => void;
}

/** The figures as they are typed: neither “4.” nor nothing at all vanishes under one’s fingers. */
export function NumberField({ label, value, onChange }: Props) {
  const [text, setText] = useState(String(value));
  return (
    <TextField
      label={label}
      inputMode="decimal"
      error={Number.isNaN(value) ? "A number, such as 4 or 4.5, is missing." : undefined}
      value={text}
      onChange={(next) => {
        setText(next);
        onChange(numberIn(next));
      }}
    />
  );
}

function numberIn(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text.replace(",", "."));
}
