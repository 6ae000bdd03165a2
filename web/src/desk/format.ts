const LOCALE = "en-GB";
const SOME_DAY = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
const OTHER_YEAR = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric" });
const TIME = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const;
const MOMENT = new Intl.DateTimeFormat(LOCALE, TIME);
const MOMENT_OF_OTHER_YEAR = new Intl.DateTimeFormat(LOCALE, { ...TIME, year: "numeric" });
const WHOLE = new Intl.DateTimeFormat(LOCALE, { dateStyle: "full", timeStyle: "long" });

export function day(at: string): string {
  const date = new Date(at);
  return (isThisYear(date) ? SOME_DAY : OTHER_YEAR).format(date);
}

export function moment(at: string): string {
  const date = new Date(at);
  return (isThisYear(date) ? MOMENT : MOMENT_OF_OTHER_YEAR).format(date);
}

function isThisYear(date: Date): boolean {
  return date.getFullYear() === new Date().getFullYear();
}

/** With seconds and the zone, for a title. */
export function exactly(at: string): string {
  return WHOLE.format(new Date(at));
}

/** A moment of the recording: `4:12`, or `1:04:12`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** What an `input[type=datetime-local]` says, in the browser’s zone. */
export function fromLocalInput(text: string): string | null {
  return text === "" ? null : new Date(text).toISOString();
}

/** A share of one as `42 %`; a dash for none. */
export function share(part: number | null | undefined): string {
  return part == null ? "–" : `${Math.round(part * 100)} %`;
}
