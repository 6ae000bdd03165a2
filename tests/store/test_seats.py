"""Who has a seat in which room, and who leads there, in every store."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from interview.accounts import ApiKey, Member, Role, Scope, new_api_key
from interview.errors import InterviewError, NotFound
from interview.floor import Seat, SeatProof, at_rest, of_member
from interview.ids import InterviewId, MemberId, SessionId
from interview.kit import AssistMode
from interview.lifecycle import State
from interview.people import IDLE_FOR, MemberSession
from interview.ports import Store
from tests.fakes.clock import NOON
from tests.store.world import Held

pytestmark = pytest.mark.store


LATER = NOON + timedelta(hours=1)
MUCH_LATER = NOON + timedelta(days=7)


async def seated(store: Store, held: Held) -> Seat:
    """A new member with a seat in the room."""
    return (await seated_by(store, held))[0]


async def seated_by(store: Store, held: Held) -> tuple[Seat, SeatProof]:
    """The same, and the session by which they have it."""
    member = MemberId(uuid4())
    seat = Seat(held.interview, member, "interviewer", hidden=False, taken_at=NOON)
    async with store.transaction(held.tenant) as tx:
        await tx.tenants.add_member(Member(member, f"{member}@x", Role.INTERVIEWER, NOON))
    proof = await signed_in(store, held, member)
    async with store.transaction(held.tenant) as tx:
        await tx.seats.take(seat, proof)
    return seat, proof


async def signed_in(store: Store, held: Held, member: MemberId) -> SeatProof:
    name = SessionId(uuid4())
    session = MemberSession(name, member, name.bytes * 2, "password", NOON, MUCH_LATER, NOON)
    async with store.transaction(held.tenant) as tx:
        await tx.member_sessions.add(session)
    return SeatProof(member, session=name)


async def key_of(
    store: Store, held: Held, member: MemberId, expires_at: datetime | None
) -> SeatProof:
    kid, _ = new_api_key()
    scopes = frozenset({Scope.INTERVIEWS_WRITE})
    key = ApiKey(kid, held.tenant, bytes(32), scopes, NOON, expires_at, member=member)
    async with store.transaction(held.tenant) as tx:
        await tx.tenants.add_key(key)
    return SeatProof(member, kid=kid)


async def test_a_seat_is_found_by_its_interview_and_by_its_member(store: Store, held: Held) -> None:
    seat = await seated(store, held)

    async with store.transaction(held.tenant) as tx:
        assert (seat,) == await tx.seats.of(held.interview)
        assert (held.interview,) == await tx.seats.of_member(seat.member)


async def test_a_member_has_one_seat_in_a_room(store: Store, held: Held) -> None:
    first, proof = await seated_by(store, held)
    then = replace(first, role="observer", hidden=True, taken_at=LATER)

    async with store.transaction(held.tenant) as tx:
        await tx.seats.take(then, proof)
        assert (then,) == await tx.seats.of(held.interview)


async def test_no_room_is_left_where_no_candidate_can_be(store: Store, held: Held) -> None:
    seat = await seated(store, held)

    async with store.transaction(held.tenant) as tx:
        await tx.interviews.set_state(held.interview, State.ENDED, NOON)
        assert () == await tx.seats.of_member(seat.member)


async def test_an_interview_wants_a_person_until_one_has_the_floor_or_it_is_over(
    store: Store, held: Held, other: Held
) -> None:
    wanting = ((held.interview, NOON),)
    async with store.transaction(held.tenant) as tx:
        await tx.interviews.set_state(held.interview, State.LIVE, NOON)
        await tx.interviews.want_person(held.interview, NOON)
        assert wanting == await tx.interviews.wanting_person()
        await tx.interviews.set_floor(held.interview, "paused", ())
        assert wanting == await tx.interviews.wanting_person()
        await tx.interviews.set_floor(held.interview, of_member(MemberId(uuid4())), ())
        assert () == await tx.interviews.wanting_person()
        await tx.interviews.want_person(held.interview, NOON)
    async with store.transaction(other.tenant) as tx:
        assert () == await tx.interviews.wanting_person()
        with pytest.raises(NotFound):
            await tx.interviews.want_person(held.interview, NOON)
    async with store.transaction(held.tenant) as tx:
        await tx.interviews.set_state(held.interview, State.ENDED, NOON)
        assert () == await tx.interviews.wanting_person()


async def test_another_tenant_finds_and_takes_no_seat(
    store: Store, held: Held, other: Held
) -> None:
    seat, proof = await seated_by(store, held)

    async with store.transaction(other.tenant) as tx:
        assert () == await tx.seats.of(held.interview)
        assert () == await tx.seats.proofs(held.interview)
        assert () == await tx.seats.of_member(seat.member)
    with pytest.raises(InterviewError):
        async with store.transaction(other.tenant) as tx:
            await tx.seats.take(seat, proof)


async def test_a_seat_remembers_each_session_and_key_it_was_taken_by(
    store: Store, held: Held
) -> None:
    seat, first = await seated_by(store, held)
    second = await signed_in(store, held, seat.member)
    kept = await key_of(store, held, seat.member, None)
    short = await key_of(store, held, seat.member, LATER)
    async with store.transaction(held.tenant) as tx:
        for proof in (first, second, kept, short, kept):
            await tx.seats.take(seat, proof)

    async with store.transaction(held.tenant) as tx:
        before = {proof.mark: proof for proof in await tx.seats.proofs(held.interview)}
        assert second.session is not None
        assert kept.kid is not None
        await tx.member_sessions.end(seat.member, second.session, LATER)
        await tx.api_keys.revoke(kept.kid, LATER)
        after = {proof.mark: proof.until for proof in await tx.seats.proofs(held.interview)}

    idle = NOON + IDLE_FOR
    assert 4 == len({proof.mark for proof in (first, second, kept, short)})
    assert {
        first.mark: replace(first, until=idle),
        second.mark: replace(second, until=idle),
        kept.mark: kept,
        short.mark: replace(short, until=LATER),
    } == before
    ends = {first.mark: idle, second.mark: LATER, kept.mark: LATER, short.mark: LATER}
    assert ends == after


async def test_a_seat_is_taken_by_no_proof_of_another_tenant(
    store: Store, held: Held, other: Held
) -> None:
    seat, own = await seated_by(store, held)
    theirs = await seated_by(store, other)
    foreign = [theirs[1], await key_of(store, other, theirs[0].member, None)]

    for proof in foreign:
        with pytest.raises(InterviewError):
            async with store.transaction(held.tenant) as tx:
                await tx.seats.take(seat, replace(proof, member=seat.member))
    async with store.transaction(held.tenant) as tx:
        await tx.seats.take(seat, own)


async def test_the_floor_is_kept_and_is_no_new_revision(store: Store, held: Held) -> None:
    floor = of_member(MemberId(uuid4()))
    async with store.transaction(held.tenant) as tx:
        before = await tx.interviews.get(held.interview)
        await tx.interviews.set_floor(held.interview, floor, ("outage",))

    async with store.transaction(held.tenant) as tx:
        assert ("ai", ()) == (before.floor, before.covered)
        assert replace(before, floor=floor, covered=("outage",)) == await tx.interviews.get(
            held.interview
        )


async def test_another_tenant_cannot_pass_the_floor(store: Store, held: Held, other: Held) -> None:
    async with store.transaction(other.tenant) as tx:
        with pytest.raises(NotFound):
            await tx.interviews.set_floor(held.interview, "paused", ())


@pytest.mark.parametrize("assist", ["ai_leads", "human_leads", "alternating"])
async def test_who_is_to_lead_is_kept_with_the_floor_at_first(
    store: Store, held: Held, assist: AssistMode
) -> None:
    async with store.transaction(held.tenant) as tx:
        known = await tx.interviews.get(held.interview)
        another = replace(
            known,
            interview_id=InterviewId(uuid4()),
            assist=assist,
            floor=at_rest(assist),
            last_seq=0,
            head=bytes(32),
            revision=1,
        )
        await tx.interviews.add(another)

    async with store.transaction(held.tenant) as tx:
        found = await tx.interviews.get(another.interview_id)
        told = await tx.interviews.told(50, None)
        page = await tx.interviews.page(50, None)

    assert (assist, at_rest(assist)) == (found.assist, found.floor)
    assert found in page.items
    assert f'"assist_mode":"{assist}"' in "".join(told.items).replace(" ", "")
