"""Notes are for the people of the tenant, and go with the interview."""

from uuid import UUID, uuid4

import pytest

from interview.accounts import Role, Scope
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
        ({"at_ms": 1, "ago_ms": 1}, "ago_ms"),
        ({"turn_id": "TURN", "ago_ms": 1}, "turn_id"),
    ],
)
async def test_a_note_on_nothing_names_the_field(house: House, change: Json, field: str) -> None:
    interview, turn = await ended(house)
    body = {"text": "x", "person": "Grace"} | change
    body["turn_id"] = turn if body.get("turn_id") == "TURN" else body.get("turn_id")

    answer = await house.call("POST", path(interview, "notes"), json=body)

    assert (422, field) == (answer.status, (await answer.json())["field"])
    assert [] == (await house.get(path(interview, "notes")))["items"]


async def test_who_writes_while_it_goes_on_says_how_long_ago_it_was(house: House) -> None:
    interview, _, _ = await house.led()
    house.clock.advance(42)
    moments: list[dict[str, Json]] = [{"text": "Ask why.", "ago_ms": 2000}, {"ago_ms": 0}]
    moments.append({"text": "", "at_ms": 7})

    made = [await house.post(path(interview, "notes"), {"person": "G", **m}) for m in moments]

    assert [40_000, 42_000, 7] == [note["at_ms"] for note in made]
    found = (await house.get(path(interview, "notes")))["items"]
    assert {("Ask why.", 40_000), ("", 42_000), ("", 7)} == {(n["text"], n["at_ms"]) for n in found}


async def test_before_anything_is_recorded_no_moment_is_so_long_ago(house: House) -> None:
    interview = await house.invited()
    body = {"person": "Grace", "ago_ms": 0}

    answer = await house.call("POST", path(interview, "notes"), json=body)

    assert (422, "ago_ms") == (answer.status, (await answer.json())["field"])


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


# ---- deleting ----


async def written(house: House, interview: Json, **by: Json) -> str:
    """A note, by a key or by whom the headers show; its path."""
    body = {"text": "SECRET-WORDS"} if by else {"text": "SECRET-WORDS", "person": "Grace"}
    made = await house.post(path(interview, "notes"), body, **by)
    return path(interview, f"notes/{made['id']}")


async def delete(house: House, where: str, **by: Json) -> int:
    return (await house.call("DELETE", where, **by)).status


async def member(house: House, role: Role) -> Json:
    return {"key": "", "headers": await house.signed_in(await house.new_member(role))}


async def test_a_note_is_deleted_and_the_trail_keeps_by_whom_and_not_its_words(
    house: House,
) -> None:
    interview, _ = await ended(house)
    stays, goes = [await written(house, interview) for _ in range(2)]

    gone = await house.call("DELETE", goes)

    assert (204, b"") == (gone.status, await gone.read())
    [left] = (await house.get(path(interview, "notes")))["items"]
    assert stays.endswith(left["id"])
    assert (404, "not_found") == await house.refusal("DELETE", goes)
    entries = (await house.get("/v1/audit"))["items"]
    kid = house.key.removeprefix("viv_live_").partition("_")[0]
    assert ("delete_note", interview["id"], kid, {"note": goes.rpartition("/")[2]}) == tuple(
        entries[-1][name] for name in ("action", "subject", "actor", "facts")
    )
    assert "SECRET" not in str(entries)


@pytest.mark.parametrize(
    ("role", "own", "others"),
    [
        (Role.OWNER, 204, 204),
        (Role.ADMIN, 204, 204),
        (Role.RECRUITER, 204, 403),
        (Role.INTERVIEWER, 204, 403),
        (Role.REVIEWER, 204, 403),
    ],
)
async def test_who_wrote_a_note_deletes_it_and_who_leads_any(
    house: House, role: Role, own: int, others: int
) -> None:
    interview, _ = await ended(house)
    somebody = await member(house, role)
    theirs, anothers = await written(house, interview, **somebody), await written(house, interview)

    assert [own, others] == [await delete(house, each, **somebody) for each in (theirs, anothers)]
    left = len((await house.get(path(interview, "notes")))["items"])
    assert left == (1 if others == 403 else 0)


async def test_another_of_the_same_role_deletes_no_note(house: House) -> None:
    interview, _ = await ended(house)
    where = await written(house, interview, **await member(house, Role.REVIEWER))

    assert 403 == await delete(house, where, **await member(house, Role.REVIEWER))
    assert 204 == await delete(house, where)


async def test_a_key_that_only_reviews_deletes_what_it_wrote_alone(house: House) -> None:
    interview, _ = await ended(house)
    key = await house.new_key(Scope.REVIEW_WRITE)
    body = {"text": "x", "person": "Grace"}
    made = await house.post(path(interview, "notes"), body, key=key)
    anothers = await written(house, interview)

    assert 403 == await delete(house, anothers, key=key)
    assert 204 == await delete(house, path(interview, f"notes/{made['id']}"), key=key)


async def test_a_note_is_not_found_beside_another_interview(house: House) -> None:
    one, _ = await ended(house)
    other = await house.invited()
    note = (await written(house, one)).rpartition("/")[2]

    assert (404, "not_found") == await house.refusal("DELETE", path(other, f"notes/{note}"))
    assert 1 == len((await house.get(path(one, "notes")))["items"])


async def test_a_note_that_an_erasure_has_sealed_can_still_be_deleted(house: House) -> None:
    interview, _ = await ended(house)
    where = await written(house, interview)
    async with house.store.transaction(house.tenants[house.key]) as tx:
        await tx.keys.destroy_interview(InterviewId(UUID(interview["id"])), house.clock.now())

    assert 204 == await delete(house, where)
    assert 404 == await delete(house, where)
