import { useWords, type PlainKey } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { Actions, Dialog } from "../../shared/ui/Dialog";
import { Failed } from "../Failed";

type About = "person" | "decline";

interface Props {
  about: About | null;
  close: () => void;
  confirm: (about: About) => void;
  isPending: boolean;
  error: unknown;
}

/** Says what follows from a way out before it is taken: none of them counts against anybody. */
export function AskDialog({ about, close, confirm, isPending, error }: Props) {
  const words = useWords();
  const shown = about ?? "person";
  const title: PlainKey = `ask.${shown}.title`;
  const text: PlainKey = `ask.${shown}.text`;
  const yes: PlainKey = `ask.${shown}.yes`;
  return (
    <Dialog title={words.t(title)} isOpen={about !== null} onClose={close} alert>
      <p>{words.t(text)}</p>
      {error !== null && <Failed error={error} />}
      <Actions>
        <Button kind="main" isPending={isPending} onPress={() => confirm(shown)}>
          {words.t(yes)}
        </Button>
        <Button onPress={close}>{words.t("back")}</Button>
      </Actions>
    </Dialog>
  );
}
