"""What a person said or who they are lies in no column of any table in clear."""

from base64 import urlsafe_b64encode
from dataclasses import replace
from uuid import uuid4

import asyncpg
import pytest

from interview.accommodations import Needs
from interview.by_people import By, TurnCorrected, TurnRefiled
from interview.errors import Sealed
from interview.events import AgentJoined, CandidateLeft, ProviderFailed
from interview.hostile import Flag
from interview.ids import CandidateId, MailId, NoteId, RequestId, TurnId
from interview.mails import Mail, MailKind
from interview.notes import Note
from interview.ports import Reply, Spent, Store, StoredAnswer, Transaction
from interview.requests import Feedback, Request, Settled
from interview.scoring import Scorecard, Verdict
from interview.sealing import new_key
from interview.store.memory import MemoryStore
from interview.store.postgres import PostgresStore, open_store
from tests.conftest import Database
from tests.fakes.clock import NOON
from tests.store.world import Held, candidate, digest, hold, line, report, scorecard, speech

pytestmark = pytest.mark.store

CANARY = "canarybird"
WORDS = "the overflowing queue"

TEXTS = """
    SELECT table_name::text, column_name::text FROM information_schema.columns
    WHERE table_schema = 'public'
"""


async def plant(store: Store) -> None:
    """The canary wherever a person's words or name may go."""
    held = await hold(store)
    question, answer = TurnId(uuid4()), TurnId(uuid4())
    said = f"I drained {WORDS} {CANARY}"
    async with store.transaction(held.tenant) as tx:
        person = replace(
            candidate(CandidateId(uuid4())), name=CANARY, email=f"{CANARY}@example.com"
        )
        await tx.candidates.add(person)
        await tx.events.append(
            held.interview,
            1,
            [
                *line(question, f"Tell me, {CANARY}."),
                speech(answer, said),
                report(AgentJoined(identity="ai-1", versions={"stt": CANARY})),
                report(CandidateLeft(reason=CANARY)),
                report(ProviderFailed(provider="stt", error=CANARY)),
            ],
        )
        await tx.scorecards.add(held.interview, spoiled(answer, said))
        await tx.replies.keep(
            held.interview, digest("asked"), Reply(f"{WORDS} {CANARY}", CANARY, Spent(1, 1)), NOON
        )
        by = By(kind="key", id="kid1", name=CANARY)
        await tx.scorecards.add(
            held.interview,
            scorecard(answer).model_copy(update={"scorecard_id": uuid4(), "person": by}),
        )
        await tx.notes.add(
            Note(NoteId(uuid4()), held.interview, by, f"{WORDS} {CANARY}", None, answer, NOON)
        )
        await ask_and_answer(tx, held, answer, by)
        corrected = TurnCorrected(turn_id=answer, text=f"{WORDS} {CANARY}", reason=CANARY, by=by)
        refiled = TurnRefiled(
            turn_id=answer, question=None, before="outage", asked_by=None, reason=CANARY, by=by
        )
        await tx.events.append(held.interview, 1, [report(corrected), report(refiled)])
        answered = StoredAnswer(digest("request"), 201, f'{{"name": "{CANARY}"}}'.encode())
        await tx.answers.put(f"make-{CANARY}", answered, NOON)
        await tx.outbox.put("score_interview", held.interview)
        await tx.mails.put(held.candidate, [linked(held)])
        await tx.accommodations.put(held.interview, Needs(requested=f"{WORDS} {CANARY}"), NOON)


async def ask_and_answer(tx: Transaction, held: Held, turn: TurnId, by: By) -> None:
    """A request, its answer and a feedback, each full of the canary."""
    name, said = RequestId(uuid4()), f"{WORDS} {CANARY}"
    asked = Request(name, held.interview, "transcript", turn, said, NOON)
    await tx.requests.add(asked)
    await tx.requests.settle(asked.settle(Settled("refused", said, by, NOON)))
    await tx.feedback.put(Feedback(held.interview, 2, said, NOON))


def spoiled(answer: TurnId, said: str) -> Scorecard:
    """A card with the canary in every text of it."""
    card = scorecard(answer)
    rated, unrated = (each.model_copy(update={"reason": CANARY}) for each in card.ratings)
    quote = rated.quotes[0].model_copy(
        update={"text": f"{WORDS} {CANARY}", "start": said.find(WORDS)}
    )
    rated = rated.model_copy(
        update={"quotes": (quote,), "with_flagged": Verdict(level=5, not_assessed=None)}
    )
    flag = Flag(turn_id=answer, start=0, end=5, rule=CANARY)
    return card.model_copy(update={"ratings": (rated, unrated), "flags": (flag,)})


def linked(held: Held) -> Mail:
    """A mail whose link is the canary."""
    return Mail(
        mail_id=MailId(uuid4()),
        interview=held.interview,
        kind=MailKind.INVITATION,
        created_at=NOON,
        due_at=NOON,
        useless_after=NOON,
        next_at=NOON,
        token=CANARY,
    )


async def columns_with(conn: asyncpg.Connection, phrase: str) -> list[tuple[str, str]]:
    """Walks every column of every table; bytes are read as text and as hexadecimal."""
    found = []
    for table, column in await conn.fetch(TEXTS):
        count = await conn.fetchval(
            f"""SELECT count(*) FROM "{table}"
                WHERE "{column}"::text ILIKE '%' || $1 || '%'
                   OR "{column}"::text LIKE '%' || encode(convert_to($1, 'UTF8'), 'hex') || '%'""",
            phrase,
        )
        if count:
            found.append((table, column))
    return found


async def test_no_column_of_any_table_holds_a_planted_phrase(
    postgres_store: PostgresStore, superuser: asyncpg.Connection
) -> None:
    await plant(postgres_store)

    assert [] == await columns_with(superuser, CANARY)
    assert [] == await columns_with(superuser, WORDS)
    in_clear = [("jobs", "title"), ("kits", "kit")]
    assert in_clear == sorted(await columns_with(superuser, "Engineer"))


async def test_the_memory_store_holds_no_planted_phrase() -> None:
    store = MemoryStore()
    await plant(store)

    kept = repr(store.tables)
    assert "Engineer" in kept
    assert CANARY not in kept
    assert WORDS not in kept


async def test_another_installations_key_opens_nothing(
    postgres_store: PostgresStore, database: Database
) -> None:
    held = await hold(postgres_store)
    stranger = urlsafe_b64encode(new_key().secret).decode()

    async with open_store(database.app_url, stranger) as store:
        with pytest.raises(Sealed):
            async with store.transaction(held.tenant) as tx:
                await tx.candidates.get(held.candidate)
