import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { candidateQuery, interviewQuery, jobQuery, kitQuery, type Interview, type KitView } from "../data";
import { day } from "../format";
import { useRights } from "../session/data";
import { DeskPage } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { State } from "../ui/State";
import { cardsQuery, decisionQuery, isWithheld, notesQuery, transcriptQuery } from "./data";
import { Sheet } from "./Sheet";
import { passageOf } from "./text";

const route = getRouteApi("/interviews/$interview/review");
const ASK_AGAIN_MS = 4000;

export function Review() {
  const { interview: id } = route.useParams();
  // All at once: none of these needs another's answer.
  const interview = useQuery(interviewQuery(id));
  const isOn = ["live", "paused"].includes(interview.data?.value.state ?? "");
  const transcript = useQuery({ ...transcriptQuery(id), refetchInterval: isOn ? ASK_AGAIN_MS : false });
  const cards = useQuery(cardsQuery(id));
  useQuery(decisionQuery(id));
  useQuery(notesQuery(id));
  const kit = useQuery({ ...kitQuery(interview.data?.value.kit_id ?? ""), enabled: interview.data !== undefined });
  const passages = useMemo(() => transcript.data?.turns.map(passageOf), [transcript.data]);
  return (
    <Loaded query={interview}>
      {({ value }) => (
        <Head interview={value} kit={kit.data?.value} isWithheld={cards.data === undefined || isWithheld(cards.data)}>
          <Loaded query={kit}>
            {({ value: known }) => (
              <Loaded query={transcript}>
                {({ marks }) => (
                  <Loaded query={cards}>
                    {(answer) => (
                      <Sheet interview={value} kit={known} passages={passages ?? []} marks={marks} answer={answer} />
                    )}
                  </Loaded>
                )}
              </Loaded>
            )}
          </Loaded>
        </Head>
      )}
    </Loaded>
  );
}

interface HeadProps {
  interview: Interview;
  kit: KitView | undefined;
  isWithheld: boolean;
  children: React.ReactNode;
}

export function useCandidateName(interview: Interview): string {
  const rights = useRights();
  const candidate = useQuery({ ...candidateQuery(interview.candidate_id), enabled: rights.seesCandidates });
  return candidate.data?.value.name ?? "Candidate";
}

function Head({ interview, kit, isWithheld: withheld, children }: HeadProps) {
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
          {["scored", "decided", "ended"].includes(interview.state) &&
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
