import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, body, idempotent } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { jobQuery, kitsQuery, type KitView } from "../data";
import { count } from "../format";
import { When } from "../interviews/Interviews";
import { useRights } from "../session/data";
import { Choice } from "../../shared/ui/Choice";
import { DeskPage, Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { LoadedPage } from "../ui/LoadedPage";
import { Refusal } from "../ui/Refusal";
import { Table } from "../ui/Table";
import { FromFile } from "./FromFile";
import { inOrder } from "./library";

const route = getRouteApi("/jobs/$job");

export function Job() {
  const { job } = route.useParams();
  const found = useQuery(jobQuery(job));
  const kits = useQuery(kitsQuery({ job_id: job }));
  const rights = useRights();
  return (
    <LoadedPage query={found} title="Job" above={<Link to="/jobs">Jobs</Link>}>
      {({ value }) => (
        <DeskPage
          title={<bdi>{value.title}</bdi>}
          tab={value.title}
          above={<Link to="/jobs">Jobs</Link>}
          actions={
            <>
              <Link to="/interviews" search={{ job }}>
                Interviews
              </Link>
              {rights.readsFairness && (
                <Link to="/agreement" search={{ job }}>
                  Agreement
                </Link>
              )}
              {rights.judges && <a href={`/v1/jobs/${job}/interviews.csv`} download>Table (CSV)</a>}
            </>
          }
        >
          <Section title="Kits">
            <Loaded query={kits}>{(items) => <Kits kits={items} />}</Loaded>
          </Section>
          {rights.hires && <NewKit job={job} kits={kits.data ?? []} />}
        </DeskPage>
      )}
    </LoadedPage>
  );
}

function Kits({ kits }: { kits: readonly KitView[] }) {
  const rights = useRights();
  const published = kits.filter((kit) => kit.version !== null);
  const before = (kit: KitView) =>
    published.find((each) => each.id !== kit.id && (kit.version === null || (each.version ?? 0) < kit.version));
  return (
    <Table
      caption="Kits"
      rows={kits}
      keyOf={(kit) => kit.id}
      empty="No kit yet. A kit says what is asked, and by which words answers are judged."
      columns={[
        {
          name: "Kit",
          kind: "lead",
          cell: (kit) => (
            <Link to="/kits/$kit" params={{ kit: kit.id }}>
              <bdi>{kit.name}</bdi>
            </Link>
          ),
        },
        { name: "Version", cell: (kit) => (kit.version === null ? "Draft" : `v${kit.version}`) },
        { name: "Language", cell: (kit) => kit.language },
        { name: "Asks", cell: (kit) => `${count(kit.questions.length, "question")} in ${kit.minutes} minutes` },
        { name: "Published", cell: (kit) => <When at={kit.published_at} none="Not yet" /> },
        {
          name: "More",
          kind: "actions",
          cell: (kit) => {
            const base = before(kit);
            return (
              <span className="row">
                {base !== undefined && (
                  <Link to="/kits/$kit/changes" params={{ kit: kit.id }} search={{ base: base.id }}>
                    Changes since v{base.version}
                  </Link>
                )}
                {kit.version !== null && rights.hires && (
                  <Link to="/invite" search={{ kit: kit.id }}>
                    Invite
                  </Link>
                )}
                {kit.version !== null && rights.readsFairness && (
                  <Link to="/parity" search={{ kit: kit.id }}>
                    Parity
                  </Link>
                )}
              </span>
            );
          },
        },
      ]}
    />
  );
}

const NEWEST = 20;

/** In which languages this house interviews, as its newest kits tell; before the first one, those of the browser. */
function useLanguages(): readonly string[] | null {
  const { data } = useQuery({
    queryKey: ["kits", "newest"],
    queryFn: () => body(api.GET("/v1/kits", { params: { query: { limit: NEWEST, sort: "-created_at" } } })),
  });
  return data === undefined ? null : [...data.items.map((kit) => kit.language), ...navigator.languages, "en"];
}

/** A draft from what there is: a kit of this job, or one of the library. */
function NewKit({ job, kits }: { job: string; kits: readonly KitView[] }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [from, setFrom] = useState("");
  const library = useQuery({ queryKey: ["starters"], staleTime: Infinity, queryFn: () => body(api.GET("/v1/starter-kits")) });
  const languages = useLanguages();
  const options = [
    ...kits.map((kit) => [`kit:${kit.id}`, `${kit.name}, ${kit.version === null ? "draft" : `v${kit.version}`}`] as const),
    ...(languages === null ? [] : inOrder(library.data?.items ?? [], languages)).map(
      (each) => [`starter:${each.id}`, `Library: ${each.name} (${each.language}, ${count(each.questions, "question")})`] as const,
    ),
  ];
  const chosen = options.find(([key]) => key === from)?.[0] ?? options[0]?.[0] ?? "";
  const make = useMutation({
    mutationFn: () => {
      const [kind, id = ""] = chosen.split(":");
      const source = kind === "kit" ? { kit_id: id } : { starter: id };
      return body(api.POST("/v1/kits/drafts", { params: { header: idempotent() }, body: { job_id: job, ...source } }));
    },
    onSuccess: async (kit) => {
      await client.invalidateQueries({ queryKey: ["kits"] });
      await navigate({ to: "/kits/$kit", params: { kit: kit.id } });
    },
  });
  return (
    <Section title="New draft">
      <div className="row end">
        <Choice label="Begin with" value={chosen} options={options} onChange={setFrom} />
        <Button isDisabled={chosen === ""} isPending={make.isPending} onPress={() => make.mutate()}>
          Make a draft
        </Button>
      </div>
      {make.isError && <Refusal error={make.error} />}
      <FromFile job={job} />
    </Section>
  );
}
