import { Moment } from "../../shared/ui/Choice";
import { momentIn, told } from "../people/times";

/** Where the browser thinks that it is. */
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

interface Props {
  label: string;
  /** As the field has it; empty for none. */
  value: string;
  zone: string;
  onChange: (value: string) => void;
  /** What an empty one means. */
  empty: string;
}

/** A moment on the organisation's clocks, and on the reader's own where those differ. */
export function ZonedMoment({ label, value, zone, onChange, empty }: Props) {
  return <Moment label={label} value={value} onChange={onChange} help={meant(value, zone) ?? empty} />;
}

function meant(value: string, zone: string): string | null {
  if (value === "") return null;
  const at = momentIn(value, zone);
  if (at === null) return "No clock shows this time: it is left out when clocks go forward.";
  const [there, here] = [told(at, zone), told(at, HERE)];
  return there === here ? there : `${there}; where you are ${here}`;
}

/** What is to be stored: what was not touched stays to the second. Undefined: no clock shows it. */
export function storedOf(value: string, begun: string, stored: string | null, zone: string): string | null | undefined {
  if (value === begun) return stored;
  return value === "" ? null : momentIn(value, zone)?.toISOString();
}
