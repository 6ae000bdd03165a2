import { useState } from "react";
import { Button } from "../../shared/ui/Button";
import { Actions, Dialog } from "../../shared/ui/Dialog";

interface Props {
  /** What would be done, as a heading and as the button's name. */
  what: string;
  /** The button's words, when a row says of whom. */
  label: string;
  onSure: () => void;
  children: string;
}

/** Something that cannot be taken back: asked once more. */
export function Sure({ what, label, onSure, children }: Props) {
  const [asks, setAsks] = useState(false);
  return (
    <>
      <Button kind="quiet" aria-label={what.startsWith(label) ? what : `${label}: ${what}`} onPress={() => setAsks(true)}>
        {label}
      </Button>
      <Dialog title={`${what}?`} isOpen={asks} alert onClose={() => setAsks(false)}>
        <p>{children}</p>
        <Actions>
          <Button
            kind="danger"
            onPress={() => {
              setAsks(false);
              onSure();
            }}
          >
            {label}
          </Button>
          <Button onPress={() => setAsks(false)}>Leave it</Button>
        </Actions>
      </Dialog>
    </>
  );
}
