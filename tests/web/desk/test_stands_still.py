"""A page that goes on is seen to go on, and one that stands still says so."""

import pytest
from playwright.async_api import Route, expect

from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit
from tests.web.desk.talk import TALK
from tests.web.desk.test_live import card, tell

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

AMARA = "Amara Okafor"
STALE = "What you see may not be up to date."


async def dead(route: Route) -> None:
    await route.abort()


async def test_a_review_that_was_open_during_the_talk_offers_the_rating_when_it_is_over(
    desk: DeskHouse, sit: Sit
) -> None:
    """Nobody loads the page again, or leaves its window."""
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    made, claim = await desk.live(AMARA)
    await tell(desk, claim, *TALK[:3])
    at = await sit("grace@example.com")
    page = at.page
    await at.open(f"/interviews/{made['id']}/review", AMARA)
    await page.get_by_text("In my last job we moved the payments").wait_for()
    rate = page.get_by_role("group", name="Your rating")
    before = await rate.count()
    await tell(desk, claim, *TALK[3:5])
    await desk.house.tell(claim, desk.house.report("interview_ended", reason="completed"))
    await rate.wait_for()
    await page.get_by_text("nobody noticed").wait_for()
    await at.look("1-over")
    await desk.scored(made)

    await page.get_by_text("The machine’s evidence is marked.").wait_for()
    assert 0 == before
    assert [] == at.wrong


async def test_a_board_that_stands_still_on_a_dead_line_says_so_until_it_goes_on(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    await desk.live(AMARA)
    at = await sit("grace@example.com")
    page = at.page
    await at.open("/live", "Live")
    await card(at, AMARA).wait_for()
    await page.route("**/v1/interviews?**", dead)
    await page.get_by_text(STALE).wait_for()
    await at.look("1-stale")
    await expect(card(at, AMARA)).to_be_visible()
    await page.unroute("**/v1/interviews?**")
    await page.get_by_role("button", name="Load it again").click()

    await expect(page.get_by_text(STALE)).to_have_count(0)
    assert [] == [each for each in at.wrong if "ERR_FAILED" not in each]


async def test_a_note_that_could_not_be_removed_says_so(desk: DeskHouse, sit: Sit) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    made = await desk.told(AMARA, heard=0)
    at = await sit("grace@example.com")
    page = at.page
    await at.open(f"/interviews/{made['id']}/review", AMARA)
    await page.get_by_label("New note").fill("Ask about the retry.")
    await page.get_by_role("button", name="Add the note").click()
    await page.route("**/notes/*", dead)
    await page.get_by_role("button", name="Remove this note").click()

    notes = page.get_by_role("region", name="Notes")
    await notes.get_by_text("The service could not be reached.").wait_for()
    assert [] == [each for each in at.wrong if "ERR_FAILED" not in each]
