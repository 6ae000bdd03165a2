"""What every store promises of times, links and sessions that are moved."""

from datetime import timedelta
from uuid import uuid4

import pytest

from interview.accounts import CandidateSession, Invitation
from interview.by_people import By
from interview.errors import Invalid, NotFound, Sealed
from interview.events import InterviewEnded
from interview.ids import InterviewId, InvitationId, NoteId, TurnId
from interview.lifecycle import State
from interview.notes import Note
from interview.ports import Store
from tests.fakes.clock import NOON
from tests.store.world import Held, digest, report, scorecard, talk

pytestmark = pytest.mark.store

LATER = NOON + timedelta(days=1)
LATEST = NOON + timedelta(days=9)


def link(held: Held, token: str, age: int = 0) -> Invitation:
    at = NOON + timedelta(seconds=age)
    return Invitation(InvitationId(uuid4()), held.interview, digest(token), at, LATER)


async def test_an_interviews_times_are_moved(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.interviews.set_times(held.interview, None, LATEST)
        found = await tx.interviews.get(held.interview)

    assert (None, LATEST) == (found.starts_at, found.expires_at)


@pytest.mark.parametrize(
    ("before", "ended_at"), [(State.LIVE, LATER), (State.PAUSED, LATER), (State.READY, None)]
)
async def test_cancelling_ends_what_has_begun(
    store: Store, held: Held, before: State, ended_at: object
) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.interviews.set_state(held.interview, before, NOON)
        await tx.interviews.set_state(held.interview, State.CANCELLED, LATER)
        found = await tx.interviews.get(held.interview)

    assert (State.CANCELLED, ended_at) == (found.state, found.ended_at)


@pytest.mark.parametrize(
    ("before", "ended_at"), [(State.LIVE, LATER), (State.PAUSED, LATER), (State.INVITED, None)]
)
async def test_the_way_to_a_person_ends_what_has_begun(
    store: Store, held: Held, before: State, ended_at: object
) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.interviews.set_state(held.interview, before, NOON)
        await tx.interviews.set_state(held.interview, State.HUMAN_PATH, LATER)
        found = await tx.interviews.get(held.interview)

    assert (State.HUMAN_PATH, ended_at) == (found.state, found.ended_at)


async def test_links_are_found_in_order_and_moved_one_by_one(store: Store, held: Held) -> None:
    old, new = link(held, "old"), link(held, "new", age=1)
    async with store.transaction(held.tenant) as tx:
        await tx.invitations.add(new)
        await tx.invitations.add(old)
        assert (old, new) == await tx.invitations.of(held.interview)
        await tx.invitations.withdraw_one(old.invitation_id, NOON)
        await tx.invitations.prolong(new.invitation_id, LATEST)
        first, second = await tx.invitations.of(held.interview)
        assert second == await tx.invitations.by_digest(new.digest, lock=True)

    assert (NOON, NOON) == (first.expires_at, first.withdrawn_at)
    assert (LATEST, None) == (second.expires_at, second.withdrawn_at)


async def test_links_that_wait_are_withdrawn_together(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.invitations.add(link(held, "one"))
        await tx.invitations.withdraw(held.interview, NOON)
        [found] = await tx.invitations.of(held.interview)

    assert (NOON, NOON) == (found.expires_at, found.withdrawn_at)


async def test_open_sessions_live_longer_and_never_shorter(store: Store, held: Held) -> None:
    over = CandidateSession(held.interview, digest("over"), NOON, NOON)
    short = CandidateSession(held.interview, digest("short"), NOON, LATER)
    long = CandidateSession(held.interview, digest("long"), NOON, LATEST + timedelta(days=1))
    async with store.transaction(held.tenant) as tx:
        for session in (over, short, long):
            await tx.sessions.add(session)
        await tx.sessions.prolong(held.interview, NOON, LATEST)
        ends = [
            (await tx.sessions.by_digest(session.digest)).expires_at
            for session in (over, short, long)
        ]

    assert [NOON, LATEST, LATEST + timedelta(days=1)] == ends


async def test_what_is_another_tenants_is_not_moved(store: Store, held: Held, other: Held) -> None:
    mine = link(held, "mine")
    session = CandidateSession(held.interview, digest("session"), NOON, LATER)
    async with store.transaction(held.tenant) as tx:
        await tx.invitations.add(mine)
        await tx.sessions.add(session)

    async with store.transaction(other.tenant) as tx:
        for foreign in (
            tx.interviews.set_times(held.interview, None, None),
            tx.interviews.set_times(InterviewId(uuid4()), None, None),
            tx.invitations.withdraw_one(mine.invitation_id, NOON),
            tx.invitations.prolong(mine.invitation_id, LATEST),
        ):
            with pytest.raises(NotFound):
                await foreign
        assert () == await tx.invitations.of(held.interview)
        await tx.sessions.prolong(held.interview, NOON, LATEST)

    async with store.transaction(held.tenant) as tx:
        assert (mine,) == await tx.invitations.of(held.interview)
        assert session == await tx.sessions.by_digest(session.digest)


# ---- what people say of it ----

GRACE = By(kind="key", id="kid1", name="Grace Hopper")


def note(held: Held, age: int = 0, turn: TurnId | None = None, at_ms: int | None = None) -> Note:
    at = NOON + timedelta(seconds=age)
    return Note(NoteId(uuid4()), held.interview, GRACE, f"Note {age}", at_ms, turn, at)


async def test_notes_come_in_pages_in_order_of_age(store: Store, held: Held) -> None:
    answer = TurnId(uuid4())
    notes = [note(held), note(held, 1, at_ms=1200), note(held, 2, turn=answer)]
    async with store.transaction(held.tenant) as tx:
        await tx.events.append(held.interview, 1, talk(TurnId(uuid4()), answer))
        for each in reversed(notes):
            await tx.notes.add(each)
        first = await tx.notes.page(held.interview, 2, None)
        rest = await tx.notes.page(held.interview, 2, first.next)
        with pytest.raises(Invalid):
            await tx.notes.page(held.interview, 2, "not a cursor")

    assert notes == [*first.items, *rest.items]
    assert (2, None) == (len(first.items), rest.next)


async def test_a_note_on_a_turn_or_an_interview_that_is_not_there_is_refused(
    store: Store, held: Held, other: Held
) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.notes.add(note(held))
    for tenant, wrong in ((held, note(held, turn=TurnId(uuid4()))), (other, note(held))):
        with pytest.raises(NotFound):
            async with store.transaction(tenant.tenant) as tx:
                await tx.notes.add(wrong)
    async with store.transaction(other.tenant) as tx:
        with pytest.raises(NotFound):
            await tx.notes.page(held.interview, 2, None)
        assert () == (await tx.notes.page(other.interview, 2, None)).items


async def test_a_persons_card_comes_back_with_the_person(store: Store, held: Held) -> None:
    answer = TurnId(uuid4())
    card = scorecard(answer).model_copy(update={"person": GRACE})
    async with store.transaction(held.tenant) as tx:
        await tx.events.append(held.interview, 1, talk(TurnId(uuid4()), answer))
        await tx.scorecards.add(held.interview, card)

    async with store.transaction(held.tenant) as tx:
        assert (card,) == await tx.scorecards.of(held.interview)


async def test_events_are_found_by_their_kind(store: Store, held: Held, other: Held) -> None:
    ended = report(InterviewEnded(reason="completed"))
    async with store.transaction(held.tenant) as tx:
        await tx.events.append(held.interview, 1, (*talk(TurnId(uuid4()), TurnId(uuid4())), ended))
        [found] = await tx.events.of_kind(held.interview, "interview_ended")
        heard = await tx.events.of_kind(held.interview, "speech_heard")

    assert (6, ended.event_id) == (found.seq, found.event_id)
    assert [3, 4] == [event.seq for event in heard]
    async with store.transaction(other.tenant) as tx:
        with pytest.raises(NotFound):
            await tx.events.of_kind(held.interview, "interview_ended")


async def test_what_people_said_goes_with_the_key(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.notes.add(note(held))
        await tx.keys.destroy_interview(held.interview, NOON)
    async with store.transaction(held.tenant) as tx:
        for gone in (
            tx.notes.page(held.interview, 2, None),
            tx.notes.add(note(held)),
            tx.events.of_kind(held.interview, "decision_made"),
        ):
            with pytest.raises(Sealed):
                await gone


async def test_a_note_is_dropped_by_who_knows_where_it_is(
    store: Store, held: Held, other: Held
) -> None:
    first, second = note(held), note(held, 1)
    async with store.transaction(held.tenant) as tx:
        await tx.notes.add(first)
        await tx.notes.add(second)
        assert first.by.model_copy(update={"name": None}) == await tx.notes.author(
            held.interview, first.note_id
        )
        await tx.notes.drop(held.interview, first.note_id)
        assert (second,) == (await tx.notes.page(held.interview, 2, None)).items
    for tenant, interview, missing in (
        (held.tenant, held.interview, first),
        (held.tenant, other.interview, second),
        (other.tenant, held.interview, second),
    ):
        async with store.transaction(tenant) as tx:
            with pytest.raises(NotFound):
                await tx.notes.author(interview, missing.note_id)
            with pytest.raises(NotFound):
                await tx.notes.drop(interview, missing.note_id)
