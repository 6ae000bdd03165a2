import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState, type SyntheticEvent } from "react";
import { api, body, type Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { Choice } from "../../shared/ui/Choice";
import { TextField } from "../../shared/ui/TextField";
import { useAddresses } from "../colleagues";
import { When } from "../interviews/Interviews";
import { DeskPage } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { Pager } from "../ui/Pager";
import { Table } from "../ui/Table";
import { Subject } from "./Subject";
import { titlesQuery, type Title } from "./subjects";

const route = getRouteApi("/house/audit");

type Entry = Shapes["AuditView"];
type Order = Shapes["AuditSort"];

const NO_ENTRIES: readonly Entry[] = [];

/** Who changed what: what was changed last is asked about most; in the order of the chain on demand. */
export function Audit() {
  const { subject } = route.useSearch();
  const navigate = route.useNavigate();
  // Whoever goes on to another subject, by a link too, begins with its first page.
  const [typed, setTyped] = useState({ about: subject, text: subject ?? "" });
  const [turned, setTurned] = useState<{ about: string | undefined; after: string | null }>({ about: subject, after: null });
  const asked = typed.about === subject ? typed.text : (subject ?? "");
  const after = turned.about === subject ? turned.after : null;
  const setAfter = (next: string | null) => setTurned({ about: subject, after: next });
  const [order, setOrder] = useState<Order>("-seq");
  const found = useQuery({
    queryKey: ["audit", subject, order, after],
    queryFn: () =>
      body(
        api.GET("/v1/audit", {
          params: { query: { limit: 50, sort: order, ...(after === null ? {} : { after: Number(after) }), ...(subject === undefined ? {} : { subject }) } },
        }),
      ),
  });
  const addresses = useAddresses();
  const titles = useQuery(titlesQuery(found.data?.items ?? NO_ENTRIES)).data;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAfter(null);
    void navigate({ search: asked.trim() === "" ? {} : { subject: asked.trim() } });
  };
  return (
    <DeskPage title="Audit" tab="Audit">
      <form onSubmit={submit} className="row end">
        <TextField label="About (an id)" value={asked} onChange={(text) => setTyped({ about: subject, text })} />
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
                { name: "Who", cell: (row) => <bdi>{actorOf(row, titles, addresses)}</bdi> },
                { name: "Did", cell: (row) => row.action.replaceAll("_", " ") },
                { name: "To", cell: (row) => <Subject entry={row} titles={titles} addresses={addresses} /> },
                { name: "More", cell: (row) => <span className="small">{factsOf(row, addresses)}</span> },
              ]}
            />
            <Pager after={after} next={page.next} isFirst={after === null} onNext={setAfter} onFirst={() => setAfter(null)} />
          </>
        )}
      </Loaded>
    </DeskPage>
  );
}

type Addresses = ReadonlyMap<string, string>;

function actorOf(row: Entry, titles: ReadonlyMap<string, Title> | undefined, addresses: Addresses): string {
  switch (row.actor_kind) {
    case "member":
      return addresses.get(row.actor) ?? `Member ${row.actor}`;
    case "key":
      return `Key ${row.actor}`;
    case "candidate":
      return titles?.get(row.actor)?.name ?? "The candidate";
    case "system":
      return "Vivavoce itself";
  }
}

function factsOf(row: Entry, addresses: Addresses): string {
  return Object.entries(row.facts)
    .map(([name, value]) => `${name.replaceAll("_", " ")}: ${name === "floor" ? floorOf(value, addresses) : value}`)
    .join(", ");
}

/** The room's word for a person who leads is their id without its dashes. */
function floorOf(floor: string, addresses: Addresses): string {
  if (!floor.startsWith("human:")) return floor === "ai" ? "the AI" : floor;
  const id = floor.slice("human:".length).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return addresses.get(id) ?? id;
}
