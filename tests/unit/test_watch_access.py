"""The watch shows out whose access was withdrawn, as often as they come back."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from interview.accounts import ApiKey, CandidateSession, Member, Role, Scope, new_api_key
from interview.floor import Seat, SeatProof
from interview.ids import InterviewId, MemberId, SessionId, interviewer_identity, room_name
from interview.lease import Lease
from interview.lifecycle import State
from interview.people import MemberSession
from interview.ports import Present
from interview.use_cases.access import withdraw_access
from interview.use_cases.watch import Sight, Step, judge
from tests.fakes.clock import NOON
from tests.fakes.post import Post, post

pytestmark = pytest.mark.unit

LEASE = Lease(InterviewId(uuid4()), 1, NOON).claim(1, "host/1", bytes(32), NOON)


@pytest.mark.parametrize("ended", [True, False])
@pytest.mark.parametrize("is_shown", [True, False])
def test_who_is_barred_goes_before_anything_else_is_done(ended: bool, is_shown: bool) -> None:
    def seen(*strangers: str) -> Step:
        sight = Sight(
            LEASE,
            "cand",
            (Present("cand", "candidate"),),
            NOON,
            is_shown=is_shown,
            ended_at=NOON if ended else None,
            strangers=frozenset(strangers),
        )
        return judge(sight, NOON + timedelta(seconds=30))

    assert Step.SHOW_OUT is seen("cand")
    assert Step.SHOW_OUT is not seen()


async def barred() -> Post:
    """An interview whose candidate had a session, which was withdrawn."""
    here = await post()
    room = here.room
    async with here.room.world.transaction(room.tenant) as tx:
        ends = NOON + timedelta(days=1)
        await tx.sessions.add(CandidateSession(room.interview, bytes(32), NOON, ends))
    await withdraw_access(here.room.world, room.tenant, room.interview)
    return here


async def test_who_comes_back_is_shown_out_until_there_is_a_new_session() -> None:
    here = await barred()
    name = room_name(here.room.interview)

    for _ in range(2):
        here.stands(here.candidate)
        deeds = await here.watch.look()
        assert [Step.SHOW_OUT] == [deed.step for deed in deeds]
        assert [] == here.rooms.people[name]

    async with here.room.world.transaction(here.room.tenant) as tx:
        new = CandidateSession(here.room.interview, bytes(31) + b"x", NOON, NOON)
        await tx.sessions.add(new)
    here.stands(here.candidate)
    await here.watch.look()
    assert here.candidate in [one.identity for one in here.rooms.people[name]]


@pytest.mark.parametrize("state", [State.LIVE, State.READY])
async def test_who_came_by_an_earlier_link_is_shown_out_and_who_opened_the_new_one_stays(
    state: State,
) -> None:
    """One identity, two tokens for the room: the mark tells them apart, whoever comes last."""
    here = await post(state=state)
    room = here.room
    before, new = [
        CandidateSession(room.interview, digest * 32, NOON, NOON + timedelta(days=60))
        for digest in (b"a", b"b")
    ]
    old, now = [Present(here.candidate, "candidate", each.mark) for each in (before, new)]
    async with room.world.transaction(room.tenant) as tx:
        await tx.sessions.add(before)
    assert [] == await shown_out(here, old)
    async with room.world.transaction(room.tenant) as tx:
        await tx.sessions.end(room.interview, room.clock.now())
        await tx.sessions.add(new)

    for _ in range(2):
        assert [old] == await shown_out(here, old)
        assert [] == await shown_out(here, now)
    assert [] == await shown_out(here, replace(old, mark=None)), "from before there were marks"


async def test_a_member_who_interviews_no_more_is_shown_out_and_nobody_else_is() -> None:
    here = await post()
    room = here.room
    names = [MemberId(uuid4()) for _ in range(2)]
    for name in names:
        await member_of(here, name)
        await seated(here, await session_of(here, name))
    async with room.world.transaction(room.tenant) as tx:
        await tx.members.set_role(names[0], Role.REVIEWER)
    stranger, colleague = [Present(interviewer_identity(n), "interviewer") for n in names]
    here.rooms.people[room_name(room.interview)] = [stranger, colleague]

    for _ in range(2):  # also when they come back
        deeds = await here.watch.look()
        assert [Step.SHOW_OUT] == [deed.step for deed in deeds]
        assert [colleague] == here.rooms.people[room_name(room.interview)]
        here.rooms.people[room_name(room.interview)] = [stranger, colleague]


async def member_of(here: Post, name: MemberId) -> None:
    async with here.room.world.transaction(here.room.tenant) as tx:
        await tx.tenants.add_member(Member(name, f"{name}@x", Role.INTERVIEWER, NOON))


async def session_of(
    here: Post, member: MemberId, for_: timedelta = timedelta(days=7)
) -> SeatProof:
    name, now = SessionId(uuid4()), here.room.clock.now()
    session = MemberSession(name, member, name.bytes * 2, "password", now, now + for_, now)
    async with here.room.world.transaction(here.room.tenant) as tx:
        await tx.member_sessions.add(session)
    return SeatProof(member, session=name)


async def key_of(here: Post, member: MemberId, for_: timedelta) -> SeatProof:
    (kid, _), now = new_api_key(), here.room.clock.now()
    scopes = frozenset({Scope.INTERVIEWS_WRITE})
    key = ApiKey(kid, here.room.tenant, bytes(32), scopes, now, now + for_, member=member)
    async with here.room.world.transaction(here.room.tenant) as tx:
        await tx.tenants.add_key(key)
    return SeatProof(member, kid=kid)


async def seated(here: Post, proof: SeatProof) -> Present:
    """A member in the room, who came by `proof`."""
    seat = Seat(here.room.interview, proof.member, "interviewer", hidden=False, taken_at=NOON)
    async with here.room.world.transaction(here.room.tenant) as tx:
        await tx.seats.take(seat, proof)
    return Present(interviewer_identity(proof.member), "interviewer", proof.mark)


async def shown_out(here: Post, *present: Present) -> list[Present]:
    """Who of those that are in the room is shown out of it."""
    room = room_name(here.room.interview)
    here.rooms.people[room] = list(present)
    await here.watch.look()
    return [one for one in present if one not in here.rooms.people[room]]


@pytest.mark.parametrize("kind", ["session", "key"])
async def test_who_came_by_what_has_expired_is_shown_out_as_often_as_they_come(kind: str) -> None:
    here = await post()
    gone, stays = [MemberId(uuid4()) for _ in range(2)]
    for name in (gone, stays):
        await member_of(here, name)
    soon = timedelta(minutes=5)
    short = await (session_of if kind == "session" else key_of)(here, gone, soon)
    out, colleague = await seated(here, short), await seated(here, await session_of(here, stays))

    assert [] == await shown_out(here, out, colleague)
    here.room.clock.advance(soon.total_seconds())
    for _ in range(2):
        assert [out] == await shown_out(here, out, colleague)


async def test_who_came_by_another_session_stays_when_one_has_ended() -> None:
    here, name = await post(), MemberId(uuid4())
    await member_of(here, name)
    stolen, own = await session_of(here, name), await session_of(here, name)
    thief, member = await seated(here, stolen), await seated(here, own)
    assert stolen.session is not None
    async with here.room.world.transaction(here.room.tenant) as tx:
        await tx.member_sessions.end(name, stolen.session, here.room.clock.now())

    assert [] == await shown_out(here, member)
    assert [thief] == await shown_out(here, thief)


async def test_a_token_from_before_proofs_were_remembered_is_as_good_as_any_of_them() -> None:
    here, name = await post(), MemberId(uuid4())
    await member_of(here, name)
    proof = await session_of(here, name)
    unmarked = replace(await seated(here, proof), mark=None)
    assert proof.session is not None

    assert [] == await shown_out(here, unmarked)
    async with here.room.world.transaction(here.room.tenant) as tx:
        await tx.member_sessions.end(name, proof.session, here.room.clock.now())
    assert [unmarked] == await shown_out(here, unmarked)


async def test_a_room_that_waits_for_its_candidate_is_kept_free_of_strangers_too() -> None:
    """Members may be there first: nobody has opened a lease yet."""
    here = await post(state=State.READY)
    room = room_name(here.room.interview)
    names = [MemberId(uuid4()) for _ in range(3)]
    for name in names:
        await member_of(here, name)
    proofs = [await session_of(here, name) for name in names]
    gone, signed_out, stays = [await seated(here, proof) for proof in proofs]
    assert [] == await shown_out(here, gone, signed_out, stays)
    assert proofs[1].session is not None
    async with here.room.world.transaction(here.room.tenant) as tx:
        await tx.members.remove(names[0], here.room.clock.now())
        await tx.member_sessions.end(names[1], proofs[1].session, here.room.clock.now())

    for _ in range(2):
        assert [gone, signed_out] == await shown_out(here, gone, signed_out, stays)
    assert [stays] == here.rooms.people[room]
