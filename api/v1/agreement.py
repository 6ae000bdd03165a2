"""How far those who rated a job's interviews agree, and how each of them stands to the others."""

from typing import Annotated, Literal
from uuid import UUID

from interview.agreement import figures, levels, report, standing
from interview.by_people import By
from interview.errors import Code
from interview.ids import JobId
from interview.kit import Frozen
from interview.use_cases.agreement import Looked, agreement_on, raters_on
from pydantic import Field

from api.callers import Staff
from api.registry import STAFF, Call, operation
from api.v1.colleagues import ColleagueView

MOST = 500
USUAL = 200


class LastQuery(Frozen):
    """`last` is how many of the newest interviews that are over are looked at."""

    last: Annotated[int, Field(ge=1, le=MOST)] = USUAL


class RaterView(Frozen):
    """A person, or a program in one version with one model."""

    rater: str
    rater_version: str
    model: str | None
    person: By | None

    @classmethod
    def of(cls, rater: levels.Rater) -> "RaterView":
        return cls(
            rater=rater.name, rater_version=rater.version, model=rater.model, person=rater.person
        )


class FigureView(Frozen):
    """A value with its 95 % interval, over so many interviews and ratings that were compared.

    Without a value `unknown` says why: `too_few` interviews, or nobody gave anything but one level.
    """

    value: float | None
    low: float | None
    high: float | None
    interviews: int
    ratings: int
    unknown: Literal["too_few", "no_variation"] | None

    @classmethod
    def of(cls, figure: figures.Figure) -> "FigureView":
        return cls(
            value=figure.value,
            low=figure.low,
            high=figure.high,
            interviews=figure.interviews,
            ratings=figure.ratings,
            unknown=figure.unknown,
        )


class CoefficientsView(Frozen):
    """Quadratic weighted kappa, Krippendorff's alpha (ordinal) and ICC(2,1) of the same ratings.

    ICC needs the same two raters for all: among people `icc_of` names the two who have rated the
    most together. Of one rater with whoever else rated there is none.
    """

    kappa: FigureView
    alpha: FigureView
    icc: FigureView | None
    icc_of: tuple[RaterView, RaterView] | None

    @classmethod
    def of(cls, found: figures.Agreement) -> "CoefficientsView":
        two = found.two
        return cls(
            kappa=FigureView.of(found.kappa),
            alpha=FigureView.of(found.alpha),
            icc=FigureView.of(found.icc) if found.icc else None,
            icc_of=(RaterView.of(two[0]), RaterView.of(two[1])) if two else None,
        )


class PartView(Frozen):
    """A part of what was rated; `name` is a competency, a language or a kit version."""

    of: Literal["all", "competency", "language", "kit_version"]
    name: str | None
    people: CoefficientsView
    program: CoefficientsView | None


class LookedAt(Frozen):
    """`interviews` that were rated and may be seen, of the newest `last`; `older` ones were not
    looked at. Figures need `fewest` interviews that were rated by several."""

    interviews: int
    last: int
    older: bool
    fewest: int

    @classmethod
    def at(cls, interviews: int, looked: Looked, last: int) -> "LookedAt":
        return cls(interviews=interviews, last=last, older=looked.more, fewest=figures.FEWEST)


class AgreementView(Frozen):
    """People with one another, and the program whose card is the newest with people. Of each kind
    twenty parts are shown; there are `more`."""

    looked_at: LookedAt
    program: RaterView | None
    parts: tuple[PartView, ...]
    more: int


@operation(
    "GET",
    "/v1/jobs/{job_id}/agreement",
    STAFF,
    tag="review",
    computes=True,
    errors=[Code.NOT_FOUND],
)
async def get_agreement(call: Call, caller: Staff, job_id: UUID, query: LastQuery) -> AgreementView:
    """See how far raters agree.

    Of a person the first card on an interview counts, of a program the last. Intervals are
    bootstrapped over interviews; the same ratings always give the same ones.
    """
    which, last = JobId(job_id), query.last
    found, looked = await agreement_on(call.world, caller.tenant, which, caller.reader, last)
    return AgreementView(
        looked_at=LookedAt.at(found.interviews, looked, last),
        program=RaterView.of(found.program) if found.program else None,
        parts=tuple(map(_part, found.parts)),
        more=found.more,
    )


def _part(part: report.Part) -> PartView:
    return PartView(
        of=part.of,
        name=part.name,
        people=CoefficientsView.of(part.people),
        program=CoefficientsView.of(part.program) if part.program else None,
    )


class MonthView(Frozen):
    """`deviation` is that of a month in UTC, null where it rests on fewer than five interviews."""

    month: str
    interviews: int
    deviation: float | None


class RaterStandingView(Frozen):
    """One rater beside the people who rated the same.

    `deviation` is how many levels above them on average, `spread` the standard deviation of that;
    `own_spread` and `others_spread` are those of the levels themselves. `drift` is the largest step
    of the CUSUM of deviations: beyond 1.358 the mean has moved. `signs` say where to look, not who
    is right.
    """

    rater: RaterView
    interviews: int
    ratings: int
    not_assessed: int
    with_people: CoefficientsView
    deviation: FigureView
    spread: float | None
    own_spread: float | None
    others_spread: float | None
    drift: float | None
    months: tuple[MonthView, ...]
    signs: tuple[standing.Sign, ...]

    @classmethod
    def of(cls, found: standing.Standing) -> "RaterStandingView":
        return cls(
            rater=RaterView.of(found.rater),
            interviews=found.interviews,
            ratings=found.ratings,
            not_assessed=found.not_assessed,
            with_people=CoefficientsView.of(found.with_people),
            deviation=FigureView.of(found.deviation),
            spread=found.spread,
            own_spread=found.own_spread,
            others_spread=found.others_spread,
            drift=found.drift,
            months=tuple(
                MonthView(month=m.month, interviews=m.interviews, deviation=m.deviation)
                for m in found.months
            ),
            signs=found.signs,
        )


class RatersView(Frozen):
    """Who rated the most comes first; `more` others have rated, too. `colleagues` are the members
    among the `items`."""

    looked_at: LookedAt
    items: tuple[RaterStandingView, ...]
    more: int
    colleagues: tuple[ColleagueView, ...]


@operation(
    "GET",
    "/v1/jobs/{job_id}/raters",
    STAFF,
    tag="review",
    computes=True,
    errors=[Code.NOT_FOUND],
)
async def get_raters(call: Call, caller: Staff, job_id: UUID, query: LastQuery) -> RatersView:
    """See how each rater stands to the others.

    Who is more lenient, more severe, less steady than the others, uses less of the scale, or
    drifts.
    """
    which, last = JobId(job_id), query.last
    found, looked, called = await raters_on(call.world, caller.tenant, which, caller.reader, last)
    return RatersView(
        looked_at=LookedAt.at(found.interviews, looked, last),
        items=tuple(map(RaterStandingView.of, found.standings)),
        more=found.more,
        colleagues=ColleagueView.all_of(called),
    )


OPERATIONS = (get_agreement, get_raters)
