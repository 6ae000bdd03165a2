"""Time that is lost because nobody hears or speaks for us is no candidate's: it is given back, and
their page's clock says so."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import cycle, islice

import pytest

from agent.messages import Connected, Failed
from agent.progress import left_s, shown
from interview.events import InterviewEnded, ProviderFailed, TimeRanOut
from interview.faults import ProviderRecovered
from interview.parity import ledger
from interview.session import fold
from tests.fakes.leaping import leap
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first, on_stage
from tests.fakes.talk import plan, question

pytestmark = pytest.mark.voice

MINUTES, MINUTE = 20, 60.0
KEYS = ["first", "second", "third"]
LONG_PLAN = plan(
    *(question(key, 0).model_copy(update={"minutes": 12}) for key in KEYS), minutes=MINUTES
)
NEARLY_DONE = 9.2
"""Minutes of an answer: two of them, and an outage, are more than the whole time."""

SOUND_S = 1.0


@dataclass
class Page:
    """The clock of the candidate's page."""

    stage: Stage

    @property
    def left_s(self) -> int:
        return left_s(self.stage.plan, self.stage.conductor.state, self.stage.clock.now())

    @property
    def is_running(self) -> bool:
        return bool(shown(self.stage.plan, self.stage.conductor.state, "listening")["running"])


async def answers_for(stage: Stage, minutes: float) -> None:
    """One answer of so many minutes."""
    words = islice(cycle(LONG_ANSWER.split()), round(minutes * MINUTE / SOUND_S))
    await stage.speaks(" ".join(words), s_per_word=SOUND_S)


Outage = Callable[[Stage, Page], Awaitable[None]]


async def voice_is_away(stage: Stage, page: Page) -> None:
    """For three minutes, from the end of the first answer."""
    stage.mouth.fails = True
    await stands_still(stage, page, 3 * MINUTE)
    stage.mouth.fails = False


async def recogniser_is_away(stage: Stage, page: Page) -> None:
    """For two minutes, while the candidate has nothing to say."""
    await stage.hears("question")

    async def keeps_failing() -> None:
        while True:
            stage.inbox.put_nowait(Failed("stt", "gone"))
            await asyncio.sleep(1)

    failing = asyncio.create_task(keeps_failing())
    await stage.presses("think")
    await stands_still(stage, page, 2 * MINUTE)
    failing.cancel()
    stage.inbox.put_nowait(Connected())


async def stands_still(stage: Stage, page: Page, for_s: float) -> None:
    await stage.until(lambda: not page.is_running)
    left = page.left_s
    await asyncio.sleep(for_s)
    assert (False, left) == (page.is_running, page.left_s)


def with_outage(away: Outage) -> tuple[Stage, Page]:
    """Two answers that leave hardly any time, and an outage between them."""

    async def scene() -> tuple[Stage, Page]:
        async with on_stage(LONG_PLAN) as stage:
            page = Page(stage)
            await asked_first(stage)
            await answers_for(stage, NEARLY_DONE)
            await away(stage, page)
            await stage.until(lambda: page.is_running, within_s=30)
            await stage.until(lambda: stage.is_listening and len(stage.asked()) == 2)
            await answers_for(stage, NEARLY_DONE)
            await stage.hears("question")
            assert_page_agrees(stage, page)
            await stage.to_the_end()
        return stage, page

    return leap(scene())


def assert_page_agrees(stage: Stage, page: Page) -> None:
    """What is left is what of the whole was not used, but for what the log says was lost."""
    began = stage.conductor.state.started_at
    assert began is not None
    gone_s = (stage.clock.now() - began).total_seconds()
    assert page.left_s == round(MINUTES * MINUTE - gone_s + lost_s(stage))


def lost_s(stage: Stage) -> float:
    """From the first failure to the recovery, as the log has them."""
    events = stage.journal.events
    failed = next(e.at for e in events if isinstance(e.fact, ProviderFailed))
    works = next(e.at for e in events if isinstance(e.fact, ProviderRecovered))
    return (works - failed).total_seconds()


@pytest.mark.parametrize(
    ("away", "provider", "least_s"),
    [(voice_is_away, "tts", 3 * MINUTE), (recogniser_is_away, "stt", 2 * MINUTE)],
)
def test_the_last_question_is_still_asked_after_an_outage(
    away: Outage, provider: str, least_s: float
) -> None:
    stage, _ = with_outage(away)

    assert KEYS == stage.asked()
    assert [] == stage.facts(TimeRanOut)
    assert ["completed"] == [fact.reason for fact in stage.facts(InterviewEnded)]
    assert [provider] == [fact.provider for fact in stage.facts(ProviderFailed)]
    assert [provider] == [fact.provider for fact in stage.facts(ProviderRecovered)]
    assert least_s <= lost_s(stage) <= least_s + 15
    assert stage.conductor.state == fold(LONG_PLAN, stage.journal.events)
    assert round(lost_s(stage)) == round(ledger(LONG_PLAN, stage.journal.events).given_back_s)


def test_a_recogniser_that_takes_connections_and_drops_them_is_not_back() -> None:
    async def scene() -> Stage:
        async with on_stage(LONG_PLAN) as stage:
            page = Page(stage)
            await asked_first(stage)
            await stage.presses("think")
            for _ in range(20):
                stage.inbox.put_nowait(Failed("stt", "gone"))
                stage.inbox.put_nowait(Connected())
                await asyncio.sleep(3)
                assert not page.is_running
            await asyncio.sleep(15)
            assert page.is_running
        return stage

    stage = leap(scene())

    assert 1 == len(stage.facts(ProviderFailed)) == len(stage.facts(ProviderRecovered))


def test_a_connection_without_an_outage_is_no_recovery() -> None:
    async def scene() -> Stage:
        async with on_stage(LONG_PLAN) as stage:
            await asked_first(stage)
            stage.inbox.put_nowait(Connected())
            await stage.answers(LONG_ANSWER)
        return stage

    assert [] == leap(scene()).facts(ProviderRecovered)
