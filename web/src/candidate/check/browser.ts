export type Browser = "chrome" | "edge" | "firefox" | "safari" | "ios" | "other";

/** Which browser this is, for one purpose: to say where its microphone switch is. */
export function browserOf(agent: string = navigator.userAgent): Browser {
  if (/iPhone|iPad/.test(agent)) return "ios";
  if (agent.includes("Firefox/")) return "firefox";
  if (agent.includes("Edg/")) return "edge";
  if (agent.includes("Chrome/")) return "chrome";
  return agent.includes("Safari/") ? "safari" : "other";
}
