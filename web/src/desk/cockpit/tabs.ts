export const TABS = ["notes", "rate", "chat"] as const;
export type Tab = (typeof TABS)[number];

/** Where one writes; Escape gives the keys back to the room. */
export function focusOn(tab: Tab): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-panel="${tab}"] :is(textarea, input)`)?.focus());
}

export function leaveOnEscape(event: KeyboardEvent): void {
  const field = document.activeElement;
  if (event.key === "Escape" && field instanceof HTMLElement && field.closest("[data-panel]") !== null) field.blur();
}
