import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { interviewQuery, kitQuery } from "../data";
import { Loaded } from "../ui/Loaded";
import { LoadedPage } from "../ui/LoadedPage";
import { cardsQuery, decisionQuery, isWithheld, notesQuery, transcriptQuery } from "./data";
import { Head } from "./Head";
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
    <LoadedPage query={interview} title="Review" above={<Link to="/interviews">Interviews</Link>}>
      {({ value }) => (
        <Head interview={value} kit={kit.data?.value} isWithheld={cards.data === undefined || isWithheld(cards.data)}>
          <Loaded query={kit}>
            {({ value: known }) => (
              <Loaded query={transcript}>
                {({ marks, people, led }) => (
                  <Loaded query={cards}>
                    {(answer) => (
                      <Sheet key={value.id} interview={value} kit={known} passages={passages ?? []} marks={marks} room={{ people, led }} answer={answer} />
                    )}
                  </Loaded>
                )}
              </Loaded>
            )}
          </Loaded>
        </Head>
      )}
    </LoadedPage>
  );
}
