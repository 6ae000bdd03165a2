"""Questions over PostgreSQL: one transaction each, and as many statements for many as for one."""

from collections import Counter
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest

from interview.by_people import By, DecisionMade, Opened, TurnCorrected
from interview.ids import InterviewId, NoteId, TurnId
from interview.notes import Note
from interview.ports import Store
from interview.store.postgres import open_store
from interview.store.postgres.session import Session
from interview.store.postgres.work import LOAD_KEYS
from tests.api.graph import WHOLE, ask, held
from tests.api.house import PEPPER, House, Json
from tests.conftest import Database
from tests.store.world import SAID, report, scorecard, speech

pytestmark = pytest.mark.api


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    async with open_store(database.app_url, PEPPER) as opened:
        yield opened


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that is sent, as it is sent."""
    sent: list[str] = []
    for name in ("rows", "row_or_none", "execute"):
        send = getattr(Session, name)

        async def note(self: Session, sql: str, *arguments: object, send: object = send) -> object:
            sent.append(sql)
            assert callable(send)
            return await send(self, sql, *arguments)

        monkeypatch.setattr(Session, name, note)
    return sent


BY = By(kind="key", id="kid", name="Grace Hopper")


async def judge(house: House, interview: Json) -> None:
    """All that people and programs do about an interview, twice where it may be."""
    which, turn = InterviewId(UUID(interview["id"])), TurnId(uuid4())
    heard = TurnCorrected(turn_id=turn, text=f"{SAID} twice", reason="Misheard.", by=BY)
    made = DecisionMade(
        outcome="advance",
        reason_code="meets_requirements",
        note=None,
        opened=(Opened(kind="turn", id=turn), Opened(kind="transcript")),
        by=BY,
    )
    async with house.store.transaction(house.tenants[house.key]) as tx:
        await tx.events.append(which, 0, [speech(turn), report(heard), report(made)])
        await tx.scorecards.add(which, scorecard(turn))
        await tx.scorecards.add(which, scorecard(turn).model_copy(update={"person": BY}))
        for text in ("Calm.", "Clear."):
            note = Note(NoteId(uuid4()), which, BY, text, None, turn, house.clock.now())
            await tx.notes.add(note)


async def more(house: House, interview: Json) -> None:
    """Another interview with the same kit and another candidate."""
    candidate = await house.post("/v1/candidates", {"name": "Bea", "email": "bea@example.com"})
    body = {"kit_id": interview["kit_id"], "candidate_id": candidate["id"]}
    await judge(house, await house.post("/v1/interviews", body))


async def test_many_interviews_take_as_many_statements_as_one(
    house: House, statements: list[str]
) -> None:
    interview = await house.invited()
    await judge(house, interview)
    statements.clear()
    one = await ask(house, WHOLE, jobs=1)
    for_one = list(statements)
    for _ in range(3):
        await more(house, interview)
    statements.clear()

    many = await ask(house, WHOLE, jobs=1)

    assert for_one == statements
    # The keys of candidates and those of interviews; anything else is asked for once.
    assert {LOAD_KEYS: 2} == {sql: times for sql, times in Counter(for_one).items() if times > 1}
    shown = [
        each["jobs"]["items"][0]["kits"]["items"][0]["interviews"]["items"]
        for each in (one["data"], many["data"])
    ]
    assert [1, 4] == [len(interviews) for interviews in shown]
    assert ["Ada", "Bea", "Bea", "Bea"] == [each["candidate"]["name"] for each in shown[1]]
    for each in shown[1]:
        assert all_of_it(each) == all_of_it(shown[0][0])


def all_of_it(interview: Json) -> Json:
    """How much of each noun an interview shows, and who judged."""
    [turn] = interview["turns"]["items"]
    return (
        (turn["spoken"], turn["recognised"], turn["correction"]["by"]),
        [
            (card["person"], len(card["ratings"]), len(card["ratings"][0]["evidence"]))
            for card in sorted(interview["scorecards"], key=lambda card: str(card["person"]))
        ],
        (interview["decision"]["by"], [e["kind"] for e in interview["decision"]["evidence"]]),
        sorted(note["text"] for note in interview["notes"]["items"]),
        interview["invitations"],
    )


async def test_a_question_is_answered_in_the_transaction_that_proves_its_caller(
    house: House, statements: list[str]
) -> None:
    await held(house)
    statements.clear()

    await ask(house, WHOLE, jobs=1)

    assert 1 == sum("enter_by_key" in sql for sql in statements)
    assert 0 == sum("set_config" in sql for sql in statements)
