import { useMutation } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { api, body } from "../../shared/api/client";
import { Problem } from "../../shared/api/problem";
import { tab } from "../../shared/storage";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";
import { Page } from "../../shared/ui/Page";
import { TextField } from "../../shared/ui/TextField";
import { Refusal } from "../ui/Refusal";
import styles from "./session.module.css";

const SHORTEST = 12;
/** Where the link's secret is kept until it was used. */
export const SETUP = "viv.setup";

/** A new member, or one who has forgotten, chooses a password; the link proves who they are. */
export function Setup({ token }: { token: string }) {
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const setup = useMutation({
    mutationFn: () => body(api.POST("/v1/setup", { body: { token, password } })),
    onSuccess: () => {
      tab.remove(SETUP);
      globalThis.location.assign("/desk");
    },
  });
  const short = password.length < SHORTEST;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (!short) setup.mutate();
  };
  const spent = setup.error instanceof Problem && setup.error.code === "setup_link_invalid";
  if (token === "" || spent) {
    return (
      <Page title="This link cannot be used" tab="Set up · Vivavoce" above="Vivavoce">
        <Notice kind="warn" title={token === "" ? "The link is not complete." : "The link was used already, or is too old."}>
          If you have a password, <a href="/desk">sign in</a>. If not, ask whoever invited you for a new link.
        </Notice>
      </Page>
    );
  }
  return (
    <Page title="Choose a password" tab="Set up · Vivavoce" above="Vivavoce">
      <form className={styles.form} onSubmit={submit}>
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          help={`At least ${SHORTEST} characters. Several words are easier to remember than signs.`}
          error={tried && short ? `That is ${password.length} characters; ${SHORTEST} are needed.` : undefined}
          value={password}
          onChange={setPassword}
        />
        {setup.isError && <Refusal error={setup.error} />}
        <div className={styles.actions}>
          <Button kind="main" type="submit" isPending={setup.isPending}>
            Save and sign in
          </Button>
        </div>
      </form>
    </Page>
  );
}
