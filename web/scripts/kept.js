// Files of builds before this one: a page that was open when a new build came still asks for its
// own, so they stay for a day after they were replaced.
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Deletes from `dist/assets` what no build has written for a day. `current` are the names of this
 * build's files; `dist/replaced.json` keeps since when the others are not.
 */
export function keepForADay(dist, current, now = Date.now()) {
  const [folder, record] = [join(dist, "assets"), join(dist, "replaced.json")];
  const before = existsSync(record) ? JSON.parse(readFileSync(record, "utf-8")) : {};
  const since = {};
  for (const file of readdirSync(folder)) {
    const name = file.replace(/\.(br|gz)$/, "");
    if (current.has(name)) continue;
    since[name] = before[name] ?? now;
    if (now - since[name] >= DAY_MS) rmSync(join(folder, file));
  }
  const kept = Object.entries(since).filter(([, at]) => now - at < DAY_MS);
  writeFileSync(record, JSON.stringify(Object.fromEntries(kept), null, 1));
}
