export const TABS = ["notes", "rate", "chat"] as const;
export type Tab = (typeof TABS)[number];

/** Where one writes, once it is shown. */
export function focusOn(tab: Tab): void {
  document.querySelector<HTMLElement>(`[data-panel="${tab}"] :is(textarea, input)`)?.focus();
}

/** Gives the keys back to the room. */
export function leaveOnEscape(event: KeyboardEvent): void {
  const field = document.activeElement;
  if (event.key === "Escape" && field instanceof HTMLElement && field.closest("[data-panel]") !== null) field.blur();
}
