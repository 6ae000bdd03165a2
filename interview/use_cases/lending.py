"""What was lent by a link is taken back with what the link was made by."""

from datetime import datetime

from interview.accounts import Role, Scope
from interview.errors import Forbidden, NotFound
from interview.ports import Transaction
from interview.sharing import NOT_GOOD, Lender


async def rights_of(tx: Transaction, lender: Lender, now: datetime) -> Role | frozenset[Scope]:
    """What `lender` may do now. Raises `Forbidden` for one that has ended."""
    try:
        found, until = await _known(tx, lender)
    except NotFound as error:
        raise Forbidden(NOT_GOOD) from error
    if until is not None and until <= now:
        raise Forbidden(NOT_GOOD)
    return found


async def _known(
    tx: Transaction, lender: Lender
) -> tuple[Role | frozenset[Scope], datetime | None]:
    """Its rights and its end. Raises `NotFound`."""
    if lender.session is None:
        key = await tx.tenants.key(lender.kid or "")
        return key.scopes, key.until
    session = await tx.member_sessions.get(lender.session)
    member = await tx.members.get(session.member)
    return member.role, member.removed_at or session.until
