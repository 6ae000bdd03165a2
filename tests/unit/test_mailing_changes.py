"""What candidates are told of changes: once, if anything reached them, and right in calendars."""

from datetime import timedelta

import pytest

from interview.mails import Calendar, Trouble
from interview.use_cases.invitations import invite_again, redeem
from tests.fakes.clock import NOON
from tests.fakes.mailroom import Mailroom, always, away, mailroom

pytestmark = pytest.mark.unit

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
INVITATION = ("invitation", "waiting", None)
DAY_BEFORE = ("reminder_24h", "waiting", None)
HOUR_BEFORE = ("reminder_1h", "waiting", None)
RESCHEDULED = ("rescheduled", "waiting", None)
EXTENDED = ("extended", "waiting", None)


def overtaken(kind: str) -> tuple[str, str, str]:
    return (kind, "dropped", "overtaken")


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


@pytest.mark.parametrize("starts_in", [None, 2 * DAY])
async def test_more_time_is_told_as_that_and_moves_no_entry(starts_in: timedelta | None) -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in, ends_in=3 * DAY)
    await here.run()
    here.clock.advance(1)

    await here.extend(interview, 6 * DAY)

    assert [EXTENDED, DAY_BEFORE, HOUR_BEFORE] == (await here.kinds(interview))[3:]
    assert [None] == [m.calendar for m in await here.mails(interview) if m.kind == "extended"]


async def test_more_time_before_another_time_was_told_is_told_with_that_time() -> None:
    here = await mailroom()
    interview, _ = await here.invite(3 * DAY, 4 * DAY)
    await here.run()
    here.clock.advance(1)
    await here.reschedule(interview, 5 * DAY, 6 * DAY)
    here.clock.advance(1)

    await here.extend(interview, 9 * DAY)

    assert [RESCHEDULED, DAY_BEFORE, HOUR_BEFORE] == (await here.kinds(interview))[6:]


@pytest.mark.parametrize("mail", [None, False, True])
async def test_the_same_times_again_are_told_to_nobody_unless_the_call_says_so(
    mail: bool | None,
) -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY)
    await here.run()

    await here.reschedule(interview, 3 * DAY, None, mail)

    expected = [("invitation", "sent", None), DAY_BEFORE, HOUR_BEFORE]
    if mail:
        expected = [*expected, RESCHEDULED]
    found = [each for each in await here.kinds(interview) if each[1] != "dropped"]
    assert sorted(expected, key=str) == sorted(found, key=str)


async def test_who_was_never_written_to_is_not_by_itself() -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY, mail=False)
    await here.reschedule(interview, 6 * DAY, None)
    await here.cancel(interview)
    assert [] == await here.kinds(interview)

    asked, _ = await here.invite(starts_in=3 * DAY, mail=False)
    await here.reschedule(asked, 6 * DAY, None, mail=True)
    assert [RESCHEDULED, DAY_BEFORE, HOUR_BEFORE] == await here.kinds(asked)


@pytest.mark.parametrize("mail", [None, True])
async def test_an_invitation_that_waits_is_the_one_mail_that_tells_of_another_time(
    mail: bool | None,
) -> None:
    here = await mailroom(away(NOON, NOON + HOUR))
    interview, token = await here.invite(starts_in=3 * DAY, ends_in=5 * DAY)
    await here.run()

    moved = await here.reschedule(interview, 6 * DAY, 9 * DAY, mail)
    (waiting, *_) = await here.mails(interview)
    await here.run(6 * DAY)

    assert moved.expires_at == waiting.useless_after
    assert ["invitation", "reminder_24h", "reminder_1h"] == here.post.kinds
    _, letter = here.post.took[0]
    assert moved.starts_at is not None
    assert (token, moved.starts_at, moved.expires_at, Calendar("request", 0, moved.starts_at)) == (
        letter.mail.token,
        letter.starts_at,
        letter.until,
        letter.calendar,
    )


@pytest.mark.parametrize(
    ("was", "then"), [(None, 6 * DAY), (3 * DAY, None)], ids=["given", "taken"]
)
async def test_an_invitation_that_waits_has_the_entry_of_the_time_that_holds(
    was: timedelta | None, then: timedelta | None
) -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=was, ends_in=9 * DAY)

    moved = await here.reschedule(interview, then, 9 * DAY, mail=False)

    (waiting, *_) = await here.mails(interview)
    expected = None if moved.starts_at is None else Calendar("request", 0, moved.starts_at)
    assert expected == waiting.calendar


async def test_a_second_invitation_that_waits_moves_the_entry_of_the_first() -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY)
    await here.run()
    here.clock.advance(1)
    await invite_again(here.world, here.tenant, interview.interview_id)

    moved = await here.reschedule(interview, 6 * DAY, None)
    await here.run()

    assert ["invitation", "invitation"] == here.post.kinds
    _, letter = here.post.took[-1]
    assert letter.calendar is not None
    assert ("request", 1, moved.starts_at) == (
        letter.calendar.method,
        letter.calendar.sequence,
        letter.calendar.at,
    )


async def test_an_invitation_that_may_have_gone_out_is_followed_by_the_new_time() -> None:
    """A repeat of it is the same message, which a mail program may show once, as it was."""
    here = await mailroom(lambda now: "unanswered" if now == NOON else None)
    interview, _ = await here.invite(starts_in=3 * DAY)
    await here.run()
    here.clock.advance(1)

    await here.reschedule(interview, 6 * DAY, None)

    (told,) = [mail for mail in await here.mails(interview) if mail.kind == "rescheduled"]
    assert told.calendar is not None
    assert 1 == told.calendar.sequence


async def test_an_invitation_whose_link_was_used_tells_nobody_of_another_time() -> None:
    here = await mailroom()
    interview, token = await here.invite(starts_in=3 * DAY)
    await redeem(here.world, token)
    here.clock.advance(1)

    await here.reschedule(interview, 6 * DAY, None, mail=True)

    assert [RESCHEDULED, DAY_BEFORE, HOUR_BEFORE] == (await here.kinds(interview))[3:]


@pytest.mark.parametrize("is_sent", [True, False])
async def test_a_change_that_is_not_to_be_told_still_moves_the_reminders(is_sent: bool) -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY)
    if is_sent:
        await here.run()
    here.clock.advance(1)

    await here.reschedule(interview, 6 * DAY, None, mail=False)

    assert [
        ("invitation", "sent", None) if is_sent else INVITATION,
        overtaken("reminder_24h"),
        overtaken("reminder_1h"),
        DAY_BEFORE,
        HOUR_BEFORE,
    ] == await here.kinds(interview)


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
