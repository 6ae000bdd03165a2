"""People rate, decide and write notes: named, on evidence, once."""

from uuid import uuid4

import pytest

from interview.acting import judged_by
from interview.audit import Actor
from interview.by_people import By
from interview.errors import Forbidden, Invalid
from interview.store.memory import MemoryStore
from interview.use_cases.ratings import Judged, rate_by_person
from interview.use_cases.verify import verify_all
from tests.api.house import AGENT_KEY, House, Json
from tests.fakes.interviews import Room

pytestmark = pytest.mark.api

SAID = "I read the logs and found it"

START = "ratings.0.quotes.0.start"


def path(interview: Json, what: str) -> str:
    return f"/v1/interviews/{interview['id']}/{what}"


async def ended(house: House) -> tuple[Json, str]:
    """An interview that is over, and its one turn of the candidate."""
    interview, _, claim = await house.led()
    turn, asked = str(uuid4()), str(uuid4())
    await house.tell(claim, house.line("Tell me.", asked), house.line_end("Tell me.", asked))
    await house.tell(claim, house.speech(SAID, turn=turn))
    await house.tell(claim, house.report("interview_ended", reason="completed"))
    return interview, turn


def rating(turn: str, **changes: Json) -> Json:
    quote = {"turn_id": turn, "text": "read the logs"}
    return {"competency": "debugging", "level": 4, "quotes": [quote], "reason": "Did."} | changes


def form(*ratings: Json, **changes: Json) -> Json:
    return {"ratings": list(ratings), "person": "Grace Hopper"} | changes


def decision(**changes: Json) -> Json:
    return {
        "outcome": "advance",
        "reason_code": "meets_requirements",
        "evidence": [{"kind": "transcript"}],
        "person": "Grace Hopper",
    } | changes


# ---- ratings ----


async def test_a_persons_card_stands_beside_the_machines_and_names_the_person(
    house: House,
) -> None:
    interview, turn = await ended(house)

    made = await house.post(path(interview, "ratings"), form(rating(turn)))
    [card] = (await house.get(path(interview, "scorecards")))["items"]

    assert (made["id"], "4.00", "1.00") == (card["id"], made["total"], made["coverage"])
    assert ("person", "1", None) == tuple(
        card["stamp"][name] for name in ("rater", "rater_version", "model")
    )
    kid = house.key.removeprefix("viv_live_").partition("_")[0]
    assert {"kind": "key", "id": kid, "name": "Grace Hopper"} == card["person"]
    [quote] = card["ratings"][0]["quotes"]
    assert (turn, "read the logs", 2) == (quote["turn_id"], quote["text"], quote["start"])
    assert "scorecard_stored" == (await house.kinds(interview))[-1]
    assert [] == (await verify_all(house.store)).broken
    assert "ended" == await house.state(interview)


async def test_blanks_around_a_quote_are_no_part_of_it(house: House) -> None:
    interview, turn = await ended(house)
    quote = {"turn_id": turn, "text": " read the logs ", "start": 1}

    await house.post(path(interview, "ratings"), form(rating(turn, quotes=[quote])))

    [card] = (await house.get(path(interview, "scorecards")))["items"]
    [kept] = card["ratings"][0]["quotes"]
    assert ("read the logs", 2) == (kept["text"], kept["start"])


async def test_whoever_thinks_again_makes_another_card(house: House) -> None:
    interview, turn = await ended(house)

    await house.post(path(interview, "ratings"), form(rating(turn)))
    await house.post(path(interview, "ratings"), form(rating(turn, level=2)))

    cards = (await house.get(path(interview, "scorecards")))["items"]
    assert [4, 2] == [card["ratings"][0]["level"] for card in cards]


async def test_a_person_may_say_why_there_is_no_level(house: House) -> None:
    interview, turn = await ended(house)
    unrated = rating(turn, level=None, not_assessed="not_asked", quotes=[])

    made = await house.post(path(interview, "ratings"), form(unrated))

    assert (None, "0.00") == (made["total"], made["coverage"])


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"quotes": []}, "evidence_invalid", "ratings.0.quotes"),
        ({"quotes": [{"turn_id": "TURN", "text": "red the logs"}]}, "evidence_invalid", "Q"),
        ({"quotes": [{"turn_id": "TURN", "text": "Read the logs"}]}, "evidence_invalid", "Q"),
        (
            {"quotes": [{"turn_id": "TURN", "text": "read the logs", "start": 3}]},
            "evidence_invalid",
            "Q",
        ),
        ({"quotes": [{"turn_id": str(uuid4()), "text": "read"}]}, "evidence_invalid", "Q"),
        ({"quotes": [{"turn_id": "ASKED", "text": "Tell me."}]}, "evidence_invalid", "Q"),
        ({"quotes": [{"turn_id": "TURN", "text": "read", "start": True}]}, "invalid", START),
        ({"level": None}, "invalid", "ratings.0.level"),
        ({"not_assessed": "no_evidence"}, "invalid", "ratings.0.level"),
        ({"not_assessed": "disagreement", "level": None}, "invalid", "ratings.0.not_assessed"),
        ({"level": 6}, "invalid", "ratings.0.level"),
        ({"level": True}, "invalid", "ratings.0.level"),
        ({"competency": "charm"}, "invalid", "ratings.0.competency"),
    ],
)
async def test_a_rating_that_rests_on_nothing_names_the_field(
    house: House, change: Json, code: str, field: str
) -> None:
    interview, turn = await ended(house)
    turns = (await house.get(path(interview, "transcript")))["turns"]
    names = {"TURN": turn, "ASKED": turns[0]["turn_id"]}
    for quote in change.get("quotes", []):
        quote["turn_id"] = names.get(quote["turn_id"], quote["turn_id"])

    body = form(rating(turn, **change))
    answer = await house.call("POST", path(interview, "ratings"), json=body)
    problem = await answer.json()

    wanted = "ratings.0.quotes.0" if field == "Q" else field
    assert (422, code, wanted) == (answer.status, problem["code"], problem["field"])
    assert [] == (await house.get(path(interview, "scorecards")))["items"]


async def test_a_form_says_something_of_every_competency_once(house: House) -> None:
    interview, turn = await ended(house)

    for body in (form(rating(turn), rating(turn)), form()):
        assert (422, "invalid") == await house.refusal(
            "POST", path(interview, "ratings"), json=body
        )


async def test_a_competency_that_is_left_out_is_named() -> None:
    room = await Room(MemoryStore()).furnish()
    await room.end()
    member = By(kind="member", id="m1")
    only = Judged("care", None, "not_asked", (), "")

    with pytest.raises(Invalid, match="nothing is said of calm"):
        await rate_by_person(room.world, room.tenant, member, room.interview, [only])


@pytest.mark.parametrize("what", ["ratings", "decision"])
async def test_an_interview_that_still_runs_is_neither_rated_nor_decided(
    house: House, what: str
) -> None:
    interview, _, _ = await house.led()
    body = {"ratings": form(rating(str(uuid4()))), "decision": decision()}[what]

    assert (409, "wrong_state") == await house.refusal("POST", path(interview, what), json=body)


# ---- who judges ----


def test_a_member_judges_in_their_own_name_and_a_key_for_a_person() -> None:
    assert By(kind="member", id="m1") == judged_by(Actor("member", "m1"), None)
    assert By(kind="key", id="k1", name="Grace") == judged_by(Actor("key", "k1"), "Grace")
    for actor, person in ((Actor("member", "m1"), "Grace"), (Actor("key", "k1"), None)):
        with pytest.raises(Invalid) as refused:
            judged_by(actor, person)
        assert "person" == refused.value.field


@pytest.mark.parametrize("actor", [Actor("system", "vivavoce"), Actor("candidate", "c1")])
def test_neither_the_machine_nor_the_candidate_judges(actor: Actor) -> None:
    with pytest.raises(Forbidden):
        judged_by(actor, "Grace")


@pytest.mark.parametrize("what", ["ratings", "decision", "notes"])
async def test_a_key_alone_judges_nothing(house: House, what: str) -> None:
    interview, turn = await ended(house)
    body = {
        "ratings": form(rating(turn), person=None),
        "decision": decision(person=None),
        "notes": {"text": "x"},
    }[what]

    answer = await house.call("POST", path(interview, what), json=body)

    assert (422, "person") == (answer.status, (await answer.json())["field"])


@pytest.mark.parametrize("who", ["service", "lease", "candidate"])
async def test_the_ai_and_the_candidate_cannot_decide(house: House, who: str) -> None:
    interview, session, claim = await house.led()
    bearer = {"service": AGENT_KEY, "lease": claim["token"], "candidate": session}[who]
    await house.tell(claim, house.report("interview_ended", reason="completed"))

    assert (401, "unauthenticated") == await house.refusal(
        "POST", path(interview, "decision"), json=decision(), key=bearer
    )


async def test_an_agent_cannot_report_what_people_do(house: House) -> None:
    _, _, claim = await house.led()
    by = {"kind": "member", "id": "m1", "name": None}
    said = [
        house.report("interview_cancelled", reason="other", by=by),
        house.report("turn_corrected", turn_id=str(uuid4()), text="x", reason="y", by=by),
        house.report(
            "decision_made",
            outcome="advance",
            reason_code="meets_requirements",
            note=None,
            opened=[],
            by=by,
        ),
    ]
    for report in said:
        where = f"/internal/v1/interviews/{claim['interview_id']}/events"
        body = {"epoch": 1, "reports": [report]}
        assert (422, "invalid") == await house.refusal("POST", where, json=body, key=claim["token"])
