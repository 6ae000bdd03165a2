"""Mails on a virtual clock: nothing is lost, repeated without need, or sent too late."""

from datetime import timedelta

import pytest

from interview.accommodations import Accommodations
from interview.errors import InvitationUsed
from interview.lifecycle import State
from interview.mails import Letter, MailKind, Trouble
from interview.tenant_settings import TenantSettings
from interview.use_cases.access import withdraw_access
from interview.use_cases.accommodations import accommodate
from interview.use_cases.invitations import (
    VALID_FOR,
    list_invitations,
    redeem,
    withdraw_invitation,
)
from interview.use_cases.moves import move_to
from tests.fakes.clock import NOON
from tests.fakes.mailroom import SOMEBODY, FakePost, Mailroom, always, away, mailroom

pytestmark = pytest.mark.unit

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
INVITATION, CANCELLED = MailKind.INVITATION, MailKind.CANCELLED
BOTH = [MailKind.REMINDER_24H, MailKind.REMINDER_1H]


async def move(here: Mailroom, name: object, was: State, then: State) -> None:
    async with here.world.transaction(here.tenant) as tx:
        for interview in (await tx.interviews.page(10, None)).items:
            if interview.interview_id == name:
                await move_to(here.world, tx, interview.interview_id, was, then)


@pytest.mark.parametrize(("time", "minutes"), [("1", 10), ("1.25", 12.5), ("2", 20)])
async def test_a_letter_tells_who_was_given_more_time_how_long_it_takes(
    time: str, minutes: float
) -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY, ends_in=5 * DAY)
    given = Accommodations.model_validate({"time": time})
    await accommodate(here.world, here.tenant, interview.interview_id, (), lambda _: given)
    await here.run()

    ((_, letter),) = here.post.took
    assert minutes == letter.minutes


async def test_a_letter_says_what_holds_when_it_is_sent() -> None:
    here = await mailroom()
    interview, token = await here.invite(starts_in=3 * DAY, ends_in=5 * DAY)
    await here.set(TenantSettings(reply_to="people@first.example", time_zone="Europe/Berlin"))
    async with here.store.transaction(here.tenant) as tx:
        known = await tx.candidates.get(here.room.candidate)
    await here.run()

    ((at, letter),) = here.post.took
    assert (NOON, "First", "Engineer", "en", 10) == (
        at,
        letter.tenant,
        letter.job,
        letter.language,
        letter.minutes,
    )
    assert (known.name, known.email) == (letter.name, letter.address)
    assert ("people@first.example", "Europe/Berlin") == (letter.reply_to, letter.time_zone)
    assert (interview.starts_at, interview.expires_at) == (letter.starts_at, letter.until)
    assert token == letter.mail.token
    assert letter.calendar is not None
    assert ("request", 0, interview.starts_at) == (
        letter.calendar.method,
        letter.calendar.sequence,
        letter.calendar.at,
    )


async def test_reminders_come_in_their_time_each_with_a_link_of_its_own() -> None:
    here = await mailroom()
    interview, token = await here.invite(starts_in=3 * DAY)
    await here.run(3 * DAY)

    assert [
        (NOON, INVITATION),
        (NOON + 2 * DAY, MailKind.REMINDER_24H),
        (NOON + 3 * DAY - HOUR, MailKind.REMINDER_1H),
    ] == [(at, letter.mail.kind) for at, letter in here.post.took]
    tokens = [str(letter.mail.token) for _, letter in here.post.took]
    assert 3 == len({*tokens, token})
    here.clock.at = NOON + 3 * DAY
    for each in tokens:
        opened = await redeem(here.world, each)
        assert interview.interview_id == opened.interview.interview_id
    with pytest.raises(InvitationUsed):
        await redeem(here.world, token)


async def test_who_was_invited_weeks_before_is_reminded_with_a_link_that_is_still_good() -> None:
    """The first one has expired by then, unused."""
    here = await mailroom()
    await here.invite(starts_in=VALID_FOR + 3 * DAY)
    await here.run(VALID_FOR + 3 * DAY)

    assert [INVITATION, *BOTH] == here.post.kinds
    _, letter = here.post.took[-1]
    await redeem(here.world, str(letter.mail.token))


async def test_an_outage_of_a_day_loses_no_invitation_and_sends_no_stale_reminder() -> None:
    here = await mailroom(away(NOON, NOON + DAY))
    soon, _ = await here.invite(starts_in=20 * HOUR, ends_in=5 * DAY)
    later, _ = await here.invite(starts_in=DAY + 12 * HOUR)
    gone, _ = await here.invite(ends_in=10 * HOUR)
    await here.run(4 * DAY)

    assert [("invitation", "sent", None), ("reminder_1h", "failed", "unreachable")] == (
        await here.kinds(soon)
    )
    assert [
        ("invitation", "sent", None),
        ("reminder_24h", "sent", None),
        ("reminder_1h", "sent", None),
    ] == await here.kinds(later)
    assert [
        ("invitation", "failed", "unreachable"),
        ("reminder_1h", "failed", "unreachable"),
    ] == await here.kinds(gone)
    assert [] == here.jobs


async def test_tries_go_apart_to_one_an_hour() -> None:
    here = await mailroom(always("busy"))
    await here.invite()
    await here.run(4 * HOUR)

    minutes = [(at - NOON) // MINUTE for at, _ in here.post.tried]
    assert [0, 1, 6, 21, 81, 141, 201] == minutes


async def test_what_is_never_taken_fails_when_it_is_of_no_use_any_more() -> None:
    here = await mailroom(always("timeout"))
    interview, _ = await here.invite(ends_in=2 * DAY)
    await here.run(30 * DAY)

    assert {("failed", "timeout")} == {(m.state, m.trouble) for m in await here.mails(interview)}
    assert here.post.tried[-1][0] <= NOON + 2 * DAY


@pytest.mark.parametrize("trouble", ["refused", "address", "not_configured"])
async def test_what_another_try_would_not_change_is_over_at_once(trouble: Trouble) -> None:
    here = await mailroom(always(trouble))
    interview, _ = await here.invite()
    await here.run(DAY)

    assert [("invitation", "failed", trouble)] == await here.kinds(interview)
    assert 1 == len(here.post.tried)


async def test_a_repeat_carries_the_same_link() -> None:
    here = await mailroom(away(NOON + 2 * DAY, NOON + 2 * DAY + 10 * MINUTE))
    interview, _ = await here.invite(starts_in=3 * DAY)
    await here.run(2 * DAY)
    links = await list_invitations(here.world, here.tenant, interview.interview_id)
    await here.run(HOUR)

    assert 2 == len(links)
    assert links == await list_invitations(here.world, here.tenant, interview.interview_id)
    _, letter = here.post.took[-1]
    assert links[-1].invitation_id == letter.mail.invitation


@pytest.mark.parametrize(
    "states",
    [
        [State.DECLINED],
        [State.HUMAN_PATH],
        [State.EXPIRED],
        [State.READY, State.LIVE],
        [State.READY, State.LIVE, State.ENDED],
    ],
)
async def test_who_has_come_or_will_not_is_not_reminded(states: list[State]) -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY)
    await here.run()
    was = State.INVITED
    for state in states:
        await move(here, interview.interview_id, was, state)
        was = state
    await here.run(4 * DAY)

    assert [INVITATION] == here.post.kinds
    assert [("dropped", "overtaken")] * 2 == [
        each[1:] for each in (await here.kinds(interview))[1:]
    ]


async def test_who_has_consented_but_not_come_is_reminded() -> None:
    here = await mailroom()
    interview, token = await here.invite(starts_in=3 * DAY)
    await redeem(here.world, token)
    await move(here, interview.interview_id, State.INVITED, State.READY)
    await here.run(3 * DAY)

    assert BOTH == here.post.kinds[-2:]


async def test_an_invitation_whose_link_was_used_already_is_needless() -> None:
    """The caller had the link, too, and was quicker."""
    here = await mailroom(away(NOON, NOON + HOUR))
    interview, token = await here.invite()
    await here.run()
    await redeem(here.world, token)
    await here.run(DAY)

    assert [("invitation", "dropped", "overtaken")] == await here.kinds(interview)


async def test_whose_used_link_was_withdrawn_is_not_reminded() -> None:
    here = await mailroom()
    interview, token = await here.invite(starts_in=3 * DAY)
    await here.run()
    await redeem(here.world, token)
    name = interview.interview_id
    (link,) = await list_invitations(here.world, here.tenant, name)
    await withdraw_invitation(here.world, here.tenant, SOMEBODY, name, link.invitation_id)
    await here.run(4 * DAY)

    assert [INVITATION] == here.post.kinds


async def test_who_is_barred_is_not_told_of_another_time() -> None:
    here = await mailroom()
    interview, token = await here.invite(starts_in=3 * DAY)
    await here.run()
    await redeem(here.world, token)
    await withdraw_access(here.world, here.tenant, interview.interview_id)
    await here.reschedule(interview, 6 * DAY, None)
    await here.run(7 * DAY)

    assert [INVITATION] == here.post.kinds


async def test_an_erased_candidate_is_written_nothing_more() -> None:
    here = await mailroom(away(NOON, NOON + HOUR))
    interview, _ = await here.invite(starts_in=3 * DAY)
    await here.run()
    async with here.store.transaction(here.tenant) as tx:
        await tx.keys.destroy_candidate(here.room.candidate, NOON)
    await here.run(4 * DAY)

    assert [] == here.post.took
    assert {("dropped", "erased")} == {(m.state, m.trouble) for m in await here.mails(interview)}


async def test_who_is_erased_while_a_mail_is_on_its_way_leaves_no_link() -> None:
    here = await mailroom()
    interview, _ = await here.invite()

    class Slow(FakePost):
        async def send(self, letter: Letter) -> Trouble | None:
            async with here.store.transaction(here.tenant) as tx:
                await tx.keys.destroy_candidate(here.room.candidate, NOON)
            return None

    here.post = Slow(here.clock)
    await here.run()

    assert [("invitation", "dropped", "erased")] == await here.kinds(interview)
    assert not [each for each in here.store.tables.mails.values() if each.sealed_link]


async def test_a_cancellation_says_when_it_would_have_been() -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY)
    await here.run()
    await here.cancel(interview)
    await here.run(4 * DAY)

    assert [INVITATION, CANCELLED] == here.post.kinds
    _, letter = here.post.took[-1]
    assert letter.calendar is not None
    assert ("cancel", 1, interview.starts_at) == (
        letter.calendar.method,
        letter.calendar.sequence,
        letter.calendar.at,
    )
    assert (None, None, interview.starts_at) == (
        letter.mail.token,
        letter.until,
        letter.starts_at,
    )


async def test_an_invitation_that_waits_tells_the_time_that_holds_now() -> None:
    here = await mailroom(away(NOON, NOON + HOUR))
    interview, _ = await here.invite(starts_in=3 * DAY)
    await here.run()
    moved = await here.reschedule(interview, None, 6 * DAY)
    await here.run(2 * HOUR)

    invitation = next(letter for _, letter in here.post.took if letter.mail.kind is INVITATION)
    assert (None, None, moved.expires_at) == (
        invitation.starts_at,
        invitation.calendar,
        invitation.until,
    )


async def test_a_letter_shows_neither_its_link_nor_whom_it_goes_to() -> None:
    here = await mailroom()
    _, token = await here.invite()
    await here.run()

    said = repr(here.post.took)
    assert "ada@example.com" not in said
    assert token not in said
