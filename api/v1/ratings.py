"""Ratings by people, on the same form as the machine's."""

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from interview.acting import judged_by
from interview.errors import Code
from interview.ids import InterviewId, TurnId
from interview.kit import Frozen, Key
from interview.scoring import Score, Scorecard
from interview.use_cases.ratings import Cited, Judged, rate_by_person
from pydantic import AwareDatetime, ConfigDict, Field, model_validator

from api.callers import Staff
from api.registry import STAFF, Call, operation
from api.v1.shapes import PersonName, Writing

MAX_QUOTES = 20


class QuoteBody(Frozen):
    """Words of the candidate, verbatim. `start` counts characters of the turn's text in NFC;
    without it they are taken where they stand first."""

    turn_id: UUID
    text: Writing
    start: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _without_blanks_before(cls, given: object) -> object:
        """Blanks around a text are no part of it; those before it move where it begins."""
        if not isinstance(given, dict):
            return given
        text, start = given.get("text"), given.get("start")
        if not isinstance(text, str) or type(start) is not int:
            return given
        return given | {"start": start + len(text) - len(text.lstrip())}


class CompetencyRating(Frozen):
    """A level with at least one quote, or why there is none."""

    competency: Key
    level: Score | None = None
    not_assessed: Literal["no_evidence", "transcript", "not_asked"] | None = None
    quotes: Annotated[tuple[QuoteBody, ...], Field(max_length=MAX_QUOTES)] = ()
    reason: Annotated[str, Field(max_length=4000)] = ""

    def judged(self) -> Judged:
        """As the form is read."""
        return Judged(
            competency=self.competency,
            level=self.level,
            not_assessed=self.not_assessed,
            quotes=tuple(Cited(TurnId(q.turn_id), q.text, q.start) for q in self.quotes),
            reason=self.reason,
        )


class RatingBody(Frozen):
    """Every competency of the kit, once. `person` is for whom a key speaks; a member speaks in
    their own name."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "ratings": [{"competency": "debugging", "not_assessed": "not_asked"}],
                    "person": "Grace",
                }
            ]
        }
    )

    ratings: Annotated[tuple[CompetencyRating, ...], Field(min_length=1, max_length=12)]
    person: PersonName = None


class RatedView(Frozen):
    """The card that was stored; the words are in the list of scorecards."""

    id: UUID
    created_at: AwareDatetime
    total: Decimal | None
    coverage: Decimal

    @classmethod
    def of(cls, card: Scorecard) -> "RatedView":
        return cls(
            id=card.scorecard_id,
            created_at=card.created_at,
            total=card.total,
            coverage=card.coverage,
        )


@operation(
    "POST",
    "/v1/interviews/{interview_id}/ratings",
    STAFF,
    tag="review",
    status=201,
    creates=True,
    errors=[
        Code.NOT_FOUND,
        Code.WRONG_STATE,
        Code.KNOWS_ACCOMMODATIONS,
        Code.EVIDENCE_INVALID,
        Code.SEALED,
    ],
)
async def create_rating(
    call: Call, caller: Staff, interview_id: UUID, body: RatingBody
) -> RatedView:
    """Rate an interview yourself.

    The form is the machine's: each competency has a level that rests on verbatim words of the
    candidate, or says why it has none. A card never changes; who thinks again makes another. Who
    knows what the candidate was given (`GET …/accommodations`) leaves it to others.
    """
    by = judged_by(caller.actor, body.person)
    form = [rating.judged() for rating in body.ratings]
    card = await rate_by_person(call.world, caller.tenant, by, InterviewId(interview_id), form)
    call.told["scorecard"] = str(card.scorecard_id)
    return RatedView.of(card)


OPERATIONS = (create_rating,)
