"""API keys: what integrations call with."""

from typing import Annotated
from uuid import UUID

from aiohttp import web
from interview.accounts import ApiKey, Scope
from interview.errors import Code
from interview.kit import Frozen
from interview.use_cases import keys
from pydantic import AwareDatetime, Field

from api.callers import Staff
from api.leaving import leave_at_once
from api.registry import STAFF, Call, operation
from api.v1.shapes import Instant, Listed, PageQuery, Title

Kid = Annotated[str, Field(min_length=1, max_length=40)]


class KeyBody(Frozen):
    """What it is for, what it may do, and until when (null: until it is revoked)."""

    name: Title
    scopes: Annotated[tuple[Scope, ...], Field(min_length=1, max_length=len(Scope))]
    expires_at: Instant = None


class KeyView(Frozen):
    """A key without its secret. `id` is the part between `viv_live_` and the next underscore.

    `member_id` is the member from whom it comes, also by way of another key; `last_used_at` is
    known to the minute, of calls that were not refused.
    """

    id: str
    name: str
    scopes: tuple[Scope, ...]
    member_id: UUID | None
    created_at: AwareDatetime
    expires_at: Instant
    revoked_at: Instant
    last_used_at: Instant

    @classmethod
    def of(cls, key: ApiKey) -> "KeyView":
        return cls(
            id=key.kid,
            name=key.name,
            scopes=tuple(sorted(key.scopes)),
            member_id=key.member,
            created_at=key.created_at,
            expires_at=key.expires_at,
            revoked_at=key.revoked_at,
            last_used_at=key.last_used_at,
        )


class NewKey(KeyView):
    """A new key. `api_key` is shown only here."""

    api_key: str


class KeyPage(Listed[KeyView]):
    """One page of keys, oldest first; `next` is null on the last one."""


@operation("POST", "/v1/keys", STAFF, tag="keys", status=201)
async def create_key(call: Call, caller: Staff, body: KeyBody) -> NewKey:
    """Create an API key.

    It may do no more than who makes it, and lives no longer than the key that makes it. It ends
    when the member from whom it comes is removed or may not do so much any more. The secret is kept
    nowhere, so a repeat makes another key: revoke the one whose answer was lost.
    """
    made, key = await keys.create_key(
        call.world,
        caller.tenant,
        caller.authority,
        call.desk.pepper,
        body.name,
        frozenset(body.scopes),
        body.expires_at,
    )
    call.told["scopes"] = " ".join(sorted(made.scopes))
    return NewKey(**dict(KeyView.of(made)), api_key=key)


@operation("GET", "/v1/keys", STAFF, tag="keys")
async def list_keys(call: Call, caller: Staff, query: PageQuery) -> KeyPage:
    """List API keys, also those that were revoked."""
    page = await keys.list_keys(call.world, caller.tenant, query.limit, query.after)
    return KeyPage(items=tuple(map(KeyView.of, page.items)), next=page.next)


@operation("GET", "/v1/keys/{key_id}", STAFF, tag="keys", errors=[Code.NOT_FOUND])
async def get_key(call: Call, caller: Staff, key_id: Kid) -> KeyView:
    """Get an API key, without its secret."""
    return KeyView.of(await keys.get_key(call.world, caller.tenant, key_id))


@operation("DELETE", "/v1/keys/{key_id}", STAFF, tag="keys", status=204, errors=[Code.NOT_FOUND])
async def revoke_key(call: Call, caller: Staff, key_id: Kid) -> web.Response:
    """Revoke an API key, for ever and at once.

    Its member leaves the rooms into which it let them.
    """
    member = await keys.revoke_key(call.world, caller.tenant, key_id)
    await leave_at_once(call, caller.tenant, member)
    return web.Response(status=204)


OPERATIONS = (create_key, list_keys, get_key, revoke_key)
