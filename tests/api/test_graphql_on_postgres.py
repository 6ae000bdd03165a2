"""Questions over PostgreSQL: one transaction each, and as many statements for many as for one."""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest

from interview.ids import InterviewId, TurnId
from interview.ports import Store
from interview.store.postgres import open_store
from interview.store.postgres.session import Session
from tests.api.graph import WHOLE, ask, held
from tests.api.house import PEPPER, House
from tests.conftest import Database
from tests.store.world import scorecard, speech

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


async def more(house: House, interview: dict[str, str]) -> None:
    """Another interview with the same kit and another candidate, and a second kit of the job."""
    candidate = await house.post("/v1/candidates", {"name": "Bea", "email": "bea@example.com"})
    body = {"kit_id": interview["kit_id"], "candidate_id": candidate["id"]}
    added = await house.post("/v1/interviews", body)
    which, turn = InterviewId(UUID(added["id"])), TurnId(uuid4())
    async with house.store.transaction(house.tenants[house.key]) as tx:
        await tx.events.append(which, 0, [speech(turn)])
        await tx.scorecards.add(which, scorecard(turn))


async def test_many_interviews_take_as_many_statements_as_one(
    house: House, statements: list[str]
) -> None:
    interview = await held(house)
    statements.clear()
    one = await ask(house, WHOLE, jobs=1)
    for_one = list(statements)
    for _ in range(3):
        await more(house, interview)
    statements.clear()

    many = await ask(house, WHOLE, jobs=1)

    assert for_one == statements
    shown = [
        each["jobs"]["items"][0]["kits"]["items"][0]["interviews"]["items"]
        for each in (one["data"], many["data"])
    ]
    assert [1, 4] == [len(interviews) for interviews in shown]
    assert ["Ada", "Bea", "Bea", "Bea"] == [each["candidate"]["name"] for each in shown[1]]
    assert [1] * 4 == [len(each["scorecards"]) for each in shown[1]]
    assert [1] * 4 == [len(each["turns"]["items"]) for each in shown[1]]


async def test_a_question_is_answered_in_the_transaction_that_proves_its_caller(
    house: House, statements: list[str]
) -> None:
    await held(house)
    statements.clear()

    await ask(house, WHOLE, jobs=1)

    assert 1 == sum("enter_by_key" in sql for sql in statements)
    assert 0 == sum("set_config" in sql for sql in statements)
