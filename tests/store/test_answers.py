"""Kept answers in every store: for a day, for the same request, while the person is known."""

from datetime import timedelta
from uuid import uuid4

import pytest

from interview.adapters.system import SystemIds
from interview.errors import Conflict, IdempotencyMismatch, NotFound, Sealed
from interview.ids import CandidateId
from interview.ports import Store, StoredAnswer
from interview.use_cases.forgetting import forget_answers
from interview.use_cases.world import World
from tests.fakes.clock import NOON, FakeClock
from tests.store.world import Held, digest

pytestmark = pytest.mark.store

REQUEST = digest("request")
ANSWER = StoredAnswer(REQUEST, 201, b'{"id": 1}')
DAY = timedelta(hours=24)
TICK = timedelta(microseconds=1)


async def put(store: Store, held: Held, answer: StoredAnswer = ANSWER, key: str = "key") -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.answers.put(key, answer, NOON)


async def test_an_answer_is_found_for_a_day_and_no_longer(store: Store, held: Held) -> None:
    await put(store, held)

    async with store.transaction(held.tenant) as tx:
        assert ANSWER == await tx.answers.get("key", REQUEST, NOON + DAY)
        assert await tx.answers.get("key", REQUEST, NOON + DAY + TICK) is None


async def test_a_key_is_taken_for_a_day(store: Store, held: Held) -> None:
    await put(store, held)
    with pytest.raises(Conflict):
        await put(store, held)

    async with store.transaction(held.tenant) as tx:
        await tx.answers.put("key", ANSWER, NOON + DAY + TICK)
        assert ANSWER == await tx.answers.get("key", REQUEST, NOON + DAY + TICK)


async def test_another_request_is_not_answered(store: Store, held: Held) -> None:
    await put(store, held)

    async with store.transaction(held.tenant) as tx:
        with pytest.raises(IdempotencyMismatch):
            await tx.answers.get("key", digest("another"), NOON)


async def test_an_answer_about_a_person_goes_with_their_key(store: Store, held: Held) -> None:
    """Nor does it still say whether a guessed request was theirs."""
    about = StoredAnswer(REQUEST, 201, b'{"name": "Ada"}', held.candidate)
    await put(store, held, about)
    await put(store, held, key="of-nobody")
    async with store.transaction(held.tenant) as tx:
        assert about == await tx.answers.get("key", REQUEST, NOON)
        await tx.keys.destroy_candidate(held.candidate, NOON)

    async with store.transaction(held.tenant) as tx:
        for guess in (REQUEST, digest("another")):
            with pytest.raises(Sealed):
                await tx.answers.get("key", guess, NOON)
        assert ANSWER == await tx.answers.get("of-nobody", REQUEST, NOON)


async def test_an_answer_about_somebody_unknown_is_not_kept(store: Store, held: Held) -> None:
    about = StoredAnswer(REQUEST, 201, b"{}", CandidateId(uuid4()))

    with pytest.raises(NotFound):
        await put(store, held, about)


async def test_what_was_kept_for_a_day_is_dropped_though_nobody_asks(
    store: Store, held: Held, other: Held
) -> None:
    """Seen from the time at which it would still be found."""
    for whose in (held, other):
        await put(store, whose)
    for at, known in ((NOON + DAY, ANSWER), (NOON + DAY + TICK, None)):
        await forget_answers(World(store, FakeClock(at), SystemIds()))
        for whose in (held, other):
            async with store.transaction(whose.tenant) as tx:
                assert known == await tx.answers.get("key", REQUEST, NOON)
