"""The floor is held by one, given by its holder, and covers what the kit allows."""

from uuid import UUID

import pytest

from interview.accounts import Member, Role
from interview.errors import FloorTaken, Forbidden, LimitReached
from interview.floor import (
    AI,
    PAUSED,
    covered_by,
    holder_of,
    make_room,
    may_interview,
    of_member,
    passed,
)
from interview.ids import (
    CandidateId,
    MemberId,
    candidate_identity,
    interviewer_identity,
    member_of,
)
from interview.kit import Kit
from tests.fakes.clock import NOON

pytestmark = pytest.mark.unit

ANNA, BERT = MemberId(UUID(int=1)), MemberId(UUID(int=2))
KIT = Kit.model_validate(
    {
        "name": "Engineer",
        "language": "en",
        "competencies": [
            {"key": key, "name": key, "definition": "It.", "weight": "1", "anchors": {}}
            for key in ("debugging", "teamwork")
        ],
        "questions": [
            {"key": "outage", "text": "An outage?", "competencies": ["debugging"], "minutes": 4},
            {
                "key": "conflict",
                "text": "A conflict?",
                "competencies": ["debugging", "teamwork"],
                "minutes": 4,
            },
            {
                "key": "oath",
                "text": "Do you swear?",
                "competencies": ["teamwork"],
                "minutes": 1,
                "covered_if_asked_by_human": False,
            },
        ],
        "minutes": 20,
    }
)


def test_the_floor_names_its_holder_and_nobody_else() -> None:
    assert (ANNA, None, None) == (holder_of(of_member(ANNA)), holder_of(AI), holder_of(PAUSED))


def test_an_identity_names_its_member_and_nobody_else() -> None:
    assert ANNA == member_of(interviewer_identity(ANNA))
    assert [None, None] == [
        member_of(name) for name in (candidate_identity(CandidateId(ANNA)), "int-anna")
    ]


@pytest.mark.parametrize("wanted", [AI, PAUSED, of_member(ANNA)])
@pytest.mark.parametrize("floor", [AI, PAUSED, of_member(ANNA)])
def test_what_nobody_else_holds_goes_where_one_wants_it(floor: str, wanted: str) -> None:
    assert wanted == passed(floor, wanted, ANNA, ())


@pytest.mark.parametrize("wanted", [AI, PAUSED, of_member(ANNA)])
def test_a_colleague_keeps_the_floor_as_long_as_they_are_in_the_room(wanted: str) -> None:
    with pytest.raises(FloorTaken):
        passed(of_member(BERT), wanted, ANNA, [interviewer_identity(BERT)])

    assert wanted == passed(of_member(BERT), wanted, ANNA, [interviewer_identity(ANNA)])


def test_nobody_takes_the_floor_for_somebody_else() -> None:
    with pytest.raises(Forbidden):
        passed(AI, of_member(BERT), ANNA, ())


def test_a_sixth_interviewer_does_not_fit_and_a_fifth_comes_back() -> None:
    five = [f"int-{number}" for number in range(5)]

    make_room(five, "int-3")
    make_room(five[:4], "int-9")
    with pytest.raises(LimitReached):
        make_room(five, "int-9")


def test_a_question_is_covered_by_its_tick_or_by_all_that_it_serves() -> None:
    assert ("conflict",) == covered_by(KIT, ["conflict"], [])
    assert ("outage",) == covered_by(KIT, [], ["debugging"])
    assert ("outage", "conflict") == covered_by(KIT, [], ["teamwork", "debugging"])


def test_a_question_that_the_kit_wants_in_its_own_words_is_never_covered() -> None:
    assert () == covered_by(KIT, ["oath"], ["teamwork"])


def test_members_interview_by_their_role_until_they_are_removed() -> None:
    def member(role: Role) -> Member:
        return Member(ANNA, "anna@example.com", role, NOON)

    interviewing = {role for role in Role if may_interview(member(role))}

    assert {Role.OWNER, Role.ADMIN, Role.RECRUITER, Role.INTERVIEWER} == interviewing
    assert not may_interview(Member(ANNA, "a@example.com", Role.OWNER, NOON, removed_at=NOON))
