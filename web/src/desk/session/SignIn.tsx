import { useMutation } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { api, body } from "../../shared/api/client";
import { Problem } from "../../shared/api/problem";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";
import { Page } from "../../shared/ui/Page";
import { TextField } from "../../shared/ui/TextField";
import { Refusal } from "../ui/Refusal";
import { useBegin } from "./data";
import { lastTenant, setOut } from "./wayback";
import styles from "./session.module.css";

const AGAIN = "Try again; if it stays, ask a colleague who leads your organisation’s account.";
const UNKNOWN = [
  "No organisation with this id has a sign-in of its own.",
  "Your invitation names the id. If you have a password, sign in with it.",
] as const;

/** What the organisation's own sign-in comes back with, by the API's codes. */
const REFUSED: Readonly<Partial<Record<string, readonly [string, string]>>> = {
  sign_in_failed: [
    "Your organisation’s sign-in did not let you in.",
    `It may have taken longer than ten minutes, or was not finished. The address that it knows you by has to be verified there, and the one that you were invited with. ${AGAIN}`,
  ],
  not_found: UNKNOWN,
  invalid: UNKNOWN,
  unavailable: ["Your organisation’s sign-in service did not answer.", `Nothing was done. ${AGAIN}`],
  rate_limited: ["Too many requests at once.", "Wait a moment, then try again."],
};

export function SignIn({ refused }: { refused: string | null }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [tenant, setTenant] = useState(lastTenant);
  const [asksTenant, setAsksTenant] = useState(tenant !== "");
  const begin = useBegin();
  const signIn = useMutation({
    mutationFn: () =>
      body(api.POST("/v1/sessions", { body: { email, password, ...(tenant === "" ? {} : { tenant_id: tenant }) } })),
    onSuccess: begin,
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <Page title="Sign in" tab="Sign in · Vivavoce" above="Vivavoce">
      {refused !== null && <Refused code={refused} />}
      <form className={styles.form} onSubmit={submit}>
        <TextField label="E-mail address" type="email" autoComplete="username" isRequired value={email} onChange={setEmail} />
        <TextField
          label="Password"
          type="password"
          autoComplete="current-password"
          isRequired
          value={password}
          onChange={setPassword}
        />
        {asksTenant && (
          <TextField
            label="Organisation id"
            help="Your invitation names it. It is needed when you work for several organisations, and for your organisation's own sign-in."
            value={tenant}
            onChange={setTenant}
          />
        )}
        {signIn.isError && <Failed error={signIn.error} />}
        <div className={styles.actions}>
          <Button kind="main" type="submit" isPending={signIn.isPending}>
            Sign in
          </Button>
          {!asksTenant && (
            <Button kind="quiet" onPress={() => setAsksTenant(true)}>
              Use my organisation’s sign-in
            </Button>
          )}
        </div>
      </form>
      {asksTenant && <Provider tenant={tenant} />}
    </Page>
  );
}

/** The organisation's own sign-in service: a way there, not a call. */
function Provider({ tenant }: { tenant: string }) {
  const href = `/v1/signin/oidc?tenant_id=${encodeURIComponent(tenant)}`;
  return (
    <p>
      {/^[0-9a-f-]{36}$/i.test(tenant) ? (
        <a href={href} onClick={() => setOut(tenant)}>
          Continue with your organisation’s sign-in
        </a>
      ) : (
        <span className="muted">Enter the organisation’s id to continue with its own sign-in.</span>
      )}
    </p>
  );
}

function Refused({ code }: { code: string }) {
  const [title, words] = REFUSED[code] ?? ["Signing in did not work.", AGAIN];
  return (
    <Notice kind="danger" title={title}>
      {words}
    </Notice>
  );
}

export function Failed({ error }: { error: Error }) {
  if (error instanceof Problem && error.status === 401) {
    return (
      <Notice kind="danger" title="That did not match an account.">
        Check the address and the password. A colleague who leads your organisation’s account can send you a new
        setup link.
      </Notice>
    );
  }
  return <Refusal error={error} />;
}
