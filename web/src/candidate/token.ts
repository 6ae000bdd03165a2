import { newKey, tab } from "../shared/storage";

const KEPT = "viv.invitation";

interface Kept {
  token: string;
  key: string;
}

/**
 * Takes the invitation's token out of the address, where others might read it, and keeps it until
 * it was redeemed: with the same key a lost answer can be asked for again.
 */
export function takeToken(): void {
  const token = decoded(location.hash.slice(1));
  if (token === "") return;
  const before = keptToken();
  const key = before?.token === token ? before.key : newKey();
  tab.set(KEPT, JSON.stringify({ token, key } satisfies Kept));
  history.replaceState(null, "", location.pathname);
}

export function keptToken(): Kept | null {
  const kept = tab.get(KEPT);
  return kept === null ? null : (JSON.parse(kept) as Kept);
}

export function forgetToken(): void {
  tab.remove(KEPT);
}

/** A link that was cut off in the middle of a sign is still a link, though hardly a good one. */
function decoded(hash: string): string {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}
