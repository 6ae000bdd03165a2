"""API keys: made, listed and revoked, how the secret part is digested, and whose a key is."""

import hashlib
import hmac
from datetime import datetime

from interview.accounts import ApiKey, Scope, new_api_key, parse_api_key
from interview.errors import Invalid
from interview.ids import MemberId, TenantId
from interview.people import SEEN_EVERY, Authority
from interview.ports import Page, Transaction
from interview.use_cases.world import World


def key_digest(pepper: bytes, key: str) -> bytes:
    """HMAC-SHA256 over the part of the key after its kid; the pepper is not in the database."""
    _, _, secret = key.rpartition("_")
    return hmac.digest(pepper, secret.encode(), hashlib.sha256)


async def admit_key(tx: Transaction, key: str, pepper: bytes, now: datetime) -> ApiKey:
    """The stored key that `key` proves. Raises `Unauthenticated`."""
    stored = await tx.tenants.key(parse_api_key(key))
    stored.admit(key_digest(pepper, key), now)
    return stored


async def see_key(tx: Transaction, key: ApiKey, now: datetime) -> None:
    """Its use is noted, at most once a minute."""
    if key.last_used_at is None or key.last_used_at + SEEN_EVERY <= now:
        await tx.api_keys.touch(key.kid, now)


async def create_key(
    world: World,
    tenant: TenantId,
    authority: Authority,
    pepper: bytes,
    name: str,
    scopes: frozenset[Scope],
    expires_at: datetime | None,
) -> tuple[ApiKey, str]:
    """A key with no more than its maker has; the second value is the key, shown only here.

    Raises `Forbidden` for scopes that are not the maker's, `Invalid` for an end that has passed or
    lies after the maker's own.
    """
    authority.require_scopes(scopes)
    now, until = world.now(), authority.until
    if expires_at is not None and expires_at <= now:
        raise Invalid("expires_at has passed", field="expires_at")
    if until is not None and (expires_at is None or expires_at > until):
        raise Invalid(f"the key that asks expires at {until.isoformat()}", field="expires_at")
    kid, key = new_api_key()
    made = ApiKey(
        kid=kid,
        tenant=tenant,
        digest=key_digest(pepper, key),
        scopes=scopes,
        created_at=now,
        expires_at=expires_at,
        name=name,
        member=authority.member,
    )
    async with world.transaction(tenant) as tx:
        await tx.tenants.add_key(made)
    return made, key


async def list_keys(world: World, tenant: TenantId, limit: int, after: str | None) -> Page[ApiKey]:
    """One page, oldest first, with those that were revoked."""
    async with world.transaction(tenant) as tx:
        return await tx.api_keys.page(limit, after)


async def get_key(world: World, tenant: TenantId, kid: str) -> ApiKey:
    """Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        return await tx.tenants.key(kid)


async def revoke_key(world: World, tenant: TenantId, kid: str) -> MemberId | None:
    """For ever, and at once; returns from whom it came. Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        await tx.api_keys.revoke(kid, world.now())
        return (await tx.tenants.key(kid)).member
