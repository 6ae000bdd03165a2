"""Passwords, kept as argon2id (RFC 9106, the second recommended choice: 64 MiB, 3 passes)."""

import asyncio
import secrets
from base64 import b64encode

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2
"""Each takes 64 MiB and a core for a while: who asks for more waits."""


class Argon2Passwords:
    """Port `Passwords`."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobodys = _nobodys(self._hasher)
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def hash(self, password: str) -> str:
        async with self._gate:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def verify(self, known: str | None, password: str) -> bool:
        async with self._gate:
            return await asyncio.to_thread(self._verify, known or self._nobodys, password)

    def is_outdated(self, known: str) -> bool:
        return self._hasher.check_needs_rehash(known)

    def _verify(self, known: str, password: str) -> bool:
        try:
            return self._hasher.verify(known, password)
        except (VerificationError, InvalidHashError):
            return False


def _nobodys(hasher: PasswordHasher) -> str:
    """In the form of a kept password, and of none: checking it takes as long."""

    def text(size: int) -> str:
        return b64encode(secrets.token_bytes(size)).decode().rstrip("=")

    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${text(hasher.salt_len)}${text(hasher.hash_len)}"
