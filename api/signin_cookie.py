"""What we asked an identity provider: sealed, with the browser that comes back, for ten minutes."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from uuid import UUID

from interview.errors import Sealed, SignInFailed
from interview.ids import TenantId
from interview.oidc import Asked
from interview.sealing import Place, SealingKey
from pydantic import AwareDatetime, BaseModel

COOKIE = "viv_signin"
TTL_S = 600
PLACE = Place(TenantId(UUID(int=0)), "cookies", COOKIE, "asked")


class _Kept(BaseModel):
    tenant: UUID
    issuer: str
    redirect_uri: str
    state: str
    nonce: str
    verifier: str
    at: AwareDatetime


def seal_cookie(pepper: bytes, asked: Asked, now: datetime) -> str:
    """The cookie's value: nobody reads or makes it without our secret."""
    kept = _Kept(
        tenant=asked.tenant,
        issuer=asked.issuer,
        redirect_uri=asked.redirect_uri,
        state=asked.state,
        nonce=asked.nonce,
        verifier=asked.verifier,
        at=now,
    )
    sealed = _key(pepper).seal(kept.model_dump_json().encode(), PLACE)
    return urlsafe_b64encode(sealed).decode().rstrip("=")


def open_cookie(pepper: bytes, value: str, now: datetime) -> Asked:
    """Raises `SignInFailed` for one that is old or is none of ours."""
    try:
        sealed = urlsafe_b64decode(value + "=" * (-len(value) % 4))
        kept = _Kept.model_validate_json(_key(pepper).open(sealed, PLACE))
    except (ValueError, Sealed) as error:
        raise SignInFailed from error
    if kept.at + timedelta(seconds=TTL_S) <= now:
        raise SignInFailed
    return Asked(
        tenant=TenantId(kept.tenant),
        issuer=kept.issuer,
        redirect_uri=kept.redirect_uri,
        state=kept.state,
        nonce=kept.nonce,
        verifier=kept.verifier,
    )


def _key(pepper: bytes) -> SealingKey:
    secret = hmac.digest(pepper, b"vivavoce sign-in cookie", hashlib.sha256)
    return SealingKey(UUID(bytes=hashlib.sha256(secret).digest()[:16]), secret)
