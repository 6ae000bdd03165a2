"""Scorecards made again from the log alone: what models answered is there, no model is asked."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from pydantic import ValidationError

from interview.accounts import Interview
from interview.by_model import FactByModel, RunJudged, RunRefused
from interview.chain import card_digest
from interview.errors import EvidenceInvalid, Sealed
from interview.events import Event, ScorecardStored
from interview.hostile import Detector
from interview.ids import InterviewId, ScorecardId, TenantId
from interview.judgement import Brief, asked
from interview.kit import Kit
from interview.ports import ModelFailed, Models, Prompt, Reply, Store
from interview.rater import Rater, Sitting
from interview.reasons import ReasonGuard
from interview.scoring import Rating, Scorecard, Stamp, check_quote, total
from interview.turns import as_corrected, turns_from
from interview.use_cases.judging import Judge, Seat, reply_sha256, runs_of
from interview.use_cases.scoring import card_of, case_of, last_said, ratings_of, stamp_of

Raters = Callable[[Stamp], Rater | None]
"""The rater of a stamp, as this version knows it; None for one that it does not know."""

SHOWN = ("level", "not_assessed", "runs", "spread", "with_flagged", "carried_from")
HIDDEN = ("quotes", "reason")
"""What is compared of a rating; the second say words of people, which no report repeats."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a card is not what the log makes of it; `competency` None: in the card as a whole.

    `stored` and `rebuilt` are empty where they would be people's words.
    """

    card: str
    competency: str | None
    field: str
    stored: str = ""
    rebuilt: str = ""


@dataclass(frozen=True, slots=True)
class Replayed:
    cards: int
    differences: tuple[Difference, ...]


class _Gone:
    """Port `Models`: nobody is asked."""

    async def ask(self, prompt: Prompt, *, within_s: float) -> Reply:  # noqa: ARG002
        raise ModelFailed("unreachable")


@dataclass
class _FromLog:
    """Port `Memory`: the answers that the log names for one card. `wrong` are those that are not
    what it says."""

    store: Store
    tenant: TenantId
    interview: InterviewId
    named: Mapping[bytes, str]
    wrong: list[str] = field(default_factory=list)

    async def recall(self, key: bytes) -> Reply | None:
        if (sha256 := self.named.get(key)) is None:
            return None
        try:
            async with self.store.transaction(self.tenant) as tx:
                reply = await tx.replies.find(self.interview, key)
        except Sealed:
            reply = None
        if reply is None or reply_sha256(reply) != sha256:
            self.wrong.append(sha256)
            return None
        return reply

    async def keep(self, _: bytes, reply: Reply) -> Reply:
        return reply


def judge_like(stamp: Stamp, brief: Brief, detector: Detector, reasons: ReasonGuard) -> Judge:
    """The judge of a card with its models away."""
    away: Models = _Gone()
    seats = tuple(Seat(model, away, ()) for model in (stamp.model or "").split(", "))
    return Judge(seats, brief, detector, reasons, runs_of(stamp.rater_version))


async def replay_interview(
    store: Store, raters: Raters, tenant: TenantId, interview: InterviewId
) -> Replayed:
    """Every card of an interview, oldest first, made again and compared with what is stored.

    A person's card is what the person said: of it the quotes and the sums are checked. Raises
    `NotFound`, `Sealed` when the words were erased.
    """
    async with store.transaction(tenant) as tx:
        held = await tx.interviews.get(interview)
        kit = (await tx.kits.get(held.kit_id)).kit
        log = await tx.events.read(interview)
        try:
            cards = await tx.scorecards.of(interview)
        except (Sealed, ValidationError):
            return Replayed(0, (Difference("", None, "scorecards", "cannot be opened"),))
    replay = _Replay(store, raters, held, kit, log)
    found = list(_missing(log, cards))
    for card in cards:
        found += [each async for each in replay.differences(card)]
    return Replayed(len(cards), tuple(found))


def _missing(log: Iterable[Event], cards: Iterable[Scorecard]) -> Iterator[Difference]:
    """Cards that only the log knows of, and cards that it does not know of."""
    known = {str(card.scorecard_id): None for card in cards}
    logged = {e.fact.scorecard_id: None for e in log if isinstance(e.fact, ScorecardStored)}
    for name in logged:
        if name not in known:
            yield Difference(name, None, "scorecard", "is missing")
    for name in known:
        if name not in logged:
            yield Difference(name, None, "scorecard", "is in no event")


@dataclass
class _Replay:
    store: Store
    raters: Raters
    held: Interview
    kit: Kit
    log: Sequence[Event]
    made: list[Scorecard] = field(default_factory=list)

    async def differences(self, card: Scorecard) -> AsyncIterator[Difference]:
        if card.person is not None:
            for each in self._of_a_person(card):
                yield each
            return
        name, rater = str(card.scorecard_id), self.raters(card.stamp)
        if rater is None:
            yield Difference(name, None, "stamp.rater", card.stamp.rater, "unknown")
            return
        if wrong := [*self._of_stamps(card, rater)]:
            for each in wrong:
                yield each
            return
        memory = _FromLog(
            self.store, self.held.tenant, self.held.interview_id, self._named(card.scorecard_id)
        )
        rebuilt = await self._rebuilt(card, rater, memory)
        self.made.append(rebuilt)
        for sha256 in memory.wrong:
            yield Difference(name, None, "answer", f"{sha256} is not there as it was")
        for each in compared(card, rebuilt):
            yield each
        noted = self._noted(card.scorecard_id)
        if noted is not None and noted != card_digest(rebuilt):
            yield Difference(name, None, "card_sha256", noted, card_digest(rebuilt))

    async def _rebuilt(self, card: Scorecard, rater: Rater, memory: _FromLog) -> Scorecard:
        read = self._before(card)
        turns = as_corrected(turns_from(read))
        case = case_of(self.kit, card.stamp, turns, rater.flags(turns), self.made, read)
        ratings, _ = await ratings_of(rater, case, Sitting(card.scorecard_id, memory))
        # What was known of the rater then follows from no event of this log.
        return card_of(card.scorecard_id, case, ratings, card.created_at, card.released)

    def _of_stamps(self, card: Scorecard, rater: Rater) -> Iterator[Difference]:
        """Another version of a rater cannot make its predecessor's card."""
        now = stamp_of(self.held.kit_version, self.kit, rater, last_said(self._before(card)))
        for each in Stamp.model_fields:
            stored, rebuilt = getattr(card.stamp, each), getattr(now, each)
            if stored != rebuilt:
                name = str(card.scorecard_id)
                yield Difference(name, None, f"stamp.{each}", str(stored), str(rebuilt))

    def _of_a_person(self, card: Scorecard) -> Iterator[Difference]:
        name = str(card.scorecard_id)
        turns = {t.turn_id: t for t in as_corrected(turns_from(self._until(card)))}
        for rating in card.ratings:
            try:
                for quote in rating.quotes:
                    check_quote(quote, turns)
            except EvidenceInvalid:
                yield Difference(name, rating.competency, "quotes")
        yield from _sums(card, total(card.ratings, self.kit.competencies))
        noted = self._noted(card.scorecard_id)
        if noted is not None and noted != card_digest(card):
            yield Difference(name, None, "card_sha256", noted, card_digest(card))

    def _until(self, card: Scorecard) -> tuple[Event, ...]:
        return tuple(event for event in self.log if event.seq <= card.stamp.transcript_seq)

    def _before(self, card: Scorecard) -> tuple[Event, ...]:
        """What its rater read: all that the log held before it tells of the card. Who asked a
        question may be told after the last words."""

        def is_of_it(event: Event) -> bool:
            fact = event.fact
            return isinstance(fact, RunJudged | RunRefused | ScorecardStored) and str(
                fact.scorecard_id
            ) == str(card.scorecard_id)

        return tuple(takewhile(lambda event: not is_of_it(event), self.log))

    def _named(self, card: ScorecardId) -> dict[bytes, str]:
        facts: Iterable[FactByModel] = (
            event.fact for event in self.log if isinstance(event.fact, RunJudged | RunRefused)
        )
        return {
            asked(fact.prompt_sha256, fact.model, fact.run): fact.reply_sha256
            for fact in facts
            if fact.scorecard_id == card and fact.reply_sha256 is not None
        }

    def _noted(self, card: ScorecardId) -> str | None:
        facts = (event.fact for event in self.log if isinstance(event.fact, ScorecardStored))
        return next((f.card_sha256 for f in facts if f.scorecard_id == str(card)), None)


def compared(stored: Scorecard, rebuilt: Scorecard) -> Iterator[Difference]:
    """Field by field, competency by competency."""
    name = str(stored.scorecard_id)
    ours = {rating.competency: rating for rating in stored.ratings}
    theirs = {rating.competency: rating for rating in rebuilt.ratings}
    for key in sorted(ours.keys() ^ theirs.keys()):
        yield Difference(name, key, "competency", str(key in ours), str(key in theirs))
    for key in (key for key in ours if key in theirs):
        yield from _of_ratings(name, ours[key], theirs[key])
    if stored.flags != rebuilt.flags:
        yield Difference(name, None, "flags", str(len(stored.flags)), str(len(rebuilt.flags)))
    yield from _sums(stored, (rebuilt.total, rebuilt.coverage))


def _of_ratings(name: str, stored: Rating, rebuilt: Rating) -> Iterator[Difference]:
    for each in (*SHOWN, *HIDDEN):
        one, other = getattr(stored, each), getattr(rebuilt, each)
        if one != other:
            said = (str(one), str(other)) if each in SHOWN else ("", "")
            yield Difference(name, stored.competency, each, *said)


def _sums(stored: Scorecard, sums: tuple[object, object]) -> Iterator[Difference]:
    named = zip(("total", "coverage"), (stored.total, stored.coverage), sums, strict=True)
    for what, one, other in named:
        if one != other:
            yield Difference(str(stored.scorecard_id), None, what, str(one), str(other))
