import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { api, body } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { Actions, Dialog } from "../../shared/ui/Dialog";
import { TextField } from "../../shared/ui/TextField";
import { leave, useGoOn, useSession, type Session } from "./data";
import { Failed } from "./SignIn";
import { useStanding } from "./standing";

/** Over the page whose session is over, or somebody else's by now: nothing on it is lost. */
export function Again() {
  const session = useSession();
  const standing = useStanding();
  if (standing.is === "held" || standing.is === "doubted") return null;
  return (
    <Dialog title={standing.is === "over" ? "Sign in again" : "Somebody else has signed in"} isOpen alert onClose={() => undefined}>
      {standing.is === "over" ? (
        <p>Your session is over. What you wrote on this page is still here.</p>
      ) : (
        <p>
          In this browser <bdi>{standing.session.member.email}</bdi> is signed in now. This page is still yours, and nothing
          is done on it in their name.
        </p>
      )}
      <Back session={session} other={standing.is === "another" ? standing.session : null} />
    </Dialog>
  );
}

function Back({ session, other }: { session: Session; other: Session | null }) {
  const [password, setPassword] = useState("");
  const goOn = useGoOn();
  const client = useQueryClient();
  const { email } = session.member;
  const signIn = useMutation({
    mutationFn: () => body(api.POST("/v1/sessions", { body: { email, password, tenant_id: session.tenant_id } })),
    onSuccess: goOn,
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form onSubmit={submit} className="stack">
      <input type="hidden" autoComplete="username" value={email} readOnly />
      <TextField
        label={`Password of ${email}`}
        type="password"
        autoComplete="current-password"
        isRequired
        autoFocus
        value={password}
        onChange={setPassword}
      />
      {session.session.signed_in_by !== "password" && (
        <p>
          <a href={`/v1/signin/oidc?tenant_id=${session.tenant_id}`} target="_blank" rel="noreferrer">
            Sign in with your organisation’s service
          </a>{" "}
          in a new tab, then come back to this one.
        </p>
      )}
      {signIn.isError && <Failed error={signIn.error} />}
      <Actions>
        <Button kind="main" type="submit" isPending={signIn.isPending}>
          Go on
        </Button>
        <Button onPress={() => leave(client)}>
          {other === null ? (
            "Sign in as somebody else"
          ) : (
            <>
              Leave this page to <bdi>{other.member.email}</bdi>
            </>
          )}
        </Button>
      </Actions>
    </form>
  );
}
