"""Passwords are kept as argon2id, and looking for one that nobody has takes as long."""

import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from interview.adapters.passwords import Argon2Passwords

pytestmark = pytest.mark.unit
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


async def test_a_password_is_recognised_and_no_other() -> None:
    passwords = Argon2Passwords(CHEAP)
    known = await passwords.hash("correct horse")

    assert await passwords.verify(known, "correct horse")
    assert not await passwords.verify(known, "correct horse ")
    assert not await passwords.verify("not a hash", "correct horse")
    assert known != await passwords.hash("correct horse")


async def test_what_nobody_has_is_looked_for_at_the_same_cost() -> None:
    passwords = Argon2Passwords(CHEAP)
    nobodys = extract_parameters(passwords._nobodys)

    assert extract_parameters(await passwords.hash("x")) == nobodys
    assert not await passwords.verify(None, "x")


async def test_it_is_argon2id_with_the_cost_that_rfc_9106_asks_for() -> None:
    kept = extract_parameters(await Argon2Passwords().hash("x"))

    assert (Type.ID, 65_536, 3) == (kept.type, kept.memory_cost, kept.time_cost)


async def test_what_was_kept_more_cheaply_is_outdated() -> None:
    old = await Argon2Passwords(CHEAP).hash("x")

    assert Argon2Passwords().is_outdated(old)
    assert not Argon2Passwords(CHEAP).is_outdated(old)
