import { Button } from "../../shared/ui/Button";
import { pageBefore, passed } from "./trail";

interface Props {
  /** Where this page begins, null for the first one; for the way back. */
  after?: string | null;
  /** Where the next page begins, null on the last one. */
  next: string | null;
  isFirst: boolean;
  onNext: (after: string) => void;
  onFirst: () => void;
}

/** Pages by cursor: the API knows what comes next, not how many there are. */
export function Pager({ after = null, next, isFirst, onNext, onFirst }: Props) {
  if (isFirst && next === null) return null;
  const before = after === null ? undefined : pageBefore(after);
  const go = (to: string) => {
    passed(after, to);
    onNext(to);
  };
  return (
    <nav aria-label="Pages" className="row">
      {!isFirst && <Button onPress={onFirst}>First page</Button>}
      {before !== undefined && <Button onPress={() => (before === null ? onFirst() : onNext(before))}>Previous page</Button>}
      {next !== null && <Button onPress={() => go(next)}>Next page</Button>}
    </nav>
  );
}
