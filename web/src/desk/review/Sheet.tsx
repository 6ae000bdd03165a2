import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";
import type { Interview, KitView } from "../data";
import { useKeys, type Keys } from "../keys";
import { useMember, useRights } from "../session/data";
import { Refusal } from "../ui/Refusal";
import { Sure } from "../ui/Sure";
import { Compare } from "./Compare";
import { Competencies, Save } from "./Competencies";
import type { Card, Withheld } from "./data";
import { Decision } from "./Decision";
import { lacks, NOTHING } from "./draft";
import { isOver } from "./Head";
import { Heard } from "./Heard";
import { formOf, useJudging, type Judging } from "./judging";
import { Notes } from "./Notes";
import { useLooked, type Looked } from "./looked";
import { usePlayback, type Playback } from "./playback";
import { useReading } from "./reading";
import { useWalk } from "./walk";
import { doubtfulIn, doubtsOf, isGone, passageOfSpan, unclearOf, type Evidence, type Passage, type Room } from "./text";
import styles from "./Review.module.css";

const route = getRouteApi("/interviews/$interview/review");

interface Props {
  interview: Interview;
  kit: KitView;
  passages: readonly Passage[];
  marks: Shapes["Marks"] | null;
  /** Who of the tenant sat in the talk, and who led when. */
  room: Room;
  answer: { items: readonly Card[] } | Withheld;
}

/** Competencies on the left, the transcript in step with the recording on the right. */
export function Sheet({ interview, kit, passages, marks, room, answer }: Props) {
  const member = useMember();
  const rights = useRights();
  const over = isOver(interview);
  const keys = useMemo(() => kit.competencies.map((each) => each.key), [kit]);
  const [active, setActive] = useState(keys[0] ?? "");
  const judging = useJudging({
    interview: interview.id,
    member: member.id,
    competencies: keys,
    answer,
    mayRate: rights.judges && over,
  });
  const playback = usePlayback(interview.id);
  const doubtful = useMemo(() => doubtfulIn(marks), [marks]);
  const reading = useReading(passages, playback, active, route.useSearch().turn);
  const walk = useWalk(judging.evidence, passages);
  const looked = useLooked(playback, judging.cards, judging.own, walk.shown?.turnId);
  const show = (evidence: Evidence | undefined) => {
    if (evidence === undefined) return;
    walk.setShown(evidence);
    setActive(evidence.competency);
    const ms = walk.heard(evidence);
    if (ms !== null) playback.seek(ms);
  };
  const quote = () => {
    if (reading.chosen === null || !judging.rates) return;
    judging.change({ do: "quote", quote: reading.chosen });
    reading.setCursor({ ...reading.cursor, from: -1, to: -1 });
  };
  useKeys({
    j: () => show(walk.next(1)),
    k: () => show(walk.next(-1)),
    e: () => setActive(keys[(keys.indexOf(active) + 1) % keys.length] ?? ""),
    q: quote,
    space: () => playback.toggle(),
    ",": () => playback.seek(playback.ms - 5000),
    ".": () => playback.seek(playback.ms + 5000),
    ...levelKeys((level) => {
      if (judging.rates) judging.change({ do: "level", competency: active, level });
    }),
  });
  return (
    <>
      <div className={styles.sheet}>
        <section className={styles.left} aria-label="Competencies and evidence">
          <h2 className="unseen">Competencies and evidence</h2>
          <First judging={judging} role={member.role} />
          <Competencies
            competencies={kit.competencies}
            active={active}
            onActive={setActive}
            draft={judging.draft}
            onChange={judging.change}
            evidence={judging.evidence}
            shown={walk.shown}
            onShow={(evidence) => {
              show(evidence);
              if (walk.heard(evidence) !== null) playback.play();
            }}
            cards={judging.cards}
            member={member.id}
            rates={judging.rates}
            heardAt={walk.heard}
            doubtsOf={(quote) => doubtsOf(quote, passages, doubtful)}
            isGone={(quote) => isGone(quote, passages)}
            unclearOf={(quote) => unclearOf(passageOfSpan(quote, passages), doubtful.get(quote.turnId))}
          />
          {judging.rates && <Form judging={judging} competencies={kit.competencies} passages={passages} />}
        </section>
        <Heard
          interview={interview}
          passages={passages}
          marks={marks}
          room={room}
          questions={kit.questions}
          judging={judging}
          playback={playback}
          reading={reading}
          walk={walk}
          competency={kit.competencies.find((each) => each.key === active)?.name ?? ""}
          onQuote={quote}
          reads={looked.transcript}
        />
      </div>
      <Below interview={interview} competencies={kit.competencies} cards={judging.cards} playback={playback} compares={looked.compared} opened={looked.opened} />
    </>
  );
}

interface BelowProps {
  interview: Interview;
  competencies: KitView["competencies"];
  cards: readonly Card[];
  playback: Playback;
  /** Notes that ratings are looked at side by side. */
  compares: Looked["compared"];
  opened: Looked["opened"];
}

/** What comes last: everybody's ratings side by side, notes, and the decision. */
function Below({ interview, competencies, cards, playback, compares, opened }: BelowProps) {
  const member = useMember();
  const rights = useRights();
  return (
    <div className={styles.below}>
      <div className="stack">
        {cards.length > 0 && (
          <div ref={compares}>
            <Compare competencies={competencies} cards={cards} member={member.id} />
          </div>
        )}
        {rights.judges && <Notes interview={interview.id} playback={playback} />}
      </div>
      <Decision interview={interview} opened={opened} />
    </div>
  );
}

function levelKeys(rate: (level: number) => void): Keys {
  return Object.fromEntries([1, 2, 3, 4, 5].map((level) => [String(level), () => rate(level)]));
}

/** What stands first: whose turn it is to judge. */
function First({ judging, role }: { judging: Judging; role: string }) {
  if (judging.withheld) {
    return (
      <Notice kind="info" title="Your own rating comes first.">
        Your organisation has every {role} rate before they see what others judged. Evidence, ratings and the decision
        are shown as soon as yours is saved.
      </Notice>
    );
  }
  if (judging.couldLook) {
    return (
      <div className={styles.first}>
        <p className="muted small">The machine’s evidence is marked. Its rating is shown after yours.</p>
        <Button kind="quiet" onPress={judging.look}>
          Show it without rating
        </Button>
      </div>
    );
  }
  if (judging.own !== undefined && !judging.isAgain) {
    return (
      <div className={styles.first}>
        <p className="muted small">Your rating is saved.</p>
        <Button kind="quiet" onPress={judging.rateAgain}>
          Think again
        </Button>
      </div>
    );
  }
  return null;
}

function Form({ judging, competencies, passages }: Pick<Props, "passages"> & { judging: Judging; competencies: KitView["competencies"] }) {
  const missing = competencies
    .filter((each) => lacks(judging.draft[each.key] ?? NOTHING) !== null)
    .map((each) => `${each.name} (${lacks(judging.draft[each.key] ?? NOTHING) ?? ""})`);
  const form = () =>
    formOf(
      competencies.map((each) => each.key),
      judging.draft,
      passages,
    );
  return (
    <>
      <Save missing={missing} again={judging.isAgain} isPending={judging.isSaving} onSave={() => judging.save(form())} />
      {judging.isAgain && (
        <div>
          <Sure what="Leave my rating as it is" label="Leave my rating as it is" onSure={judging.leaveAgain}>
            What you changed here is dropped. The rating that you saved stays.
          </Sure>
        </div>
      )}
      {judging.refusal !== null && <Refusal error={judging.refusal} />}
    </>
  );
}
