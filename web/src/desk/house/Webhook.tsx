import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, body, idempotent, type Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { marked } from "../data";
import { exactly } from "../format";
import { When } from "../interviews/Interviews";
import { useRights } from "../session/data";
import { DeskPage, Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { LoadedPage } from "../ui/LoadedPage";
import { Pager } from "../ui/Pager";
import { Refusal } from "../ui/Refusal";
import { Secret } from "../ui/Secret";
import { Sure } from "../ui/Sure";
import { Table } from "../ui/Table";
import { shortType, standing } from "./Webhooks";

const route = getRouteApi("/house/webhooks/$webhook");
const STATUS = { waiting: "… waiting", delivered: "✓ delivered", failed: "✗ failed", held: "! held back" } as const;

export function Webhook() {
  const { webhook } = route.useParams();
  const { leads } = useRights();
  const found = useQuery({
    queryKey: ["webhook", webhook],
    queryFn: () => marked(api.GET("/v1/webhooks/{webhook_id}", { params: { path: { webhook_id: webhook } } })),
  });
  return (
    <LoadedPage query={found} title="Webhook" above={<Link to="/house/webhooks">Webhooks</Link>}>
      {({ value: hook, etag }) => (
        <DeskPage title="Webhook" tab="Webhook" above={<Link to="/house/webhooks">Webhooks</Link>}>
          <p>
            <bdi className="mono">{hook.url}</bdi>
          </p>
          <p>
            {standing(hook)} · {hook.event_types.map(shortType).join(", ")}
            {hook.description !== "" && (
              <>
                {" "}
                · <bdi>{hook.description}</bdi>
              </>
            )}
          </p>
          {leads && <Changes hook={hook} etag={etag} />}
          <Deliveries webhook={webhook} />
        </DeskPage>
      )}
    </LoadedPage>
  );
}

function Changes({ hook, etag }: { hook: Shapes["WebhookView"]; etag: string }) {
  const path = { webhook_id: hook.id };
  const read = { "If-Match": etag };
  const client = useQueryClient();
  const navigate = useNavigate();
  const changed = () => client.invalidateQueries({ predicate: ({ queryKey }) => ["webhook", "webhooks"].includes(String(queryKey[0])) });
  const turn = useMutation({
    mutationFn: () => body(api.PATCH("/v1/webhooks/{webhook_id}", { params: { path, header: read }, body: { enabled: !hook.enabled } })),
    onSuccess: changed,
  });
  const rotate = useMutation({
    mutationFn: () => body(api.POST("/v1/webhooks/{webhook_id}/secret", { params: { path, header: { ...read, ...idempotent() } }, body: {} })),
    onSuccess: changed,
  });
  const remove = useMutation({
    mutationFn: () => api.DELETE("/v1/webhooks/{webhook_id}", { params: { path, header: read } }),
    onSuccess: async () => {
      await navigate({ to: "/house/webhooks" });
      await changed();
    },
  });
  const wrong = turn.error ?? rotate.error ?? remove.error;
  const again = () => {
    for (const each of [turn, rotate, remove]) each.reset();
    void changed();
  };
  return (
    <>
      <div className="row">
        <Button isPending={turn.isPending} onPress={() => turn.mutate()}>
          {hook.enabled ? "Switch off" : "Switch on"}
        </Button>
        <Button isPending={rotate.isPending} onPress={() => rotate.mutate()}>
          New secret
        </Button>
        <Sure what="Remove this webhook" label="Remove" onSure={() => remove.mutate()}>
          Nothing is sent to it any more, and its log is gone.
        </Sure>
      </div>
      {wrong !== null && <Refusal error={wrong} onRetry={again} />}
      {rotate.isSuccess && (
        <Secret title="The new signing secret" secret={rotate.data.secret}>
          The old one signs too for a while, so that nothing is lost meanwhile. It is shown this once.
        </Secret>
      )}
    </>
  );
}

function Deliveries({ webhook }: { webhook: string }) {
  const [after, setAfter] = useState<string | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const { leads } = useRights();
  const client = useQueryClient();
  const found = useQuery({
    queryKey: ["deliveries", webhook, after],
    queryFn: () =>
      body(
        api.GET("/v1/webhooks/{webhook_id}/deliveries", {
          params: { path: { webhook_id: webhook }, query: { limit: 25, ...(after === null ? {} : { after }) } },
        }),
      ),
  });
  const again = useMutation({
    mutationFn: (event: string) =>
      body(api.POST("/v1/webhooks/{webhook_id}/deliveries/{event_id}/replay", { params: { path: { webhook_id: webhook, event_id: event } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["deliveries", webhook] }),
  });
  return (
    <Section title="Deliveries">
      {again.isError && <Refusal error={again.error} />}
      <Loaded query={found}>
        {(page) => (
          <>
            <Table
              caption="Deliveries"
              rows={page.items}
              keyOf={(row) => row.event_id}
              empty="Nothing was sent yet."
              columns={[
                { name: "Told", kind: "lead", cell: (row) => shortType(row.type) },
                { name: "State", cell: (row) => STATUS[row.status] },
                { name: "Tries", kind: "num", cell: (row) => row.attempts },
                { name: "Happened", cell: (row) => <When at={row.occurred_at} none="–" /> },
                { name: "Next try", cell: (row) => <When at={row.next_at} none="–" /> },
                {
                  name: "More",
                  kind: "actions",
                  cell: (row) => (
                    <span className="row">
                      <Button kind="quiet" aria-label={`Log of ${shortType(row.type)}, ${exactly(row.occurred_at)}`} onPress={() => setOpen(open === row.event_id ? null : row.event_id)}>
                        Log
                      </Button>
                      {leads && (
                        <Button kind="quiet" aria-label={`Send again ${shortType(row.type)}, ${exactly(row.occurred_at)}`} onPress={() => again.mutate(row.event_id)}>
                          Send again
                        </Button>
                      )}
                    </span>
                  ),
                },
              ]}
            />
            <Pager after={after} next={page.next} isFirst={after === null} onNext={setAfter} onFirst={() => setAfter(null)} />
          </>
        )}
      </Loaded>
      {open !== null && <Log webhook={webhook} event={open} />}
    </Section>
  );
}

function Log({ webhook, event }: { webhook: string; event: string }) {
  const found = useQuery({
    queryKey: ["deliveries", webhook, "log", event],
    queryFn: () =>
      body(api.GET("/v1/webhooks/{webhook_id}/deliveries/{event_id}", { params: { path: { webhook_id: webhook, event_id: event } } })),
  });
  return (
    <Loaded query={found}>
      {({ log }) => (
        <Table
          caption="Tries of this delivery"
          captionUnseen={false}
          rows={log}
          keyOf={(row) => String(row.number)}
          empty="It was not tried yet."
          columns={[
            { name: "Try", kind: "num", cell: (row) => row.number },
            { name: "When", cell: (row) => <When at={row.at} none="–" /> },
            { name: "Answer", kind: "num", cell: (row) => row.status ?? "–" },
            { name: "Trouble", cell: (row) => row.failure ?? "none" },
            { name: "Took", kind: "num", cell: (row) => `${row.duration_ms} ms` },
          ]}
        />
      )}
    </Loaded>
  );
}
