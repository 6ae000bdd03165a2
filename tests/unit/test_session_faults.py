"""While nobody can talk, for who hears or speaks for us is away, the plan's clock stands still."""

from datetime import timedelta

import pytest

from interview.by_room import FloorFollowed
from interview.events import (
    AgentJoined,
    CandidateArrived,
    CandidateLeft,
    Fact,
    Paused,
    Resumed,
)
from interview.faults import Provider, ProviderFailed, ProviderRecovered
from interview.session import deadline, fold
from tests.fakes.talk import CANDIDATE, Talk, asking

pytestmark = pytest.mark.unit

MINUTE = 60.0
ANNAS = f"human:{1:032x}"


def fails(talk: Talk, provider: Provider = "tts", participant: str | None = None) -> None:
    talk.tell(ProviderFailed(provider=provider, error="gone", identity=participant), 0)


def works(talk: Talk, provider: Provider = "tts", after_s: float = 3 * MINUTE) -> None:
    talk.tell(ProviderRecovered(provider=provider), after_s)


def given_back(talk: Talk) -> float:
    """Seconds, of a talk whose clock runs; the log alone says the same."""
    assert talk.state == fold(talk.plan, talk.events)
    end = deadline(talk.plan, talk.state)
    assert end is not None
    assert talk.state.started_at is not None
    return (end - talk.state.started_at).total_seconds() - talk.plan.minutes * MINUTE


def stands(talk: Talk) -> bool:
    return deadline(talk.plan, talk.state) is None


@pytest.mark.parametrize("provider", ["stt", "tts"])
def test_the_time_of_an_outage_is_given_back(provider: Provider) -> None:
    talk = asking()
    fails(talk, provider)
    assert stands(talk)

    works(talk, provider)

    assert 180 == given_back(talk)


@pytest.mark.parametrize("provider", ["llm", "vad", "api"])
def test_what_nobody_waits_for_stops_no_clock(provider: Provider) -> None:
    talk = asking()

    fails(talk, provider)

    assert 0 == given_back(talk)


def test_an_outage_for_a_person_of_the_tenant_stops_no_clock() -> None:
    talk = asking()

    fails(talk, "stt", f"int-{1:032x}")

    assert 0 == given_back(talk)


def test_time_is_given_back_once_when_both_are_away() -> None:
    talk = asking()
    fails(talk, "tts")
    talk.at += timedelta(seconds=MINUTE)
    fails(talk, "stt")
    works(talk, "tts", MINUTE)
    assert stands(talk)

    works(talk, "stt", MINUTE)

    assert 180 == given_back(talk)


def test_a_line_that_is_heard_proves_the_voice() -> None:
    talk = asking()
    talk.answers()
    fails(talk, "tts")
    talk.at += timedelta(seconds=2 * MINUTE - 1)

    talk.begins()

    assert 120 == given_back(talk)


def test_words_prove_the_recogniser() -> None:
    talk = asking()
    fails(talk, "stt")
    talk.at += timedelta(seconds=2 * MINUTE - 1)

    talk.hears()

    assert 120 == given_back(talk)


LEAVES = (CandidateLeft(reason="unknown"), CandidateArrived(identity=CANDIDATE))
RESTS = (Paused(reason="asked"), Resumed())
LENDS = (FloorFollowed(floor=ANNAS), FloorFollowed(floor="ai"))


@pytest.mark.parametrize(("stops", "goes_on"), [LEAVES, RESTS, LENDS])
def test_the_clock_stands_until_all_that_stops_it_is_over(stops: Fact, goes_on: Fact) -> None:
    talk = asking()
    fails(talk)
    talk.tell(stops, MINUTE)
    works(talk, after_s=MINUTE)
    assert stands(talk)
    talk.tell(goes_on, MINUTE)

    assert 180 == given_back(talk)


@pytest.mark.parametrize(("stops", "goes_on"), [LEAVES, RESTS, LENDS])
def test_who_is_back_within_an_outage_gets_the_rest_of_it_too(stops: Fact, goes_on: Fact) -> None:
    talk = asking()
    talk.tell(stops, 0)
    fails(talk)
    talk.tell(goes_on, MINUTE)
    assert stands(talk)
    works(talk, after_s=2 * MINUTE)

    assert 180 == given_back(talk)


def test_an_heir_has_providers_of_its_own() -> None:
    talk = asking()
    fails(talk)
    heir = Talk.resumed(talk.plan, talk.events)
    heir.tell(AgentJoined(identity="ai-2", versions={}), MINUTE)

    heir.tell(CandidateArrived(identity=CANDIDATE), MINUTE)

    assert 120 == given_back(heir)
