import type { KitView } from "../data";
import type { Booth, Snapshot } from "./booth";
import { Meter } from "./Meter";
import { Prompts } from "./Prompts";
import { Side } from "./Side";
import type { Place } from "./usePlace";

/** What only interviewers see. */
export function Panels({ booth, now, place, kit }: { booth: Booth; now: Snapshot; place: Place; kit: KitView }) {
  const { floor, rating } = place;
  return (
    <>
      <Prompts prompts={now.prompts} booth={booth} ask={place.mayAsk ? (question) => void floor.askNext(question) : null} />
      <Meter coverage={now.coverage} />
      <Side
        tab={place.tab}
        setTab={place.setTab}
        booth={booth}
        now={now}
        notes={place.notes}
        rates={place.rates}
        rating={{ competencies: kit.competencies, ...rating }}
      />
    </>
  );
}
