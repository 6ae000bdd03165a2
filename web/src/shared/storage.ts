/** What a browser keeps for us, where it keeps anything: some keep nothing and say so by throwing. */
interface Store {
  get: (key: string) => string | null;
  set: (key: string, value: string) => void;
  remove: (key: string) => void;
  names: () => readonly string[];
  clear: () => void;
}

function store(area: () => Storage): Store {
  const here = new Map<string, string>();
  const tried = <T,>(act: (area: Storage) => T, otherwise: () => T): T => {
    try {
      return act(area());
    } catch {
      return otherwise();
    }
  };
  return {
    get: (key) => tried<string | null>((kept) => kept.getItem(key), () => null) ?? here.get(key) ?? null,
    set: (key, value) => {
      here.set(key, value);
      tried((kept) => (kept.setItem(key, value), true), () => false);
    },
    remove: (key) => {
      here.delete(key);
      tried((kept) => (kept.removeItem(key), true), () => false);
    },
    names: () => [...new Set([...here.keys(), ...tried((kept) => Object.keys(kept), () => [])])],
    clear: () => {
      here.clear();
      tried((kept) => (kept.clear(), true), () => false);
    },
  };
}

/** As long as the tab is there; as long as the page is, where a browser keeps nothing. */
export const tab = store(() => globalThis.sessionStorage);
/** As long as the browser remembers. */
export const browser = store(() => globalThis.localStorage);

/** A name that nobody guesses; browsers give `randomUUID` to secure pages alone. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
