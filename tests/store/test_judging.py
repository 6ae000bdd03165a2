"""What every store promises of models' answers, and of cards that models made."""

from uuid import uuid4

import asyncpg
import pytest

from interview.chain import card_digest
from interview.errors import ChainBroken, EvidenceInvalid, NotFound, Sealed
from interview.events import ScorecardStored
from interview.hostile import Flag
from interview.ids import ScorecardId, TurnId
from interview.ports import Reply, Spent, Store
from interview.scoring import Quote, Rating, Scorecard, Verdict
from interview.store.postgres import PostgresStore
from interview.use_cases.verify import verify_interview
from tests.fakes.clock import NOON
from tests.store.world import Held, digest, hold, report, scorecard, talk

pytestmark = pytest.mark.store

FIRST, SECOND = Reply("{} \n", "model-1", Spent(7, 1)), Reply("[]", "model-2", Spent(0, 0))


async def test_an_answer_is_found_by_what_was_asked(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        assert FIRST == await tx.replies.keep(held.interview, digest("a"), FIRST, NOON)
        assert SECOND == await tx.replies.keep(held.interview, digest("b"), SECOND, NOON)
    async with store.transaction(held.tenant) as tx:
        assert FIRST == await tx.replies.find(held.interview, digest("a"))
        assert SECOND == await tx.replies.find(held.interview, digest("b"))
        assert None is await tx.replies.find(held.interview, digest("c"))


async def test_what_was_answered_first_is_not_replaced(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.replies.keep(held.interview, digest("a"), FIRST, NOON)
    async with store.transaction(held.tenant) as tx:
        assert FIRST == await tx.replies.keep(held.interview, digest("a"), SECOND, NOON)
        assert FIRST == await tx.replies.find(held.interview, digest("a"))


async def test_another_tenant_finds_no_answer(store: Store, held: Held, other: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.replies.keep(held.interview, digest("a"), FIRST, NOON)
    async with store.transaction(other.tenant) as tx:
        assert None is await tx.replies.find(other.interview, digest("a"))
        for foreign in (
            tx.replies.find(held.interview, digest("a")),
            tx.replies.keep(held.interview, digest("a"), SECOND, NOON),
        ):
            with pytest.raises(NotFound):
                await foreign


async def test_answers_go_with_the_interviews_key(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.replies.keep(held.interview, digest("a"), FIRST, NOON)
        await tx.keys.destroy_interview(held.interview, NOON)
    async with store.transaction(held.tenant) as tx:
        for gone in (
            tx.replies.find(held.interview, digest("a")),
            tx.replies.keep(held.interview, digest("b"), FIRST, NOON),
        ):
            with pytest.raises(Sealed):
                await gone


async def test_an_answer_in_anothers_place_does_not_open(
    postgres_store: PostgresStore, superuser: asyncpg.Connection
) -> None:
    held = await hold(postgres_store)
    async with postgres_store.transaction(held.tenant) as tx:
        await tx.replies.keep(held.interview, digest("a"), FIRST, NOON)
    await superuser.execute("UPDATE model_replies SET asked = $1", digest("b"))

    async with postgres_store.transaction(held.tenant) as tx:
        with pytest.raises(Sealed):
            await tx.replies.find(held.interview, digest("b"))


def judged(turn: TurnId, before: ScorecardId) -> Scorecard:
    """A card with everything that a judge may leave on it."""
    card = scorecard(turn)
    rated, unrated = card.ratings
    return card.model_copy(
        update={
            "ratings": (
                rated.model_copy(update={"with_flagged": Verdict(level=5, not_assessed=None)}),
                unrated.model_copy(
                    update={
                        "with_flagged": Verdict(level=None, not_assessed="disagreement"),
                        "carried_from": before,
                    }
                ),
            ),
            "flags": (Flag(turn_id=turn, start=0, end=5, rule="overrule"),),
        }
    )


async def keep(store: Store, held: Held) -> tuple[Scorecard, Scorecard]:
    """A card, and one that carries a rating over from it."""
    answer = TurnId(uuid4())
    first = scorecard(answer)
    second = judged(answer, first.scorecard_id)
    async with store.transaction(held.tenant) as tx:
        await tx.events.append(held.interview, 1, talk(TurnId(uuid4()), answer))
        for card in (first, second):
            await tx.scorecards.add(held.interview, card)
            fact = ScorecardStored(
                scorecard_id=str(card.scorecard_id), rater="judge", card_sha256=card_digest(card)
            )
            await tx.events.append(held.interview, 1, [report(fact)])
    return first, second


async def test_a_judges_card_comes_back_as_it_was(store: Store, held: Held) -> None:
    first, second = await keep(store, held)

    async with store.transaction(held.tenant) as tx:
        assert {first, second} == set(await tx.scorecards.of(held.interview))
        several = await tx.several.scorecards_of([held.interview])
        assert {first, second} == set(several[held.interview])
    assert (await verify_interview(store, held.tenant, held.interview)).opened


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE ratings SET with_flagged_level = 4 WHERE with_flagged_level = 5",
        "UPDATE ratings SET with_flagged_level = NULL WHERE with_flagged_level = 5",
        "UPDATE ratings SET with_flagged_why = 'no_evidence' WHERE with_flagged_why IS NOT NULL",
        "UPDATE ratings SET carried_from = NULL",
        "UPDATE scorecards SET sealed_flags = NULL",
    ],
)
async def test_what_a_judge_left_on_a_card_cannot_be_changed_unseen(
    postgres_store: PostgresStore, superuser: asyncpg.Connection, tampering: str
) -> None:
    held = await hold(postgres_store)
    await keep(postgres_store, held)
    assert "UPDATE 1" <= await superuser.execute(tampering)

    with pytest.raises(ChainBroken, match="was changed"):
        await verify_interview(postgres_store, held.tenant, held.interview)


async def test_a_level_by_a_model_without_evidence_is_refused(
    postgres_store: PostgresStore, superuser: asyncpg.Connection
) -> None:
    """By the model of a rating, by the store, and by the database when both were passed by."""
    held = await hold(postgres_store)
    first, _ = await keep(postgres_store, held)
    with pytest.raises(ValueError, match="needs at least one quote"):
        Rating.model_validate(first.ratings[0].model_dump() | {"quotes": ()})

    quote = Quote(turn_id=first.ratings[0].quotes[0].turn_id, text="I did everything", start=0)
    invented = first.ratings[0].model_copy(update={"quotes": (quote,)})
    card = first.model_copy(
        update={"scorecard_id": ScorecardId(uuid4()), "ratings": (invented, first.ratings[1])}
    )
    with pytest.raises(EvidenceInvalid):
        async with postgres_store.transaction(held.tenant) as tx:
            await tx.scorecards.add(held.interview, card)

    bare = first.ratings[0].model_copy(update={"quotes": ()})
    card = card.model_copy(update={"ratings": (bare, first.ratings[1])})
    with pytest.raises(EvidenceInvalid, match="must rest on verbatim words"):
        async with postgres_store.transaction(held.tenant) as tx:
            await tx.scorecards.add(held.interview, card)
