"""What is looked at afterwards: transcript, scorecards, recording."""

from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from uuid import UUID, uuid4

import av
import numpy as np
import pytest

from interview.ids import InterviewId, ScorecardId, TurnId
from interview.scoring import Quote, Rating, Scorecard, Stamp
from tests.api.house import AGENT_KEY, House, Json
from tests.fakes.clock import NOON
from tests.sounds import ogg, tone

pytestmark = pytest.mark.api


async def test_the_transcript_says_who_said_what_when(house: House) -> None:
    interview, _, claim = await house.led()
    asked, answered = str(uuid4()), str(uuid4())
    await house.tell(claim, house.line("Tell me.", asked), house.line_end("Tell me.", asked))
    await house.tell(claim, house.speech("I did", turn=answered, at_ms=2000))
    await house.tell(claim, house.speech("and it worked", turn=answered, at_ms=3000))

    found = await house.get(f"/v1/interviews/{interview['id']}/transcript")

    assert [
        ("ai", "Tell me.", 100, 900),
        ("candidate", "I did and it worked", 2000, 3500),
    ] == [(t["speaker"], t["spoken"], t["started_ms"], t["ended_ms"]) for t in found["turns"]]
    assert NOON == datetime.fromisoformat(found["clock_zero"])


async def test_scorecards_come_with_their_quotes(house: House) -> None:
    interview, _, claim = await house.led()
    turn = str(uuid4())
    await house.tell(claim, house.speech("I read the logs", turn=turn))
    path = f"/v1/interviews/{interview['id']}/scorecards"
    empty = await house.get(path)
    await store_scorecard(house, interview, turn)

    [card] = (await house.get(path))["items"]

    assert {"items": [], "colleagues": []} == empty
    assert ("3.00", "1.00") == (card["total"], card["coverage"])
    assert ["read the logs"] == [q["text"] for q in card["ratings"][0]["quotes"]]


async def store_scorecard(house: House, interview: Json, turn: str) -> None:
    quote = Quote(turn_id=TurnId(UUID(turn)), text="read the logs", start=2)
    rating = Rating(
        competency="debugging",
        level=3,
        not_assessed=None,
        runs=1,
        spread=0,
        quotes=(quote,),
        reason="",
    )
    stamp = Stamp(
        kit_version=1,
        rater="indicators",
        rater_version="1",
        model=None,
        prompt_hash=None,
        transcript_seq=1,
    )
    card = Scorecard(
        scorecard_id=ScorecardId(uuid4()),
        stamp=stamp,
        ratings=(rating,),
        total=Decimal("3.00"),
        coverage=Decimal("1.00"),
        created_at=NOON,
    )
    async with house.store.transaction(house.tenants[house.key]) as tx:
        await tx.scorecards.add(InterviewId(UUID(interview["id"])), card)


# ---- the recording ----


async def test_parts_are_sealed_kept_and_joined_on_one_clock(house: House) -> None:
    interview, _, claim = await house.led()
    mine, theirs = ogg(tone(440, 1.0)), ogg(tone(880, 0.5))
    identity = claim["candidate_identity"]

    first = await house.hand_in(claim, mine, participant=identity, started_ms=1000)
    second = await house.hand_in(
        claim, theirs, participant=claim["agent_identity"], started_ms=2500, duration_ms=500
    )
    answer = await house.call("GET", f"/v1/interviews/{interview['id']}/recording")
    left, right = decoded(await answer.read())

    assert (201, 201) == (first.status, second.status)
    assert (200, "audio/ogg") == (answer.status, answer.content_type)
    assert "Recording-Cuts" not in answer.headers
    assert 3000 == pytest.approx(len(left) / 48, abs=1)
    assert (True, False) == (is_loud(left, 1100, 1900), is_loud(right, 1100, 1900))
    assert (False, True) == (is_loud(left, 2600, 2900), is_loud(right, 2600, 2900))
    assert not is_loud(left, 0, 900)
    kept = list(house.objects.kept.values())
    assert 2 == len(kept)
    assert [] == [sealed for sealed in kept if b"OggS" in sealed]
    assert 2 == (await house.kinds(interview)).count("recording_stored")


async def test_what_is_left_out_of_a_recording_is_told_with_it(house: House) -> None:
    interview, _, claim = await house.led()
    hour = 3_600_000
    for started_ms in (0, hour):
        part = ogg(tone(440, 1.0))
        await house.hand_in(claim, part, index=started_ms, started_ms=started_ms)

    answer = await house.call("GET", f"/v1/interviews/{interview['id']}/recording")

    assert f"6000;length={hour - 6000}" == answer.headers["Recording-Cuts"]
    left, _ = decoded(await answer.read())
    assert 7000 == pytest.approx(len(left) / 48, abs=20)
    assert is_loud(left, 6100, 6900)


def decoded(raw: bytes) -> tuple[np.ndarray, np.ndarray]:
    with av.open(BytesIO(raw), "r") as container:
        parts = [frame.to_ndarray() for frame in container.decode(audio=0)]
    whole = np.concatenate(parts, axis=1)
    return whole[0], whole[1]


def is_loud(samples: np.ndarray, from_ms: int, to_ms: int) -> bool:
    return bool(np.sqrt(np.mean(samples[from_ms * 48 : to_ms * 48] ** 2)) > 0.01)


async def test_a_part_that_comes_again_is_kept_once(house: House) -> None:
    interview, _, claim = await house.led()
    body = ogg(tone(440, 0.2))

    answers = [(await house.hand_in(claim, body)).status for _ in range(2)]

    assert [201, 200] == answers
    assert 1 == len(house.objects.kept)
    assert 1 == (await house.kinds(interview)).count("recording_stored")


async def test_a_part_with_other_content_does_not_replace_the_first(house: House) -> None:
    _, _, claim = await house.led()
    await house.hand_in(claim, b"OggS one")
    kept = dict(house.objects.kept)

    answer = await house.hand_in(claim, b"OggS two")

    assert (409, "conflict") == (answer.status, (await answer.json())["code"])
    assert kept == house.objects.kept


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sha256": sha256(b"other").hexdigest()}, "sha256"),
        ({"sha256": "x"}, "sha256"),
        ({"started_ms": -1}, "started_ms"),
        ({"index": -1}, "index"),
        ({"participant": "..%2F..%2Fetc"}, "participant"),
        ({"participant": "a" * 129}, "participant"),
    ],
)
async def test_a_part_that_is_wrong_names_the_field(
    house: House, changes: dict[str, Json], field: str
) -> None:
    _, _, claim = await house.led()

    answer = await house.hand_in(claim, b"OggS", **changes)

    assert (422, field) == (answer.status, (await answer.json())["field"])
    assert {} == house.objects.kept


async def test_a_part_may_have_four_mebibytes_and_no_more(house: House) -> None:
    _, _, claim = await house.led()
    most = 4 * 1024 * 1024

    assert 201 == (await house.hand_in(claim, bytes(most), index=1)).status
    answer = await house.hand_in(claim, bytes(most + 1), index=2)
    assert (413, "too_large") == (answer.status, (await answer.json())["code"])


async def test_the_last_parts_may_come_after_the_end(house: House) -> None:
    _, _, claim = await house.led()
    await house.tell(claim, house.report("interview_ended", reason="completed"))

    assert 201 == (await house.hand_in(claim, b"OggS")).status


async def test_a_dead_agents_parts_may_be_brought_with_the_service_key(house: House) -> None:
    _, session, claim = await house.led()
    house.clock.advance(60)
    await house.post("/v1/candidate/join", status=200, key=session)

    assert 201 == (await house.hand_in(claim, b"OggS", key=AGENT_KEY)).status
    future = await house.hand_in(claim, b"OggS", key=AGENT_KEY, epoch=3, index=1)
    assert (409, "lease_lost") == (future.status, (await future.json())["code"])


async def test_without_parts_there_is_no_recording(house: House) -> None:
    interview = await house.invited()

    assert (404, "not_found") == await house.refusal(
        "GET", f"/v1/interviews/{interview['id']}/recording"
    )
