/** See kept.js. */
export function keepForADay(dist: string, current: ReadonlySet<string>, now?: number): void;
