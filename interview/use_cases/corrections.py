"""Corrections of the transcript: what a person heard in the recording where it says otherwise, and
which core question a turn belongs to where the room did not know."""

from collections.abc import Iterable

from interview.by_people import By, TurnCorrected, TurnRefiled
from interview.by_room import SeatTaken
from interview.errors import Invalid, NotFound, WrongState
from interview.events import Event
from interview.ids import InterviewId, RequestId, TenantId, TurnId
from interview.lifecycle import OVER
from interview.ports import RecordedSegment, Transaction
from interview.turns import Turn
from interview.use_cases.requests import grant_words
from interview.use_cases.world import World


async def correct_turn(
    world: World,
    tenant: TenantId,
    by: By,
    interview: InterviewId,
    turn: TurnId,
    text: str,
    reason: str,
    request: RequestId | None = None,
) -> Event:
    """The correction as it stands in the log; a whole interview is scored again on the new words.

    What was recognised stays beside it. A candidate's `request` for other words is granted with it.
    Raises `NotFound`, `WrongState` before the end or without a recording to hear it in, `Invalid`,
    `Conflict` for a request that was answered, `Sealed`.
    """
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview, lock=True)
        if not held.has_words:
            raise WrongState(f"an interview that is {held.state} cannot be corrected yet")
        wrong = await _turn(tx, interview, turn)
        if not _is_recorded(wrong, await tx.recordings.of(interview)):
            raise WrongState("There is no recording in which this turn could be heard.")
        if text == wrong.corrected.spoken:
            raise Invalid("text: this is what the turn says already", field="text")
        fact = TurnCorrected(turn_id=turn, text=text, reason=reason, by=by)
        (event,) = await world.note(tx, interview, fact)
        if request is not None:
            await grant_words(world, tx, by, request, turn, reason)
        if held.state in OVER:
            await tx.outbox.put("score_interview", interview)
        return event


async def file_turn(
    world: World,
    tenant: TenantId,
    by: By,
    interview: InterviewId,
    turn: TurnId,
    question: str | None,
    asked_by: str | None,
    reason: str,
) -> Event:
    """The filing as it stands in the log; the interview is scored again with it.

    What the room filed stays beside it. `asked_by` is the interviewer who put the question, who of
    their own turns is known. Raises `NotFound`, `WrongState` before the end, `Invalid`, `Sealed`.
    """
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview, lock=True)
        if held.state not in OVER:
            raise WrongState(f"an interview that is {held.state} cannot be filed anew yet")
        known = (await _turn(tx, interview, turn)).corrected
        asking = await _asking(tx, interview, known, question, asked_by)
        kit = (await tx.kits.get(held.kit_id)).kit
        if question is not None and question not in {each.key for each in kit.questions}:
            raise Invalid("question: the kit has no such question", field="question")
        was = known.filing.asked_by if known.filing else None
        if question == known.question and (asking == was or known.speaker == "interviewer"):
            raise Invalid("question: the turn belongs to it already", field="question")
        fact = TurnRefiled(
            turn_id=turn,
            question=question,
            before=known.question,
            asked_by=asking,
            reason=reason,
            by=by,
        )
        (event,) = await world.note(tx, interview, fact)
        await tx.outbox.put("score_interview", interview)
        return event


async def _asking(
    tx: Transaction, interview: InterviewId, turn: Turn, question: str | None, asked_by: str | None
) -> str | None:
    """Who has put the question. Raises `Invalid` for who cannot have."""
    if question is None and asked_by is not None:
        raise Invalid("asked_by: there is no question that they asked", field="asked_by")
    if turn.speaker == "interviewer":
        if asked_by not in (None, turn.identity):
            raise Invalid("asked_by: these are the words of somebody else", field="asked_by")
        return None if question is None else turn.identity
    if asked_by is not None:
        seats = (each.fact for each in await tx.events.of_kind(interview, "seat_taken"))
        people = (one for one in seats if isinstance(one, SeatTaken) and one.role == "interviewer")
        if asked_by not in {one.identity for one in people}:
            raise Invalid("asked_by: no interviewer of this talk", field="asked_by")
    return asked_by


async def _turn(tx: Transaction, interview: InterviewId, turn: TurnId) -> Turn:
    for known in await tx.turns.of(interview):
        if known.turn_id == turn:
            if known.speaker == "ai":
                raise Invalid("turn_id: what the interviewer said is known", field="turn_id")
            return known
    raise NotFound("This interview has no such turn.")


def _is_recorded(turn: Turn, segments: Iterable[RecordedSegment]) -> bool:
    """True when the speaker's own track covers some of the turn."""
    return any(
        segment.participant == turn.identity
        and segment.started_ms < (turn.ended_ms or turn.started_ms + 1)
        and turn.started_ms < segment.started_ms + segment.duration_ms
        for segment in segments
    )
