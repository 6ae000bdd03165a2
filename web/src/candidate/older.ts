/** What browsers of older laptops lack (Safari 15, Chrome 102), done by what they have. */

/** Gives a call up after so long, as `AbortSignal.timeout` does. */
export function within(milliseconds: number): AbortSignal {
  const giving = new AbortController();
  setTimeout(() => giving.abort(), milliseconds);
  return giving.signal;
}

/** Whether the microphone may be used; null where the browser does not say. */
export async function permissionToHear(): Promise<PermissionStatus | null> {
  const { permissions } = navigator as Partial<Navigator>;
  if (permissions === undefined) return null;
  return permissions.query({ name: "microphone" }).catch(() => null);
}
