"""Notes are for the people of the tenant, and go with the interview."""

from uuid import UUID, uuid4

import pytest

from interview.ids import InterviewId
from tests.api.house import House, Json
from tests.api.test_judging import decision, ended, form, path, rating

pytestmark = pytest.mark.api


async def test_notes_are_tied_to_a_moment_a_turn_or_the_whole(house: House) -> None:
    interview, turn = await ended(house)
    places: list[dict[str, Json]] = [{"at_ms": 1200}, {"turn_id": turn}, {}]
    for number, place in enumerate(places):
        house.clock.advance(1)
        body = {"text": f"Note {number}\nwith a line", "person": "Grace", **place}
        await house.post(path(interview, "notes"), body)

    first = await house.get(path(interview, "notes?limit=2"))
    rest = await house.get(path(interview, f"notes?limit=2&after={first['next']}"))

    found = [*first["items"], *rest["items"]]
    assert [(1200, None), (None, turn), (None, None)] == [
        (note["at_ms"], note["turn_id"]) for note in found
    ]
    assert ("Note 0\nwith a line", "Grace") == (found[0]["text"], found[0]["by"]["name"])
    assert rest["next"] is None
    assert "note" not in " ".join(await house.kinds(interview))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"turn_id": str(uuid4())}, "turn_id"),
        ({"turn_id": "TURN", "at_ms": 1}, "turn_id"),
        ({"at_ms": -1}, "at_ms"),
        ({"text": ""}, "text"),
    ],
)
async def test_a_note_on_nothing_names_the_field(house: House, change: Json, field: str) -> None:
    interview, turn = await ended(house)
    body = {"text": "x", "person": "Grace"} | change
    body["turn_id"] = turn if body.get("turn_id") == "TURN" else body.get("turn_id")

    answer = await house.call("POST", path(interview, "notes"), json=body)

    assert (422, field) == (answer.status, (await answer.json())["field"])
    assert [] == (await house.get(path(interview, "notes")))["items"]


async def test_kept_answers_repeat_no_words(house: House) -> None:
    """They are sealed under the tenant's key: an erasure would not reach them for a day."""
    interview, turn = await ended(house)
    answers = [
        await house.post(path(interview, what), body, headers={"Idempotency-Key": what})
        for what, body in (
            ("ratings", form(rating(turn))),
            ("notes", {"text": "Ask about it.", "person": "Grace"}),
            ("decision", decision(note="Calm under load.")),
        )
    ]

    said = str(answers)
    assert [] == [word for word in ("logs", "Ask", "Calm", "Grace") if word in said]


async def test_notes_and_ratings_of_people_go_with_the_interview(house: House) -> None:
    interview, turn = await ended(house)
    await house.post(path(interview, "ratings"), form(rating(turn)))
    await house.post(path(interview, "notes"), {"text": "x", "person": "Grace"})
    tenant, which = house.tenants[house.key], InterviewId(UUID(interview["id"]))
    async with house.store.transaction(tenant) as tx:
        await tx.keys.destroy_interview(which, house.clock.now())

    for what in ("notes", "decision", "scorecards"):
        assert (410, "sealed") == await house.refusal("GET", path(interview, what))
    bodies = {
        "ratings": form(rating(turn)),
        "decision": decision(),
        "notes": {"text": "x", "person": "Grace"},
    }
    for what, body in bodies.items():
        assert (410, "sealed") == await house.refusal("POST", path(interview, what), json=body)
