import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { api, body, type Shapes } from "../../shared/api/client";
import { candidateQuery, jobQuery, jobsQuery, type Interview } from "../data";
import { exactly, moment } from "../format";
import { useRowKeys } from "../keys";
import { namesQuery, type Names } from "../names";
import { SORTS, type ListSearch, type Sort } from "../search";
import { useRights } from "../session/data";
import { Choice } from "../../shared/ui/Choice";
import { DeskPage } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { Pager } from "../ui/Pager";
import { State } from "../ui/State";
import { Table } from "../ui/Table";
import { STATES } from "../words";
import styles from "./Interviews.module.css";

const route = getRouteApi("/interviews");
const SHOWN = 25;

/** States with something to hear or to read. */
export const TOLD: readonly Shapes["State"][] = ["live", "paused", "ended", "scored", "decided"];

function useInterviews(search: ListSearch) {
  return useQuery({
    queryKey: ["interviews", search],
    placeholderData: keepPreviousData,
    queryFn: () =>
      body(
        api.GET("/v1/interviews", {
          params: {
            query: {
              limit: SHOWN,
              sort: search.sort ?? "-created_at",
              ...(search.after === undefined ? {} : { after: search.after }),
              ...(search.state === undefined ? {} : { state: [search.state] }),
              ...(search.job === undefined ? {} : { job_id: search.job }),
              ...(search.candidate === undefined ? {} : { candidate_id: search.candidate }),
              ...(search.asks === undefined ? {} : { accommodations: "waiting" as const }),
            },
          },
        }),
      ),
  });
}

export function Interviews() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const page = useInterviews(search);
  const rights = useRights();
  useRowKeys();
  return (
    <DeskPage
      title="Interviews"
      tab="Interviews"
      actions={rights.hires && <Link to="/invite">Invite candidates</Link>}
    >
      <Filters search={search} />
      {search.candidate !== undefined && <Whose search={search} candidate={search.candidate} />}
      {search.asks !== undefined && (
        <p className="muted small">Whoever sees here that somebody asked for accommodations cannot rate their interview.</p>
      )}
      <Loaded query={page}>
        {(data) => (
          <>
            {data.items.length === 0 && isUnfiltered(search) ? (
              <Beginning />
            ) : (
              <Rows rows={data.items} ask={search.asks !== undefined && !page.isPlaceholderData} />
            )}
            <Pager
              next={data.next}
              after={search.after ?? null}
              isFirst={search.after === undefined}
              onNext={(after) => void navigate({ search: { ...search, after } })}
              onFirst={() => void navigate({ search: without(search, "after") })}
            />
          </>
        )}
      </Loaded>
      <p className="muted small">
        <kbd>j</kbd> and <kbd>k</kbd> walk through the list, <kbd>Enter</kbd> opens.
      </p>
    </DeskPage>
  );
}

function isUnfiltered({ state, job, candidate, asks, after }: ListSearch): boolean {
  return [state, job, candidate, asks, after].every((each) => each === undefined);
}

/** Before the first interview: what leads to one. */
function Beginning() {
  const { hires } = useRights();
  return (
    <p className="muted">
      There is no interview yet.
      {hires && (
        <>
          {" "}
          <Link to="/jobs">Make a job</Link>, publish a kit of questions in it, and <Link to="/invite">invite candidates</Link>.
        </>
      )}
    </p>
  );
}

/** Of whom the list is, when it is one person's. */
function Whose({ search, candidate }: { search: ListSearch; candidate: string }) {
  const { seesCandidates } = useRights();
  const name = useQuery({ ...candidateQuery(candidate), enabled: seesCandidates }).data?.value.name;
  const all = without(without(search, "candidate"), "after");
  return (
    <p>
      Interviews of <bdi>{name ?? `candidate ${candidate.slice(-6)}`}</bdi>.{" "}
      <Link to="/interviews" search={all}>
        Show everybody’s
      </Link>
    </p>
  );
}

function Filters({ search }: { search: ListSearch }) {
  const navigate = route.useNavigate();
  const jobs = useQuery(jobsQuery);
  const named = useQuery({ ...jobQuery(search.job ?? ""), enabled: search.job !== undefined }).data?.value;
  const listed = jobs.data ?? [];
  const known = named === undefined || listed.some((job) => job.id === named.id) ? listed : [named, ...listed];
  const { hires } = useRights();
  const states = Object.entries(STATES).filter(([state]) => state !== "draft");
  const change = (next: ListSearch) => void navigate({ search: without(next, "after") });
  return (
    <search className={styles.filters} aria-label="Which interviews">
      <Choice
        label="State"
        value={search.state ?? ""}
        options={[["", "All"], ...states.map(([state, word]) => [state, word] as const)]}
        onChange={(state) => change(state === "" ? without(search, "state") : { ...search, state: state as Shapes["State"] })}
      />
      <Choice
        label="Job"
        value={search.job ?? ""}
        options={[["", "All"], ...known.map((job) => [job.id, job.title] as const)]}
        onChange={(job) => change(job === "" ? without(search, "job") : { ...search, job })}
      />
      {hires && (
        <Choice
          label="Accommodations"
          help="Who looks cannot rate those interviews."
          value={search.asks ?? ""}
          options={[
            ["", "All"],
            ["yes", "Asked for, not answered yet"],
          ]}
          onChange={(asks) => change(asks === "" ? without(search, "asks") : { ...search, asks })}
        />
      )}
      <Choice<Sort> label="Order" value={search.sort ?? "-created_at"} options={SORTS} onChange={(sort) => change({ ...search, sort })} />
    </search>
  );
}

function Rows({ rows, ask }: { rows: readonly Interview[]; ask: boolean }) {
  const names = useQuery(namesQuery(rows.map((row) => row.id))).data;
  return (
    <Table
      caption="Interviews"
      rows={rows}
      keyOf={(row) => row.id}
      empty="No interview fits these filters."
      columns={[
        { name: "Candidate", kind: "lead", cell: (row) => <Lead row={row} names={names?.get(row.id)} /> },
        { name: "Job", cell: (row) => <bdi>{names?.get(row.id)?.job ?? "…"}</bdi> },
        {
          name: "State",
          cell: (row) => (
            <>
              <State state={row.state} />
              {ask && <Asks interview={row.id} />}
            </>
          ),
        },
        { name: "Kit", kind: "num", cell: (row) => `v${row.kit_version}` },
        { name: "Appointment", cell: (row) => <When at={row.starts_at} none="Any time" /> },
        { name: "Held", cell: (row) => <When at={row.started_at} none="–" /> },
        { name: "Invited", cell: (row) => <When at={row.created_at} none="–" /> },
      ]}
    />
  );
}

function Asks({ interview }: { interview: string }) {
  return (
    <Link to="/interviews/$interview" params={{ interview }} hash="accommodations" className={styles.asks}>
      ! asks for accommodations
    </Link>
  );
}

export function When({ at, none }: { at: string | null | undefined; none: string }) {
  return at === null || at === undefined ? <span className="muted">{none}</span> : <time dateTime={at} title={exactly(at)}>{moment(at)}</time>;
}

function Lead({ row, names }: { row: Interview; names: Names | undefined }) {
  const name = names === undefined ? "…" : (names.candidate ?? `Candidate ${row.candidate_id.slice(-6)}`);
  const to = ["ended", "scored", "decided"].includes(row.state)
    ? "/interviews/$interview/review"
    : "/interviews/$interview";
  return (
    <Link to={to} params={{ interview: row.id }}>
      <bdi>{name}</bdi>
    </Link>
  );
}

function without<T extends object, Name extends keyof T>(from: T, name: Name): Omit<T, Name> {
  return Object.fromEntries(Object.entries(from).filter(([each]) => each !== name)) as Omit<T, Name>;
}
