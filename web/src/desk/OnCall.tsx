import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body } from "../shared/api/client";
import { Notice } from "../shared/ui/Notice";
import { When } from "./interviews/Interviews";

const EVERY_MS = 5000;
const NOT_CALLED_MS = 60_000;

/** Who is on call hears it wherever they are at the desk, until a person has taken the floor. */
export function OnCall() {
  const { data } = useQuery({
    queryKey: ["calls"],
    queryFn: () => body(api.GET("/v1/calls")),
    refetchInterval: ({ state }) => (state.data?.on_call === true ? EVERY_MS : NOT_CALLED_MS),
    refetchIntervalInBackground: true,
  });
  if (data?.on_call !== true || data.items.length === 0) return null;
  return (
    <section aria-label="Calls">
      <Notice kind="danger" title="The AI asks for a person, and you are on call.">
        <ul className="plainlist">
          {data.items.map((one) => (
            <li key={one.interview_id}>
              <Link to="/interviews/$interview/room" params={{ interview: one.interview_id }}>
                Come into the room
              </Link>{" "}
              <span className="muted">
                waits since <When at={one.since} none="" />
              </span>
            </li>
          ))}
        </ul>
      </Notice>
    </section>
  );
}
