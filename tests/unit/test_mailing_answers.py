"""Whoever asked for something in their own right is told that there is an answer, and led to it."""

from datetime import timedelta

import pytest

from interview.accounts import Interview
from interview.by_people import By
from interview.ids import RequestId
from interview.lifecycle import State
from interview.mails import ANSWER_SAID_FOR, ANSWERS_TOGETHER, Mail, MailKind
from interview.requests import RequestKind
from interview.tenant_settings import TenantSettings
from interview.use_cases.access import withdraw_access
from interview.use_cases.candidate_door import CandidateCaller
from interview.use_cases.candidate_rights import ask
from interview.use_cases.invitations import VALID_FOR, invite_again, redeem
from interview.use_cases.requests import settle
from tests.fakes.mailroom import Mailroom, always, away, mailroom

pytestmark = pytest.mark.unit

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
GRACE = By(kind="key", id="ats", name="Grace")
ANSWERED = MailKind.ANSWERED


async def inside() -> tuple[Mailroom, Interview]:
    """A candidate who has opened their link; the invitation was theirs to hand over."""
    here = await mailroom()
    interview, token = await here.invite(ends_in=30 * DAY, mail=False)
    await redeem(here.world, token)
    return here, interview


async def asks(here: Mailroom, interview: Interview, kind: RequestKind = "access") -> RequestId:
    caller = CandidateCaller(here.tenant, interview.interview_id)
    return (await ask(here.world, caller, kind, "Please.", None)).request_id


async def answers(here: Mailroom, request: RequestId) -> None:
    await settle(here.world, here.tenant, GRACE, request, "granted", "It is on its way.")


async def told(here: Mailroom, interview: Interview) -> list[Mail]:
    return [mail for mail in await here.mails(interview) if mail.kind is ANSWERED]


async def test_an_answer_is_told_with_a_link_that_leads_back_and_no_word_of_it() -> None:
    here, interview = await inside()
    await answers(here, await asks(here, interview))
    asked_at = here.clock.now()
    await here.run(HOUR)

    ((at, letter),) = here.post.took
    assert (asked_at + ANSWERS_TOGETHER, ANSWERED) == (at, letter.mail.kind)
    assert (interview.expires_at, None) == (letter.until, letter.calendar)
    opened = await redeem(here.world, str(letter.mail.token))
    assert interview.interview_id == opened.interview.interview_id


async def test_answers_of_one_sitting_are_one_mail_and_a_later_one_is_another() -> None:
    here, interview = await inside()
    first, second, third = [await asks(here, interview) for _ in range(3)]
    await answers(here, first)
    await here.run(5 * MINUTE)
    await answers(here, second)
    await here.run(HOUR)
    assert [ANSWERED] == here.post.kinds

    await answers(here, third)
    await here.run(HOUR)

    assert [ANSWERED, ANSWERED] == here.post.kinds


async def test_an_answer_is_told_although_the_interview_will_not_be() -> None:
    here, interview = await inside()
    await answers(here, await asks(here, interview, "erasure"))
    await here.cancel(interview, mail=False)
    await here.run(HOUR)

    ((at, letter),) = here.post.took
    assert ANSWERED is letter.mail.kind
    assert at + VALID_FOR == letter.until
    opened = await redeem(here.world, str(letter.mail.token))
    assert State.CANCELLED is opened.interview.state


async def test_a_new_link_takes_no_answer_back() -> None:
    here, interview = await inside()
    await answers(here, await asks(here, interview))
    await invite_again(here.world, here.tenant, interview.interview_id, mail=True)
    await here.run(HOUR)

    assert [MailKind.INVITATION, ANSWERED] == here.post.kinds


async def test_an_answer_lets_nobody_in_to_an_interview_they_are_to_stay_out_of() -> None:
    here, interview = await inside()
    await answers(here, await asks(here, interview))
    await withdraw_access(here.world, here.tenant, interview.interview_id)
    await here.run(HOUR)

    ((_, letter),) = here.post.took
    assert (ANSWERED, None, None) == (letter.mail.kind, letter.mail.token, letter.until)


async def test_a_tenant_that_writes_no_mails_writes_none_of_answers() -> None:
    here, interview = await inside()
    await here.set(TenantSettings(sends_mail=False))
    await answers(here, await asks(here, interview))

    assert [] == await told(here, interview)


async def test_whoever_is_erased_meanwhile_is_written_nothing() -> None:
    here, interview = await inside()
    await answers(here, await asks(here, interview))
    async with here.store.transaction(here.tenant) as tx:
        await tx.keys.destroy_candidate(here.room.candidate, here.clock.now())
    await here.run(HOUR)

    assert [] == here.post.took


async def test_nobody_is_invited_or_reminded_because_an_answer_reached_them() -> None:
    """An answer tells of no time: of another one only those are told who were told of the first."""
    here, interview = await inside()
    await answers(here, await asks(here, interview))
    await here.run(HOUR)

    await here.reschedule(interview, 40 * DAY, None)

    assert [ANSWERED] == [mail.kind for mail in await here.mails(interview)]


async def test_it_is_tried_as_long_as_an_answer_is_news() -> None:
    here, interview = await inside()
    here.post.answers = away(here.clock.now(), here.clock.now() + 2 * HOUR)
    await answers(here, await asks(here, interview))
    await here.run(3 * HOUR)
    assert [ANSWERED] == here.post.kinds
    here.post.answers = always("unreachable")
    await answers(here, await asks(here, interview))

    await here.run(ANSWER_SAID_FOR + DAY)

    assert ["sent", "failed"] == [mail.state for mail in await told(here, interview)]
