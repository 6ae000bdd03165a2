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


async def test_who_has_left_the_room_for_a_while_is_not_shown_as_talking(
    desk: DeskHouse, sit: Sit
) -> None:
    house = desk.house
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    _, claim = await desk.live("Amara Okafor")
    await house.tell(claim, house.report("candidate_arrived", identity="cand-1"))
    await tell(desk, claim, ASKED, ANSWERED)
    at = await sit("grace@example.com")
    await at.open("/live", "Live")
    amara = card(at, "Amara Okafor")
    await expect(amara).to_contain_text(counted(1, 1))
    await expect(amara).not_to_contain_text("not in the room")
    await house.tell(claim, house.report("candidate_left", reason="left"))
    await expect(amara).to_contain_text("The candidate is not in the room.")
    await expect(amara).to_contain_text(ANSWERED.text)
    await at.look("1-away")

    await house.tell(claim, house.report("candidate_arrived", identity="cand-1"))

    await expect(amara).not_to_contain_text("not in the room")
    await expect(amara).to_contain_text(counted(1, 1))
    assert [] == at.wrong


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


async def test_who_talks_is_on_the_board_however_many_are_ready_after_them(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    await desk.live("Amara Okafor")
    for n in range(26):
        await desk.house.consented(await desk.invited(f"Ready {n:02}"))
    at = await sit("grace@example.com")
    page = at.page
    await at.open("/live", "Live")
    await expect(card(at, "Amara Okafor")).to_be_visible()
    await expect(page.get_by_text("More than 25 candidates have consented")).to_be_visible()
    await expect(page.get_by_role("link", name="Ready 25")).to_be_visible()
    await at.look("1-ready")
    await page.get_by_role("link", name="all others who are ready").click()
    await page.get_by_role("link", name="Ready 25").wait_for()

    await expect(page.get_by_role("combobox", name="State")).to_have_value("ready")
    await page.get_by_role("button", name="Next page").click()
    await expect(page.get_by_role("link", name="Ready 00")).to_be_visible()
    assert [] == at.wrong


async def test_more_interviews_at_once_than_fit_are_counted_and_have_pages(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    for n in range(26):
        await desk.live(f"Person {n:02}")
    at = await sit("grace@example.com")
    page = at.page
    await at.open("/live", "Live")
    await expect(
        page.get_by_text("26 interviews at once, the longest first: 1 to 24.")
    ).to_be_visible()
    await expect(page.get_by_role("listitem")).to_have_count(24)
    await expect(card(at, "Person 00")).to_be_visible()
    await page.get_by_role("button", name="Next page").click()

    await expect(page.get_by_role("listitem")).to_have_count(2)
    await expect(card(at, "Person 25")).to_be_visible()
    await at.look("1-second-page")
    await page.get_by_role("button", name="Previous page").click()
    await expect(card(at, "Person 00")).to_be_visible()
    assert [] == at.wrong
