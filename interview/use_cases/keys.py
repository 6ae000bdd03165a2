"""API keys: how the secret part is digested, and who a key belongs to."""

import hashlib
import hmac
from datetime import datetime

from interview.accounts import ApiKey, parse_api_key
from interview.ports import Transaction


def key_digest(pepper: bytes, key: str) -> bytes:
    """HMAC-SHA256 over the part of the key after its kid; the pepper is not in the database."""
    _, _, secret = key.rpartition("_")
    return hmac.digest(pepper, secret.encode(), hashlib.sha256)


async def admit_key(tx: Transaction, key: str, pepper: bytes, now: datetime) -> ApiKey:
    """The stored key that `key` proves. Raises `Unauthenticated`."""
    stored = await tx.tenants.key(parse_api_key(key))
    stored.admit(key_digest(pepper, key), now)
    return stored
