"""An interview that runs is called off at the desk."""

import pytest
from playwright.async_api import expect

from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit, Sitting

pytestmark = [pytest.mark.web, pytest.mark.timeout(300)]

NAME = "Amara Okafor"


async def at_its_page(desk: DeskHouse, sit: Sit) -> Sitting:
    """A recruiter who looks at an interview that is under way."""
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    made, _ = await desk.live(NAME)
    at = await sit("grace@example.com")
    await at.open(f"/interviews/{made['id']}", NAME)
    return at


async def test_an_interview_that_runs_is_called_off_with_a_word_of_warning(
    desk: DeskHouse, sit: Sit
) -> None:
    at = await at_its_page(desk, sit)
    page = at.page
    await page.get_by_role("button", name="Cancel the interview").click()
    sure = page.get_by_role("alertdialog")
    await expect(sure).to_contain_text("The candidate is in the room")
    await expect(sure).to_contain_text("what was said is not rated")
    await at.look("1-sure")
    await sure.get_by_role("button", name="Cancel the interview").click()
    await expect(page.get_by_text("Was cancelled.")).to_be_visible()
    await expect(page.get_by_role("button", name="Cancel the interview")).to_have_count(0)

    assert (
        "cancelled"
        == (await desk.house.get(f"/v1/interviews/{desk.interviews[NAME]['id']}"))["state"]
    )
    assert [] == at.wrong
