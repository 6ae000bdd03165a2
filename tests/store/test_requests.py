"""What every store promises of candidates' requests and of what they thought of the interview."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from interview.by_people import By
from interview.errors import Invalid, NotFound, Sealed
from interview.ids import RequestId, TurnId
from interview.ports import RequestsWanted, Sort, Store
from interview.requests import Feedback, Request, Settled
from tests.fakes.clock import NOON
from tests.store.world import Held, hold, talk

pytestmark = pytest.mark.store

GRACE = By(kind="key", id="kid1", name="Grace")
LATER = NOON + timedelta(hours=1)


def access(held: Held, age: int = 0) -> Request:
    at = NOON + timedelta(seconds=age)
    return Request(RequestId(uuid4()), held.interview, "access", None, "Everything.", at)


async def test_a_request_is_kept_with_its_words_and_its_answer(store: Store, held: Held) -> None:
    asked = access(held)
    answered = asked.settle(Settled("granted", "Here it is.", GRACE, LATER))
    async with store.transaction(held.tenant) as tx:
        await tx.requests.add(asked)
    async with store.transaction(held.tenant) as tx:
        assert asked == await tx.requests.get(asked.request_id, lock=True)
        await tx.requests.settle(answered)
    async with store.transaction(held.tenant) as tx:
        assert (answered,) == await tx.requests.of(held.interview)
        assert answered == await tx.requests.get(asked.request_id)


async def test_requests_are_paged_and_kept_apart(store: Store, held: Held, other: Held) -> None:
    first, second, third = (access(held, age) for age in range(3))
    theirs = access(other)
    async with store.transaction(other.tenant) as tx:
        await tx.requests.add(theirs)
    async with store.transaction(held.tenant) as tx:
        for each in (third, first, second):
            await tx.requests.add(each)
        answered = second.settle(Settled("refused", "No.", GRACE, LATER))
        await tx.requests.settle(answered)
        oldest = await tx.requests.page(2, None, RequestsWanted())
        rest = await tx.requests.page(2, oldest.next, RequestsWanted())
        newest = await tx.requests.page(1, None, RequestsWanted(sort=Sort.NEWEST))
        waiting = await tx.requests.page(9, None, RequestsWanted(open=True))
        done = await tx.requests.page(9, None, RequestsWanted(open=False, kind="access"))
        none = await tx.requests.page(9, None, RequestsWanted(kind="erasure"))
        of_one = await tx.requests.page(9, None, RequestsWanted(interview=held.interview))
        with pytest.raises(NotFound):
            await tx.requests.get(theirs.request_id)
        with pytest.raises(Invalid):
            await tx.requests.page(2, oldest.next, RequestsWanted(open=True))

    assert ((first, answered), (third,), None) == (oldest.items, rest.items, rest.next)
    assert ((third,), (first, third)) == (newest.items, waiting.items)
    assert ((answered,), ()) == (done.items, none.items)
    assert (first, answered, third) == of_one.items


async def test_a_turn_that_is_none_of_the_interviews_is_not_found(store: Store, held: Held) -> None:
    turn = TurnId(uuid4())
    wanted = Request(RequestId(uuid4()), held.interview, "transcript", turn, "logs", NOON)

    with pytest.raises(NotFound):
        async with store.transaction(held.tenant) as tx:
            await tx.requests.add(wanted)
    question, answer = TurnId(uuid4()), TurnId(uuid4())
    known = replace(wanted, turn=answer)
    async with store.transaction(held.tenant) as tx:
        await tx.events.append(held.interview, 1, talk(question, answer))
        await tx.requests.add(known)
        assert (known,) == await tx.requests.of(held.interview)


async def test_of_who_was_erased_only_that_they_asked_is_left(store: Store, held: Held) -> None:
    asked = access(held)
    async with store.transaction(held.tenant) as tx:
        await tx.requests.add(asked)
        settled = asked.settle(Settled("granted", "Done.", GRACE, LATER))
        await tx.requests.settle(settled)
        await tx.feedback.put(Feedback(held.interview, 4, "Kind.", NOON))
        await tx.keys.destroy_interview(held.interview, LATER)
    async with store.transaction(held.tenant) as tx:
        page = await tx.requests.page(9, None, RequestsWanted())
        with pytest.raises(Sealed):
            await tx.feedback.of(held.interview)
        with pytest.raises(Sealed):
            await tx.requests.add(access(held))

    assert (replace(settled, text=None, settled=None),) == page.items
    assert "granted" == page.items[0].state


async def test_feedback_is_replaced_and_there_is_one(store: Store, held: Held) -> None:
    second = await hold(store, name="Second")
    async with store.transaction(held.tenant) as tx:
        assert None is await tx.feedback.of(held.interview)
        await tx.feedback.put(Feedback(held.interview, 2, "Slow.", NOON))
        last = Feedback(held.interview, 4, "Kind after all.", LATER + timedelta(microseconds=7))
        await tx.feedback.put(last)
    async with store.transaction(held.tenant) as tx:
        assert last == await tx.feedback.of(held.interview)
    async with store.transaction(second.tenant) as tx:
        assert None is await tx.feedback.of(second.interview)
