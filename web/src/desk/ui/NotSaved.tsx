import { useMutation } from "@tanstack/react-query";
import { isUnanswered, Problem } from "../../shared/api/problem";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";
import { Refusal } from "./Refusal";

interface Props {
  error: Error;
  /** Of what somebody else may have saved another version meanwhile. */
  what: string;
  /** Saves once more what no answer came to. */
  onAgain: () => void;
  /** Drops what was written here for what is stored now. */
  onTheirs: () => Promise<unknown>;
  /** Saves what was written here in place of what is stored now. */
  onMine: () => Promise<unknown>;
}

/** A save that came to nothing: what was written stays, whatever went wrong, until a person lets it go. */
export function NotSaved({ error, what, onAgain, onTheirs, onMine }: Props) {
  if (error instanceof Problem && error.code === "precondition_failed") {
    return <Overtaken what={what} onTheirs={onTheirs} onMine={onMine} />;
  }
  return isUnanswered(error) ? <Refusal error={error} onRetry={onAgain} /> : <Refusal error={error} />;
}

/** Somebody else has saved meanwhile: one of the two is let go, and a person says which. */
function Overtaken({ what, onTheirs, onMine }: Pick<Props, "what" | "onTheirs" | "onMine">) {
  const choose = useMutation({ mutationFn: (act: () => Promise<unknown>) => act() });
  return (
    <>
      <Notice
        kind="danger"
        title={`Somebody else changed ${what} meanwhile.`}
        actions={
          <>
            <Button isPending={choose.isPending} onPress={() => choose.mutate(onTheirs)}>
              Load theirs
            </Button>
            <Button isPending={choose.isPending} onPress={() => choose.mutate(onMine)}>
              Keep mine
            </Button>
          </>
        }
      >
        Yours is still here and not saved. <em>Load theirs</em> drops what you wrote since it was saved last; <em>Keep mine</em>{" "}
        saves yours in place of theirs.
      </Notice>
      {choose.isError && <Refusal error={choose.error} />}
    </>
  );
}
