"""What a blind reader costs: the log is asked once for a page, however much of it is withheld."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from interview.events import ScorecardStored
from interview.ids import InterviewId
from interview.ports import Store
from interview.store.postgres import open_store
from tests.api.house import PEPPER, House
from tests.api.test_blind import TELLING, member
from tests.api.test_judging import ended, path
from tests.conftest import Database
from tests.store.world import report

pytestmark = pytest.mark.api
LOG = "FROM interview_events"


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    async with open_store(database.app_url, PEPPER) as opened:
        yield opened


@pytest.mark.parametrize("limit", [1, 3, 200])
async def test_a_page_of_a_blind_reader_asks_the_log_once(
    house: House, sent: list[str], limit: int
) -> None:
    """Also the last one, behind which everything is withheld."""
    interview, _ = await ended(house)
    card = ScorecardStored(scorecard_id="x", rater="person", card_sha256="0" * 64)
    async with house.store.transaction(house.tenants[house.key]) as tx:
        name = InterviewId(UUID(interview["id"]))
        await tx.events.append(name, 1, [report(card) for _ in range(30)])
    whole, who = await house.kinds(interview), await member(house)
    visible = [kind for kind in whole if kind not in TELLING]

    seen: list[str] = []
    asked: list[int] = []
    after: str | None = "0"
    while after is not None:
        sent.clear()
        page = await house.get(f"{path(interview, 'events')}?limit={limit}&after={after}", **who)
        asked.append(sum(LOG in sql for sql in sent))
        seen += [event["fact"]["kind"] for event in page["items"]]
        after = page["next"]

    assert visible == seen
    assert {1} == set(asked)
