"""Ratings by people, on the same form as the machine's: a level and the words that it rests on."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from interview.accounts import Interview
from interview.by_people import By
from interview.chain import card_digest
from interview.errors import EvidenceInvalid, Invalid, KnowsAccommodations, WrongState
from interview.events import ScorecardStored
from interview.ids import InterviewId, ScorecardId, TenantId, TurnId
from interview.kit import Kit
from interview.lexicon import nfc
from interview.lifecycle import OVER
from interview.ports import Transaction
from interview.scoring import (
    NotAssessed,
    Quote,
    Rating,
    Scorecard,
    Stamp,
    check_quote,
    locate,
    total,
)
from interview.spans import is_whole, span
from interview.turns import Turn, as_corrected
from interview.use_cases.scoring import last_said
from interview.use_cases.world import World

RATER = "person"
FORM = "1"


@dataclass(frozen=True, slots=True)
class Cited:
    """What a person quotes of a turn; without `start` it is the first place where it stands."""

    turn_id: TurnId
    text: str
    start: int | None


@dataclass(frozen=True, slots=True)
class Judged:
    """One competency on a person's form: a level, or why there is none."""

    competency: str
    level: int | None
    not_assessed: NotAssessed | None
    quotes: tuple[Cited, ...]
    reason: str


async def rate_by_person(
    world: World, tenant: TenantId, by: By, interview: InterviewId, form: Sequence[Judged]
) -> Scorecard:
    """A person's card beside the others; it never changes, whoever thinks again makes a new one.

    Raises `NotFound`, `WrongState` before the end, `KnowsAccommodations` for somebody who was told
    what the candidate was given, `Invalid` for a form that is not the kit's,
    `EvidenceInvalid` for words that the candidate did not say, `Sealed`.
    """
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview, lock=True)
        if held.state not in OVER:
            raise WrongState(f"an interview that is {held.state} cannot be rated")
        who = By(kind=by.kind, id=by.id)
        if await tx.accommodations.known([interview], who):
            raise KnowsAccommodations(field="interview_id")
        kit = (await tx.kits.get(held.kit_id)).kit
        _check_form(form, kit)
        turns = {turn.turn_id: turn for turn in as_corrected(await tx.turns.of(interview))}
        ratings = tuple(_rating(at, judged, turns) for at, judged in enumerate(form))
        card = await _card(world, tx, held, kit, by, ratings)
        await tx.scorecards.add(interview, card)
        fact = ScorecardStored(
            scorecard_id=str(card.scorecard_id), rater=RATER, card_sha256=card_digest(card)
        )
        await world.note(tx, interview, fact)
        return card


def _check_form(form: Sequence[Judged], kit: Kit) -> None:
    """Every competency once, as on the machine's card."""
    wanted = [competency.key for competency in kit.competencies]
    rated: set[str] = set()
    for at, judged in enumerate(form):
        field = f"ratings.{at}.competency"
        if judged.competency not in wanted:
            raise Invalid(f"{field}: the kit has no such competency", field=field)
        if judged.competency in rated:
            raise Invalid(f"{field}: every competency is rated once", field=field)
        rated.add(judged.competency)
    if missing := [key for key in wanted if key not in rated]:
        raise Invalid(f"ratings: nothing is said of {', '.join(missing)}", field="ratings")


def _rating(at: int, judged: Judged, turns: Mapping[TurnId, Turn]) -> Rating:
    if (judged.level is None) == (judged.not_assessed is None):
        field = f"ratings.{at}.level"
        raise Invalid(f"{field}: either a level or a reason why there is none", field=field)
    quotes = tuple(_quotes(f"ratings.{at}.quotes", judged, turns))
    if judged.level is not None and not quotes:
        raise EvidenceInvalid("A level needs at least one quote.", field=f"ratings.{at}.quotes")
    return Rating(
        competency=judged.competency,
        level=judged.level,
        not_assessed=judged.not_assessed,
        runs=1,
        spread=0,
        quotes=quotes,
        reason=judged.reason,
    )


def _quotes(field: str, judged: Judged, turns: Mapping[TurnId, Turn]) -> Iterator[Quote]:
    for at, cited in enumerate(judged.quotes):
        turn = turns.get(cited.turn_id)
        quote = Quote(turn_id=cited.turn_id, text=nfc(cited.text), start=_start(cited, turn))
        try:
            check_quote(quote, turns)
            _check_whole(quote, turns[cited.turn_id])
        except EvidenceInvalid as error:
            raise EvidenceInvalid(error.detail, field=f"{field}.{at}") from error
        yield quote


def _start(cited: Cited, turn: Turn | None) -> int:
    """Where the text stands, as whole words rather than inside of one."""
    if cited.start is not None or turn is None:
        return cited.start or 0
    spoken = nfc(turn.spoken)
    whole = span(spoken, nfc(cited.text), [(0, len(spoken))])
    return whole if whole is not None else locate(turn, cited.text) or 0


def _check_whole(quote: Quote, turn: Turn) -> None:
    """Raises `EvidenceInvalid`: “compliant” is not what somebody said who said “non-compliant”, and
    the report would print it as if it were. Cards from before keep what they have."""
    end = quote.start + len(nfc(quote.text))
    if not re.search(r"\w", quote.text) or not is_whole(nfc(turn.spoken), quote.start, end):
        raise EvidenceInvalid(f"“{quote.text}” is not of whole words in turn {quote.turn_id}")


async def _card(
    world: World,
    tx: Transaction,
    held: Interview,
    kit: Kit,
    by: By,
    ratings: tuple[Rating, ...],
) -> Scorecard:
    score, coverage = total(ratings, kit.competencies)
    return Scorecard(
        scorecard_id=ScorecardId(world.ids.new()),
        stamp=Stamp(
            kit_version=held.kit_version,
            rater=RATER,
            rater_version=FORM,
            model=None,
            prompt_hash=None,
            transcript_seq=last_said(await tx.events.read(held.interview_id)),
        ),
        ratings=ratings,
        total=score,
        coverage=coverage,
        created_at=world.now(),
        person=by,
    )
