"""Who is written to, and when: with every change of an interview, and never behind its back."""

from datetime import timedelta

import pytest

from interview.mails import Calendar, Trouble
from interview.tenant_settings import TenantSettings
from interview.use_cases.access import withdraw_access
from interview.use_cases.bulk import Invited, Person, Row, invite_all
from interview.use_cases.invitations import invite_again, list_invitations, withdraw_invitation
from tests.fakes.clock import NOON
from tests.fakes.mailroom import SOMEBODY, Mailroom, always, mailroom

pytestmark = pytest.mark.unit

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
INVITATION = ("invitation", "waiting", None)
DAY_BEFORE = ("reminder_24h", "waiting", None)
HOUR_BEFORE = ("reminder_1h", "waiting", None)
RESCHEDULED = ("rescheduled", "waiting", None)


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


async def test_another_time_takes_the_place_of_reminders_of_the_old_one() -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY)
    await here.run()
    here.clock.advance(1)

    await here.reschedule(interview, 6 * DAY, None)

    assert [
        ("invitation", "sent", None),
        overtaken("reminder_24h"),
        overtaken("reminder_1h"),
        RESCHEDULED,
        DAY_BEFORE,
        HOUR_BEFORE,
    ] == await here.kinds(interview)


async def test_more_time_is_told_like_another_time() -> None:
    here = await mailroom()
    interview, _ = await here.invite(ends_in=3 * DAY)
    await here.run()
    here.clock.advance(1)

    await here.extend(interview, 6 * DAY)

    assert [RESCHEDULED, DAY_BEFORE, HOUR_BEFORE] == (await here.kinds(interview))[3:]


async def test_who_was_never_written_to_is_not_by_itself() -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY, mail=False)
    await here.reschedule(interview, 6 * DAY, None)
    await here.cancel(interview)
    assert [] == await here.kinds(interview)

    asked, _ = await here.invite(starts_in=3 * DAY, mail=False)
    await here.reschedule(asked, 6 * DAY, None, mail=True)
    assert [RESCHEDULED, DAY_BEFORE, HOUR_BEFORE] == await here.kinds(asked)


async def test_a_change_that_is_not_to_be_told_still_ends_reminders_of_the_old_time() -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY)

    await here.reschedule(interview, 6 * DAY, None, mail=False)

    assert [INVITATION, overtaken("reminder_24h"), overtaken("reminder_1h")] == await here.kinds(
        interview
    )


@pytest.mark.parametrize("mail", [None, False])
async def test_a_cancelled_interview_is_told_of_and_nothing_else_is(mail: bool | None) -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY)
    await here.run()
    here.clock.advance(1)

    await here.cancel(interview, mail)

    sent = [("invitation", "sent", None), overtaken("reminder_24h"), overtaken("reminder_1h")]
    told = [("cancelled", "waiting", None)] if mail is None else []
    assert sent + told == await here.kinds(interview)


@pytest.mark.parametrize("trouble", [None, "busy", "unreachable", "timeout", "refused"])
async def test_whose_invitation_never_went_out_is_not_told_that_the_interview_will_not_be(
    trouble: Trouble | None,
) -> None:
    here = await mailroom(always(trouble))
    interview, _ = await here.invite(starts_in=3 * DAY)
    if trouble is not None:
        await here.run(HOUR)

    await here.cancel(interview)

    assert "cancelled" not in {mail.kind for mail in await here.mails(interview)}


async def test_whose_invitation_never_went_out_is_told_all_the_same_if_the_call_says_so() -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY)

    await here.cancel(interview, mail=True)

    (told,) = [mail for mail in await here.mails(interview) if mail.kind == "cancelled"]
    assert told.calendar is None


async def test_whose_invitation_may_have_gone_out_is_told_that_the_interview_will_not_be() -> None:
    """The server had it and did not answer; what it said to the next try undoes nothing."""
    here = await mailroom(lambda now: "unanswered" if now == NOON else "busy")
    interview, _ = await here.invite(starts_in=3 * DAY)
    await here.run(HOUR)

    await here.cancel(interview)

    (told,) = [mail for mail in await here.mails(interview) if mail.kind == "cancelled"]
    assert told.calendar is not None
    assert ("cancel", 1) == (told.calendar.method, told.calendar.sequence)


async def test_who_was_reminded_though_the_invitation_was_refused_is_told() -> None:
    here = await mailroom(lambda now: "refused" if now == NOON else None)
    interview, _ = await here.invite(starts_in=3 * DAY)
    await here.run(2 * DAY)

    await here.cancel(interview)

    told = [mail for mail in await here.mails(interview) if mail.kind == "cancelled"]
    assert [None] == [mail.calendar for mail in told]


async def test_whose_invitation_was_refused_is_not_told_of_another_time() -> None:
    here = await mailroom(always("refused"))
    interview, _ = await here.invite(starts_in=3 * DAY)
    await here.run()

    await here.reschedule(interview, 6 * DAY, None)

    assert "rescheduled" not in {mail.kind for mail in await here.mails(interview)}


async def test_numbers_of_an_entry_go_on_after_one_that_was_never_sent() -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY, ends_in=9 * DAY)
    await here.run()
    for starts_in in (5 * DAY, None):
        here.clock.advance(1)
        await here.reschedule(interview, starts_in, 9 * DAY)

    said = [mail.calendar for mail in await here.mails(interview) if mail.calendar]
    assert [("request", 0), ("request", 1), ("cancel", 2)] == [
        (each.method, each.sequence) for each in said
    ]
    assert said[0].at == said[2].at


async def entries(here: Mailroom, *times: timedelta | None) -> list[Calendar | None]:
    """What calendars are told when an interview is moved to these times and then cancelled."""
    interview, _ = await here.invite(starts_in=times[0], ends_in=9 * DAY)
    for starts_in in times[1:]:
        await here.run()
        here.clock.advance(1)
        await here.reschedule(interview, starts_in, 9 * DAY)
    await here.run()
    here.clock.advance(1)
    await here.cancel(interview)
    return [m.calendar for m in await here.mails(interview) if "reminder" not in m.kind]


async def test_an_entry_is_made_moved_and_taken_back_under_higher_numbers() -> None:
    here = await mailroom()
    first, second = here.at(3 * DAY), here.at(5 * DAY + timedelta(seconds=1))
    assert first is not None
    assert second is not None

    assert [
        Calendar("request", 0, first),
        Calendar("request", 1, second),
        Calendar("cancel", 2, second),
    ] == await entries(here, 3 * DAY, 5 * DAY)


async def test_an_entry_goes_with_the_time_that_it_stood_for_and_comes_back() -> None:
    here = await mailroom()
    said = await entries(here, 3 * DAY, None, 4 * DAY)

    assert [("request", 0), ("cancel", 1), ("request", 2), ("cancel", 3)] == [
        (each.method, each.sequence) for each in said if each
    ]
    assert said[0] is not None
    assert said[1] is not None
    assert said[0].at == said[1].at


async def test_without_a_time_there_is_no_entry_and_none_to_take_back() -> None:
    assert [None, None, None] == await entries(await mailroom(), None, None)


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
