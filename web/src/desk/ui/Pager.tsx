import { Button } from "../../shared/ui/Button";

interface Props {
  /** Where the next page begins, null on the last one. */
  next: string | null;
  isFirst: boolean;
  onNext: (after: string) => void;
  onFirst: () => void;
}

/** Pages by cursor: the API knows what comes next, not how many there are. */
export function Pager({ next, isFirst, onNext, onFirst }: Props) {
  if (isFirst && next === null) return null;
  return (
    <nav aria-label="Pages" className="row">
      {!isFirst && <Button onPress={onFirst}>First page</Button>}
      {next !== null && <Button onPress={() => onNext(next)}>Next page</Button>}
    </nav>
  );
}
