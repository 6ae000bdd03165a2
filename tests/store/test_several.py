"""Reads for many at once: the same answers as one by one, from both stores."""

import json
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from interview.accounts import Invitation, Job, KitRecord
from interview.by_people import By, DecisionMade, Outcome
from interview.events import Report
from interview.ids import CandidateId, InterviewId, InvitationId, JobId, KitId, NoteId, TurnId
from interview.lifecycle import State
from interview.notes import Note
from interview.ports import Slice, SpokenSlice, Store
from interview.rests import Outline
from interview.scoring import Scorecard, Total
from tests.fakes.clock import NOON
from tests.store.world import (
    KIT,
    Held,
    candidate,
    digest,
    interview,
    line,
    report,
    scorecard,
    talk,
)

pytestmark = pytest.mark.store
ALL = Slice(limit=50)
BY = By(kind="key", id="kid", name="Grace Hopper")


def decided(outcome: Outcome = "advance") -> Report:
    made = DecisionMade(
        outcome=outcome, reason_code="meets_requirements", note=None, opened=(), by=BY
    )
    return report(made)


def noted(of: InterviewId, text: str) -> Note:
    return Note(NoteId(uuid4()), of, BY, text, 1200, None, NOON)


def link(of: InterviewId, age: int) -> Invitation:
    at = NOON + timedelta(seconds=age)
    return Invitation(InvitationId(uuid4()), of, digest(f"{of}{age}"), at, None)


async def more_interviews(store: Store, held: Held, count: int) -> list[InterviewId]:
    names = sorted(InterviewId(uuid4()) for _ in range(count))
    async with store.transaction(held.tenant) as tx:
        for name in names:
            await tx.interviews.add(interview(held, name))
    return names


async def test_what_is_named_is_found_and_the_rest_left_out(
    store: Store, held: Held, other: Held
) -> None:
    job = Job(JobId(uuid4()), "Designer", NOON)
    async with store.transaction(held.tenant) as tx:
        await tx.jobs.add(job)
        several = tx.several
        jobs = await several.jobs([job.job_id, held.job, other.job, JobId(uuid4())])
        kits = await several.kits([held.kit, other.kit, KitId(uuid4())])
        candidates = await several.candidates([held.candidate, other.candidate])

    assert {job.job_id: job, held.job: Job(held.job, "Engineer", NOON)} == jobs
    assert {held.kit: KitRecord(held.kit, held.job, KIT, 1, NOON, NOON, revision=2)} == kits
    assert {held.candidate: candidate(held.candidate)} == candidates


async def test_nobody_asks_for_nothing_and_gets_more(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        several = tx.several

        assert {} == await several.jobs([])
        assert {} == await several.candidates([])
        assert {} == await several.kits_of([], ALL)
        assert {} == await several.states_of([])
        assert {} == await several.turns_of([], SpokenSlice(5))
        assert {} == await several.outlines_of([])
        assert {} == await several.scorecards_of([])
        assert {} == await several.levels_of([], 5)
        assert {} == await several.totals_of([])
        assert {} == await several.decisions_of([])
        assert {} == await several.notes_of([], ALL)
        assert {} == await several.invitations_of([])


async def test_kits_and_interviews_come_in_slices_of_each(store: Store, held: Held) -> None:
    drafts = sorted(KitId(uuid4()) for _ in range(3))
    added = await more_interviews(store, held, 3)
    async with store.transaction(held.tenant) as tx:
        for name in drafts:
            await tx.kits.add(KitRecord(name, held.job, KIT, None, NOON))
        several, nobodys = tx.several, JobId(uuid4())
        kits = await several.kits_of([held.job, nobodys], ALL)
        interviews = await several.interviews_of([held.kit, drafts[0]], ALL)
        ids = [each.interview_id for each in interviews[held.kit]]
        second = await several.interviews_of([held.kit], Slice(2, after=ids[0]))

    assert sorted([held.kit, *drafts]) == [kit.kit_id for kit in kits[held.job]]
    assert () == kits[nobodys]
    assert sorted([held.interview, *added]) == ids
    assert () == interviews[drafts[0]]
    assert ids[1:3] == [each.interview_id for each in second[held.kit]]


async def test_turns_and_scorecards_of_several_are_those_of_each(store: Store, held: Held) -> None:
    (second, third) = await more_interviews(store, held, 2)
    answer = TurnId(uuid4())
    async with store.transaction(held.tenant) as tx:
        await tx.events.append(held.interview, 1, talk(TurnId(uuid4()), answer))
        await tx.events.append(second, 1, line(TurnId(uuid4())))
        await tx.scorecards.add(held.interview, scorecard(answer))
        await tx.scorecards.add(held.interview, scorecard(answer))
        ids = [held.interview, second, third]
        turns = await tx.several.turns_of(ids, SpokenSlice(50))
        cards = await tx.several.scorecards_of(ids)

        assert {of: await tx.turns.of(of) for of in ids} == turns
        assert {of: await tx.scorecards.of(of) for of in ids} == cards
        outlines = await tx.several.outlines_of(ids)
        assert [held.interview, second] == sorted(outlines, key=ids.index)
        for of, known in outlines.items():
            assert known == tuple(
                Outline(t.turn_id, t.speaker, t.question, t.line) for t in turns[of]
            )
        one = turns[held.interview][0].turn_id
        left = [json.loads(told) for told in await tx.turns.told(held.interview, [one])]
        assert [str(t.turn_id) for t in turns[held.interview][1:]] == [t["turn_id"] for t in left]
        first = await tx.several.turns_of(ids, SpokenSlice(1))
        after = first[held.interview][0].seq
        rest = await tx.several.turns_of(ids, SpokenSlice(1, after))

    assert turns[held.interview] == (*first[held.interview], *rest[held.interview])
    assert (2, 2) == (len(turns[held.interview]), len(cards[held.interview]))


async def test_levels_are_those_of_cards_with_who_gave_them(store: Store, held: Held) -> None:
    (second,) = await more_interviews(store, held, 1)
    answer = TurnId(uuid4())
    cards = [
        scorecard(answer).model_copy(
            update={"person": by, "created_at": NOON + timedelta(hours=hours)}
        )
        for by, hours in ((BY, 2), (None, 1), (BY, 3))
    ]
    async with store.transaction(held.tenant) as tx:
        await tx.events.append(held.interview, 1, talk(TurnId(uuid4()), answer))
        for card in cards:
            await tx.scorecards.add(held.interview, card)
        found = await tx.several.levels_of([held.interview, second], 1)

    assert () == found[second]
    assert [(cards[1].scorecard_id, None), (cards[0].scorecard_id, BY)] == [
        (card.scorecard, card.rater.person) for card in found[held.interview]
    ]
    first, stamp = found[held.interview][0], cards[1].stamp
    assert (stamp.rater, stamp.rater_version, stamp.model) == (
        first.rater.name,
        first.rater.version,
        first.rater.model,
    )
    assert {rating.competency: rating.level for rating in cards[1].ratings} == first.levels
    assert cards[1].created_at == first.at


async def test_levels_are_of_peoples_first_cards_and_of_the_last_of_each_program(
    store: Store, held: Held
) -> None:
    """However often a program rated again."""
    answer = TurnId(uuid4())

    def card(hours: int, by: By | None, version: str, model: str | None = None) -> Scorecard:
        made = scorecard(answer)
        stamp = made.stamp.model_copy(update={"rater_version": version, "model": model})
        at = NOON + timedelta(hours=hours)
        return made.model_copy(update={"person": by, "created_at": at, "stamp": stamp})

    again = [card(hours, None, "1") for hours in range(1, 60)]
    other = [card(61, None, "1", "a-model"), card(62, None, "2"), card(63, None, "2")]
    people = [card(60, BY, "1"), card(64, BY, "1"), card(65, BY, "1"), card(66, BY, "1")]
    async with store.transaction(held.tenant) as tx:
        await tx.events.append(held.interview, 1, talk(TurnId(uuid4()), answer))
        for each in (*again, *other, *people):
            await tx.scorecards.add(held.interview, each)
        found = await tx.several.levels_of([held.interview], 3)
        fewest = await tx.several.levels_of([held.interview], 1)

    expected = (again[-1], people[0], other[0], other[2], people[1], people[2])
    assert [each.scorecard_id for each in expected] == [
        each.scorecard for each in found[held.interview]
    ]
    assert [people[0].scorecard_id, other[2].scorecard_id] == [
        each.scorecard for each in fewest[held.interview]
    ]


async def test_totals_are_of_the_newest_card_by_a_program_and_open_no_word(
    store: Store, held: Held
) -> None:
    second, third = await more_interviews(store, held, 2)
    answer = TurnId(uuid4())

    def card(hours: int, by: By | None = None, **stamp: str) -> Scorecard:
        made = scorecard(answer)
        at = NOON + timedelta(hours=hours)
        changes = {"person": by, "created_at": at, "stamp": made.stamp.model_copy(update=stamp)}
        return made.model_copy(update={**changes, "total": Decimal(f"{hours}.25")})

    newest = card(3, rater="judge", rater_version="2", model="a-model", prompt_hash="ab" * 32)
    ids = [held.interview, second, third]
    async with store.transaction(held.tenant) as tx:
        await tx.events.append(held.interview, 1, talk(TurnId(uuid4()), answer))
        for each in (card(4, BY), newest, card(2)):
            await tx.scorecards.add(held.interview, each)
        await tx.events.append(second, 1, talk(TurnId(uuid4()), answer))
        await tx.scorecards.add(second, card(1, BY))
        found = await tx.several.totals_of(ids)

    assert {
        held.interview: Total(newest.stamp, Decimal("3.25"), newest.coverage),
        second: None,
        third: None,
    } == found


async def test_states_of_several_are_those_of_each(store: Store, held: Held) -> None:
    (second,) = await more_interviews(store, held, 1)
    async with store.transaction(held.tenant) as tx:
        await tx.interviews.set_state(second, State.CANCELLED, NOON)
        found = await tx.several.states_of([held.interview, second, InterviewId(uuid4())])
        before = (await tx.interviews.get(held.interview)).state

    assert {held.interview: before, second: State.CANCELLED} == found


async def test_what_people_did_about_several_is_what_they_did_about_each(
    store: Store, held: Held
) -> None:
    (second, third) = await more_interviews(store, held, 2)
    ids = [held.interview, second, third]
    notes = sorted((noted(second, f"Note {n}") for n in range(3)), key=lambda note: note.note_id)
    links = [link(second, age) for age in (2, 1)]
    async with store.transaction(held.tenant) as tx:
        await tx.events.append(held.interview, 1, [decided(), *line(TurnId(uuid4()))])
        await tx.events.append(second, 1, [*line(TurnId(uuid4())), decided("reject")])
        for note in [*notes, noted(third, "Another")]:
            await tx.notes.add(note)
        for each in links:
            await tx.invitations.add(each)
        decisions = await tx.several.decisions_of(ids)
        found = await tx.several.notes_of(ids, ALL)
        part = await tx.several.notes_of(ids, Slice(1, after=notes[0].note_id))
        invitations = await tx.several.invitations_of(ids)

        made = {of: await tx.events.of_kind(of, "decision_made") for of in ids}
        assert {of: each[0] if each else None for of, each in made.items()} == decisions
        assert {of: await tx.invitations.of(of) for of in ids} == invitations
    assert [True, True, False] == [decisions[of] is not None for of in ids]
    assert ((), tuple(notes)) == (found[held.interview], found[second])
    assert (notes[1],) == part[second]
    assert tuple(reversed(links)) == invitations[second]


async def test_what_was_erased_is_left_out(store: Store, held: Held) -> None:
    (second,) = await more_interviews(store, held, 1)
    async with store.transaction(held.tenant) as tx:
        await tx.keys.destroy_interview(held.interview, NOON)
        await tx.keys.destroy_candidate(held.candidate, NOON)

        ids = [held.interview, second]
        assert {second: ()} == await tx.several.turns_of(ids, SpokenSlice(5))
        assert {second: ()} == await tx.several.scorecards_of(ids)
        assert {second: ()} == await tx.several.levels_of(ids, 5)
        assert {second: None} == await tx.several.totals_of(ids)
        assert {second: None} == await tx.several.decisions_of(ids)
        assert {second: ()} == await tx.several.notes_of(ids, ALL)
        assert {} == await tx.several.candidates([held.candidate, CandidateId(uuid4())])


async def test_several_of_another_tenant_are_nobodys(store: Store, held: Held, other: Held) -> None:
    answer = TurnId(uuid4())
    async with store.transaction(held.tenant) as tx:
        await tx.events.append(held.interview, 1, talk(TurnId(uuid4()), answer))
        await tx.scorecards.add(held.interview, scorecard(answer))
        await tx.events.append(held.interview, 1, [decided()])
        await tx.notes.add(noted(held.interview, "Calm."))
        await tx.invitations.add(link(held.interview, 1))
    async with store.transaction(other.tenant) as tx:
        found: tuple[Mapping[Any, object], ...] = (
            await tx.several.jobs([held.job]),
            await tx.several.kits([held.kit]),
            await tx.several.candidates([held.candidate]),
            await tx.several.states_of([held.interview]),
            await tx.several.turns_of([held.interview], SpokenSlice(5)),
            await tx.several.outlines_of([held.interview]),
            await tx.several.scorecards_of([held.interview]),
            await tx.several.levels_of([held.interview], 5),
            await tx.several.totals_of([held.interview]),
            await tx.several.decisions_of([held.interview]),
            await tx.several.notes_of([held.interview], ALL),
        )
        links = await tx.several.invitations_of([held.interview])
        kits = await tx.several.kits_of([held.job], ALL)
        interviews = await tx.several.interviews_of([held.kit], ALL)

    assert ({},) * 11 == found
    assert [(), (), ()] == [*kits.values(), *interviews.values(), *links.values()]
