import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState, type SyntheticEvent } from "react";
import { api, body, type Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { Choice } from "../../shared/ui/Choice";
import { TextField } from "../../shared/ui/TextField";
import { everyOne, MANY } from "../data";
import { When } from "../interviews/Interviews";
import { useRights } from "../session/data";
import { DeskPage } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { Pager } from "../ui/Pager";
import { Table } from "../ui/Table";

const route = getRouteApi("/house/audit");

type Order = Shapes["AuditSort"];

/** Who changed what: what was changed last is asked about most; in the order of the chain on demand. */
export function Audit() {
  const { subject } = route.useSearch();
  const navigate = route.useNavigate();
  const [asked, setAsked] = useState(subject ?? "");
  const [order, setOrder] = useState<Order>("-seq");
  const [after, setAfter] = useState<string | null>(null);
  const found = useQuery({
    queryKey: ["audit", subject, order, after],
    queryFn: () =>
      body(
        api.GET("/v1/audit", {
          params: { query: { limit: 50, sort: order, ...(after === null ? {} : { after: Number(after) }), ...(subject === undefined ? {} : { subject }) } },
        }),
      ),
  });
  const people = usePeople();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAfter(null);
    void navigate({ search: asked.trim() === "" ? {} : { subject: asked.trim() } });
  };
  return (
    <DeskPage title="Audit" tab="Audit">
      <form onSubmit={submit} className="row end">
        <TextField label="About (an id)" value={asked} onChange={setAsked} />
        <Button type="submit">Look for it</Button>
        <Choice<Order>
          label="Order"
          value={order}
          options={[
            ["-seq", "Newest first"],
            ["seq", "Oldest first, as it is chained"],
          ]}
          onChange={(next) => {
            setOrder(next);
            setAfter(null);
          }}
        />
      </form>
      <Loaded query={found}>
        {(page) => (
          <>
            <Table
              caption={order === "seq" ? "Changes, oldest first" : "Changes, newest first"}
              rows={page.items}
              keyOf={(row) => row.id}
              empty="Nothing was changed."
              columns={[
                { name: "No.", kind: "num", cell: (row) => row.seq },
                { name: "When", cell: (row) => <When at={row.at} none="–" /> },
                { name: "Who", cell: (row) => <bdi>{people.get(row.actor) ?? `${row.actor_kind} ${row.actor}`}</bdi> },
                { name: "Did", cell: (row) => row.action.replaceAll("_", " ") },
                { name: "To", cell: (row) => <span className="mono">{row.subject}</span> },
                { name: "More", cell: (row) => <span className="small">{factsOf(row)}</span> },
              ]}
            />
            <Pager after={after} next={page.next} isFirst={after === null} onNext={setAfter} onFirst={() => setAfter(null)} />
          </>
        )}
      </Loaded>
    </DeskPage>
  );
}

function factsOf(row: Shapes["AuditView"]): string {
  return Object.entries(row.facts)
    .map(([name, value]) => `${name.replaceAll("_", " ")}: ${value}`)
    .join(", ");
}

function usePeople(): ReadonlyMap<string, string> {
  const { readsHouse } = useRights();
  const found = useQuery({
    queryKey: ["members", "everybody"],
    enabled: readsHouse,
    queryFn: () => everyOne((after) => body(api.GET("/v1/members", { params: { query: { limit: MANY, ...after } } }))),
  });
  return new Map(found.data?.map((member) => [member.id, member.email]));
}
