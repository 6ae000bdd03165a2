import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { api, body } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { COMMAS, everyOne, MANY, MOST, type Interview } from "../data";
import { clock, count } from "../format";
import { namesQuery, type Names } from "../names";
import { useRights } from "../session/data";
import { DeskPage } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { State as Sign } from "../ui/State";
import type { State } from "../words";
import { STREAMS, useTold } from "./told";
import styles from "./Live.module.css";

/** As many as one can look at, and as the API is asked about every other second. */
const SHOWN = 24;
const WAITING = 25;
const ASK_AGAIN_MS = 5000;
const BEGUN: readonly State[] = ["live", "paused"];
const READY: readonly State[] = ["ready"];

function asked(state: readonly State[], limit: number, after: { after?: string } = {}) {
  return body(
    api.GET("/v1/interviews", {
      params: { query: { limit, sort: "-created_at", state: [...state], ...after } },
      querySerializer: COMMAS,
    }),
  );
}

/** Who talks now. Which interviews those are is asked again and again; each tells its own events. */
export function Live() {
  // Two questions: those who are ready may be many, and must not push out who is talking.
  const talking = useQuery({
    queryKey: ["interviews", "live"],
    refetchInterval: ASK_AGAIN_MS,
    queryFn: () => everyOne((after) => asked(BEGUN, MANY, after)),
  });
  const waiting = useQuery({
    queryKey: ["interviews", "live", "ready"],
    refetchInterval: ASK_AGAIN_MS,
    queryFn: () => asked(READY, WAITING),
  });
  return (
    <DeskPage title="Live" tab="Live">
      <Loaded query={talking}>{(all) => <Board all={all} />}</Loaded>
      <Loaded query={waiting}>{({ items, next }) => <Waiting interviews={items} areMore={next !== null} />}</Loaded>
    </DeskPage>
  );
}

/** Longest running first: nobody changes their place while others come and go after them. */
function inOrder(all: readonly Interview[]): readonly Interview[] {
  const begun = (each: Interview) => each.started_at ?? each.created_at;
  return [...all].sort((a, b) => begun(a).localeCompare(begun(b)) || a.id.localeCompare(b.id));
}

function Board({ all }: { all: readonly Interview[] }) {
  const [turned, setPage] = useState(0);
  const page = Math.max(0, Math.min(turned, Math.ceil(all.length / SHOWN) - 1));
  const from = page * SHOWN;
  const shown = inOrder(all).slice(from, from + SHOWN);
  const names = useQuery(namesQuery(shown.map((each) => each.id))).data;
  if (all.length === 0) return <p className="muted">Nobody is being interviewed at the moment.</p>;
  return (
    <>
      {all.length > SHOWN && (
        <p className="muted" aria-live="polite">
          {count(all.length, "interview")} at once{all.length >= MOST && ", or more"}, the longest first: {from + 1} to {from + shown.length}.
        </p>
      )}
      <ul aria-label="Interviews that are held now" className={`plainlist ${styles.board ?? ""}`}>
        {shown.map((each, n) => (
          <Talk key={each.id} interview={each} names={names?.get(each.id)} isStreamed={n < STREAMS} />
        ))}
      </ul>
      {all.length > SHOWN && (
        <nav aria-label="Pages" className="row">
          {page > 0 && <Button onPress={() => setPage(page - 1)}>Previous page</Button>}
          {from + SHOWN < all.length && <Button onPress={() => setPage(page + 1)}>Next page</Button>}
        </nav>
      )}
    </>
  );
}

function Waiting({ interviews, areMore }: { interviews: readonly Interview[]; areMore: boolean }) {
  const names = useQuery(namesQuery(interviews.map((each) => each.id))).data;
  if (interviews.length === 0) return null;
  const isOne = interviews.length === 1 && !areMore;
  return (
    <p className="muted">
      {areMore ? "More than " : ""}
      {count(interviews.length, "candidate")} {isOne ? "has" : "have"} consented and not begun yet:{" "}
      {interviews.map((each, n) => (
        <span key={each.id}>
          {n > 0 && ", "}
          <Link to="/interviews/$interview" params={{ interview: each.id }}>
            <bdi>{names?.get(each.id)?.candidate ?? "Candidate"}</bdi>
          </Link>
        </span>
      ))}
      {areMore && (
        <>
          {" "}
          and{" "}
          <Link to="/interviews" search={{ state: "ready" }}>
            all others who are ready
          </Link>
        </>
      )}
      .
    </p>
  );
}

function Talk({ interview, names, isStreamed }: { interview: Interview; names: Names | undefined; isStreamed: boolean }) {
  const told = useTold(interview.id, isStreamed);
  const rights = useRights();
  const now = useNow();
  const since = interview.started_at === null ? null : now - Date.parse(interview.started_at);
  return (
    <li className="card">
      <div className={styles.head}>
        <h2 className={styles.name}>
          <Link to="/interviews/$interview/review" params={{ interview: interview.id }}>
            <bdi>{names?.candidate ?? "Candidate"}</bdi>
          </Link>
        </h2>
        <Sign state={interview.state} />
      </div>
      <p className="muted small">
        <bdi>{names?.job}</bdi> · kit v{interview.kit_version}
        {since !== null && ` · ${clock(since)} since the beginning`}
      </p>
      {told.isAway && (
        <p>
          <strong>The candidate is not in the room.</strong> <span className="muted">They paused, or their line broke; they can come back and go on.</span>
        </p>
      )}
      <p className={styles.line} dir="auto">
        {told.line === "" ? <span className="muted">Nothing was said yet.</span> : told.line}
      </p>
      {rights.interviews && (
        <Link to="/interviews/$interview/room" params={{ interview: interview.id }}>
          Come into the room<span className="unseen"> of {names?.candidate ?? "the candidate"}</span>
        </Link>
      )}
      <p className="muted small">
        {count(told.questions, "question")} asked · {count(told.words, "word")} answered
      </p>
    </li>
  );
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
