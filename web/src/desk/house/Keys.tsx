import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { api, body, type Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { TextField } from "../../shared/ui/TextField";
import { fromLocalInput } from "../format";
import { When } from "../interviews/Interviews";
import { useRights } from "../session/data";
import { Check, Moment } from "../../shared/ui/Choice";
import { DeskPage, Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { usePages } from "../ui/pages";
import { Refusal } from "../ui/Refusal";
import { Secret } from "../ui/Secret";
import { Sure } from "../ui/Sure";
import { Table } from "../ui/Table";
import styles from "./house.module.css";

type Key = Shapes["KeyView"];
type Scope = Shapes["Scope"];

const SHOWN = 50;
const SCOPES: readonly Scope[] = [
  ...(["jobs:write", "kits:write", "candidates:write", "interviews:write", "interviews:read"] as const),
  ...(["review:read", "review:write", "decisions:write", "audit:read", "webhooks:read", "webhooks:write"] as const),
  ...(["members:read", "members:write", "keys:read", "keys:write", "settings:read", "settings:write"] as const),
];

export function Keys() {
  const { leads } = useRights();
  const pages = usePages();
  const found = useQuery({
    queryKey: ["keys", pages.at],
    queryFn: () => body(api.GET("/v1/keys", { params: { query: { limit: SHOWN, ...pages.at } } })),
  });
  return (
    <DeskPage title="Keys" tab="Keys">
      <p>With a key a program of yours does what these pages do. It may do what you may at most.</p>
      {leads && <NewKey />}
      <Loaded query={found}>
        {({ items, next }) => (
          <>
            <Rows keys={items} />
            {pages.pager(next)}
          </>
        )}
      </Loaded>
    </DeskPage>
  );
}

function NewKey() {
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>(["interviews:read"]);
  const [until, setUntil] = useState("");
  const client = useQueryClient();
  const make = useMutation({
    mutationFn: () => body(api.POST("/v1/keys", { body: { name, scopes: [...scopes], expires_at: fromLocalInput(until) } })),
    onSuccess: () => {
      setName("");
      return client.invalidateQueries({ queryKey: ["keys"] });
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <Section title="New key">
      <form onSubmit={submit} className="stack">
        <div className={styles.fields}>
          <TextField label="What it is for" isRequired value={name} onChange={setName} />
          <Moment label="Good until" help="Empty: until it is revoked." value={until} onChange={setUntil} />
        </div>
        <fieldset>
          <legend className={styles.legend}>It may</legend>
          <div className={styles.checks}>
            {SCOPES.map((scope) => (
              <Check
                key={scope}
                label={scope}
                checked={scopes.includes(scope)}
                onChange={(on) => setScopes(on ? [...scopes, scope] : scopes.filter((each) => each !== scope))}
              />
            ))}
          </div>
        </fieldset>
        <div>
          <Button type="submit" isDisabled={scopes.length === 0} isPending={make.isPending}>
            Make the key
          </Button>
        </div>
      </form>
      {make.isError && <Refusal error={make.error} />}
      {make.isSuccess && (
        <Secret title={`The key “${make.data.name}”`} secret={make.data.api_key}>
          It is shown this once; only its digest is stored.
        </Secret>
      )}
    </Section>
  );
}

function Rows({ keys }: { keys: readonly Key[] }) {
  const { leads } = useRights();
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: (id: string) => api.DELETE("/v1/keys/{key_id}", { params: { path: { key_id: id } } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["keys"] }),
  });
  return (
    <>
      {revoke.isError && <Refusal error={revoke.error} />}
      <Table
        caption="Keys"
        rows={keys}
        keyOf={(row) => row.id}
        empty="No key was made."
        columns={[
          { name: "Key", kind: "lead", cell: (row) => <bdi>{row.name}</bdi> },
          { name: "Begins with", cell: (row) => <span className="mono">{`viv_live_${row.id}`}</span> },
          { name: "May", cell: (row) => <span className="small">{row.scopes.length === SCOPES.length ? "everything" : row.scopes.join(", ")}</span> },
          { name: "Used", cell: (row) => <When at={row.last_used_at} none="Never" /> },
          { name: "Good until", cell: (row) => (row.revoked_at === null ? <When at={row.expires_at} none="No end" /> : <span className="muted">revoked</span>) },
          {
            name: "Change",
            kind: "actions",
            cell: (row) =>
              leads && row.revoked_at === null ? (
                <Sure what={`Revoke ${row.name}`} label="Revoke" onSure={() => revoke.mutate(row.id)}>
                  Programs that use it are refused at once. A revoked key never works again.
                </Sure>
              ) : null,
          },
        ]}
      />
    </>
  );
}
