"""People who are interviewed."""

from uuid import UUID

from interview.accounts import Candidate
from interview.errors import Code
from interview.ids import CandidateId
from interview.kit import Frozen, Language
from interview.ports import CandidatesWanted
from interview.use_cases import candidates
from pydantic import AwareDatetime

from api.callers import Staff
from api.registry import STAFF, Call, operation
from api.v1.asking import SortedQuery
from api.v1.shapes import Email, Listed, Person, Title


class CandidateBody(Frozen):
    """A person to be interviewed; `language` is the one they prefer."""

    name: Title
    email: Email
    language: Language | None = None


class CandidateView(Person):
    """A person."""

    language: str | None
    created_at: AwareDatetime

    @classmethod
    def of(cls, candidate: Candidate) -> "CandidateView":
        return cls(
            id=candidate.candidate_id,
            name=candidate.name,
            email=candidate.email,
            language=candidate.language,
            created_at=candidate.created_at,
        )


class CandidatePage(Listed[CandidateView]):
    """One page of candidates; `next` is null on the last one."""


@operation(
    "POST",
    "/v1/candidates",
    STAFF,
    tag="candidates",
    status=201,
    creates=True,
    made=lambda tx: tx.candidates,
    errors=[Code.SEALED],
)
async def create_candidate(call: Call, caller: Staff, body: CandidateBody) -> CandidateView:
    """Create a candidate."""
    made = await candidates.create_candidate(
        call.world, caller.tenant, body.name, body.email, body.language
    )
    return CandidateView.of(made)


@operation("GET", "/v1/candidates", STAFF, tag="candidates")
async def list_candidates(call: Call, caller: Staff, query: SortedQuery) -> CandidatePage:
    """List candidates."""
    wanted = CandidatesWanted(query.sort, query.created)
    page = await candidates.list_candidates(
        call.world, caller.tenant, query.limit, query.after, wanted
    )
    return CandidatePage(items=tuple(map(CandidateView.of, page.items)), next=page.next)


@operation(
    "GET",
    "/v1/candidates/{candidate_id}",
    STAFF,
    tag="candidates",
    revised=lambda tx: tx.candidates,
    errors=[Code.NOT_FOUND, Code.SEALED],
)
async def get_candidate(call: Call, caller: Staff, candidate_id: UUID) -> CandidateView:
    """Get a candidate."""
    who = CandidateId(candidate_id)
    return CandidateView.of(await candidates.get_candidate(call.world, caller.tenant, who))


@operation(
    "PUT",
    "/v1/candidates/{candidate_id}",
    STAFF,
    tag="candidates",
    revised=lambda tx: tx.candidates,
    errors=[Code.NOT_FOUND, Code.SEALED],
)
async def update_candidate(
    call: Call, caller: Staff, candidate_id: UUID, body: CandidateBody
) -> CandidateView:
    """Replace what is known of a candidate."""
    who = CandidateId(candidate_id)
    changed = await candidates.change_candidate(
        call.world, caller.tenant, who, body.name, body.email, body.language
    )
    return CandidateView.of(changed)


OPERATIONS = (create_candidate, list_candidates, get_candidate, update_candidate)
