"""A decision names what was looked at, and nothing else; who wants a person gets an end, too."""

import pytest
from playwright.async_api import expect

from tests.api.house import Json
from tests.web.desk.house import DeskHouse, furnish
from tests.web.desk.sitting import Sit, Sitting

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

MARIA = "Maria Sánchez"


async def decides(at: Sitting) -> None:
    await at.page.get_by_role("radio", name="Advance", exact=True).check()
    await at.page.get_by_role("button", name="Decide").click()


async def decision_on(desk: DeskHouse, made: Json) -> Json:
    return (await desk.house.get(f"/v1/interviews/{made['id']}/decision"))["decision"]


async def test_who_has_looked_at_nothing_is_told_and_what_was_looked_at_is_named(
    desk: DeskHouse, sit: Sit
) -> None:
    await furnish(desk)
    made = desk.interviews[MARIA]
    at = await sit("grace@example.com")
    page = at.page
    await at.open(f"/interviews/{made['id']}/review", MARIA)
    await decides(at)
    await page.get_by_text("You have not looked at anything here yet.").wait_for()
    await at.look("1-nothing")
    nothing = await decision_on(desk, made)
    await page.locator("[data-turn='2'] [data-time]").focus()
    await page.keyboard.press("ArrowDown")
    await page.get_by_role("heading", name=MARIA, level=1).focus()
    await page.keyboard.press("j")
    await page.get_by_role("button", name="Decide").click()
    dialog = page.get_by_role("alertdialog")
    await expect(dialog).to_contain_text("You looked at the transcript and 1 place in it")
    await dialog.get_by_role("button", name="Advance").click()
    await page.get_by_text("after looking at the transcript and 1 place in it").wait_for()

    made_now = await decision_on(desk, made)
    assert (None, ["transcript", "turn"]) == (
        nothing,
        [each["kind"] for each in made_now["evidence"]],
    )
    assert [] == at.wrong


async def with_a_wish_for_a_person(desk: DeskHouse, sit: Sit) -> tuple[Sitting, Json]:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    made = await desk.invited("Ada Stern")
    session = await desk.house.redeemed(made)
    await desk.house.post("/v1/candidate/person", status=200, key=session)
    at = await sit("grace@example.com")
    await at.open(f"/interviews/{made['id']}", "Ada Stern")
    return at, made


async def test_who_was_interviewed_by_a_person_is_decided_on_at_the_desk(
    desk: DeskHouse, sit: Sit
) -> None:
    at, made = await with_a_wish_for_a_person(desk, sit)
    page = at.page
    await at.look("1-wants-a-person")
    await decides(at)
    await page.get_by_role("alertdialog").get_by_role("button", name="Advance").click()
    await page.get_by_text("Decided by you").wait_for()
    await at.look("2-decided")

    decision = await decision_on(desk, made)
    assert ("advance", []) == (decision["outcome"], decision["evidence"])
    assert [] == at.wrong


async def test_an_interview_that_a_person_was_to_hold_can_be_called_off(
    desk: DeskHouse, sit: Sit
) -> None:
    at, made = await with_a_wish_for_a_person(desk, sit)
    page = at.page
    await page.get_by_role("button", name="Cancel the interview").click()
    dialog = page.get_by_role("alertdialog")
    await dialog.get_by_role("button", name="Cancel the interview").click()
    await expect(page.get_by_text("Was cancelled.")).to_be_visible()

    assert "cancelled" == await desk.house.state(made)
    assert [] == at.wrong


async def test_whoever_lost_their_link_gets_another_one_afterwards_too(
    desk: DeskHouse, sit: Sit
) -> None:
    at, made = await with_a_wish_for_a_person(desk, sit)
    page = at.page
    links = page.get_by_role("region", name="Links")
    await links.get_by_role("button", name="New link").click()
    link = await links.locator("output").inner_text()
    await at.look("1-link")

    session = await desk.house.redeemed({"invitation_url": link})
    told = await desk.house.get("/v1/candidate/interview", key=session)
    assert made["id"] == told["interview_id"]
    assert [] == at.wrong
