"""The interviews of a job as a table: whole, and harmless in a spreadsheet."""

import csv
from datetime import timedelta
from io import StringIO
from uuid import UUID, uuid4

import pytest

from api.v1.exports import COLUMNS, export_interviews
from interview.ids import CandidateId, InterviewId
from interview.use_cases import exporting
from tests.api.house import House, Json
from tests.api.test_judging import decision, ended, form, path, rating
from tests.api.test_review import store_scorecard

pytestmark = pytest.mark.api


async def table(house: House, job: str, **query: str) -> list[dict[str, str]]:
    """The rows, as a program reads them."""
    answer = await house.call("GET", f"/v1/jobs/{job}/interviews.csv", params=query)
    text = await answer.text()
    assert 200 == answer.status, text
    return list(csv.DictReader(StringIO(text, newline="")))


async def invited(house: House, kit: Json, *names: str) -> list[Json]:
    made = []
    for name in names:
        person = await house.post("/v1/candidates", {"name": name, "email": "ada@example.com"})
        body = {"kit_id": kit["id"], "candidate_id": person["id"]}
        made.append(await house.post("/v1/interviews", body))
    return made


async def published(house: House) -> Json:
    draft = await house.draft()
    return await house.post(f"/v1/kits/{draft['id']}/publish", status=200)


async def job_of(house: House, interview: Json) -> str:
    return str((await house.get(f"/v1/kits/{interview['kit_id']}"))["job_id"])


async def test_a_row_tells_who_where_it_stands_and_what_came_of_it(house: House) -> None:
    interview, turn = await ended(house)
    await store_scorecard(house, interview, turn)
    house.clock.advance(60)
    await house.post(path(interview, "ratings"), form(rating(turn, level=1)))
    await house.post(path(interview, "decision"), decision())
    job, now = await job_of(house, interview), await house.get(f"/v1/interviews/{interview['id']}")
    cards = (await house.get(path(interview, "scorecards")))["items"]
    [card] = [each for each in cards if each["person"] is None]

    answer = await house.call("GET", f"/v1/jobs/{job}/interviews.csv")
    [row] = await table(house, job)

    assert "text/csv; charset=utf-8" == answer.headers["Content-Type"]
    assert f'attachment; filename="{job}.csv"' == answer.headers["Content-Disposition"]
    assert ",".join(f'"{name}"' for name in COLUMNS) == (await answer.text()).split("\r\n")[0]
    assert ("Ada", "ada@example.com") == (row["name"], row["email"])
    shown = {
        "interview_id": now["id"],
        **{name: now[name] or "" for name in row if name in now},
        "kit_version": "1",
        "score": card["total"],
        "coverage": card["coverage"],
        "decision": "advance",
        "reason_code": "meets_requirements",
        "rater": "indicators",
        "rater_version": "1",
        "model": "",
    }
    assert shown == {name: row[name] for name in shown}


async def test_a_row_says_by_whom_its_score_was_made_and_leaves_that_empty_without_one(
    house: House,
) -> None:
    interview, turn = await ended(house)
    kit = await house.get(f"/v1/kits/{interview['kit_id']}")
    await invited(house, kit, "Linus")
    await store_scorecard(house, interview, turn)
    async with house.store.transaction(house.tenants[house.key]) as tx:
        which = InterviewId(UUID(interview["id"]))
        [card] = await tx.scorecards.of(which)
        named = {"rater": "judge", "rater_version": "3", "model": "a-model"}
        later: Json = {
            "scorecard_id": uuid4(),
            "created_at": card.created_at + timedelta(hours=1),
            "stamp": card.stamp.model_copy(update=named),
        }
        await tx.scorecards.add(which, card.model_copy(update=later))

    rows = await table(house, kit["job_id"])

    by = ("score", "rater", "rater_version", "model")
    assert [("3.00", "judge", "3", "a-model"), ("",) * 4] == [
        tuple(row[name] for name in by) for row in rows
    ]
    assert [kit["id"]] * 2 == [row["kit_id"] for row in rows]


async def test_words_of_candidates_are_no_formulas(house: House) -> None:
    kit = await published(house)
    names = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "Ada;=1", 'Ada", "=1', "Ada"]
    await invited(house, kit, *names)

    rows = await table(house, kit["job_id"])

    assert [
        "'=cmd|' /C calc'!A0",
        "'+1",
        "'-1",
        "'@SUM(A1)",
        "Ada;'=1",
        'Ada", "\'=1',
        "Ada",
    ] == [row["name"] for row in rows]


async def test_an_address_that_begins_as_a_formula_is_none_either(house: House) -> None:
    kit = await published(house)
    body = {"kit_id": kit["id"], "rows": [{"name": "Ada", "email": "=1+1@example.com"}]}
    await house.post("/v1/interviews/bulk", body, status=200)

    [row] = await table(house, kit["job_id"])

    assert "'=1+1@example.com" == row["email"]


async def test_every_interview_of_the_job_is_a_row_and_no_other(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit, other = await published(house), await published(house)
    made = await invited(house, kit, "A", "B", "C", "D", "E")
    await invited(house, other, "F")
    monkeypatch.setattr(exporting, "SLICE", 2)

    rows = await table(house, kit["job_id"])

    assert [each["id"] for each in made] == [row["interview_id"] for row in rows]
    assert list("ABCDE") == [row["name"] for row in rows]


@pytest.mark.parametrize(("most", "status"), [(3, 200), (2, 409)])
@pytest.mark.parametrize("size", [1, 2, 200])
async def test_a_table_is_whole_or_refused(
    house: House, monkeypatch: pytest.MonkeyPatch, most: int, status: int, size: int
) -> None:
    kit = await published(house)
    await invited(house, kit, "A", "B", "C")
    monkeypatch.setattr(exporting, "MOST", most)
    monkeypatch.setattr(exporting, "SLICE", size)

    answer = await house.call("GET", f"/v1/jobs/{kit['job_id']}/interviews.csv")

    assert status == answer.status
    if status == 409:
        assert "limit_reached" == (await answer.json())["code"]


async def test_a_part_is_asked_for_by_state_and_by_time(house: House) -> None:
    kit = await published(house)
    [first] = await invited(house, kit, "A")
    house.clock.advance(60)
    [second] = await invited(house, kit, "B")
    await house.post(f"/v1/interviews/{first['id']}/cancel", {"reason": "other"}, status=200)

    for query, names in (
        ({"state": "cancelled"}, ["A"]),
        ({"state": "cancelled,invited"}, ["A", "B"]),
        ({"created_since": second["created_at"]}, ["B"]),
        ({"created_before": second["created_at"]}, ["A"]),
        ({"state": "live"}, []),
    ):
        assert names == [row["name"] for row in await table(house, kit["job_id"], **query)]


async def test_who_was_erased_has_no_name(house: House) -> None:
    kit = await published(house)
    [made] = await invited(house, kit, "Ada")
    async with house.store.transaction(house.tenants[house.key]) as tx:
        which = CandidateId(UUID(made["candidate_id"]))
        await tx.keys.destroy_candidate(which, house.clock.now())

    [row] = await table(house, kit["job_id"])

    assert (made["id"], "", "") == (row["interview_id"], row["name"], row["email"])


def test_the_description_names_every_column_and_the_most_rows() -> None:
    told = " ".join(export_interviews.description.split())

    assert ", ".join(COLUMNS) in told
    assert f"more than {exporting.MOST} rows" in told
