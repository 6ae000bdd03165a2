"""The live board in a browser: what is said now, through streams that break and begin again."""

import asyncio

import pytest
from playwright.async_api import Locator, expect

from interview.adapters.system import SystemIds
from tests.api.house import Json
from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit, Sitting
from tests.web.desk.talk import TALK, Said

pytestmark = [pytest.mark.web, pytest.mark.timeout(300)]

ASKED, ANSWERED = TALK[1], TALK[2]
WORDS = len(ANSWERED.text.split())
AGAIN_MS = 15_000
"""A browser waits some seconds before it takes up a stream that was cut."""


async def tell(desk: DeskHouse, claim: Json, *talk: Said) -> None:
    for said in talk:
        reports = desk.reports(said, str(SystemIds().new()), 1000, 4000)
        await desk.house.tell(claim, *reports)


async def cut_all_lines(desk: DeskHouse) -> None:
    """As when a proxy restarts: every connection is gone at once."""
    server = desk.house.client.server
    assert server.handler is not None
    for connection in server.handler.connections:
        if connection.transport is not None:
            connection.transport.abort()
    await asyncio.sleep(0.1)  # until the test's own client has noticed, too


def card(at: Sitting, name: str) -> Locator:
    return at.page.get_by_role("listitem").filter(has_text=name)


def counted(questions: int, answers: int) -> str:
    return f"{questions} question{'' if questions == 1 else 's'} asked · {answers * WORDS} words"


async def test_the_board_shows_what_is_said_and_goes_on_after_its_streams_were_cut(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    _, claim = await desk.live("Amara Okafor")
    at = await sit("grace@example.com")
    await at.open("/live", "Live")
    amara = card(at, "Amara Okafor")
    await expect(amara).to_contain_text("Nothing was said yet.")
    await tell(desk, claim, ASKED, ANSWERED)
    await expect(amara).to_contain_text(counted(1, 1))
    await expect(amara).to_contain_text(ANSWERED.text)
    await at.look("1-live")

    await cut_all_lines(desk)
    await tell(desk, claim, TALK[3], ANSWERED)

    await expect(amara).to_contain_text(counted(1, 2), timeout=AGAIN_MS)
    await desk.house.tell(claim, desk.house.report("paused", reason="asked"))
    await expect(amara).to_contain_text("Paused")


async def test_who_sees_more_than_before_counts_everything_anew_and_nothing_twice(
    desk: DeskHouse, sit: Sit
) -> None:
    """A reviewer reads blind; as a recruiter they are sent the whole log again."""
    await desk.member("ravi@example.com", "reviewer")
    await desk.published()
    _, claim = await desk.live("Amara Okafor")
    await tell(desk, claim, ASKED, ANSWERED)
    at = await sit("ravi@example.com")
    await at.open("/live", "Live")
    amara = card(at, "Amara")
    await expect(amara).to_contain_text(counted(1, 1))
    [ravi] = (await desk.house.get("/v1/members?limit=100"))["items"][-1:]
    begun: list[str] = []
    at.page.on(
        "request", lambda asked: begun.append(asked.url) if asked.url.endswith("/events") else None
    )

    await desk.house.call("PATCH", f"/v1/members/{ravi['id']}", json={"role": "recruiter"})
    await tell(desk, claim, ANSWERED)

    await expect(amara).to_contain_text(counted(1, 2), timeout=AGAIN_MS)
    await tell(desk, claim, ANSWERED)
    await expect(amara).to_contain_text(counted(1, 3), timeout=AGAIN_MS)
    assert 1 == len(begun), "the stream began again, once"
    assert [] == [each for each in at.wrong if "INCOMPLETE_CHUNKED" not in each]


async def test_many_interviews_at_once_leave_the_desk_usable(desk: DeskHouse, sit: Sit) -> None:
    """A browser has six connections to one place, and a stream never gives its own back."""
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    claims = {f"Person {n}": (await desk.live(f"Person {n}"))[1] for n in range(9)}
    at = await sit("grace@example.com")
    await at.open("/live", "Live")
    await expect(at.page.get_by_role("listitem")).to_have_count(9)

    for claim in claims.values():
        await tell(desk, claim, ASKED)

    for name in claims:
        await expect(card(at, name)).to_contain_text(counted(1, 0))
    await at.page.get_by_role("link", name="Jobs").click()
    await at.page.get_by_role("link", name="Backend engineer").wait_for()
    assert [] == at.wrong
