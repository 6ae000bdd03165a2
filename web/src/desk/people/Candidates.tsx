export function Candidates() {
  return null;
}
