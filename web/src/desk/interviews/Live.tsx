import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { api, body } from "../../shared/api/client";
import { COMMAS, type Interview } from "../data";
import { clock, count } from "../format";
import { namesQuery, type Names } from "../names";
import { useRights } from "../session/data";
import { DeskPage } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { State } from "../ui/State";
import { STREAMS, useTold } from "./told";
import styles from "./Live.module.css";

const MOST = 25;
const ASK_AGAIN_MS = 5000;

/** Who talks now. Which interviews those are is asked again and again; each tells its own events. */
export function Live() {
  const page = useQuery({
    queryKey: ["interviews", "live"],
    refetchInterval: ASK_AGAIN_MS,
    queryFn: () =>
      body(
        api.GET("/v1/interviews", {
          params: { query: { limit: MOST, sort: "-created_at", state: ["live", "paused", "ready"] } },
          querySerializer: COMMAS,
        }),
      ),
  });
  return (
    <DeskPage title="Live" tab="Live">
      <Loaded query={page}>{({ items }) => <Board interviews={items} />}</Loaded>
    </DeskPage>
  );
}

function Board({ interviews }: { interviews: readonly Interview[] }) {
  const names = useQuery(namesQuery(interviews.map((each) => each.id))).data;
  const talking = interviews.filter((each) => each.state !== "ready");
  const waiting = interviews.filter((each) => each.state === "ready");
  return (
    <>
      {talking.length === 0 && <p className="muted">Nobody is being interviewed at the moment.</p>}
      <ul className={`plainlist ${styles.board ?? ""}`}>
        {talking.map((each, n) => (
          <Talk key={each.id} interview={each} names={names?.get(each.id)} isStreamed={n < STREAMS} />
        ))}
      </ul>
      {waiting.length > 0 && (
        <p className="muted">
          {count(waiting.length, "candidate")} {waiting.length === 1 ? "has" : "have"} consented and not begun yet:{" "}
          {waiting.map((each, n) => (
            <span key={each.id}>
              {n > 0 && ", "}
              <Link to="/interviews/$interview" params={{ interview: each.id }}>
                <bdi>{names?.get(each.id)?.candidate ?? "Candidate"}</bdi>
              </Link>
            </span>
          ))}
          .
        </p>
      )}
    </>
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
        <State state={interview.state} />
      </div>
      <p className="muted small">
        <bdi>{names?.job}</bdi> · kit v{interview.kit_version}
        {since !== null && ` · ${clock(since)} since the beginning`}
      </p>
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
