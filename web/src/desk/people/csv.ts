import { endIn, momentIn } from "./times";

/** A table as people paste it: CSV with commas, semicolons or tabs, with or without a heading. */
export interface Row {
  line: number;
  name: string;
  email: string;
  language: string;
  startsAt: string;
  expiresAt: string;
  /** What was read of the two, in the organisation's time zone unless they name one. */
  starts: Date | null;
  expires: Date | null;
  wrong: string | null;
}

type Read = "line" | "starts" | "expires" | "wrong";

export const MOST = 200;

const NAMES: Readonly<Record<string, keyof Omit<Row, Read>>> = {
  name: "name",
  "full name": "name",
  candidate: "name",
  email: "email",
  "e-mail": "email",
  mail: "email",
  "email address": "email",
  "e-mail address": "email",
  language: "language",
  starts_at: "startsAt",
  appointment: "startsAt",
  expires_at: "expiresAt",
  "open until": "expiresAt",
};
const USUAL = ["name", "email", "language", "startsAt", "expiresAt"] as const;

export function rowsIn(text: string, zone: string): readonly Row[] {
  const lines = cellsIn(text, separatorOf(text)).filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const heading = lines[0]?.cells.map((cell) => NAMES[cell.trim().toLowerCase()]);
  const isHeading = heading?.includes("email") === true;
  const order = isHeading ? heading : USUAL;
  const rows = lines.slice(isHeading ? 1 : 0).map(({ line, cells }) => {
    const of = (field: keyof Row) => cells[order.findIndex((each) => each === field)]?.trim() ?? "";
    const [startsAt, expiresAt] = [of("startsAt"), of("expiresAt")];
    const isLonger = cells.length > order.length && cells.slice(order.length).some((cell) => cell.trim() !== "");
    const read = { starts: momentIn(startsAt, zone), expires: endIn(expiresAt, zone) };
    return { line, name: of("name"), email: of("email"), language: of("language"), startsAt, expiresAt, ...read, isLonger };
  });
  const seen = new Set<string>();
  return rows.map(({ isLonger, ...row }) => {
    const wrong = isLonger ? "This line has more cells than there are columns." : seen.has(row.email.toLowerCase()) ? "This address stands further up already." : wrongIn(row);
    seen.add(row.email.toLowerCase());
    return { ...row, wrong };
  });
}

function wrongIn(row: Omit<Row, "wrong">): string | null {
  if (row.name === "") return "A name is missing.";
  if (row.email === "") return "An e-mail address is missing.";
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(row.email)) return "That is not an e-mail address.";
  if (row.language !== "" && !/^[a-z]{2}(-[A-Z]{2})?$/.test(row.language)) return "A language is two letters, such as en.";
  if (row.startsAt !== "" && row.starts === null) return "An appointment is written as 2026-11-30 14:00.";
  if (row.expiresAt !== "" && row.expires === null) return "Open until is written as 2026-11-30, or 2026-11-30 14:00.";
  return null;
}

/** What spreadsheets save: UTF-8, or else the signs of Western Europe. */
export function textIn(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function separatorOf(text: string): string {
  const first = text.split("\n", 1)[0] ?? "";
  return [",", ";", "\t"].reduce((best, each) => (first.split(each).length > first.split(best).length ? each : best));
}

/** RFC 4180: a quoted cell may hold separators, quotes (twice) and new lines. */
function cellsIn(text: string, separator: string): { line: number; cells: string[] }[] {
  const found: { line: number; cells: string[] }[] = [];
  let [cell, isQuoted, line, began] = ["", false, 1, 1];
  let cells: string[] = [];
  const end = () => {
    found.push({ line: began, cells: [...cells, cell] });
    [cell, cells, began] = ["", [], line];
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    if (sign === "\n") line += 1;
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && cell.trim() === "") [cell, isQuoted] = ["", true];
    else if (sign === separator) [cell, cells] = ["", [...cells, cell]];
    else if (sign === "\n") end();
    else if (sign !== "\r") cell += sign;
  }
  end();
  return found;
}
