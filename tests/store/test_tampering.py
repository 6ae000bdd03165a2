"""Whoever holds the database still cannot change what happened without being found out."""

from uuid import uuid4

import asyncpg
import pytest

from interview.by_people import By, TurnCorrected
from interview.chain import card_digest
from interview.errors import ChainBroken, Sealed
from interview.events import Resumed, ScorecardStored
from interview.ids import TurnId
from interview.store.postgres import PostgresStore
from interview.use_cases.verify import verify_all, verify_interview
from tests.store.world import Held, hold, report, scorecard, talk

pytestmark = pytest.mark.store

OFF = "SET session_replication_role = replica"
"""A superuser switches triggers and references off."""


@pytest.fixture
async def told(postgres_store: PostgresStore) -> Held:
    """An interview with five events and two turns."""
    held = await hold(postgres_store)
    async with postgres_store.transaction(held.tenant) as tx:
        await tx.events.append(held.interview, 1, talk(TurnId(uuid4()), TurnId(uuid4())))
    return held


FLIP = "set_byte(sealed_payload, 40, get_byte(sealed_payload, 40) # 1)"
SWAP = """
    UPDATE interview_events AS e SET sealed_payload = o.sealed_payload
    FROM interview_events AS o
    WHERE e.seq IN (3, 4) AND o.seq = 7 - e.seq AND o.interview_id = e.interview_id
"""
REORDER = """
    UPDATE interview_events SET seq = -seq WHERE seq IN (3, 4);
    UPDATE interview_events SET seq = 7 + seq WHERE seq IN (-3, -4);
"""


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        (f"UPDATE interview_events SET sealed_payload = {FLIP} WHERE seq = 3", "event 3 was"),
        ("UPDATE interview_events SET sealed_payload = '' WHERE seq = 5", "event 5 was"),
        ("UPDATE interview_events SET at = at + interval '1 us' WHERE seq = 2", "event 2 was"),
        ("UPDATE interview_events SET kind = 'resumed' WHERE seq = 1", "event 1 was"),
        ("UPDATE interview_events SET epoch = 2 WHERE seq = 4", "event 4 was"),
        ("UPDATE interview_events SET event_id = gen_random_uuid() WHERE seq = 4", "event 4 was"),
        ("UPDATE interview_events SET hash = sha256('') WHERE seq = 3", "event 3 was"),
        ("UPDATE interview_events SET prev_hash = sha256('') WHERE seq = 3", "event 3 does not"),
        (SWAP, "event 3 was"),
        (REORDER, "event 3 does not"),
        ("DELETE FROM interview_events WHERE seq = 1", "event 1 is missing"),
        ("DELETE FROM interview_events WHERE seq = 3", "event 3 is missing"),
        ("DELETE FROM interview_events WHERE seq = 5", "ends at event 4, the interview says 5"),
        ("DELETE FROM interview_events", "ends at event 0, the interview says 5"),
        ("UPDATE interviews SET head = sha256('')", "event 5 is not the head"),
        ("UPDATE interviews SET last_seq = 6", "ends at event 5, the interview says 6"),
    ],
)
async def test_a_changed_log_is_found(
    postgres_store: PostgresStore,
    told: Held,
    superuser: asyncpg.Connection,
    tampering: str,
    found: str,
) -> None:
    await superuser.execute(OFF)
    await superuser.execute(
        "ALTER TABLE interview_events DROP CONSTRAINT interview_events_seq_check"
    )
    await superuser.execute(tampering)

    with pytest.raises(ChainBroken, match=found):
        await verify_interview(postgres_store, told.tenant, told.interview)

    findings = await verify_all(postgres_store)
    assert ([], [told.interview]) == (findings.verified, [b.interview for b in findings.broken])


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE turns SET speaker = 'ai'", "does not follow"),
        ("UPDATE turns SET started_ms = started_ms + 1", "does not follow"),
        ("UPDATE turns SET cut_off = true", "does not follow"),
        ("DELETE FROM turns WHERE speaker = 'candidate'", "does not follow"),
        (
            f"UPDATE turns SET sealed_speech = {FLIP.replace('payload', 'speech')}",
            "cannot be opened",
        ),
        ("UPDATE turns SET version = version - 1", "cannot be opened"),
    ],
)
async def test_a_changed_turn_is_found(
    postgres_store: PostgresStore,
    told: Held,
    superuser: asyncpg.Connection,
    tampering: str,
    found: str,
) -> None:
    await superuser.execute(OFF)
    await superuser.execute(tampering)

    with pytest.raises(ChainBroken, match=found):
        await verify_interview(postgres_store, told.tenant, told.interview)


async def test_a_correction_that_is_taken_back_is_found(
    postgres_store: PostgresStore, told: Held, superuser: asyncpg.Connection
) -> None:
    by = By(kind="member", id="m1")
    async with postgres_store.transaction(told.tenant) as tx:
        answer = (await tx.turns.of(told.interview))[1]
    before = await superuser.fetchrow(
        "SELECT version, sealed_speech FROM turns WHERE turn_id = $1", answer.turn_id
    )
    assert before is not None
    corrected = TurnCorrected(turn_id=answer.turn_id, text="I did not", reason="So it is.", by=by)
    async with postgres_store.transaction(told.tenant) as tx:
        await tx.events.append(told.interview, 1, [report(corrected)])
    await verify_interview(postgres_store, told.tenant, told.interview)

    await superuser.execute(
        "UPDATE turns SET version = $2, sealed_speech = $3 WHERE turn_id = $1",
        answer.turn_id,
        *before,
    )

    with pytest.raises(ChainBroken, match="does not follow"):
        await verify_interview(postgres_store, told.tenant, told.interview)


@pytest.fixture
async def scored(postgres_store: PostgresStore) -> Held:
    """An interview with a scorecard: a level with two quotes, and a competency without one."""
    held, answer = await hold(postgres_store), TurnId(uuid4())
    card = scorecard(answer, ("the overflowing queue", "I drained"))
    noted = ScorecardStored(
        scorecard_id=str(card.scorecard_id),
        rater=card.stamp.rater,
        card_sha256=card_digest(card),
    )
    async with postgres_store.transaction(held.tenant) as tx:
        await tx.events.append(held.interview, 1, talk(TurnId(uuid4()), answer))
        await tx.scorecards.add(held.interview, card)
        await tx.events.append(held.interview, 1, [report(noted)])
    return held


UNNAMED = """
    INSERT INTO scorecards
    SELECT tenant, gen_random_uuid(), interview_id, kit_version, rater, rater_version, model,
        prompt_hash, transcript_seq, total, coverage, created_at
    FROM scorecards
"""


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE ratings SET level = 5 WHERE level = 4", "was changed"),
        ("UPDATE ratings SET spread = 0, runs = 1", "was changed"),
        ("UPDATE ratings SET not_assessed = 'not_asked' WHERE level IS NULL", "was changed"),
        ("UPDATE ratings SET position = 1 - position", "was changed"),
        ("UPDATE scorecards SET total = 5", "was changed"),
        ("UPDATE scorecards SET coverage = 1", "was changed"),
        ("UPDATE scorecards SET rater = 'a person'", "was changed"),
        ("UPDATE scorecards SET transcript_seq = 1", "was changed"),
        ("UPDATE scorecards SET created_at = created_at + interval '1 us'", "was changed"),
        ("UPDATE evidence SET start = start + 1", "was changed"),
        ("DELETE FROM evidence WHERE position = 1", "was changed"),
        ("DELETE FROM ratings WHERE level IS NULL", "was changed"),
        ("DELETE FROM evidence", "cannot be opened"),
        ("UPDATE evidence SET position = 1 - position", "cannot be opened"),
        ("DELETE FROM scorecards", "is missing"),
        (UNNAMED, "is not in the log"),
    ],
)
async def test_a_changed_scorecard_is_found(
    postgres_store: PostgresStore,
    scored: Held,
    superuser: asyncpg.Connection,
    tampering: str,
    found: str,
) -> None:
    assert (await verify_interview(postgres_store, scored.tenant, scored.interview)).opened
    await superuser.execute(OFF)
    await superuser.execute("ALTER TABLE evidence DROP CONSTRAINT evidence_pkey")
    await superuser.execute(tampering)

    with pytest.raises(ChainBroken, match=f"scorecard .*{found}"):
        await verify_interview(postgres_store, scored.tenant, scored.interview)


async def test_a_scorecard_from_before_there_were_digests_must_only_be_there(
    postgres_store: PostgresStore, told: Held, superuser: asyncpg.Connection
) -> None:
    async with postgres_store.transaction(told.tenant) as tx:
        answer = next(t.turn_id for t in await tx.turns.of(told.interview) if t.words)
        card = scorecard(answer)
        noted = ScorecardStored(scorecard_id=str(card.scorecard_id), rater="indicators")
        await tx.scorecards.add(told.interview, card)
        await tx.events.append(told.interview, 1, [report(noted)])

    assert 6 == (await verify_interview(postgres_store, told.tenant, told.interview)).events
    await superuser.execute(OFF)
    await superuser.execute("DELETE FROM scorecards")
    with pytest.raises(ChainBroken, match="is missing"):
        await verify_interview(postgres_store, told.tenant, told.interview)


async def test_an_event_moved_to_another_interview_is_found(
    postgres_store: PostgresStore, told: Held, superuser: asyncpg.Connection
) -> None:
    other = await hold(postgres_store)
    async with postgres_store.transaction(other.tenant) as tx:
        await tx.events.append(other.interview, 1, [report(Resumed())])
    await superuser.execute(OFF)
    await superuser.execute(
        """UPDATE interview_events AS e SET sealed_payload = o.sealed_payload
           FROM interview_events AS o
           WHERE e.interview_id = $1 AND o.interview_id = $2 AND e.seq = 1 AND o.seq = 1""",
        told.interview,
        other.interview,
    )

    with pytest.raises(ChainBroken, match="event 1 was changed"):
        await verify_interview(postgres_store, told.tenant, told.interview)
    assert 1 == (await verify_interview(postgres_store, other.tenant, other.interview)).events


async def test_a_key_given_to_another_candidate_does_not_open_their_name(
    postgres_store: PostgresStore, told: Held, superuser: asyncpg.Connection
) -> None:
    """The wrapped key is bound to whom it belongs to."""
    await superuser.execute("UPDATE data_keys SET subject = $1 WHERE kind = 'interview'", uuid4())
    await superuser.execute(
        "UPDATE data_keys SET kind = 'interview', subject = $1 WHERE kind = 'candidate'",
        told.interview,
    )

    with pytest.raises(Sealed):
        async with postgres_store.transaction(told.tenant) as tx:
            await tx.events.read(told.interview)


async def test_a_name_moved_to_the_column_of_the_address_does_not_open(
    postgres_store: PostgresStore, told: Held, superuser: asyncpg.Connection
) -> None:
    await superuser.execute("UPDATE candidates SET sealed_email = sealed_name")

    with pytest.raises(Sealed):
        async with postgres_store.transaction(told.tenant) as tx:
            await tx.candidates.get(told.candidate)
