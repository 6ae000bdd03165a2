import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, body, type Shapes } from "../../shared/api/client";
import { InTheRoom, namesOf, useColleagues, type CallBy } from "../colleagues";
import { Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { Table } from "../ui/Table";
import { Value, type Coefficients } from "./Agreement";

type Standing = Omit<Shapes["RaterStandingView"], "with_people"> & { with_people: Coefficients };

const SIGNS: Readonly<Record<Standing["signs"][number], string>> = {
  lenient: "rates higher than others",
  severe: "rates lower than others",
  unsteady: "varies more than others",
  narrow: "uses few of the levels",
  drifting: "changes over the months",
};

export function Raters({ job }: { job: string }) {
  const found = useQuery({
    queryKey: ["raters", job],
    queryFn: () => body(api.GET("/v1/jobs/{job_id}/raters", { params: { path: { job_id: job } } })),
  });
  const colleagues = found.data?.colleagues;
  const names = useMemo(() => namesOf([], colleagues), [colleagues]);
  return (
    <InTheRoom value={names}>
      <Section title="Who rates">
        <Loaded query={found}>{({ items }) => <Standings rows={items} />}</Loaded>
      </Section>
    </InTheRoom>
  );
}

function Standings({ rows }: { rows: Standing[] }) {
  const callBy = useColleagues();
  return (
    <Table
      caption="Who rates"
      rows={rows}
      keyOf={(row) => `${row.rater.rater} ${row.rater.rater_version} ${row.rater.model ?? ""} ${row.rater.person?.id ?? ""} ${row.rater.person?.name ?? ""}`}
      empty="Nobody has rated yet."
      columns={[
        { name: "Rater", kind: "lead", cell: (row) => <bdi>{raterName(row, callBy)}</bdi> },
        { name: "Interviews", kind: "num", cell: (row) => row.interviews },
        { name: "Ratings", kind: "num", cell: (row) => row.ratings },
        { name: "Not assessed", kind: "num", cell: (row) => row.not_assessed },
        { name: "Agreement", kind: "num", cell: (row) => <Value figure={row.with_people.kappa} /> },
        { name: "Distance from others", kind: "num", cell: (row) => <Value figure={row.deviation} /> },
        {
          name: "To talk about",
          cell: (row) => (row.signs.length === 0 ? <span className="muted">–</span> : row.signs.map((sign) => SIGNS[sign]).join(", ")),
        },
      ]}
    />
  );
}

function raterName({ rater }: Pick<Standing, "rater">, callBy: CallBy): string {
  if (rater.person === null) return `Machine: ${rater.model ?? rater.rater}`;
  return callBy(rater.person);
}
