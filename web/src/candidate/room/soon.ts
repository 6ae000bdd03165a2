/** A pause that ends at once when the line is back. */
export function soon(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      globalThis.removeEventListener("online", over);
      resolve();
    };
    const timer = setTimeout(over, milliseconds);
    globalThis.addEventListener("online", over);
  });
}
