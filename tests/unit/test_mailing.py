"""Who is written to, and when: with every change of an interview, and never behind its back."""

from datetime import timedelta

import pytest

from interview.tenant_settings import TenantSettings
from interview.use_cases.access import withdraw_access
from interview.use_cases.bulk import Invited, Person, Row, invite_all
from interview.use_cases.invitations import invite_again, list_invitations, withdraw_invitation
from tests.fakes.clock import NOON
from tests.fakes.mailroom import SOMEBODY, away, mailroom

pytestmark = pytest.mark.unit

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
INVITATION = ("invitation", "waiting", None)
DAY_BEFORE = ("reminder_24h", "waiting", None)
HOUR_BEFORE = ("reminder_1h", "waiting", None)


def overtaken(kind: str) -> tuple[str, str, str]:
    return (kind, "dropped", "overtaken")


async def test_an_invitation_is_followed_by_reminders_before_the_start() -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY, ends_in=5 * DAY)

    assert [INVITATION, DAY_BEFORE, HOUR_BEFORE] == await here.kinds(interview)
    due = [mail.due_at for mail in await here.mails(interview)]
    assert [here.at(timedelta(0)), here.at(2 * DAY), here.at(3 * DAY - HOUR)] == due


async def test_without_a_start_reminders_come_before_the_end() -> None:
    here = await mailroom()
    interview, _ = await here.invite(ends_in=3 * DAY)

    due = [mail.due_at for mail in await here.mails(interview)]
    assert [here.at(timedelta(0)), here.at(2 * DAY), here.at(3 * DAY - HOUR)] == due


async def test_nobody_is_reminded_of_no_time_at_all() -> None:
    here = await mailroom()
    interview, _ = await here.invite()

    assert [INVITATION] == await here.kinds(interview)


@pytest.mark.parametrize(
    ("starts_in", "kinds"),
    [
        (DAY, [INVITATION, HOUR_BEFORE]),
        (DAY + timedelta(seconds=1), [INVITATION, DAY_BEFORE, HOUR_BEFORE]),
        (HOUR, [INVITATION]),
        (timedelta(0), [INVITATION]),
    ],
)
async def test_a_reminder_whose_moment_has_passed_is_not_written(
    starts_in: timedelta, kinds: list[tuple[str, str, str | None]]
) -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=starts_in)

    assert kinds == await here.kinds(interview)


@pytest.mark.parametrize(
    ("tenant", "call", "is_written"),
    [
        (True, None, True),
        (True, False, False),
        (False, None, False),
        (False, True, True),
    ],
)
async def test_the_tenant_says_whether_candidates_are_written_to_unless_a_call_does(
    tenant: bool, call: bool | None, is_written: bool
) -> None:
    here = await mailroom()
    await here.set(TenantSettings(sends_mail=tenant))
    interview, _ = await here.invite(starts_in=3 * DAY, mail=call)
    row = Row(Person("Eve", "eve@example.com", None), here.at(3 * DAY), None)
    (outcome,) = await invite_all(here.world, here.tenant, here.kit, [row], call)
    assert isinstance(outcome, Invited)

    for each in (interview, outcome.interview):
        assert is_written == bool(await here.mails(each))


async def test_a_new_link_is_written_of_and_ends_what_waits_with_the_old_one() -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY)
    here.clock.advance(1)

    token = await invite_again(here.world, here.tenant, interview.interview_id)
    await here.run()

    assert [
        overtaken("invitation"),
        overtaken("reminder_24h"),
        overtaken("reminder_1h"),
        ("invitation", "sent", None),
        DAY_BEFORE,
        HOUR_BEFORE,
    ] == await here.kinds(interview)
    ((_, letter),) = here.post.took
    assert token == letter.mail.token
    assert letter.calendar is not None
    assert 1 == letter.calendar.sequence


async def test_a_new_link_without_a_mail_leaves_reminders_but_no_mail_of_the_old_link() -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY)
    here.clock.advance(1)

    token = await invite_again(here.world, here.tenant, interview.interview_id, mail=False)
    assert [overtaken("invitation"), DAY_BEFORE, HOUR_BEFORE] == await here.kinds(interview)
    await here.run(3 * DAY)

    assert ["reminder_24h", "reminder_1h"] == here.post.kinds
    assert token not in {letter.mail.token for _, letter in here.post.took}


async def test_reminders_outlive_a_new_link_of_a_tenant_that_writes_no_more() -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY)
    await here.run()
    await here.set(TenantSettings(sends_mail=False))

    await invite_again(here.world, here.tenant, interview.interview_id)

    assert [("invitation", "sent", None), DAY_BEFORE, HOUR_BEFORE] == await here.kinds(interview)


async def test_a_reminder_that_carries_an_old_link_ends_with_it() -> None:
    here = await mailroom(away(NOON + 2 * DAY, NOON + 3 * DAY))
    interview, _ = await here.invite(starts_in=3 * DAY)
    await here.run(2 * DAY)

    await invite_again(here.world, here.tenant, interview.interview_id, mail=False)

    assert [("invitation", "sent", None), overtaken("reminder_24h"), HOUR_BEFORE] == (
        await here.kinds(interview)
    )


async def test_a_new_link_may_be_made_without_a_mail() -> None:
    here = await mailroom()
    interview, _ = await here.invite(mail=False)

    await invite_again(here.world, here.tenant, interview.interview_id)
    await invite_again(here.world, here.tenant, interview.interview_id, mail=False)

    assert ["invitation"] == [mail.kind for mail in await here.mails(interview)]


async def test_an_erased_candidate_gets_a_new_link_but_no_mail() -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY)
    async with here.store.transaction(here.tenant) as tx:
        await tx.keys.destroy_candidate(here.room.candidate, here.clock.now())

    assert await invite_again(here.world, here.tenant, interview.interview_id)
    assert {"dropped"} == {mail.state for mail in await here.mails(interview)}


async def test_whose_access_was_withdrawn_is_sent_no_link() -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY)

    await withdraw_access(here.world, here.tenant, interview.interview_id)

    assert {("dropped", "overtaken")} == {
        (mail.state, mail.trouble) for mail in await here.mails(interview)
    }


async def test_a_withdrawn_link_is_not_sent() -> None:
    here = await mailroom()
    interview, _ = await here.invite(ends_in=3 * DAY)
    (link,) = await list_invitations(here.world, here.tenant, interview.interview_id)

    await withdraw_invitation(
        here.world, here.tenant, SOMEBODY, interview.interview_id, link.invitation_id
    )
    await here.run(3 * DAY)

    assert [] == here.post.took
    assert {("dropped", "overtaken")} == {
        (mail.state, mail.trouble) for mail in await here.mails(interview)
    }
