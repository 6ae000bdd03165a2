"""Corrections: what a person heard goes before what was recognised, and both stay."""

from uuid import uuid4

import pytest

from interview.use_cases.verify import verify_all
from tests.api.house import House, Json

pytestmark = pytest.mark.api

MISHEARD, HEARD = "I red the box and found it", "I read the logs and found it"


def path(interview: Json, what: str) -> str:
    return f"/v1/interviews/{interview['id']}/{what}"


async def spoken(house: House, *, recorded: bool = True, end: bool = True) -> tuple[Json, str]:
    """An interview, and its one turn of the candidate at 200 to 700 ms."""
    interview, _, claim = await house.led()
    turn, asked = str(uuid4()), str(uuid4())
    await house.tell(claim, house.line("Tell me.", asked), house.line_end("Tell me.", asked))
    await house.tell(claim, house.speech(MISHEARD, turn=turn, at_ms=200))
    if recorded:
        await house.hand_in(claim, b"OggS")
    if end:
        await house.tell(claim, house.report("interview_ended", reason="completed"))
    return interview, turn


def words(**changes: Json) -> Json:
    body = {"text": HEARD, "reason": "Misheard.", "heard": True, "person": "Grace Hopper"}
    return body | changes


async def correct(house: House, interview: Json, turn: str, **changes: Json) -> Json:
    return await house.post(path(interview, f"turns/{turn}/corrections"), words(**changes))


async def transcript(house: House, interview: Json, query: str = "") -> Json:
    turns = (await house.get(path(interview, f"transcript{query}")))["turns"]
    return next(turn for turn in turns if turn["speaker"] == "candidate")


async def test_both_versions_are_kept_with_who_corrected_and_why(house: House) -> None:
    interview, turn = await spoken(house)

    made = await correct(house, interview, turn)

    corrected = await transcript(house, interview)
    original = await transcript(house, interview, "?version=original")
    assert corrected == await transcript(house, interview, "?version=corrected")
    assert (HEARD, [], None) == (
        corrected["spoken"],
        corrected["words"],
        corrected["confidence"],
    )
    assert (MISHEARD, 7) == (original["spoken"], len(original["words"]))
    kid = house.key.removeprefix("viv_live_").partition("_")[0]
    assert (
        {
            "seq": made["seq"],
            "text": HEARD,
            "reason": "Misheard.",
            "by": {"kind": "key", "id": kid, "name": "Grace Hopper"},
            "at": made["corrected_at"],
        }
        == original["correction"]
        == corrected["correction"]
    )
    assert "turn_corrected" == (await house.kinds(interview))[-1]
    assert [] == (await verify_all(house.store)).broken


async def test_the_latest_correction_counts_and_the_log_keeps_all(house: House) -> None:
    interview, turn = await spoken(house)

    await correct(house, interview, turn, text="I read the box")
    await correct(house, interview, turn)

    assert HEARD == (await transcript(house, interview))["spoken"]
    assert 2 == (await house.kinds(interview)).count("turn_corrected")


async def test_words_that_come_late_do_not_undo_a_correction(house: House) -> None:
    interview, _, claim = await house.led()
    turn = str(uuid4())
    await house.tell(claim, house.speech(MISHEARD, turn=turn, at_ms=200))
    await house.hand_in(claim, b"OggS")
    await house.tell(claim, house.report("interview_ended", reason="completed"))
    await correct(house, interview, turn)

    await house.tell(claim, house.speech("at last", turn=turn, at_ms=800))

    assert HEARD == (await transcript(house, interview))["spoken"]
    original = await transcript(house, interview, "?version=original")
    assert f"{MISHEARD} at last" == original["spoken"]
    assert [] == (await verify_all(house.store)).broken


async def test_people_quote_the_corrected_words_and_no_others(house: House) -> None:
    interview, turn = await spoken(house)
    await correct(house, interview, turn)

    def quoting(text: str) -> Json:
        rating = {
            "competency": "debugging",
            "level": 4,
            "quotes": [{"turn_id": turn, "text": text}],
        }
        return {"ratings": [rating], "person": "Grace"}

    assert await house.post(path(interview, "ratings"), quoting("read the logs"))
    assert (422, "evidence_invalid") == await house.refusal(
        "POST", path(interview, "ratings"), json=quoting("red the box")
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"heard": False}, "heard"),
        ({"heard": None}, "heard"),
        ({"text": ""}, "text"),
        ({"text": MISHEARD}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"reason": ""}, "reason"),
        ({"person": None}, "person"),
    ],
)
async def test_what_is_no_correction_names_the_field(
    house: House, change: Json, field: str
) -> None:
    interview, turn = await spoken(house)

    answer = await house.call(
        "POST", path(interview, f"turns/{turn}/corrections"), json=words(**change)
    )

    assert (422, field) == (answer.status, (await answer.json())["field"])
    assert "turn_corrected" not in await house.kinds(interview)


@pytest.mark.parametrize(("recorded", "end"), [(False, True), (True, False)])
async def test_nothing_is_corrected_before_the_end_or_without_a_recording_to_hear(
    house: House, recorded: bool, end: bool
) -> None:
    interview, turn = await spoken(house, recorded=recorded, end=end)

    assert (409, "wrong_state") == await house.refusal(
        "POST", path(interview, f"turns/{turn}/corrections"), json=words()
    )


@pytest.mark.parametrize(
    "said",
    [{"participant": "ai-1"}, {"started_ms": 700}, {"started_ms": 0, "duration_ms": 200}],
)
async def test_the_recording_of_somebody_else_or_of_another_time_is_none(
    house: House, said: dict[str, Json]
) -> None:
    interview, _, claim = await house.led()
    turn = str(uuid4())
    await house.tell(claim, house.speech(MISHEARD, turn=turn, at_ms=200))
    assert 201 == (await house.hand_in(claim, b"OggS", **said)).status
    await house.tell(claim, house.report("interview_ended", reason="completed"))

    assert (409, "wrong_state") == await house.refusal(
        "POST", path(interview, f"turns/{turn}/corrections"), json=words()
    )


async def test_what_the_interviewer_said_is_known(house: House) -> None:
    interview, _ = await spoken(house)
    turns = (await house.get(path(interview, "transcript")))["turns"]
    asked = next(turn["turn_id"] for turn in turns if turn["speaker"] == "ai")

    answer = await house.call("POST", path(interview, f"turns/{asked}/corrections"), json=words())
    assert (422, "turn_id") == (answer.status, (await answer.json())["field"])
    unknown = path(interview, f"turns/{uuid4()}/corrections")
    assert (404, "not_found") == await house.refusal("POST", unknown, json=words())


async def test_a_version_that_there_is_not_names_the_field(house: House) -> None:
    interview, _ = await spoken(house)

    answer = await house.call("GET", path(interview, "transcript?version=better"))

    assert (422, "version") == (answer.status, (await answer.json())["field"])
