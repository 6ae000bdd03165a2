"""Parity: whether everybody who was interviewed with one kit version was given the same."""

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from interview import parity
from interview.accounts import KitRecord
from interview.errors import Code
from interview.events import EndReason
from interview.ids import KitId
from interview.kit import Frozen
from interview.parity_of_people import People
from interview.use_cases.parity import Entry, parity_of
from pydantic import AwareDatetime, Field

from api.callers import Staff
from api.registry import STAFF, Call, operation
from api.v1.shapes import Listed

MOST = 50


class ParityQuery(Frozen):
    """`after` is the `next` of the page before. Each interview's whole log is read, so pages are
    short."""

    limit: Annotated[int, Field(ge=1, le=MOST)] = 20
    after: Annotated[str, Field(max_length=200)] | None = None


class CoreQuestion(Frozen):
    """What everybody is asked, in this order, with at most so many probes."""

    key: str
    most_probes: int


class ProbingView(Frozen):
    """Who proposed the probes after one question: so many were asked in the kit's words (`by_kit`)
    and in a model's (`by_model`). After so many answers a model wanted nothing more (`enough`), so
    many of its proposals were `refused`, and so many came too `late` or not at all."""

    by_kit: int
    by_model: int
    enough: int
    refused: int
    late: int


class GivenView(Frozen):
    """What became of one core question: `asked` by the AI, `by` whom at all. `spoke_s` is how long
    the candidate spoke on it, and `probing` says who proposed its `probes`."""

    key: str
    asked: bool
    by: parity.AskedBy | None
    probes: int
    most_probes: int
    repeats: int
    spoke_s: float
    probing: ProbingView


class DepartureView(Frozen):
    """Where an interview departs from its kit; `because` is how it ended, when that is why."""

    what: parity.Departure
    question: str | None
    because: EndReason | None


class PersonView(Frozen):
    """What one interviewer did; `identity` is that of their turns, `name` what they were called in
    the room. `asked` are the core questions that they put in the AI's place."""

    identity: str
    name: str | None
    led_s: float
    led_share: float
    spoke_s: float
    stopped_ai: int
    talked_over: int
    asked: tuple[str, ...]


class PeopleView(Frozen):
    """What interviewers did: for how long they led, also as a share of the talk without pauses, and
    spoke; how many lines of the AI they stopped by taking the floor, and how often they began to
    speak within the candidate's words. `by_person` tells it of each who did any of it, who led
    longest first."""

    led_s: float
    led_share: float
    spoke_s: float
    stopped_ai: int
    talked_over: int
    by_person: tuple[PersonView, ...]

    @classmethod
    def of(cls, found: People) -> "PeopleView":
        return cls(
            led_s=found.led_s,
            led_share=found.led_share,
            spoke_s=found.spoke_s,
            stopped_ai=found.stopped_ai,
            talked_over=found.talked_over,
            by_person=tuple(PersonView(**asdict(one)) for one in found.by_person),
        )


class LedgerView(Frozen):
    """What was given in one interview. `asked` are questions in the order in which they were heard;
    `given_back_s` is the time of faults and absences, and in which people led, but not of pauses;
    `time_used` is the share of the time that this candidate had, without either."""

    asked: tuple[str, ...]
    questions: tuple[GivenView, ...]
    interrupted: int
    ai_spoke_s: float
    candidate_spoke_s: float
    given_back_s: float
    time_used: float | None
    departures: tuple[DepartureView, ...]
    people: PeopleView

    @classmethod
    def of(cls, found: parity.Ledger) -> "LedgerView":
        return cls(
            asked=found.asked,
            questions=tuple(
                GivenView(
                    key=q.key,
                    asked=q.asked,
                    by=q.by,
                    probes=q.probes,
                    most_probes=q.most_probes,
                    repeats=q.repeats,
                    spoke_s=q.spoke_s,
                    probing=ProbingView(**asdict(q.probing)),
                )
                for q in found.questions
            ),
            interrupted=found.interrupted,
            ai_spoke_s=found.ai_spoke_s,
            candidate_spoke_s=found.candidate_spoke_s,
            given_back_s=found.given_back_s,
            time_used=found.time_used,
            departures=tuple(
                DepartureView(what=d.what, question=d.question, because=d.because)
                for d in found.departures
            ),
            people=PeopleView.of(found.people),
        )


class ParityEntry(Frozen):
    """`ledger` is null for an interview whose words were erased."""

    interview_id: UUID
    created_at: AwareDatetime
    ended: EndReason | None
    ledger: LedgerView | None

    @classmethod
    def of(cls, entry: Entry) -> "ParityEntry":
        found = entry.ledger
        return cls(
            interview_id=entry.interview.interview_id,
            created_at=entry.interview.created_at,
            ended=found.ended if found else None,
            ledger=LedgerView.of(found) if found else None,
        )


class ParityPage(Listed[ParityEntry]):
    """Interviews of one kit version that are over, the newest first.

    `equal` is whether all of this page that were completed were asked the same core questions in
    the same order within the same budgets; it says nothing of the probes that were asked within
    these. `unequally_probed` are the questions after which some of them were asked more probes than
    others, and `probing` of each question in a ledger is who proposed them.
    """

    kit_id: UUID
    version: int
    questions: tuple[CoreQuestion, ...]
    equal: bool
    unequally_probed: tuple[str, ...]

    @classmethod
    def of(cls, kit: KitRecord, entries: tuple[Entry, ...], following: str | None) -> "ParityPage":
        assert kit.version is not None, "drafts hold no interviews"
        ledgers = [entry.ledger for entry in entries if entry.ledger]
        return cls(
            items=tuple(map(ParityEntry.of, entries)),
            next=following,
            kit_id=kit.kit_id,
            version=kit.version,
            questions=tuple(
                CoreQuestion(key=q.key, most_probes=q.max_probes) for q in kit.kit.questions
            ),
            equal=parity.are_equal(ledgers),
            unequally_probed=parity.unequally_probed(ledgers),
        )


@operation(
    "GET",
    "/v1/kits/{kit_id}/parity",
    STAFF,
    tag="review",
    computes=True,
    errors=[Code.NOT_FOUND, Code.KIT_NOT_PUBLISHED],
)
async def get_parity(call: Call, caller: Staff, kit_id: UUID, query: ParityQuery) -> ParityPage:
    """See whether everybody was given the same.

    Questions, their order, probes, repeats and time of each interview, counted in its log. Nothing
    in it tells who was accommodated: time is a share of one's own, and pauses, of which one may be
    a break that was given, are not counted.
    """
    which = KitId(kit_id)
    kit, page = await parity_of(call.world, caller.tenant, which, query.limit, query.after)
    return ParityPage.of(kit, page.items, page.next)


OPERATIONS = (get_parity,)
