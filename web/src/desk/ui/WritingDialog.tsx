import { useEffect, useRef, useState, type ReactNode } from "react";
import { Button } from "../../shared/ui/Button";
import { Actions, Dialog } from "../../shared/ui/Dialog";

interface Props {
  title: string;
  /** Whether something stands in it that would be lost. */
  isWritten: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog in which one writes: a slip beside it, or Escape, asks before it drops the words. */
export function WritingDialog({ title, isWritten, onClose, children }: Props) {
  const [asks, setAsks] = useState(false);
  const field = useLastField(asks);
  const goOn = () => {
    setAsks(false);
    // In the frame after the one in which the question gives back the focus that it found: none, for
    // a press beside a dialog takes it away before the question is there.
    requestAnimationFrame(() => requestAnimationFrame(() => field.current?.focus()));
  };
  return (
    <Dialog title={title} isOpen onClose={() => (isWritten ? setAsks(true) : onClose())}>
      {children}
      <Dialog title="Close without saving?" isOpen={asks} alert onClose={goOn}>
        <p>What you wrote here is not saved.</p>
        <Actions>
          <Button kind="main" onPress={goOn}>
            Go on writing
          </Button>
          <Button kind="danger" onPress={onClose}>
            Close without saving
          </Button>
        </Actions>
      </Dialog>
    </Dialog>
  );
}

/** Where one wrote last, before it was asked. */
function useLastField(asks: boolean) {
  const last = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (asks) return undefined;
    const note = ({ target }: FocusEvent) => {
      if (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) last.current = target;
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, [asks]);
  return last;
}
