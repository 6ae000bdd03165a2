import { Button } from "../../shared/ui/Button";

interface Props {
  what: string;
  onBack: () => void;
}

/** Stands where something was, and takes the focus that was on it: a slip beside "Move down" is made good at once. */
export function Removed({ what, onBack }: Props) {
  return (
    <div className="row">
      <p role="status">
        Removed: <bdi>{what}</bdi>
      </p>
      <Button autoFocus aria-label={`Put it back: ${what}`} onPress={onBack}>
        Put it back
      </Button>
    </div>
  );
}
