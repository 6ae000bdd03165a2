/** Who leads the talk: the AI, a person of the tenant, or nobody. */
export type Floor = { by: "ai" } | { by: "nobody" } | { by: "person"; identity: string };

const HELD = /^human:([0-9a-f]{32})$/;

/** As the room's metadata say it, which the API alone writes; the AI leads until they say otherwise. */
export function floorOf(metadata: string | undefined): Floor {
  const floor = written(metadata);
  if (floor === "paused") return { by: "nobody" };
  const member = HELD.exec(floor)?.[1];
  return member === undefined ? { by: "ai" } : { by: "person", identity: `int-${member}` };
}

/** A member's identity in a room. */
export function identityOf(member: string): string {
  return `int-${member.replaceAll("-", "")}`;
}

export function isHeldBy(floor: Floor, identity: string): boolean {
  return floor.by === "person" && floor.identity === identity;
}

function written(metadata: string | undefined): string {
  try {
    const told: unknown = JSON.parse(metadata ?? "");
    const floor = typeof told === "object" && told !== null && "floor" in told ? told.floor : undefined;
    return typeof floor === "string" ? floor : "ai";
  } catch {
    return "ai";
  }
}
