"""What comes late: after the end, or from the disk of an agent that died."""

from uuid import uuid4

import pytest

from interview.store.memory import MemoryStore
from tests.api.house import AGENT_KEY, House, Json

pytestmark = pytest.mark.api


def at(claim: Json, what: str) -> str:
    return f"/internal/v1/interviews/{claim['interview_id']}/{what}"


async def ended(house: House) -> tuple[Json, str, Json]:
    """An interview that an agent led to its end."""
    interview, session, claim = await house.led()
    await house.tell(claim, house.report("interview_ended", reason="completed"))
    return interview, session, claim


async def spoken(house: House, interview: Json) -> list[str]:
    transcript = await house.get(f"/v1/interviews/{interview['id']}/transcript")
    return [turn["spoken"] for turn in transcript["turns"]]


def scorings(store: MemoryStore) -> int:
    """How often somebody asked for scores."""
    return [kind for kind, _, _ in store.tables.outbox.values()].count("score_interview")


async def test_last_words_count_for_a_while_after_the_end_and_nothing_else_does(
    house: House,
) -> None:
    interview, _, claim = await house.led()
    turn = str(uuid4())
    await house.tell(claim, house.line("Goodbye then", turn))
    await house.tell(claim, house.report("interview_ended", reason="completed"))
    house.clock.advance(15 * 60)
    end, words = house.line_end("Goodbye", turn), house.speech("Thank you")
    unsaid = house.line("One more thing", str(uuid4()))
    resumed = house.report("resumed")

    stored = await house.tell(claim, end, words, unsaid, resumed)

    assert [end["event_id"], words["event_id"]] == stored["stored"]
    assert ["Goodbye", "Thank you"] == await spoken(house, interview)
    assert ["line_ended", "speech_heard"] == (await house.kinds(interview))[-2:]
    assert "ended" == await house.state(interview)


async def test_long_after_the_end_an_agent_can_repeat_itself_and_add_nothing(
    house: House,
) -> None:
    interview, _, claim = await house.led()
    said = [house.speech("My answer"), house.report("interview_ended", reason="completed")]
    first = await house.tell(claim, *said)
    house.clock.advance(15 * 60 + 1)
    body = {"epoch": 1, "reports": [*said, house.speech("I did it all alone")]}

    refused = await house.refusal("POST", at(claim, "events"), json=body, key=claim["token"])

    assert (409, "lease_lost") == refused
    assert first == await house.tell(claim, *said)
    assert ["My answer"] == await spoken(house, interview)


async def test_words_that_come_after_the_end_ask_for_scores_again(
    house: House, store: MemoryStore
) -> None:
    _, _, claim = await ended(house)
    words = house.speech("And we fixed it")
    before = scorings(store)

    await house.tell(claim, words)
    await house.tell(claim, words)

    assert (1, 2) == (before, scorings(store))


async def test_parts_of_the_recording_may_come_for_a_day_after_the_end(house: House) -> None:
    _, _, claim = await ended(house)
    house.clock.advance(24 * 3600)
    last = await house.hand_in(claim, b"OggS last")
    brought = await house.hand_in(claim, b"OggS left", index=1, key=AGENT_KEY)
    house.clock.advance(1)

    repeated = await house.hand_in(claim, b"OggS last")
    too_late = await house.hand_in(claim, b"OggS new", index=2)

    assert [201, 201, 200] == [last.status, brought.status, repeated.status]
    assert (409, "lease_lost") == (too_late.status, (await too_late.json())["code"])


# ---- what a dead agent left behind ----


async def spool(house: House, claim: Json, *reports: Json) -> Json:
    body = {"epoch": claim["epoch"], "reports": list(reports)}
    return await house.post(at(claim, "spool"), body, status=200, key=AGENT_KEY)


async def test_a_spool_brought_before_the_next_claim_counts_whole(house: House) -> None:
    interview, session, dead = await house.led()
    turn = str(uuid4())
    left = [house.line("Question?", turn), house.line_end("Question?", turn), house.speech("Yes")]
    house.clock.advance(60)
    await house.post("/v1/candidate/join", status=200, key=session)

    stored = await spool(house, dead, *left)
    heir = await house.claimed(interview, epoch=2)

    assert [report["event_id"] for report in left] == stored["stored"]
    late = [e for e in heir["events"] if e["event_id"] in stored["stored"]]
    assert [1, 1, 1] == [event["epoch"] for event in late]


async def test_a_spool_can_end_the_interview_before_the_next_claim(house: House) -> None:
    interview, session, dead = await house.led()
    house.clock.advance(60)
    await house.post("/v1/candidate/join", status=200, key=session)

    await spool(house, dead, house.report("interview_ended", reason="completed"))

    assert "ended" == await house.state(interview)
    body = {"interview_id": interview["id"], "epoch": 2, "agent": "host/2"}
    assert (409, "lease_lost") == await house.refusal(
        "POST", "/internal/v1/leases", json=body, key=AGENT_KEY
    )


async def test_after_the_next_claim_only_words_are_kept(house: House) -> None:
    interview, session, dead = await house.led()
    begun, unsaid = str(uuid4()), str(uuid4())
    await house.tell(dead, house.line("Question?", begun))
    house.clock.advance(60)
    await house.post("/v1/candidate/join", status=200, key=session)
    await house.claimed(interview, epoch=2)
    words, end = house.speech("My last words"), house.line_end("Quest", begun)
    left = [
        end,
        words,
        house.line("Never heard", unsaid),
        house.line_end("Never", unsaid),
        house.report("interview_ended", reason="completed"),
    ]

    stored = await spool(house, dead, *left)
    again = await spool(house, dead, *left)

    assert [end["event_id"], words["event_id"]] == stored["stored"] == again["stored"]
    assert "live" == await house.state(interview)
    transcript = await house.get(f"/v1/interviews/{interview['id']}/transcript")
    assert ["Quest", "My last words"] == [turn["spoken"] for turn in transcript["turns"]]


async def test_a_spool_needs_the_service_key_and_an_epoch_that_was(house: House) -> None:
    _, _, claim = await house.led()
    body = {"epoch": 1, "reports": [house.speech("late")]}

    for key in (claim["token"], house.key, ""):
        assert (401, "unauthenticated") == await house.refusal(
            "POST", at(claim, "spool"), json=body, key=key
        )
    body["epoch"] = 2
    assert (409, "lease_lost") == await house.refusal(
        "POST", at(claim, "spool"), json=body, key=AGENT_KEY
    )


async def test_nobody_brings_a_spool_in_the_place_of_an_agent_that_leads(house: House) -> None:
    interview, _, claim = await house.led()
    body = {"epoch": 1, "reports": [house.speech("Not what was said")]}
    lost = (409, "lease_lost")
    house.clock.advance(4)

    refused = await house.refusal("POST", at(claim, "spool"), json=body, key=AGENT_KEY)
    part = await house.hand_in(claim, b"OggS", key=AGENT_KEY)

    assert [lost, lost] == [refused, (part.status, (await part.json())["code"])]
    assert [] == await spoken(house, interview)


async def test_a_spool_of_an_agent_that_fell_silent_counts_whole_before_any_heir(
    house: House,
) -> None:
    interview, _, dead = await house.led()
    house.clock.advance(4.1)

    await spool(house, dead, house.speech("Yes"), house.report("paused", reason="silence"))

    assert ["Yes"] == await spoken(house, interview)
    assert "paused" == await house.state(interview)


async def test_nothing_is_brought_of_an_epoch_that_nobody_claimed(house: House) -> None:
    interview = await house.invited()
    await house.joined(interview)
    house.clock.advance(60)
    path = f"/internal/v1/interviews/{interview['id']}/spool"
    body = {"epoch": 1, "reports": [house.speech("Nobody heard this")]}

    assert (409, "lease_lost") == await house.refusal("POST", path, json=body, key=AGENT_KEY)


async def test_a_spool_brought_soon_after_the_end_has_words_alone_and_is_scored(
    house: House, store: MemoryStore
) -> None:
    interview, _, claim = await ended(house)
    house.clock.advance(15 * 60)
    words = house.speech("I read the logs")

    stored = await spool(house, claim, words, house.report("resumed"))

    assert [words["event_id"]] == stored["stored"]
    assert ["I read the logs"] == await spoken(house, interview)
    assert 2 == scorings(store)


async def test_a_late_spool_of_an_overtaken_epoch_asks_for_scores_too(
    house: House, store: MemoryStore
) -> None:
    interview, session, dead = await house.led()
    house.clock.advance(60)
    await house.post("/v1/candidate/join", status=200, key=session)
    heir = await house.claimed(interview, epoch=2)
    await house.tell(heir, house.report("interview_ended", reason="completed"))

    await spool(house, dead, house.speech("I read the logs"))

    assert 2 == scorings(store)


async def test_a_spool_brought_long_after_the_end_is_not_wanted(
    house: House, store: MemoryStore
) -> None:
    interview, _, claim = await house.led()
    known = house.speech("My answer")
    await house.tell(claim, known, house.report("interview_ended", reason="completed"))
    house.clock.advance(15 * 60 + 1)

    stored = await spool(house, claim, known, house.speech("I did it all alone"))

    assert [known["event_id"]] == stored["stored"]
    assert ["My answer"] == await spoken(house, interview)
    assert 1 == scorings(store)
