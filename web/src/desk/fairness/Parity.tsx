export function Parity() {
  return null;
}
