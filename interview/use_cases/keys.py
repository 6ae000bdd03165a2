"""API keys: how the secret part is digested, and who a key belongs to."""

import hashlib
import hmac

from interview.accounts import ApiKey, parse_api_key
from interview.errors import Unauthenticated
from interview.use_cases.world import World


def key_digest(pepper: bytes, key: str) -> bytes:
    """HMAC-SHA256 over the part of the key after its kid; the pepper is not in the database."""
    _, _, secret = key.rpartition("_")
    return hmac.digest(pepper, secret.encode(), hashlib.sha256)


async def admit_key(world: World, key: str, pepper: bytes) -> ApiKey:
    """The stored key that `key` proves. Raises `Unauthenticated`."""
    kid = parse_api_key(key)
    tenant = await world.store.tenant_of_key(kid)
    if tenant is None:
        raise Unauthenticated
    async with world.transaction(tenant) as tx:
        stored = await tx.tenants.key(kid)
    stored.admit(key_digest(pepper, key), world.now())
    return stored
