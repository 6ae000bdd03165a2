import type { Interview } from "./api";

/** Who invites, and to what: names come from outside and keep to themselves. */
export function Where({ interview }: { interview: Interview }) {
  return (
    <p>
      <bdi>{interview.organisation}</bdi>
      {" · "}
      <bdi>{interview.job_title}</bdi>
    </p>
  );
}
