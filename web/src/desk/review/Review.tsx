import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect, useMemo, useRef } from "react";
import { InTheRoom, namesOf, type Colleague } from "../colleagues";
import { interviewQuery, kitQuery } from "../data";
import { Loaded } from "../ui/Loaded";
import { LoadedPage } from "../ui/LoadedPage";
import type { State } from "../words";
import { cardsQuery, decisionQuery, isWithheld, authorsQuery, transcriptQuery, type Withheld } from "./data";
import { Head } from "./Head";
import { Sheet } from "./Sheet";
import { passageOf } from "./text";

const route = getRouteApi("/interviews/$interview/review");
const ASK_AGAIN_MS = 4000;
/** Until the machine has rated, which takes a minute or so. */
const ASK_FOR_CARDS_MS = 15_000;
const CHANGES: Readonly<Partial<Record<State, number>>> = {
  ready: ASK_AGAIN_MS,
  live: ASK_AGAIN_MS,
  paused: ASK_AGAIN_MS,
  ended: ASK_FOR_CARDS_MS,
};

/** What becomes of it brings more to see: the end of the talk all of it, a rating of the machine its card. */
function useTurns(id: string, state: State | undefined): void {
  const client = useQueryClient();
  const before = useRef(state);
  useEffect(() => {
    if (before.current !== undefined && before.current !== state) {
      void client.invalidateQueries({ predicate: ({ queryKey: [what, ...about] }) => what !== "interview" && about.includes(id) });
    }
    before.current = state;
  }, [client, id, state]);
}

function namedIn(answer: Withheld | { colleagues: readonly Colleague[] } | undefined): readonly Colleague[] {
  return answer === undefined || isWithheld(answer) ? [] : answer.colleagues;
}

export function Review() {
  const { interview: id } = route.useParams();
  // All at once: none of these needs another's answer.
  const interview = useQuery({
    ...interviewQuery(id),
    refetchInterval: ({ state: { data } }) => (data === undefined ? false : (CHANGES[data.value.state] ?? false)),
  });
  const state = interview.data?.value.state;
  const isOn = state === "live" || state === "paused";
  useTurns(id, state);
  const transcript = useQuery({ ...transcriptQuery(id), refetchInterval: isOn ? ASK_AGAIN_MS : false });
  const cards = useQuery(cardsQuery(id));
  const decided = useQuery(decisionQuery(id));
  const authors = useQuery(authorsQuery(id));
  const kit = useQuery({ ...kitQuery(interview.data?.value.kit_id ?? ""), enabled: interview.data !== undefined });
  const passages = useMemo(() => transcript.data?.turns.map(passageOf), [transcript.data]);
  const room = useMemo(
    () => namesOf(transcript.data?.people ?? [], [...namedIn(cards.data), ...namedIn(decided.data), ...(authors.data ?? [])]),
    [transcript.data, cards.data, decided.data, authors.data],
  );
  return (
    <InTheRoom value={room}>
      <LoadedPage query={interview} title="Review" above={<Link to="/interviews">Interviews</Link>}>
        {({ value }) => (
          <Head interview={value} kit={kit.data?.value} isWithheld={cards.data === undefined || isWithheld(cards.data)}>
            <Loaded query={kit}>
              {({ value: known }) => (
                <Loaded query={transcript}>
                  {({ marks, people, led, understood }) => (
                    <Loaded query={cards}>
                      {(answer) => (
                        <Sheet
                          key={value.id}
                          interview={value}
                          kit={known}
                          passages={passages ?? []}
                          marks={marks}
                          room={{ people, led, understood }}
                          answer={answer}
                        />
                      )}
                    </Loaded>
                  )}
                </Loaded>
              )}
            </Loaded>
          </Head>
        )}
      </LoadedPage>
    </InTheRoom>
  );
}
