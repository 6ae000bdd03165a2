"""Mails whose jobs come twice, late or never, and what happens while one is being sent."""

from datetime import timedelta
from typing import Literal

import pytest

from interview.mails import Letter, MailKind, Trouble
from interview.use_cases.access import withdraw_access
from interview.use_cases.sending import CLAIMED_FOR, keep_mails
from tests.fakes.clock import NOON
from tests.fakes.mailroom import FakePost, mailroom

pytestmark = pytest.mark.unit


class Stopping(FakePost):
    """Its process is to end."""

    async def send(self, letter: Letter) -> Literal["stopped"]:
        return "stopped"


HOUR, DAY = timedelta(hours=1), timedelta(days=1)
INVITATION = MailKind.INVITATION


async def test_two_jobs_of_one_mail_do_not_send_it_at_once() -> None:
    here = await mailroom()
    interview, _ = await here.invite()
    (mail,) = await here.mails(interview)
    waits: list[timedelta | None] = []

    class Slow(FakePost):
        async def send(self, letter: Letter) -> Trouble | None:
            if not self.tried:
                self.tried.append((NOON, letter.mail.kind))
                waits.append(await here.send(mail.mail_id))
            return None

    here.post = Slow(here.clock)
    waits.append(await here.send(mail.mail_id))
    waits.append(await here.send(mail.mail_id))

    assert [CLAIMED_FOR, None, None] == waits
    assert 1 == len(here.post.tried)


async def test_who_dies_with_a_mail_in_hand_is_not_waited_for_long() -> None:
    here = await mailroom()
    interview, _ = await here.invite()
    (mail,) = await here.mails(interview)

    class Dying(FakePost):
        async def send(self, letter: Letter) -> Trouble | None:
            raise KeyboardInterrupt

    post, here.post = here.post, Dying(here.clock)
    with pytest.raises(KeyboardInterrupt):
        await here.send(mail.mail_id)
    here.post = post
    await here.run(CLAIMED_FOR)

    assert [("invitation", "sent", None)] == await here.kinds(interview)


@pytest.mark.parametrize("answer", ["busy", "stopped"])
async def test_who_failed_too_late_takes_nothing_back_of_what_another_has_sent(
    answer: Literal["busy", "stopped"],
) -> None:
    here = await mailroom()
    interview, _ = await here.invite()
    (mail,) = await here.mails(interview)

    class Late(FakePost):
        async def send(self, letter: Letter) -> Literal["busy", "stopped"]:
            here.post = post
            here.clock.at = NOON + CLAIMED_FOR
            await here.send(mail.mail_id)
            return answer

    post, here.post = here.post, Late(here.clock)
    await here.send(mail.mail_id)

    assert [("sent", True)] == [(m.state, m.may_be_out) for m in await here.mails(interview)]


async def test_what_somebody_died_with_may_have_been_sent() -> None:
    here = await mailroom()
    interview, _ = await here.invite()

    class Dying(FakePost):
        async def send(self, letter: Letter) -> Trouble | None:
            raise KeyboardInterrupt

    here.post = Dying(here.clock)
    with pytest.raises(KeyboardInterrupt):
        await here.run()
    await here.cancel(interview)

    assert ("cancelled", "waiting", None) in await here.kinds(interview)


async def test_what_did_not_leave_before_a_stop_is_sent_by_the_next_at_once() -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * DAY)
    reminder = (await here.mails(interview))[1].mail_id
    here.clock.at = NOON + 2 * DAY
    post, here.post = here.post, Stopping(here.clock)

    assert timedelta(0) == await here.send(reminder)
    waiting = (await here.mails(interview))[1]
    here.post = post
    assert await here.send(reminder) is None

    assert (here.clock.at, 0, False) == (waiting.next_at, waiting.attempts, waiting.may_be_out)
    ((_, letter),) = here.post.took
    assert waiting.invitation == letter.mail.invitation


async def test_what_was_dropped_before_it_left_was_not_sent() -> None:
    here = await mailroom()
    interview, _ = await here.invite(ends_in=3 * DAY)

    class Late(Stopping):
        async def send(self, letter: Letter) -> Literal["stopped"]:
            await withdraw_access(here.world, here.tenant, interview.interview_id)
            return "stopped"

    here.post = Late(here.clock)
    await here.run()

    assert [("dropped", False)] == [
        (mail.state, mail.may_be_out)
        for mail in await here.mails(interview)
        if mail.kind is INVITATION
    ]


async def test_what_was_dropped_while_it_was_sent_was_sent_all_the_same() -> None:
    here = await mailroom()
    interview, _ = await here.invite()

    class Slow(FakePost):
        async def send(self, letter: Letter) -> Trouble | None:
            if letter.mail.kind is INVITATION:
                await here.cancel(interview)
            return None

    here.post = Slow(here.clock)
    await here.run()

    assert [("invitation", "sent", None), ("cancelled", "sent", None)] == sorted(
        await here.kinds(interview), reverse=True
    )


async def test_what_was_dropped_while_it_failed_stays_dropped() -> None:
    here = await mailroom()
    interview, _ = await here.invite()

    class Slow(FakePost):
        async def send(self, letter: Letter) -> Trouble | None:
            await withdraw_access(here.world, here.tenant, interview.interview_id)
            return "timeout"

    here.post = Slow(here.clock)
    await here.run(DAY)

    assert [("invitation", "dropped", "overtaken")] == await here.kinds(interview)
    assert [(1, False)] == [(m.attempts, m.may_be_out) for m in await here.mails(interview)]


async def test_a_mail_whose_job_was_lost_is_found_and_sent() -> None:
    here = await mailroom()
    await here.invite()
    here.taken = 1
    await here.run(2 * HOUR)
    assert [] == here.post.took

    assert 1 == await keep_mails(here.world)
    assert 0 == await keep_mails(here.world)
    await here.run()

    assert [INVITATION] == here.post.kinds


async def test_a_mail_that_is_found_too_late_is_dropped() -> None:
    here = await mailroom()
    interview, _ = await here.invite(starts_in=3 * HOUR)
    here.taken = len(here.store.tables.mail_jobs)
    here.clock.at = NOON + 4 * HOUR
    assert 2 == await keep_mails(here.world)
    await here.run()

    assert ("reminder_1h", "dropped", "late") == (await here.kinds(interview))[-1]


async def test_a_mail_that_is_not_there_is_over() -> None:
    here = await mailroom()
    interview, _ = await here.invite()
    (mail,) = await here.mails(interview)
    del here.store.tables.mails[here.tenant, mail.mail_id]

    assert await here.send(mail.mail_id) is None
