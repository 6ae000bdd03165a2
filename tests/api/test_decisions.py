"""A person decides once: for a reason, and after having looked at the evidence."""

import asyncio
from uuid import uuid4

import pytest

from interview.use_cases.verify import verify_all
from tests.api.house import House, Json
from tests.api.test_judging import decision, ended, form, path, rating
from tests.sounds import ogg, tone

pytestmark = pytest.mark.api


async def test_a_decision_names_person_reason_and_evidence_and_stands_in_the_log(
    house: House,
) -> None:
    interview, turn = await ended(house)
    card = await house.post(path(interview, "ratings"), form(rating(turn)))
    opened = [
        {"kind": "scorecard", "id": card["id"]},
        {"kind": "turn", "id": turn},
        {"kind": "transcript", "id": None},
    ]
    assert (await house.get(path(interview, "decision")))["decision"] is None

    made = await house.post(
        path(interview, "decision"), decision(evidence=opened, note="Calm under load.")
    )
    found = (await house.get(path(interview, "decision")))["decision"]

    assert ("decided", "advance") == (made["state"], made["outcome"])
    assert "decided" == await house.state(interview)
    assert ("Calm under load.", opened, "Grace Hopper") == (
        found["note"],
        found["evidence"],
        found["by"]["name"],
    )
    assert "decision_made" == (await house.kinds(interview))[-1]
    assert [] == (await verify_all(house.store)).broken
    [entry] = (await house.get(f"/v1/audit?subject={interview['id']}"))["items"][-1:]
    assert ("make_decision", {"outcome": "advance", "reason_code": "meets_requirements"}) == (
        entry["action"],
        entry["facts"],
    )


async def test_nothing_follows_a_decision(house: House) -> None:
    interview, _ = await ended(house)
    await house.post(path(interview, "decision"), decision())

    assert (409, "wrong_state") == await house.refusal(
        "POST", path(interview, "decision"), json=decision(outcome="reject")
    )


async def test_of_two_decisions_at_once_one_holds(house: House) -> None:
    interview, _ = await ended(house)

    answers = await asyncio.gather(
        *(
            house.call("POST", path(interview, "decision"), json=decision(outcome=outcome))
            for outcome in ("advance", "reject")
        )
    )

    assert [201, 409] == sorted(answer.status for answer in answers)
    assert 1 == (await house.kinds(interview)).count("decision_made")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"evidence": []}, "evidence"),
        ({"evidence": [{"kind": "recording"}]}, "evidence.0"),
        ({"evidence": [{"kind": "transcript"}, {"kind": "turn"}]}, "evidence.1"),
        ({"evidence": [{"kind": "turn", "id": str(uuid4())}]}, "evidence.0"),
        ({"evidence": [{"kind": "scorecard", "id": str(uuid4())}]}, "evidence.0"),
        ({"evidence": [{"kind": "transcript", "id": str(uuid4())}]}, "evidence.0"),
        ({"evidence": [{"kind": "rumour"}]}, "evidence.0.kind"),
        ({"outcome": "maybe"}, "outcome"),
        ({"reason_code": "mood"}, "reason_code"),
        ({"reason_code": "other"}, "note"),
    ],
)
async def test_a_decision_that_does_not_say_what_it_rests_on_names_the_field(
    house: House, change: Json, field: str
) -> None:
    interview, _ = await ended(house)

    answer = await house.call("POST", path(interview, "decision"), json=decision(**change))

    assert (422, field) == (answer.status, (await answer.json())["field"])
    assert "ended" == await house.state(interview)


async def test_a_recording_that_was_heard_is_evidence(house: House) -> None:
    interview, _, claim = await house.led()
    await house.hand_in(claim, ogg(tone(440, 0.2)))
    await house.tell(claim, house.report("interview_ended", reason="completed"))

    body = decision(evidence=[{"kind": "recording"}])

    assert await house.post(path(interview, "decision"), body)
