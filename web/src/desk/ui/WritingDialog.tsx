import { useState, type ReactNode } from "react";
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
  return (
    <Dialog title={title} isOpen onClose={() => (isWritten ? setAsks(true) : onClose())}>
      {children}
      <Dialog title="Close without saving?" isOpen={asks} alert onClose={() => setAsks(false)}>
        <p>What you wrote here is not saved.</p>
        <Actions>
          <Button kind="main" onPress={() => setAsks(false)}>
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
