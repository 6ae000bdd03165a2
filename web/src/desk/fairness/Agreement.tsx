import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { api, body, type Shapes } from "../../shared/api/client";
import { jobQuery, jobsQuery } from "../data";
import { count } from "../format";
import { Choice } from "../../shared/ui/Choice";
import { DeskPage, Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { Table } from "../ui/Table";
import { Intervals, type Interval } from "./Intervals";
import { Raters } from "./Raters";
import styles from "./fairness.module.css";

const route = getRouteApi("/agreement");
export type Coefficients = Omit<Shapes["CoefficientsView"], "icc_of">;
type Part = Pick<Shapes["PartView"], "of" | "name"> & { people: Coefficients; program: Coefficients | null };
type View = Omit<Shapes["AgreementView"], "parts"> & { parts: Part[] };
type Figure = Shapes["FigureView"];

export function Agreement() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const listed = useQuery(jobsQuery).data ?? [];
  const named = useQuery({ ...jobQuery(search.job ?? ""), enabled: search.job !== undefined }).data?.value;
  const jobs = named === undefined || listed.some((each) => each.id === named.id) ? listed : [named, ...listed];
  const job = search.job ?? jobs[0]?.id ?? "";
  const found = useQuery({
    queryKey: ["agreement", job],
    enabled: job !== "",
    queryFn: () => body(api.GET("/v1/jobs/{job_id}/agreement", { params: { path: { job_id: job } } })),
  });
  return (
    <DeskPage title="Agreement" tab="Agreement" actions={<Link to="/parity">Parity</Link>}>
      <p className={styles.lead}>
        Whether people who rate the same interview come to the same levels, and whether the machine agrees with them. A
        value of 1 is full agreement, 0 is what chance alone would give.
      </p>
      <div className={styles.choice}>
        <Choice
          label="Job"
          value={job}
          options={jobs.map((each) => [each.id, each.title] as const)}
          onChange={(next) => void navigate({ search: { job: next } })}
        />
      </div>
      {job !== "" && (
        <>
          <Loaded query={found}>{(view) => <Found view={view} job={job} />}</Loaded>
          <Raters job={job} />
        </>
      )}
    </DeskPage>
  );
}

function Found({ view, job }: { view: View; job: string }) {
  const { looked_at: at } = view;
  return (
    <>
      <p className="muted">
        From {count(at.interviews, "interview")} that somebody rated{at.older && `, the last ${at.last} of this job`}.
        Nothing is computed from fewer than {at.fewest}. <Link to="/interviews" search={{ job }}>See the interviews</Link>
      </p>
      <Both title="Between people" parts={view.parts} of={(part) => part.people} />
      {view.program !== null && <Both title="Between the machine and people" parts={view.parts} of={(part) => part.program} />}
    </>
  );
}

interface BothProps {
  title: string;
  parts: readonly Part[];
  of: (part: Part) => Coefficients | null;
}

/** The picture, and the same in figures. */
function Both({ title, parts, of }: BothProps) {
  const known = parts.filter((part) => of(part) !== null);
  const intervals = known.flatMap((part): Interval[] => {
    const figure = of(part)?.kappa;
    return figure?.value == null ? [] : [{ name: nameOf(part), value: figure.value, low: figure.low, high: figure.high }];
  });
  return (
    <Section title={title}>
      {intervals.length > 0 && <Intervals label={`${title}: weighted kappa with its 95 % interval`} rows={intervals} />}
      <Table
        caption={title}
        rows={known}
        keyOf={(part) => `${part.of} ${part.name ?? ""}`}
        empty="There is nothing to compare yet: it takes interviews that two raters have rated."
        columns={[
          { name: "Part", kind: "lead", cell: nameOf },
          { name: "Weighted kappa", kind: "num", cell: (part) => <Value figure={of(part)?.kappa} /> },
          { name: "Alpha", kind: "num", cell: (part) => <Value figure={of(part)?.alpha} /> },
          { name: "ICC", kind: "num", cell: (part) => <Value figure={of(part)?.icc} /> },
          { name: "Interviews", kind: "num", cell: (part) => of(part)?.kappa.interviews ?? 0 },
          { name: "Ratings", kind: "num", cell: (part) => of(part)?.kappa.ratings ?? 0 },
        ]}
      />
    </Section>
  );
}

function nameOf(part: Part): string {
  if (part.of === "all") return "All together";
  if (part.of === "kit_version") return `Kit v${part.name ?? ""}`;
  return part.name ?? part.of;
}

const UNKNOWN = { too_few: "too few", no_variation: "all alike" } as const;

export function Value({ figure }: { figure: Figure | null | undefined }) {
  if (figure === null || figure === undefined) return <span className="muted">–</span>;
  if (figure.value === null) return <span className="muted">{figure.unknown === null ? "–" : UNKNOWN[figure.unknown]}</span>;
  return (
    <>
      {figure.value.toFixed(2)}
      {figure.low !== null && figure.high !== null && (
        <span className="muted">
          {" "}
          ({figure.low.toFixed(2)} to {figure.high.toFixed(2)})
        </span>
      )}
    </>
  );
}
