"""Practice: one question in the language of the interview, and over when that was answered."""

from uuid import UUID

import pytest

from agent.practice import FOLDER, Unfiled, Unrecorded, claim_of, plan_in
from agent.script import phrases
from interview.door import DispatchMetadata, Practice
from interview.events import CandidateLeft, Fact, LineEnded, LineKind, LineStarted, Paused, Report
from interview.ids import EventId, TurnId
from interview.languages import SPOKEN
from tests.fakes.clock import NOON

pytestmark = pytest.mark.voice

TURN = TurnId(UUID(int=7))


def began(line: LineKind) -> LineStarted:
    return LineStarted(
        turn_id=TURN, line=line, question=None, probe=None, text="…", identity="ai", started_ms=0
    )


ENDED = LineEnded(turn_id=TURN, spoken="…", ended_ms=1, cut_off=False)


async def is_over_after(*facts: Fact) -> bool:
    unfiled = Unfiled()
    for fact in facts:
        await unfiled.write(Report(event_id=EventId(UUID(int=1)), at=NOON, fact=fact))
    return unfiled.lost.is_set()


async def test_it_is_over_when_its_last_line_was_said() -> None:
    assert not await is_over_after(began("question"), ENDED)
    assert not await is_over_after(began("candidate_questions"))
    assert await is_over_after(began("candidate_questions"), ENDED)


async def test_it_is_over_when_nobody_is_there_or_nobody_speaks() -> None:
    assert await is_over_after(CandidateLeft(reason="client_initiated"))
    assert await is_over_after(Paused(reason="silence"))


async def test_its_events_are_counted_and_its_sound_goes_nowhere() -> None:
    unfiled = Unfiled()
    report = Report(event_id=EventId(UUID(int=1)), at=NOON, fact=began("greeting"))

    assert [1, 2] == [(await unfiled.write(report)).seq for _ in range(2)]
    track = Unrecorded().track("cand-1")
    track.write(0, b"sound", 24_000)
    track.began_earlier(5)
    track.close()
    assert {} == vars(track)


def test_it_is_led_without_a_lease_by_an_agent_of_its_own() -> None:
    practice = Practice(language="de", candidate_identity="cand-1")
    order = DispatchMetadata(interview=UUID(int=3), epoch=0, practice=practice)

    claim = claim_of(order, practice, NOON)

    assert ("", "cand-1", f"ai-{UUID(int=3).hex}-0") == (
        claim.token,
        claim.candidate_identity,
        claim.agent_identity,
    )
    assert plan_in("de") == claim.plan


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_every_language_has_its_own_words_for_it(language: str) -> None:
    assert (FOLDER / language).is_dir()
    texts = phrases(FOLDER, language)
    assert {"asked", "candidate_questions", "greeting"} == set(texts)
    assert texts["asked"].endswith("?")
    assert not any("{" in text for text in texts.values())
