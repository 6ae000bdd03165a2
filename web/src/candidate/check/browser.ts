export type Browser = "chrome" | "edge" | "firefox" | "safari" | "ios" | "other";

/** Which browser this is, for one purpose: to say where its microphone switch is. */
export function browserOf(agent: string = navigator.userAgent, touches: number = navigator.maxTouchPoints): Browser {
  // A tablet of Apple's says to be a Macintosh, of which none can be touched.
  const isSmall = /iPhone|iPad/.test(agent) || (agent.includes("Macintosh") && touches > 1);
  // On these every browser but Safari has the switch in the settings of the system.
  if (isSmall) return /CriOS|FxiOS|EdgiOS/.test(agent) ? "other" : "ios";
  if (agent.includes("Firefox/")) return "firefox";
  if (agent.includes("Edg/")) return "edge";
  if (agent.includes("Chrome/")) return "chrome";
  return agent.includes("Safari/") ? "safari" : "other";
}
