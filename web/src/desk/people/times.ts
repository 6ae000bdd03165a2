const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?$/i;
const WITH_ZONE = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)\s?(Z|[+-]\d{2}:\d{2})$/i;
const DAY_MS = 86_400_000;

/**
 * A moment as ISO 8601 writes it, and in no other way: what "11/12" means depends on who reads it.
 * Without a zone of its own it is meant in `zone`. Null: it is none, or no clock ever shows it.
 */
export function momentIn(text: string, zone: string): Date | null {
  const [, own, at, offset] = WITH_ZONE.exec(text) ?? [];
  if (own !== undefined && at !== undefined && offset !== undefined) {
    const found = new Date(`${own}T${at}${offset.toUpperCase()}`);
    return dayIn(own) === null || Number.isNaN(found.getTime()) ? null : found;
  }
  const [, date, h, m, s = "00"] = TIME.exec(text) ?? [];
  const day = date === undefined ? null : dayIn(date);
  if (day === null || Number(h) > 23 || Number(m) > 59 || Number(s) > 59) return null;
  return onTheClock(day + ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1000, zone);
}

/** As `momentIn`; a date alone is all of that day. */
export function endIn(text: string, zone: string): Date | null {
  const day = dayIn(text);
  return day === null ? momentIn(text, zone) : onTheClock(day + DAY_MS - 1000, zone);
}

/** What an `input[type=datetime-local]` shows for a moment, on the clocks of `zone`. */
export function onClock(at: string | null, zone: string): string {
  if (at === null) return "";
  const moment = new Date(at).getTime();
  return new Date(moment + offsetAt(moment, zone)).toISOString().slice(0, 16);
}

/** With year and zone: what was read of it. */
export function told(at: Date, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    ...({ timeZone: zone, timeZoneName: "short", year: "numeric", month: "short", day: "numeric" } as const),
    ...({ hour: "2-digit", minute: "2-digit" } as const),
  }).format(at);
}

/** The midnight of a day of the calendar, as if it were in UTC. */
function dayIn(text: string): number | null {
  const [, y, m, d] = DATE.exec(text) ?? [];
  if (y === undefined) return null;
  const found = new Date(Date.UTC(Number(y), Number(m) - 1, Number(d)));
  return found.toISOString().startsWith(text) ? found.getTime() : null;
}

/** When the clocks of `zone` show `wall`: the first time of two, null in the hour that is left out. */
function onTheClock(wall: number, zone: string): Date | null {
  for (const near of [wall - DAY_MS, wall + DAY_MS]) {
    const at = wall - offsetAt(near, zone);
    if (at + offsetAt(at, zone) === wall) return new Date(at);
  }
  return null;
}

function offsetAt(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    ...({ timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" } as const),
    ...({ hour: "numeric", minute: "numeric", second: "numeric" } as const),
  }).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second")) - Math.floor(at / 1000) * 1000;
}
