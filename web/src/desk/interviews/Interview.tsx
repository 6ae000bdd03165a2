import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { api, body } from "../../shared/api/client";
import { candidateQuery, interviewQuery, jobQuery, kitQuery, type Interview as View } from "../data";
import { count } from "../format";
import { useRights } from "../session/data";
import { DeskPage, Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { LoadedPage } from "../ui/LoadedPage";
import { Refusal } from "../ui/Refusal";
import { State } from "../ui/State";
import { Table } from "../ui/Table";
import { STATE_HELP, TROUBLES, WHO_LEADS, WHO_LEADS_HELP } from "../words";
import { Accommodations } from "./Accommodations";
import { Afterwards } from "./Afterwards";
import { Decision } from "../review/Decision";
import { transcriptQuery } from "../review/data";
import { When } from "./Interviews";
import { talkMs } from "./length";
import { Links } from "./Links";
import { Moves } from "./Moves";
import styles from "./Interview.module.css";

const route = getRouteApi("/interviews/$interview");

export function Interview() {
  const { interview } = route.useParams();
  const found = useQuery(interviewQuery(interview));
  return (
    <LoadedPage query={found} title="Interview" above={<Link to="/interviews">Interviews</Link>}>
      {({ value, etag }) => <Known interview={value} etag={etag} />}
    </LoadedPage>
  );
}

/** On this page there is nothing to judge. */
function nothing(): readonly [] {
  return [];
}

function Known({ interview, etag }: { interview: View; etag: string }) {
  const rights = useRights();
  const candidate = useQuery({ ...candidateQuery(interview.candidate_id), enabled: rights.seesCandidates });
  const name = candidate.data?.value.name ?? "Candidate";
  return (
    <DeskPage
      title={<bdi>{name}</bdi>}
      tab={name}
      above={<Link to="/interviews">Interviews</Link>}
      actions={
        <>
          {rights.interviews && ["ready", "live", "paused"].includes(interview.state) && (
            <Link to="/interviews/$interview/room" params={{ interview: interview.id }}>
              Come into the room
            </Link>
          )}
          {(["live", "paused", "ended", "scored", "decided"].includes(interview.state) || interview.started_at !== null) && (
            <Link to="/interviews/$interview/review" params={{ interview: interview.id }}>
              Transcript and review
            </Link>
          )}
        </>
      }
    >
      {candidate.isError && <Refusal error={candidate.error} onRetry={() => void candidate.refetch()} />}
      <Facts interview={interview} email={candidate.data?.value.email} />
      {rights.hires && <Moves interview={interview} etag={etag} />}
      {["human_path", "decided"].includes(interview.state) && <Decision interview={interview} opened={nothing} />}
      {rights.hires && <Accommodations interview={interview} />}
      {rights.readsFairness && <Afterwards interview={interview} />}
      {rights.hires && <Links interview={interview.id} state={interview.state} />}
      {rights.hires && <Mails interview={interview.id} />}
    </DeskPage>
  );
}

function Facts({ interview, email }: { interview: View; email: string | undefined }) {
  const kits = useQuery(kitQuery(interview.kit_id));
  const kit = kits.data?.value;
  const jobs = useQuery({ ...jobQuery(kit?.job_id ?? ""), enabled: kit !== undefined });
  const job = jobs.data?.value;
  const failed = [kits, jobs].find((query) => query.isError);
  return (
    <>
      {failed?.isError && <Refusal error={failed.error} onRetry={() => void failed.refetch()} />}
      <dl className={styles.facts}>
        <Fact name="State">
          <State state={interview.state} /> <span className="muted">{STATE_HELP[interview.state]}</span>
        </Fact>
        {email !== undefined && (
          <Fact name="E-mail address">
            <bdi>{email}</bdi>
          </Fact>
        )}
        <Fact name="Job">
          {job !== undefined && (
            <Link to="/jobs/$job" params={{ job: job.id }}>
              <bdi>{job.title}</bdi>
            </Link>
          )}
        </Fact>
        <Fact name="Kit">
          <Link to="/kits/$kit" params={{ kit: interview.kit_id }}>
            <bdi>{kit?.name ?? "Kit"}</bdi> v{interview.kit_version}
          </Link>
        </Fact>
        <Fact name="Who leads">
          {WHO_LEADS[interview.assist_mode]} <span className="muted">{WHO_LEADS_HELP[interview.assist_mode]}</span>
        </Fact>
        <Fact name="Appointment">
          <When at={interview.starts_at} none="Any time" />
        </Fact>
        <Fact name="Open until">
          <When at={interview.expires_at} none="No end" />
        </Fact>
        <Fact name="Held">
          <When at={interview.started_at} none="Not yet" />
          {interview.ended_at !== null && interview.started_at !== null && <Lasted interview={interview.id} />}
        </Fact>
        <Fact name="Invited">
          <When at={interview.created_at} none="–" />
        </Fact>
      </dl>
    </>
  );
}

/** An interview that nobody took up again ends a day after its last word: what counts is the talk. */
function Lasted({ interview }: { interview: string }) {
  const turns = useQuery(transcriptQuery(interview)).data?.turns;
  if (turns === undefined || turns.length === 0) return null;
  return <span className="muted"> for {count(Math.max(1, Math.round(talkMs(turns) / 60_000)), "minute")}</span>;
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const MAILS = {
  invitation: "Invitation",
  reminder_24h: "Reminder, a day before",
  reminder_1h: "Reminder, an hour before",
  rescheduled: "New time",
  extended: "More time",
  cancelled: "Cancelled",
  answered: "Answer to a request",
} as const;
const SENT = { waiting: "Waiting", sent: "Sent", failed: "Failed", dropped: "Not sent" } as const;

function Mails({ interview }: { interview: string }) {
  const found = useQuery({
    queryKey: ["mails", interview],
    queryFn: () => body(api.GET("/v1/interviews/{interview_id}/mails", { params: { path: { interview_id: interview } } })),
  });
  return (
    <Section title="Mails">
      <Loaded query={found}>
        {({ items }) => (
          <Table
            caption="Mails"
            rows={items}
            keyOf={(mail) => mail.id}
            empty="No mail was written: the link is yours to pass on."
            columns={[
              { name: "Mail", cell: (mail) => MAILS[mail.kind] },
              { name: "State", cell: (mail) => `${SENT[mail.state]}${mail.trouble === null ? "" : `: ${TROUBLES[mail.trouble]}`}` },
              { name: "Due", cell: (mail) => <When at={mail.due_at} none="–" /> },
              { name: "Sent", cell: (mail) => <When at={mail.sent_at} none="–" /> },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}
