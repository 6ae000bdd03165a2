import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState, type SyntheticEvent } from "react";
import { api, body, idempotent, type Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { TextField } from "../../shared/ui/TextField";
import { When } from "../interviews/Interviews";
import { useRights } from "../session/data";
import { Check } from "../../shared/ui/Choice";
import { DeskPage, Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { usePages } from "../ui/pages";
import { Refusal } from "../ui/Refusal";
import { Secret } from "../ui/Secret";
import { Table } from "../ui/Table";
import styles from "./house.module.css";

type Type = Shapes["HookType"];

const SHOWN = 50;
const TYPES: readonly Type[] = [
  ...(["interview.invited", "interview.ready", "interview.started", "interview.paused", "interview.resumed"] as const),
  ...(["interview.ended", "interview.scored", "interview.decided", "interview.declined", "interview.expired"] as const),
  ...(["interview.cancelled", "interview.human_path", "interview.requested", "interview.relief_wanted"] as const),
];

export function Webhooks() {
  const { leads } = useRights();
  const pages = usePages();
  const found = useQuery({
    queryKey: ["webhooks", pages.at],
    queryFn: () => body(api.GET("/v1/webhooks", { params: { query: { limit: SHOWN, ...pages.at } } })),
  });
  return (
    <DeskPage title="Webhooks" tab="Webhooks">
      <p>Other systems are told what becomes of interviews. What is sent says which interview and its state, and nothing about a person.</p>
      <Loaded query={found}>
        {({ items, next }) => (
          <>
            <Table
              caption="Webhooks"
              rows={items}
              keyOf={(row) => row.id}
              empty="Nobody is told yet."
              columns={[
                {
                  name: "Address",
                  kind: "lead",
                  cell: (row) => (
                    <Link to="/house/webhooks/$webhook" params={{ webhook: row.id }}>
                      <bdi>{row.url}</bdi>
                    </Link>
                  ),
                },
                { name: "State", cell: (row) => standing(row) },
                { name: "Told of", cell: (row) => (row.event_types.length === TYPES.length ? "everything" : row.event_types.map(shortType).join(", ")) },
                { name: "Since", cell: (row) => <When at={row.created_at} none="–" /> },
              ]}
            />
            {pages.pager(next)}
          </>
        )}
      </Loaded>
      {leads && <NewWebhook />}
    </DeskPage>
  );
}

const WHYS = { by_hand: "by hand", failing: "nothing arrived for three days", gone: "the address said it is gone" } as const;

export function standing(row: Pick<Shapes["WebhookView"], "enabled" | "disabled_reason" | "failing_since">): string {
  if (!row.enabled) return `✗ off (${row.disabled_reason === null ? "by hand" : WHYS[row.disabled_reason]})`;
  return row.failing_since === null ? "✓ on" : "! on, but failing";
}

/** Those that are no state of the interview say what they are. */
const SAID: Readonly<Partial<Record<Type, string>>> = {
  "interview.human_path": "left for a person",
  "interview.requested": "asked about by the candidate",
  "interview.relief_wanted": "wanted by the AI to be taken over",
};

export function shortType(type: Type): string {
  return SAID[type] ?? type.replace("interview.", "");
}

function NewWebhook() {
  const [url, setUrl] = useState("");
  const [description, setDescription] = useState("");
  const [types, setTypes] = useState<readonly Type[]>(["interview.scored", "interview.decided"]);
  const client = useQueryClient();
  const make = useMutation({
    mutationFn: () =>
      body(api.POST("/v1/webhooks", { params: { header: idempotent() }, body: { url, description, event_types: [...types] } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["webhooks"] }),
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <Section title="New webhook">
      <form onSubmit={submit} className="stack">
        <div className={styles.fields}>
          <TextField label="Address" type="url" isRequired value={url} onChange={setUrl} />
          <TextField label="What it is for" value={description} onChange={setDescription} />
        </div>
        <fieldset>
          <legend className={styles.legend}>Is told when an interview is</legend>
          <div className={styles.checks}>
            {TYPES.map((type) => (
              <Check
                key={type}
                label={shortType(type)}
                checked={types.includes(type)}
                onChange={(on) => setTypes(on ? [...types, type] : types.filter((each) => each !== type))}
              />
            ))}
          </div>
        </fieldset>
        <div>
          <Button type="submit" isDisabled={types.length === 0} isPending={make.isPending}>
            Add the webhook
          </Button>
        </div>
      </form>
      {make.isError && <Refusal error={make.error} />}
      {make.isSuccess && (
        <Secret title="The signing secret" secret={make.data.secret}>
          Whoever receives the calls checks their signature with it. It is shown this once.
        </Secret>
      )}
    </Section>
  );
}
