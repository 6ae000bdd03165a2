import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body, unlessNone } from "../../shared/api/client";
import type { Interview } from "../data";
import { moment } from "../format";
import { requestsQuery, RequestRows } from "../people/Requests";
import { isWithheld, unlessBlind } from "../review/data";
import { Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { Table } from "../ui/Table";
import { When } from "./Interviews";

const HELD: readonly Interview["state"][] = ["live", "paused", "ended", "scored", "decided", "human_path"];
/** The API tells what candidates thought only when it can sway nobody any more. */
const SETTLED: readonly Interview["state"][] = ["decided", "declined", "expired", "cancelled", "human_path"];

/** What came from the candidate besides answers: questions, requests, and what they thought of it. */
export function Afterwards({ interview }: { interview: Interview }) {
  return (
    <>
      {HELD.includes(interview.state) && <Asked interview={interview.id} />}
      <Section title="Requests of the candidate">
        <Requests interview={interview.id} />
      </Section>
      <Section title="What the candidate thought of it">
        {SETTLED.includes(interview.state) ? (
          <Thought interview={interview.id} />
        ) : (
          <p className="muted">Is shown once the interview is decided, so that it sways nobody who judges.</p>
        )}
      </Section>
    </>
  );
}

function Asked({ interview }: { interview: string }) {
  const found = useQuery({
    queryKey: ["asked", interview],
    queryFn: () =>
      body(api.GET("/v1/interviews/{interview_id}/candidate_questions", { params: { path: { interview_id: interview } } })),
  });
  return (
    <Section title="Asked about the position">
      <Loaded query={found}>
        {({ items }) => (
          <Table
            caption="Asked about the position"
            rows={items}
            keyOf={(row) => `${row.turn_id} ${row.at}`}
            empty="Nothing was asked."
            columns={[
              { name: "Question", cell: (row) => <span dir="auto">{row.text}</span> },
              {
                name: "Answer",
                cell: (row) =>
                  row.answered_with === null ? (
                    <strong>waits for a person</strong>
                  ) : (
                    <>
                      by the kit’s <span className="mono">{row.answered_with}</span>
                    </>
                  ),
              },
              { name: "When", cell: (row) => <When at={row.at} none="–" /> },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}

function Requests({ interview }: { interview: string }) {
  const found = useQuery(requestsQuery({ interview_id: interview }));
  return (
    <Loaded query={found}>
      {({ items, next }) => (
        <>
          <RequestRows rows={items} />
          {next !== null && <Link to="/requests">All requests</Link>}
        </>
      )}
    </Loaded>
  );
}

function Thought({ interview }: { interview: string }) {
  const found = useQuery({
    queryKey: ["feedback", interview],
    queryFn: () =>
      unlessBlind(unlessNone(body(api.GET("/v1/interviews/{interview_id}/feedback", { params: { path: { interview_id: interview } } })))),
  });
  return (
    <Loaded query={found}>
      {(thought) =>
        thought === null ? (
          <p className="muted">Nothing was said about it.</p>
        ) : isWithheld(thought) ? (
          <p className="muted">What the candidate thought of it is shown after your own rating.</p>
        ) : (
          <figure className="card">
            <p>
              <strong>{thought.rating} of 5</strong> <span className="muted small">{moment(thought.given_at)}</span>
            </p>
            {thought.text !== "" && <blockquote dir="auto">{thought.text}</blockquote>}
          </figure>
        )
      }
    </Loaded>
  );
}
