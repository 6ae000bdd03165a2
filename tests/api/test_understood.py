"""The transcript says what was understood by a model alone, and who was."""

from uuid import uuid4

import pytest

from interview.accounts import Role
from tests.api.house import House, Json

pytestmark = pytest.mark.api

WORDS = "let somebody real do this"


async def wished(house: House) -> tuple[Json, str]:
    """An interview in which a model took a turn for a wish; both."""
    interview, _, claim = await house.led(await house.draft(wishes="model"))
    turn, about = str(uuid4()), {"question": "outage", "wish": "person", "words": WORDS}
    refused = about | {"turn_id": turn, "reason": "again", "model": "m-1"}
    await house.tell(
        claim,
        house.speech(WORDS, turn=turn),
        house.report("wish_refused", **refused),
        house.report("wish_read", turn_id=turn, **about, model="m-1"),
        house.report(
            "answer_ended",
            turn_id=turn,
            question="outage",
            signal="patience",
            words=5,
            intent="person",
        ),
    )
    return interview, turn


async def test_the_transcript_names_the_wish_its_words_and_the_model(house: House) -> None:
    interview, turn = await wished(house)

    told = await house.get(f"/v1/interviews/{interview['id']}/transcript")

    wish = {"turn_id": turn, "wish": "person", "words": WORDS, "model": "m-1"}
    assert [wish] == told["understood"]
    assert "m-1" in str(await house.get(f"/v1/interviews/{interview['id']}/events"))


async def test_a_plan_says_who_reads_wishes(house: House) -> None:
    _, _, with_model = await house.led(await house.draft(wishes="model"))
    _, _, without = await house.led()

    assert ("model", "rules") == (with_model["plan"]["wishes"], without["plan"]["wishes"])


async def test_who_rates_blind_sees_what_was_understood_and_not_what_was_refused(
    house: House,
) -> None:
    interview, _ = await wished(house)
    signed_in = await house.signed_in(await house.new_member(Role.REVIEWER))

    answer = await house.call(
        "GET", f"/v1/interviews/{interview['id']}/events", key="", headers=signed_in
    )

    kinds = [item["fact"]["kind"] for item in (await answer.json())["items"]]
    assert ("wish_read" in kinds, "wish_refused" in kinds) == (True, False)


async def test_nobody_names_another_way_to_read_wishes(house: House) -> None:
    body = {"wishes": "guess"}
    draft = await house.draft()
    kept = {key: draft[key] for key in ("job_id", "name", "language", "minutes", "competencies")}

    answer = await house.call(
        "PUT",
        f"/v1/kits/{draft['id']}",
        json=kept | {"questions": draft["questions"]} | body,
        headers={"If-Match": "*"},
    )

    assert 422 == answer.status
    assert ["wishes"] == [each["field"] for each in (await answer.json())["errors"]]
