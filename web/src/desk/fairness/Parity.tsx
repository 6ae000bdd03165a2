import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, body, type Shapes } from "../../shared/api/client";
import { kitQuery, kitsQuery } from "../data";
import { share } from "../format";
import { useKitName } from "../kits/named";
import { namesQuery, type Names } from "../names";
import { Choice } from "../../shared/ui/Choice";
import { DeskPage, Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { Pager } from "../ui/Pager";
import { Table } from "../ui/Table";
import { Interviewers } from "./Interviewers";
import { Probes, verdict } from "./Probes";
import { Spoken } from "./Spoken";
import styles from "./fairness.module.css";

const route = getRouteApi("/parity");
type Page = Shapes["ParityPage"];
type Entry = Page["items"][number];

const DEPARTURES: Readonly<Record<Shapes["DepartureView"]["what"], string>> = {
  not_asked: "was not asked",
  asked_by_person: "was asked by a person",
  out_of_order: "was asked out of order",
  not_in_kit: "is not in the kit",
  too_many_probes: "had too many follow-ups",
  over_time: "took more time than it has",
};

export function Parity() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const listed = useQuery(kitsQuery({ published: true })).data ?? [];
  const named = useQuery({ ...kitQuery(search.kit ?? ""), enabled: search.kit !== undefined }).data?.value;
  const kits = named === undefined || listed.some((each) => each.id === named.id) ? listed : [named, ...listed];
  const kit = search.kit ?? kits[0]?.id ?? "";
  const nameOf = useKitName();
  const [after, setAfter] = useState<string | null>(null);
  const found = useQuery({
    queryKey: ["parity", kit, after],
    enabled: kit !== "",
    queryFn: () =>
      body(
        api.GET("/v1/kits/{kit_id}/parity", {
          params: { path: { kit_id: kit }, query: { limit: 25, ...(after === null ? {} : { after }) } },
        }),
      ),
  });
  return (
    <DeskPage title="Parity" tab="Parity" wide above={<Link to="/agreement">Agreement</Link>}>
      <p className={styles.lead}>
        Whether everybody was given the same: questions, order, follow-ups and time. Counted from the log of each
        interview; accommodations and pauses are not told.
      </p>
      <div className={styles.choice}>
        <Choice
          label="Kit"
          value={kit}
          options={kits.map((each) => [each.id, nameOf(each)] as const)}
          onChange={(next) => void navigate({ search: { kit: next } }).then(() => setAfter(null))}
        />
      </div>
      {kit !== "" && (
        <Loaded query={found}>
          {(page) => (
            <>
              <Entries page={page} />
              <Pager after={after} next={page.next} isFirst={after === null} onNext={setAfter} onFirst={() => setAfter(null)} />
            </>
          )}
        </Loaded>
      )}
    </DeskPage>
  );
}

function Entries({ page }: { page: Page }) {
  const names = useQuery(namesQuery(page.items.map((entry) => entry.interview_id))).data;
  const kit = useQuery(kitQuery(page.kit_id)).data?.value;
  const number = new Map(kit?.questions.map((question, n) => [question.key, `Question ${n + 1}`]));
  const nameOf = (entry: Entry) => nameIn(names, entry);
  const held = page.items.filter((entry) => entry.ledger !== null);
  const questionOf = (key: string) => number.get(key) ?? key;
  return (
    <>
      {page.items.length > 0 && <p>{verdict(page, questionOf)}</p>}
      {held.length > 0 && (
        <Section title="Time spoken">
          <Spoken
            rows={held.map((entry) => ({
              name: nameOf(entry),
              candidateS: entry.ledger?.candidate_spoke_s ?? 0,
              aiS: entry.ledger?.ai_spoke_s ?? 0,
              peopleS: entry.ledger?.people.spoke_s ?? 0,
            }))}
          />
        </Section>
      )}
      <Section title="What each was given">
        <Table
          caption="What each was given"
          rows={page.items}
          keyOf={(entry) => entry.interview_id}
          empty="Nobody has been interviewed with this kit."
          columns={[
            {
              name: "Candidate",
              kind: "lead",
              cell: (entry) => (
                <Link to="/interviews/$interview" params={{ interview: entry.interview_id }}>
                  <bdi>{nameOf(entry)}</bdi>
                </Link>
              ),
            },
            { name: "Questions", kind: "num", cell: (entry) => `${entry.ledger?.asked.length ?? 0} of ${page.questions.length}` },
            { name: "Follow-ups", kind: "num", cell: (entry) => sum(entry, (question) => question.probes) },
            { name: "Repeats", kind: "num", cell: (entry) => sum(entry, (question) => question.repeats) },
            { name: "Spoke", kind: "num", cell: (entry) => `${Math.round(entry.ledger?.candidate_spoke_s ?? 0)} s` },
            { name: "AI spoke", kind: "num", cell: (entry) => `${Math.round(entry.ledger?.ai_spoke_s ?? 0)} s` },
            { name: "People spoke", kind: "num", cell: (entry) => `${Math.round(entry.ledger?.people.spoke_s ?? 0)} s` },
            { name: "Given back", kind: "num", cell: (entry) => `${Math.round(entry.ledger?.given_back_s ?? 0)} s` },
            { name: "Time used", kind: "num", cell: (entry) => share(entry.ledger?.time_used) },
            { name: "People led", kind: "num", cell: (entry) => share(entry.ledger?.people.led_share) },
            { name: "Departures", kind: "words", cell: (entry) => <Departures entry={entry} questionOf={questionOf} /> },
          ]}
        />
      </Section>
      <Probes entries={held} nameOf={nameOf} questionOf={questionOf} />
      <Interviewers entries={held} nameOf={nameOf} questionOf={questionOf} />
    </>
  );
}

function nameIn(names: ReadonlyMap<string, Names> | undefined, entry: Entry): string {
  return names?.get(entry.interview_id)?.candidate ?? `Candidate ${entry.interview_id.slice(-4)}`;
}

function sum(entry: Entry, of: (question: Shapes["GivenView"]) => number): number {
  return (entry.ledger?.questions ?? []).reduce((all, question) => all + of(question), 0);
}

function Departures({ entry, questionOf }: { entry: Entry; questionOf: (key: string) => string }) {
  const departures = entry.ledger?.departures ?? [];
  if (departures.length === 0) return <span className="muted">none</span>;
  return (
    <ul className="plainlist">
      {departures.map((each) => (
        <li key={`${each.what} ${each.question ?? ""}`}>
          {each.question === null ? "It" : questionOf(each.question)} {DEPARTURES[each.what]}
          {each.because !== null && ` (${each.because.replace("_", " ")})`}
        </li>
      ))}
    </ul>
  );
}
