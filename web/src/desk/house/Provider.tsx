import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { api, body, unlessNone } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { TextField } from "../../shared/ui/TextField";
import { marked } from "../data";
import { useMember } from "../session/data";
import { Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { Refusal } from "../ui/Refusal";
import { Sure } from "../ui/Sure";
import styles from "./house.module.css";

/** The tag of no sign-in: what somebody else has set meanwhile is not overwritten unseen. */
const NONE_YET = '"0"';

/** The organisation's own sign-in service (OpenID Connect). */
export function Provider() {
  const isOwner = useMember().role === "owner";
  const client = useQueryClient();
  const found = useQuery({
    queryKey: ["sign-in"],
    queryFn: () => unlessNone(marked(api.GET("/v1/settings/sign-in"))),
  });
  const remove = useMutation({
    mutationFn: (etag: string) => api.DELETE("/v1/settings/sign-in", { params: { header: { "If-Match": etag } } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["sign-in"] }),
  });
  return (
    <Section title="Sign-in of your organisation">
      <Loaded query={found}>
        {(known) => (
          <>
            {known === null ? (
              <p className="muted">None: members sign in with a password.</p>
            ) : (
              <p>
                <bdi>{known.value.issuer}</bdi>, as <bdi>{known.value.client_id}</bdi>. Tell it this address:{" "}
                <span className="mono">{known.value.redirect_uri}</span>
              </p>
            )}
            {isOwner && known === null && <Connect />}
            {isOwner && known !== null && (
              <div>
                <Sure what="Remove this sign-in" label="Remove" onSure={() => remove.mutate(known.etag)}>
                  Members sign in with a password again; whoever has none needs a new link.
                </Sure>
              </div>
            )}
            {remove.isError && <Refusal error={remove.error} />}
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Connect() {
  const [issuer, setIssuer] = useState("");
  const [id, setId] = useState("");
  const [secret, setSecret] = useState("");
  const client = useQueryClient();
  const connect = useMutation({
    mutationFn: () =>
      body(
        api.PUT("/v1/settings/sign-in", {
          params: { header: { "If-Match": NONE_YET } },
          body: { issuer, client_id: id, client_secret: secret },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["sign-in"] }),
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    connect.mutate();
  };
  return (
    <form onSubmit={submit} className="stack">
      <div className={styles.fields}>
        <TextField label="Issuer" type="url" isRequired value={issuer} onChange={setIssuer} />
        <TextField label="Client id" isRequired value={id} onChange={setId} />
        <TextField label="Client secret" type="password" autoComplete="off" isRequired value={secret} onChange={setSecret} />
      </div>
      <div>
        <Button type="submit" isPending={connect.isPending}>
          Connect it
        </Button>
      </div>
      {connect.isError && <Refusal error={connect.error} />}
    </form>
  );
}
