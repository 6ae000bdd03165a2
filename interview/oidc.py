"""Signing in with a tenant's identity provider: what is asked, and what has to be answered."""

from dataclasses import dataclass, field

from interview.ids import TenantId


@dataclass(frozen=True, slots=True)
class Provider:
    """A tenant's identity provider, pinned by its issuer."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """One attempt: what the provider has to bring back, and the secret that proves it was ours.

    `issuer` is who was asked, and nobody else is brought the answer. `verifier` is that of PKCE
    (RFC 7636), of which the provider sees the SHA-256 first.
    """

    tenant: TenantId
    issuer: str
    redirect_uri: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
