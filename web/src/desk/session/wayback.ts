import { browser, tab } from "../../shared/storage";

const WANTED = "vivavoce.wanted";
const TENANT = "vivavoce.tenant";

/** Before one leaves for the organisation's own sign-in: where one wanted to go, and which organisation it was. */
export function setOut(tenant: string): void {
  const { pathname, search } = globalThis.location;
  tab.set(WANTED, `${pathname}${search}`);
  browser.set(TENANT, tenant);
}

/** Once somebody is signed in, another way of signing in leads nowhere else. */
export function arrive(tenant: string): void {
  tab.remove(WANTED);
  browser.set(TENANT, tenant);
}

/**
 * Whoever comes back from the organisation's own sign-in finds the page that they wanted. Why they were
 * refused is taken out of the address: it is said once. Null when they were not.
 */
export function comeBack(): string | null {
  const { pathname, search } = globalThis.location;
  const refused = new URLSearchParams(search).get("refused");
  const wanted = tab.get(WANTED);
  if (pathname !== "/desk" || (refused === null && wanted === null)) return null;
  globalThis.history.replaceState(null, "", wanted ?? "/desk");
  tab.remove(WANTED);
  return refused;
}

/** The organisation that one signed in to last, for its own sign-in service. */
export function lastTenant(): string {
  const asked = new URLSearchParams(globalThis.location.search).get("tenant");
  return asked ?? browser.get(TENANT) ?? "";
}
