"""The event log in every store: gapless, sealed, chained, projected, followed."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

import pytest
from pydantic import TypeAdapter

from interview import chain
from interview.errors import Conflict, EvidenceInvalid, NotFound, OutOfOrder, Sealed
from interview.events import Event, InterviewCreated, Report, Resumed, SpeechHeard
from interview.ids import TurnId
from interview.lifecycle import State
from interview.ports import Store
from interview.turns import Turn, turns_from
from interview.use_cases.verify import Verified, verify_all, verify_interview
from tests.fakes.clock import NOON
from tests.store.world import SAID, Held, candidate, line, report, scorecard, speech, talk

pytestmark = pytest.mark.store
TURNS = TypeAdapter(tuple[Turn, ...])


def turn() -> TurnId:
    return TurnId(uuid4())


async def append(store: Store, held: Held, reports: Sequence[Report]) -> tuple[Event, ...]:
    async with store.transaction(held.tenant) as tx:
        return await tx.events.append(held.interview, 1, reports)


async def test_events_come_back_in_order_as_they_went_in(store: Store, held: Held) -> None:
    reports = talk(turn(), turn())

    appended = await append(store, held, reports)

    assert [1, 2, 3, 4, 5] == [event.seq for event in appended]
    assert [r.fact for r in reports] == [event.fact for event in appended]
    async with store.transaction(held.tenant) as tx:
        assert appended == await tx.events.read(held.interview)
        assert appended[2:4] == await tx.events.read(held.interview, after=2, limit=2)
        assert () == await tx.events.read(held.interview, after=5)


async def test_events_of_kinds_leave_out_the_others_and_slices_are_full(
    store: Store, held: Held
) -> None:
    appended = await append(store, held, [*talk(turn(), turn()), *talk(turn(), turn())])
    kinds = frozenset({appended[0].kind, appended[3].kind})
    wanted = tuple(event for event in appended if event.kind in kinds)

    async with store.transaction(held.tenant) as tx:
        assert len(appended) > len(wanted) >= 3
        assert wanted == await tx.events.read(held.interview, kinds=kinds)
        assert wanted[1:3] == await tx.events.read(held.interview, wanted[0].seq, 2, kinds)
        assert () == await tx.events.read(held.interview, kinds=frozenset())
        assert () == await tx.events.read(held.interview, appended[-1].seq, 5, kinds)


async def test_a_repeated_event_is_not_appended_again(store: Store, held: Held) -> None:
    first, second = report(InterviewCreated(kit_version=1)), report(Resumed())

    await append(store, held, [first])
    appended = await append(store, held, [first, second, second])

    assert [(2, second.event_id)] == [(event.seq, event.event_id) for event in appended]
    assert () == await append(store, held, [first, second])
    assert () == await append(store, held, [])


async def test_the_row_of_the_interview_names_the_end_of_its_log(store: Store, held: Held) -> None:
    await append(store, held, talk(turn(), turn()))
    await append(store, held, [report(Resumed())])

    async with store.transaction(held.tenant) as tx:
        interview = await tx.interviews.get(held.interview)
        links = await tx.events.links(held.interview)
    assert (6, links[-1].hash) == (interview.last_seq, interview.head)
    assert 6 == chain.verify(links, head=interview.head, count=interview.last_seq)


async def test_appends_of_one_transaction_follow_each_other(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.events.append(held.interview, 1, [report(Resumed()), report(Resumed())])
        between = await tx.interviews.get(held.interview)
        await tx.events.append(held.interview, 1, [report(Resumed())])
        links = await tx.events.links(held.interview)

    assert (2, links[1].hash) == (between.last_seq, between.head)
    async with store.transaction(held.tenant) as tx:
        after = await tx.interviews.get(held.interview)
    assert 3 == chain.verify(links, head=after.head, count=after.last_seq)


async def test_eight_writers_at_once_leave_no_gap(store: Store, held: Held) -> None:
    async def write() -> None:
        for _ in range(4):
            await append(store, held, [report(Resumed()), report(Resumed())])

    await asyncio.gather(*(write() for _ in range(8)))

    found = await verify_interview(store, held.tenant, held.interview)
    assert 64 == found.events


async def test_two_writers_of_the_same_event_append_it_once(store: Store, held: Held) -> None:
    same = report(Resumed())

    appended = await asyncio.gather(*(append(store, held, [same]) for _ in range(8)))

    assert 1 == sum(map(len, appended))


async def test_an_append_in_a_block_that_fails_leaves_nothing(store: Store, held: Held) -> None:
    kept = await append(store, held, [report(Resumed())])

    async def fail() -> None:
        async with store.transaction(held.tenant) as tx:
            await tx.events.append(held.interview, 1, talk(turn(), turn()))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()

    async with store.transaction(held.tenant) as tx:
        assert kept == await tx.events.read(held.interview)
        assert () == await tx.turns.of(held.interview)
    assert 1 == (await verify_interview(store, held.tenant, held.interview)).events


async def test_turns_are_the_fold_of_the_log(store: Store, held: Held) -> None:
    question, answer = turn(), turn()

    reports = talk(question, answer)
    for at in range(0, len(reports), 2):
        await append(store, held, reports[at : at + 2])

    async with store.transaction(held.tenant) as tx:
        turns = await tx.turns.of(held.interview)
        told = await tx.turns.told(held.interview)
        events = await tx.events.read(held.interview)
    assert turns_from(events) == turns == TURNS.validate_json(b"[%b]" % b",".join(told))
    assert [question, answer] == [t.turn_id for t in turns]
    assert f"{SAID} and paged nobody" == turns[1].spoken
    assert (True, 0.5, 3000) == (turns[1].complete, turns[1].confidence, turns[1].started_ms)


async def test_an_event_of_a_turn_that_was_never_opened_is_refused(
    store: Store, held: Held
) -> None:
    _, ended = line(turn())

    with pytest.raises(OutOfOrder):
        await append(store, held, [report(Resumed()), ended])

    async with store.transaction(held.tenant) as tx:
        assert () == await tx.events.read(held.interview)


async def test_a_turn_keeps_which_of_its_words_came_in_writing(store: Store, held: Held) -> None:
    answer = turn()
    wrote = speech(answer, "In short: café.").fact
    assert isinstance(wrote, SpeechHeard)
    wrote = replace(wrote, words=(), typed=True)
    await append(store, held, [report(wrote), speech(answer)])

    async with store.transaction(held.tenant) as tx:
        (found,) = await tx.turns.of(held.interview)
        told = await tx.turns.told(held.interview)

    assert (found,) == tuple(TURNS.validate_json(b"[%b]" % b",".join(told)))
    assert [(0, len("In short: café."))] == [(span.start, span.end) for span in found.written]
    assert (f"In short: café. {SAID}", True) == (found.spoken, found.typed)


async def test_a_turn_that_an_older_version_stored_still_follows_from_the_log(
    store: Store, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not say what came in writing, and is not made to say a part of it later."""
    answer = turn()
    wrote = speech(answer, "In short:").fact
    assert isinstance(wrote, SpeechHeard)
    wrote = replace(wrote, words=(), typed=True)
    with monkeypatch.context() as older:
        older.setattr("interview.turns._written", lambda _, __: ())
        await append(store, held, [report(wrote)])

    assert 1 == (await verify_interview(store, held.tenant, held.interview)).turns
    await append(store, held, [speech(answer), report(wrote)])

    assert 1 == (await verify_interview(store, held.tenant, held.interview)).turns
    async with store.transaction(held.tenant) as tx:
        (found,) = await tx.turns.of(held.interview)
    assert (True, ()) == (found.typed, found.written)


async def test_the_same_turn_of_two_interviews_is_two_turns(
    store: Store, held: Held, other: Held
) -> None:
    same = turn()

    await append(store, held, [speech(same)])
    await append(store, other, [speech(same, "Something else")])

    async with store.transaction(held.tenant) as tx:
        assert [SAID] == [t.spoken for t in await tx.turns.of(held.interview)]


async def test_a_follower_is_woken_by_an_append(store: Store, held: Held) -> None:
    async with store.follow(held.tenant, held.interview) as wakes, asyncio.timeout(5):
        seen = 0
        for wanted in (1, 2, 3):
            await append(store, held, [report(Resumed())])
            while seen < wanted:
                await anext(wakes)
                async with store.transaction(held.tenant) as tx:
                    seen += len(await tx.events.read(held.interview, after=seen))
        assert 3 == seen


async def test_a_follower_who_comes_late_still_looks_once(store: Store, held: Held) -> None:
    await append(store, held, [report(Resumed())])

    async with store.follow(held.tenant, held.interview) as wakes, asyncio.timeout(5):
        await anext(wakes)


async def test_a_slow_follower_is_woken_once_for_many_appends(store: Store, held: Held) -> None:
    async with (
        store.follow(held.tenant, held.interview) as slow,
        store.follow(held.tenant, held.interview) as quick,
        asyncio.timeout(5),
    ):
        for count in range(1, 20):
            await append(store, held, [report(Resumed())])
            seen = 0
            while seen < count:
                await anext(quick)
                async with store.transaction(held.tenant) as tx:
                    seen = len(await tx.events.read(held.interview))
        await anext(slow)
        waiting = asyncio.ensure_future(anext(slow))
        done, _ = await asyncio.wait([waiting], timeout=0.05)
        waiting.cancel()
    assert not done


async def test_an_interview_of_another_tenant_cannot_be_followed(
    store: Store, held: Held, other: Held
) -> None:
    with pytest.raises(NotFound):
        async with store.follow(other.tenant, held.interview):
            pass


async def test_a_scorecard_comes_back_as_it_went_in(store: Store, held: Held) -> None:
    answer = turn()
    await append(store, held, talk(turn(), answer))
    card = scorecard(answer, ["the overflowing queue", "I drained"])
    async with store.transaction(held.tenant) as tx:
        await tx.scorecards.add(held.interview, card)
        assert (card,) == await tx.scorecards.of(held.interview)

    with pytest.raises(Conflict):
        async with store.transaction(held.tenant) as tx:
            await tx.scorecards.add(held.interview, card)


@pytest.mark.parametrize("quote", ["the overflowing cue", "Tell me about an outage."])
async def test_a_quote_that_the_candidate_never_said_is_refused(
    store: Store, held: Held, quote: str
) -> None:
    answer = turn()
    await append(store, held, talk(turn(), answer))
    card = scorecard(answer)
    rating = card.ratings[0]
    wrong = rating.quotes[0].model_copy(update={"text": quote})
    rated = (rating.model_copy(update={"quotes": (wrong,)}), *card.ratings[1:])

    with pytest.raises(EvidenceInvalid):
        async with store.transaction(held.tenant) as tx:
            await tx.scorecards.add(held.interview, card.model_copy(update={"ratings": rated}))


async def test_a_quote_of_the_interviewer_is_no_evidence(store: Store, held: Held) -> None:
    question = turn()
    await append(store, held, line(question, SAID))

    with pytest.raises(EvidenceInvalid):
        async with store.transaction(held.tenant) as tx:
            await tx.scorecards.add(held.interview, scorecard(question))


async def test_without_the_interviews_key_nothing_said_can_be_read_and_the_chain_holds(
    store: Store, held: Held
) -> None:
    answer = turn()
    await append(store, held, talk(turn(), answer))
    async with store.transaction(held.tenant) as tx:
        await tx.scorecards.add(held.interview, scorecard(answer))
        sealed = await tx.keys.seal(held.interview, "part", b"sound")
        assert b"sound" == await tx.keys.open(held.interview, "part", sealed)
    async with store.transaction(held.tenant) as tx:
        await tx.keys.destroy_interview(held.interview, NOON)

    async with store.transaction(held.tenant) as tx:
        for reading in (
            tx.events.read(held.interview),
            tx.turns.of(held.interview),
            tx.turns.told(held.interview),
            tx.scorecards.of(held.interview),
            tx.keys.open(held.interview, "part", sealed),
            tx.keys.seal(held.interview, "part", b"more"),
            tx.events.append(held.interview, 1, [report(Resumed())]),
        ):
            with pytest.raises(Sealed):
                await reading
        assert held.candidate == (await tx.candidates.get(held.candidate)).candidate_id

    verified = await verify_interview(store, held.tenant, held.interview)
    async with store.transaction(held.tenant) as tx:
        head = (await tx.interviews.get(held.interview)).head
    assert Verified(held.tenant, held.interview, 5, 0, opened=False, head=head) == verified


async def test_a_label_that_something_was_not_sealed_for_does_not_open_it(
    store: Store, held: Held
) -> None:
    async with store.transaction(held.tenant) as tx:
        sealed = await tx.keys.seal(held.interview, "part/1", b"sound")
        for label, blob in (("part/2", sealed), ("part/1", sealed[:-1]), ("part/1", b"")):
            with pytest.raises(Sealed):
                await tx.keys.open(held.interview, label, blob)


async def test_without_the_candidates_key_they_have_no_name(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.keys.destroy_candidate(held.candidate, NOON)
        await tx.keys.destroy_candidate(held.candidate, NOON)

    async with store.transaction(held.tenant) as tx:
        with pytest.raises(Sealed):
            await tx.candidates.get(held.candidate)
        assert () == (await tx.candidates.page(9, None)).items
        assert State.LIVE is (await tx.interviews.get(held.interview)).state


async def test_a_destroyed_key_has_no_successor(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.keys.destroy_candidate(held.candidate, NOON)
    with pytest.raises(Conflict):
        async with store.transaction(held.tenant) as tx:
            await tx.candidates.add(candidate(held.candidate))


async def test_every_interview_of_every_tenant_is_verified(
    store: Store, held: Held, other: Held
) -> None:
    await append(store, held, talk(turn(), turn()))
    await append(store, other, [report(Resumed())])

    findings = await verify_all(store)

    assert {
        (held.tenant, held.interview, 5, 2, True),
        (other.tenant, other.interview, 1, 0, True),
    } == {(v.tenant, v.interview, v.events, v.turns, v.opened) for v in findings.verified}
    assert [] == findings.broken
