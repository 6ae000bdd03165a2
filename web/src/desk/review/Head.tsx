import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { candidateQuery, jobQuery, type Interview, type KitView } from "../data";
import { day } from "../format";
import { useRights } from "../session/data";
import { DeskPage } from "../ui/DeskPage";
import { State } from "../ui/State";

interface Props {
  interview: Interview;
  kit: KitView | undefined;
  isWithheld: boolean;
  children: ReactNode;
}

/** Whether there is all that will ever be said. */
export function isOver(interview: Interview): boolean {
  return ["ended", "scored", "decided"].includes(interview.state);
}

export function useCandidateName(interview: Interview): string {
  const rights = useRights();
  const candidate = useQuery({ ...candidateQuery(interview.candidate_id), enabled: rights.seesCandidates });
  return candidate.data?.value.name ?? "Candidate";
}

export function Head({ interview, kit, isWithheld: withheld, children }: Props) {
  const name = useCandidateName(interview);
  const job = useQuery({ ...jobQuery(kit?.job_id ?? ""), enabled: kit !== undefined }).data?.value;
  return (
    <DeskPage
      wide
      tab={`Review: ${name}`}
      title={<bdi>{name}</bdi>}
      above={
        <>
          <Link to="/interviews">Interviews</Link> · <bdi>{job?.title ?? "…"}</bdi> ·{" "}
          <Link to="/kits/$kit" params={{ kit: interview.kit_id }}>
            kit v{interview.kit_version}
          </Link>
          {interview.started_at !== null && <> · {day(interview.started_at)}</>} · <State state={interview.state} />
        </>
      }
      actions={
        <>
          <Link to="/interviews/$interview" params={{ interview: interview.id }}>
            Details
          </Link>
          {isOver(interview) &&
            (withheld ? (
              <span className="muted">PDF after your rating</span>
            ) : (
              <a href={`/v1/interviews/${interview.id}/report.pdf`} download={`interview-${interview.id}.pdf`}>
                Download the PDF
              </a>
            ))}
        </>
      }
    >
      {children}
    </DeskPage>
  );
}
