"""Sealing: AES-256-GCM under a tree of keys, so that destroying one key erases one person's words.

The installation's key wraps one key per tenant, which wraps one key per interview and per
candidate. A sealed value is `format (1) ‖ key id (16) ‖ nonce (12) ‖ ciphertext and tag`; where it
lies is authenticated with it, so it cannot be moved to another row, column, version or tenant.
"""

import binascii
import hashlib
import hmac
import os
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from interview.canonical import text
from interview.errors import Invalid, Sealed
from interview.ids import TenantId

FORMAT = 1
KEY_BYTES = 32
NONCE_BYTES = 12
HEADER_BYTES = 1 + 16
TEXT_FROM = HEADER_BYTES + NONCE_BYTES

SubjectKind = Literal["tenant", "interview", "candidate"]


class Place(NamedTuple):
    """Where a sealed value lies; `version` tells an older value of a cell from the newest.

    A tuple, for one is made for each value that is opened, hundreds in a request.
    """

    tenant: TenantId
    table: str
    row: str
    column: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a key belongs to."""

    kind: SubjectKind
    id: UUID


@dataclass(frozen=True, slots=True)
class SealingKey:
    """A 256-bit key and the name that sealed values call it by."""

    key_id: UUID
    secret: bytes = field(repr=False)
    _header: bytes = field(init=False, repr=False, compare=False)
    _cipher: AESGCM = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_header", bytes([FORMAT]) + self.key_id.bytes)
        object.__setattr__(self, "_cipher", AESGCM(self.secret))

    def seal(self, clear: bytes, place: Place) -> bytes:
        """The sealed value for `place`; two calls never give the same bytes."""
        nonce = os.urandom(NONCE_BYTES)
        bound = _bound(self._header, place)
        return self._header + nonce + self._cipher.encrypt(nonce, clear, bound)

    def open(self, sealed: bytes, place: Place) -> bytes:
        """Raises `Sealed` for another key, another place, or a changed value."""
        header = sealed[:HEADER_BYTES]
        nonce = sealed[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES]
        text = sealed[HEADER_BYTES + NONCE_BYTES :]
        if header != self._header or len(nonce) != NONCE_BYTES:
            raise Sealed("This was sealed with another key.")
        try:
            return self._cipher.decrypt(nonce, text, _bound(header, place))
        except InvalidTag as error:
            raise Sealed from error

    def opener(self, place: Place) -> Callable[[str, int, bytes], bytes]:
        """`open` for many values of one column, each by its row, its version and what is sealed:
        what their places share is spelled once."""
        decrypt, header, bound = self._cipher.decrypt, self._header, _binder(self._header, place)

        def opened(row: str, version: int, sealed: bytes) -> bytes:
            if not (sealed.startswith(header) and len(sealed) > TEXT_FROM):
                raise Sealed("This was sealed with another key.")
            nonce, hidden = sealed[HEADER_BYTES:TEXT_FROM], sealed[TEXT_FROM:]
            try:
                return decrypt(nonce, hidden, bound(row, version))
            except InvalidTag as error:
                raise Sealed from error

        return opened

    def sealer(self, place: Place, count: int) -> Callable[[str, int, bytes], bytes]:
        """`seal` for at most `count` values of one column, each by its row, its version and what is
        in clear."""
        encrypt, header, bound = self._cipher.encrypt, self._header, _binder(self._header, place)
        fresh = nonces(count)

        def sealed(row: str, version: int, clear: bytes) -> bytes:
            nonce = next(fresh)
            return header + nonce + encrypt(nonce, clear, bound(row, version))

        return sealed

    def mark(self, clear: bytes, place: Place) -> bytes:
        """HMAC-SHA-256 of a value for `place`: recognises the value again, and for those without
        this key neither reveals nor confirms it."""
        bound = _bound(b"vivavoce mark", place)
        return hmac.digest(self.secret, len(bound).to_bytes(4) + bound + clear, "sha256")

    def wrap(self, key: "SealingKey", tenant: TenantId, subject: Subject) -> bytes:
        """`key` sealed under this one, bound to whom it belongs to."""
        return self.seal(key.secret, _key_place(tenant, subject, key.key_id))

    def unwrap(
        self, key_id: UUID, wrapped: bytes, tenant: TenantId, subject: Subject
    ) -> "SealingKey":
        """Raises `Sealed`."""
        return SealingKey(key_id, self.open(wrapped, _key_place(tenant, subject, key_id)))


def nonces(count: int) -> Iterator[bytes]:
    """Fresh ones, drawn at once: each draw is a call of the kernel's."""
    drawn = os.urandom(NONCE_BYTES * count)
    return (drawn[at : at + NONCE_BYTES] for at in range(0, len(drawn), NONCE_BYTES))


def new_key() -> SealingKey:
    """A fresh random key."""
    return SealingKey(uuid4(), AESGCM.generate_key(KEY_BYTES * 8))


def installation_key(text: str) -> SealingKey:
    """The installation's key from 32 bytes in base64url; its name follows from its bytes.

    Raises `Invalid`, which never repeats what was given.
    """
    try:
        secret = urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != KEY_BYTES:
        raise Invalid(
            "VIVAVOCE_INSTALLATION_KEY must be 32 bytes in base64url.",
            field="VIVAVOCE_INSTALLATION_KEY",
        )
    name = hashlib.sha256(b"vivavoce installation key" + secret).digest()[:16]
    return SealingKey(UUID(bytes=name), secret)


def _bound(header: bytes, place: Place) -> bytes:
    """The associated data: one spelling (RFC 8785) for one place."""
    where = (
        f'{{"column":{text(place.column)},"row":{text(place.row)},"table":{text(place.table)},'
        f'"tenant":"{place.tenant}","version":{place.version}}}'
    )
    return header + where.encode()


def _binder(header: bytes, place: Place) -> Callable[[str, int], bytes]:
    """`_bound` for the rows and versions of one column."""
    before = header + f'{{"column":{text(place.column)},"row":'.encode()
    after = f',"table":{text(place.table)},"tenant":"{place.tenant}","version":'.encode()

    def bound(row: str, version: int) -> bytes:
        return b"%b%b%b%d}" % (before, text(row).encode(), after, version)

    return bound


def _key_place(tenant: TenantId, subject: Subject, key_id: UUID) -> Place:
    return Place(tenant, "data_keys", f"{subject.kind}:{subject.id}:{key_id}", "wrapped")
