import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useWords } from "../shared/i18n/i18n";
import { Button } from "../shared/ui/Button";
import { Actions, Dialog } from "../shared/ui/Dialog";
import { Page } from "../shared/ui/Page";
import { leave } from "./api";
import { Failed } from "./Failed";
import styles from "./Leave.module.css";

/** For whoever sits at a computer of others: nobody after them opens their interview. */
export function LeaveButton({ onLeft }: { onLeft: () => void }) {
  const words = useWords();
  const [asks, setAsks] = useState(false);
  const leaving = useMutation({ mutationFn: leave, onSuccess: onLeft });
  const ask = () => {
    leaving.reset();
    setAsks(true);
  };
  return (
    <footer className={styles.foot}>
      <Button kind="quiet" onPress={ask}>
        {words.t("leave.button")}
      </Button>
      <Dialog title={words.t("leave.title")} isOpen={asks} onClose={() => setAsks(false)} alert>
        <p>{words.t("leave.text")}</p>
        {leaving.error !== null && <Failed error={leaving.error} />}
        <Actions>
          <Button kind="main" isPending={leaving.isPending} onPress={() => leaving.mutate()}>
            {words.t("leave.yes")}
          </Button>
          <Button onPress={() => setAsks(false)}>{words.t("back")}</Button>
        </Actions>
      </Dialog>
    </footer>
  );
}

export function Left() {
  const words = useWords();
  return (
    <Page title={words.t("left.title")}>
      <p>{words.t("left.text")}</p>
    </Page>
  );
}
