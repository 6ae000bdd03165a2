import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";
import { TextField } from "../../shared/ui/TextField";
import { candidateQuery, interviewQuery, jobQuery, kitQuery, type Interview, type KitView } from "../data";
import { useMember, useRights } from "../session/data";
import { Check } from "../../shared/ui/Choice";
import { DeskPage } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import type { Wish } from "./calls";
import styles from "./Cockpit.module.css";

/** LiveKit comes with the room, not before somebody goes in. */
const InRoom = lazy(() => import("./InRoom"));

const route = getRouteApi("/interviews/$interview/room");
const OPEN = ["ready", "live", "paused"];

export function Cockpit() {
  const { interview } = route.useParams();
  const found = useQuery(interviewQuery(interview));
  const kit = useQuery({ ...kitQuery(found.data?.value.kit_id ?? ""), enabled: found.data !== undefined });
  return (
    <Loaded query={found}>
      {({ value }) => <Loaded query={kit}>{({ value: known }) => <Known interview={value} kit={known} />}</Loaded>}
    </Loaded>
  );
}

function Known({ interview, kit }: { interview: Interview; kit: KitView }) {
  const rights = useRights();
  const candidate = useQuery({ ...candidateQuery(interview.candidate_id), enabled: rights.seesCandidates });
  const job = useQuery(jobQuery(kit.job_id));
  const [wish, setWish] = useState<Wish | null>(null);
  const name = candidate.data?.value.name ?? "Candidate";
  if (wish !== null) {
    return (
      <Suspense fallback={<main id="main" aria-busy="true" aria-label="Loading" />}>
        <InRoom
          interview={interview}
          kit={kit}
          candidate={name}
          job={job.data?.value.title ?? ""}
          wish={wish}
          leave={() => setWish(null)}
        />
      </Suspense>
    );
  }
  return (
    <DeskPage
      title={
        <>
          The room of <bdi>{name}</bdi>
        </>
      }
      tab={`Room of ${name}`}
      above={
        <Link to="/interviews/$interview" params={{ interview: interview.id }}>
          The interview
        </Link>
      }
    >
      <Way interview={interview} enter={setWish} />
    </DeskPage>
  );
}

/** Whether one can come in, and as whom. */
function Way({ interview, enter }: { interview: Interview; enter: (wish: Wish) => void }) {
  const rights = useRights();
  if (!rights.interviews) {
    return (
      <Notice kind="info" title="Your role does not come into rooms.">
        Owners, administrators, recruiters and interviewers do. What was said can be read on the review page.
      </Notice>
    );
  }
  if (!OPEN.includes(interview.state)) {
    return (
      <Notice kind="info" title="There is no room to come into now.">
        It opens once the candidate has consented, and closes when the interview is over.
      </Notice>
    );
  }
  return <Entry enter={enter} />;
}

const KEPT = "vivavoce.room.name";

function Entry({ enter }: { enter: (wish: Wish) => void }) {
  const member = useMember();
  const [name, setName] = useState(() => localStorage.getItem(KEPT) ?? member.email.split("@")[0] ?? "");
  const [role, setRole] = useState<Wish["role"]>("interviewer");
  const [hidden, setHidden] = useState(false);
  const go = () => {
    localStorage.setItem(KEPT, name);
    enter({ role, name, hidden: role === "observer" && hidden });
  };
  return (
    <form
      className={styles.entry}
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <TextField
        label="Your name in the room"
        help="The candidate reads it, and that you are there."
        maxLength={80}
        value={name}
        onChange={setName}
      />
      <fieldset className={styles.roles}>
        <legend className={styles.legend}>You come in as</legend>
        <label className={styles.role}>
          <input type="radio" name="role" checked={role === "interviewer"} onChange={() => setRole("interviewer")} />
          <span>
            Interviewer
            <span className={styles.help}>You can take the floor. Your microphone is off until you do.</span>
          </span>
        </label>
        <label className={styles.role}>
          <input type="radio" name="role" checked={role === "observer"} onChange={() => setRole("observer")} />
          <span>
            Observer
            <span className={styles.help}>You hear and read everything. Nobody hears you.</span>
          </span>
        </label>
      </fieldset>
      {role === "observer" && (
        <Check
          label="The candidate does not see me"
          help="Only where your organisation’s settings and notice say that this happens."
          checked={hidden}
          onChange={setHidden}
        />
      )}
      <Button kind="main" type="submit" isDisabled={name.trim() === ""}>
        Come in
      </Button>
    </form>
  );
}
