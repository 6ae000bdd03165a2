import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useWords } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import * as door from "../api";
import { AskDialog } from "./AskDialog";

interface Props {
  interview: door.Interview;
  look: door.Look;
  /** What has begun can be handed to a person, but not declined any more. */
  hasBegun?: boolean;
}

/** A person instead, or not at all: there at every step before the room. */
export function WaysOut({ interview, look, hasBegun = false }: Props) {
  const words = useWords();
  const [asks, setAsks] = useState<"person" | "decline" | null>(null);
  const answer = useMutation({
    mutationFn: (about: "person" | "decline") =>
      about === "person" ? door.askForPerson() : door.answerNotice(false, interview.notice.version),
    onSettled: look,
  });
  const ask = (about: "person" | "decline") => {
    answer.reset();
    setAsks(about);
  };
  return (
    <>
      <Button onPress={() => ask("person")}>{words.t("person.button")}</Button>
      {!hasBegun && (
        <Button kind="quiet" onPress={() => ask("decline")}>
          {words.t("decline.button")}
        </Button>
      )}
      <AskDialog
        about={asks}
        close={() => setAsks(null)}
        isPending={answer.isPending}
        error={answer.error}
        confirm={(about) => answer.mutate(about)}
      />
    </>
  );
}
