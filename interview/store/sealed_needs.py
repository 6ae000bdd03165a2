"""What is stored in place of accommodations, the same in every store."""

from dataclasses import dataclass

from interview.accommodations import Needs
from interview.ids import InterviewId, TenantId
from interview.sealing import Place, SealingKey


@dataclass(frozen=True, slots=True)
class SealedNeeds:
    """`version` counts the changes: what was given before cannot be put back in its place. That
    somebody `waits` for an answer stands beside it, for a list to find."""

    version: int
    sealed_needs: bytes
    waits: bool = False


def seal_needs(
    key: SealingKey, tenant: TenantId, interview: InterviewId, needs: Needs, version: int
) -> SealedNeeds:
    place = _place(tenant, interview, version)
    return SealedNeeds(version, key.seal(needs.model_dump_json().encode(), place), needs.waits)


def open_needs(
    key: SealingKey, tenant: TenantId, interview: InterviewId, sealed: SealedNeeds
) -> Needs:
    """Raises `Sealed`."""
    clear = key.open(sealed.sealed_needs, _place(tenant, interview, sealed.version))
    return Needs.model_validate_json(clear)


def _place(tenant: TenantId, interview: InterviewId, version: int) -> Place:
    return Place(tenant, "accommodations", str(interview), "needs", version)
