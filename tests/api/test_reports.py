"""The report of an interview: evidence before scores, and a document to keep."""

import json
import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from interview.accounts import Role
from interview.ids import InterviewId
from tests.api.house import House, Json
from tests.api.test_corrections import HEARD, MISHEARD, correct, spoken
from tests.api.test_filings import filing, over
from tests.api.test_judging import SAID, decision, ended, form, path, rating
from tests.api.test_review import store_scorecard

pytestmark = pytest.mark.api


async def judged(house: House) -> tuple[Json, str]:
    """An interview that a person has rated and decided; the turn that it rests on."""
    interview, turn = await ended(house)
    await house.post(path(interview, "ratings"), form(rating(turn)))
    await house.post(path(interview, "decision"), decision())
    return interview, turn


async def test_a_report_puts_the_candidates_words_before_the_level(house: House) -> None:
    interview, turn = await judged(house)

    report = await house.get(path(interview, "report"))

    (assessment,) = report["cards"][0]["assessments"]
    (evidence,) = assessment["evidence"]
    assert (turn, "outage", "read the logs") == (
        evidence["turn_id"],
        evidence["question"],
        evidence["text"],
    )
    assert SAID[evidence["start"] :].startswith("read the logs")
    names = list(assessment)
    assert names.index("evidence") < names.index("level") < names.index("reason")
    assert (4, "SECRET-ANCHOR 4") == (assessment["level"], assessment["anchor"])


async def test_a_report_says_what_was_asked_who_judged_and_what_it_was_made_from(
    house: House,
) -> None:
    interview, _ = await judged(house)

    report = await house.get(path(interview, "report"))

    assert [("outage", True, "ai"), ("tools", False, None)] == [
        (each["key"], each["asked"], each["asked_by"]) for each in report["questions"]
    ]
    assert ["Grace Hopper"] == [card["rated_by"] for card in report["cards"]]
    assert ("advance", "Grace Hopper") == (
        report["decision"]["outcome"],
        report["decision"]["decided_by"],
    )
    page = await house.get(path(interview, "events"))
    assert page["items"][-1]["seq"] == report["proof"]["events"]
    cards = [e["fact"] for e in page["items"] if e["fact"]["kind"] == "scorecard_stored"]
    assert [card["card_sha256"] for card in cards] == [card["sha256"] for card in report["cards"]]


async def test_a_report_says_that_a_person_asked_as_the_parity_ledger_does(house: House) -> None:
    interview, anna, turn = await over(house)
    await house.post(path(interview, f"turns/{turn}/filings"), filing("outage", anna))

    report = await house.get(path(interview, "report"))

    ledgers = (await house.get(f"/v1/kits/{interview['kit_id']}/parity"))["items"]
    told = [(each["key"], each["asked"], each["asked_by"]) for each in report["questions"]]
    assert [("outage", True, "person"), ("tools", False, None)] == told
    assert [each["by"] for each in ledgers[0]["ledger"]["questions"]] == ["person", None]


async def test_a_report_says_what_was_recognised_what_was_heard_and_which_words_a_rater_read(
    house: House,
) -> None:
    interview, turn = await spoken(house)
    quotes = [{"turn_id": turn, "text": text} for text in ("found it", "read the logs")]
    await house.post(path(interview, "ratings"), form(rating(turn, quotes=quotes[:1])))
    await correct(house, interview, turn)
    await house.post(path(interview, "ratings"), form(rating(turn, quotes=quotes[1:])))

    report = await house.get(path(interview, "report"))

    [correction] = report["corrections"]
    assert (MISHEARD, HEARD, "Misheard.") == tuple(
        correction[name] for name in ("recognised", "heard", "reason")
    )
    read = [card["assessments"][0]["evidence"][0] for card in report["cards"]]
    assert [("found it", False), ("read the logs", True)] == [
        (each["text"], each["corrected"]) for each in read
    ]


@pytest.mark.parametrize(("typed", "at_ms"), [(True, None), (False, 65_000)])
async def test_a_report_says_what_was_in_writing_and_then_not_where_it_is_heard(
    house: House, typed: bool, at_ms: int | None
) -> None:
    interview, _, claim = await house.led()
    turn, asked = str(uuid4()), str(uuid4())
    await house.tell(claim, house.line("Tell me.", asked), house.line_end("Tell me.", asked))
    said = house.speech("I read the logs and found it", turn=turn, at_ms=65_000)
    said["fact"] |= {"typed": typed, "words": [], "ended_ms": 65_000}
    await house.tell(claim, said, house.report("interview_ended", reason="completed"))
    await house.post(path(interview, "ratings"), form(rating(turn)))

    report = await house.get(path(interview, "report"))

    (evidence,) = report["cards"][0]["assessments"][0]["evidence"]
    assert (typed, at_ms) == (evidence["typed"], evidence["heard_at_ms"])


async def test_a_report_says_which_cards_a_later_one_of_the_same_rater_replaced(
    house: House,
) -> None:
    """A person is another rater than a second one, and a program than a person; a program stays
    itself in another version, with another model."""
    interview, turn = await ended(house)
    for person in ("Grace Hopper", "Ada", "Grace Hopper"):
        house.clock.advance(60)
        await house.post(path(interview, "ratings"), form(rating(turn), person=person))
    await store_scorecard(house, interview, turn)
    async with house.store.transaction(house.tenants[house.key]) as tx:
        which = InterviewId(UUID(interview["id"]))
        first = (await tx.scorecards.of(which))[0]
        again = first.ratings[0].model_copy(update={"carried_from": first.scorecard_id})
        later: Json = {
            "scorecard_id": uuid4(),
            "created_at": first.created_at + timedelta(hours=1),
            "stamp": first.stamp.model_copy(update={"rater_version": "2", "model": "a-model"}),
            "ratings": (again,),
        }
        await tx.scorecards.add(which, first.model_copy(update=later))

    cards = (await house.get(path(interview, "report")))["cards"]

    names = [card["scorecard_id"] for card in cards]
    by = [card["rated_by"] for card in cards]
    assert [None, "Grace Hopper", "Ada", "Grace Hopper", None] == by
    assert [names[4], names[3], None, None, None] == [card["replaced_by"] for card in cards]
    carried = [card["assessments"][0]["carried_from"] for card in cards]
    assert [None, None, None, None, names[0]] == carried


async def test_the_document_is_a_pdf_and_the_same_one_each_time(house: House) -> None:
    interview, _ = await judged(house)

    first = await house.call("GET", path(interview, "report.pdf"))
    again = await house.call("GET", path(interview, "report.pdf"))

    assert (200, "application/pdf") == (first.status, first.content_type)
    body = await first.read()
    assert body.startswith(b"%PDF-")
    assert body == await again.read()
    assert f'attachment; filename="{interview["id"]}.pdf"' == first.headers["Content-Disposition"]


@pytest.mark.parametrize("name", ["王伟", "สมชาย", "Ada 👍", "ꦗꦮ"], ids=ascii)
async def test_whatever_the_candidate_is_called_there_is_a_document(
    house: House, name: str
) -> None:
    async def candidate() -> Json:
        return await house.post("/v1/candidates", {"name": name, "email": "ada@example.com"})

    house.candidate = candidate  # type: ignore[method-assign]
    interview, _ = await ended(house)

    answer = await house.call("GET", path(interview, "report.pdf"))

    assert (200, b"%PDF-") == (answer.status, (await answer.read())[:5])


async def test_a_member_is_called_by_their_address(house: House) -> None:
    interview, turn = await ended(house)
    member = await house.new_member(Role.REVIEWER, "rev@example.com")
    headers = await house.signed_in(member)
    body = {"ratings": [rating(turn)]}
    await house.post(path(interview, "ratings"), body, key="", headers=headers)

    report = await house.get(path(interview, "report"))

    assert ["rev@example.com"] == [card["rated_by"] for card in report["cards"]]


@pytest.mark.parametrize("what", ["report", "report.pdf"])
async def test_an_interview_that_goes_on_has_no_report(house: House, what: str) -> None:
    interview, _, _ = await house.led()

    assert (409, "wrong_state") == await house.refusal("GET", path(interview, what))


@pytest.mark.parametrize("language", ["xx", "EN", "de-DE", ""])
async def test_a_language_without_words_is_refused_by_name(house: House, language: str) -> None:
    interview, _ = await ended(house)

    answer = await house.call("GET", path(interview, f"report.pdf?language={language}"))
    problem = json.loads(await answer.text())

    assert (422, ["language"]) == (answer.status, [each["field"] for each in problem["errors"]])


async def test_a_report_tells_nothing_of_a_word_that_is_not_in_it(house: House) -> None:
    """The plan's anchors of levels that were not given stay out of it."""
    interview, _ = await judged(house)

    said = json.dumps(await house.get(path(interview, "report")))

    assert ["4"] == re.findall(r"SECRET-ANCHOR (\d)", said)
