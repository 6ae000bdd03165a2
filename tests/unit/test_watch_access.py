"""The watch shows out whose access was withdrawn, as often as they come back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from interview.accounts import CandidateSession, Member, Role
from interview.floor import Seat
from interview.ids import InterviewId, MemberId, interviewer_identity, room_name
from interview.lease import Lease
from interview.ports import Present
from interview.use_cases.access import withdraw_access
from interview.use_cases.watch import Sight, Step, judge
from tests.fakes.clock import NOON
from tests.fakes.post import Post, post

pytestmark = pytest.mark.unit

LEASE = Lease(InterviewId(uuid4()), 1, NOON).claim(1, "host/1", bytes(32), NOON)
CANDIDATE = Present("cand", "candidate")


@pytest.mark.parametrize("ended", [True, False])
@pytest.mark.parametrize("is_shown", [True, False])
def test_who_is_barred_goes_before_anything_else_is_done(ended: bool, is_shown: bool) -> None:
    def seen(*present: Present, is_barred: bool = True) -> Step:
        ended_at = NOON if ended else None
        sight = Sight(
            LEASE, "cand", present, NOON, is_shown=is_shown, ended_at=ended_at, is_barred=is_barred
        )
        return judge(sight, NOON + timedelta(seconds=30))

    assert Step.SHOW_OUT is seen(CANDIDATE)
    assert Step.SHOW_OUT is not seen()
    assert Step.SHOW_OUT is not seen(CANDIDATE, is_barred=False)


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


async def test_a_member_who_interviews_no_more_is_shown_out_and_nobody_else_is() -> None:
    here = await post()
    room, clock = here.room, NOON
    names = [MemberId(uuid4()) for _ in range(2)]
    async with room.world.transaction(room.tenant) as tx:
        for name in names:
            await tx.tenants.add_member(Member(name, f"{name}@x", Role.INTERVIEWER, clock))
            await tx.seats.take(
                Seat(room.interview, name, "interviewer", hidden=False, taken_at=clock)
            )
        await tx.members.set_role(names[0], Role.REVIEWER)
    stranger, colleague = [Present(interviewer_identity(n), "interviewer") for n in names]
    here.rooms.people[room_name(room.interview)] = [stranger, colleague]

    for _ in range(2):  # also when they come back
        deeds = await here.watch.look()
        assert [Step.SHOW_OUT] == [deed.step for deed in deeds]
        assert [colleague] == here.rooms.people[room_name(room.interview)]
        here.rooms.people[room_name(room.interview)] = [stranger, colleague]
