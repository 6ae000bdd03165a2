"""The house in a real browser: webhooks that somebody else changes meanwhile, and every setting."""

import json
import re

import pytest
from playwright.async_api import expect

from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit, Sitting

pytestmark = [pytest.mark.web, pytest.mark.timeout(300)]

HOOK = "https://hooks.example.com/vivavoce"
CHANGED = "Somebody else changed this meanwhile."


async def with_a_webhook(desk: DeskHouse, sit: Sit) -> tuple[Sitting, str]:
    """An owner who looks at the webhook that they have just made; and its path in the API."""
    await desk.member("olga@example.com", "owner")
    at = await sit("olga@example.com")
    page = at.page
    await at.open("/house/webhooks", "Webhooks")
    await page.get_by_label("Address").fill(HOOK)
    await page.get_by_label("What it is for").fill("The applicant tracker")
    await page.get_by_label("started", exact=True).check()
    await page.get_by_role("button", name="Add the webhook").click()
    await page.get_by_text("The signing secret").wait_for()
    await at.look("1-made")
    await page.get_by_role("link", name=HOOK).click()
    await page.get_by_role("heading", name="Webhook", level=1).wait_for()
    await page.get_by_role("button", name="Switch off").wait_for()
    [hook] = (await desk.house.get("/v1/webhooks"))["items"]
    return at, f"/v1/webhooks/{hook['id']}"


async def changed_by_somebody(desk: DeskHouse, path: str) -> None:
    body = {"description": "Changed meanwhile"}
    await desk.house.call("PATCH", path, json=body, headers={"If-Match": "*"})


async def test_a_webhook_is_changed_and_removed_as_it_was_read(desk: DeskHouse, sit: Sit) -> None:
    at, path = await with_a_webhook(desk, sit)
    page = at.page
    await page.get_by_role("button", name="Switch off").click()
    await expect(page.get_by_text("✗ off (by hand)")).to_be_visible()
    await page.get_by_role("button", name="Switch on").click()
    await expect(page.get_by_role("button", name="Switch off")).to_be_visible()
    await page.get_by_role("button", name="New secret").click()
    await expect(page.get_by_text("The new signing secret")).to_be_visible()
    await at.look("2-secret")
    await page.get_by_role("button", name="Remove").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
    await page.get_by_role("heading", name="Webhooks", level=1).wait_for()
    await expect(page.get_by_text("Nobody is told yet.")).to_be_visible()

    assert 404 == (await desk.house.call("GET", path)).status
    assert [] == at.wrong


@pytest.mark.parametrize("button", ["Switch off", "New secret", "Remove"])
async def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    desk: DeskHouse, sit: Sit, button: str
) -> None:
    at, path = await with_a_webhook(desk, sit)
    page = at.page
    await changed_by_somebody(desk, path)
    before = await desk.house.get(path)

    await page.get_by_role("button", name=button).click()
    if button == "Remove":
        await page.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
    await expect(page.get_by_text(CHANGED)).to_be_visible()
    assert before == await desk.house.get(path)

    await at.look("2-refused")
    await page.get_by_role("button", name="Load it again").click()
    await expect(page.get_by_text("Changed meanwhile", exact=True)).to_be_visible()
    await expect(page.get_by_text(CHANGED)).to_have_count(0)
    assert [] == [each for each in at.wrong if "status of 412" not in each]


async def test_every_setting_of_the_organisation_is_on_its_page_and_stays_as_saved(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("olga@example.com", "owner")
    at = await sit("olga@example.com")
    page = at.page
    await at.open("/house/settings", "Settings")
    await page.get_by_label("Recruiter", exact=True).check()
    await page.get_by_label("Show candidates their results").check()
    await page.get_by_label("Write to candidates").uncheck()
    await page.get_by_label("Answers go to").fill("jobs@example.com")
    await page.get_by_label("Time zone").fill("Europe/Berlin")
    await page.get_by_label("May call from a browser").fill("https://jobs.example.com")
    await page.get_by_role("button", name="Save the settings").click()
    await page.get_by_text("Saved.", exact=True).wait_for()
    await page.get_by_role("button", name="Add a provider for thinking").click()
    card = page.get_by_role("article", name="Thinking 1")
    await card.get_by_label("Provider").fill("openai")
    await card.get_by_label("Model").fill("gpt-4.1-mini")
    await card.get_by_label("Address").fill("https://api.openai.com/v1")
    await card.get_by_label("Key").fill("sk-abcdefgh1234")
    await page.get_by_label("An interview may cost").fill("1.50")
    await page.get_by_role("button", name="Save the models").click()
    await page.get_by_text("Stored, and ends in").wait_for()
    await at.look("1-saved")

    settings = await desk.house.get("/v1/settings")
    assert ["https://jobs.example.com"] == settings["allowed_origins"]
    assert {"send": False, "reply_to": "jobs@example.com"} == settings["mail"]
    assert ("Europe/Berlin", True) == (settings["time_zone"], settings["shares_results"])
    assert "recruiter" in settings["blind_roles"]
    held = await desk.house.get("/v1/settings/providers")
    assert ["gpt-4.1-mini"] == [each["model"] for each in held["llm"]]
    assert "sk-abcdefgh1234" not in await page.content()
    assert re.match(r"1\.50*", json.loads(json.dumps(held["budget_per_interview"]))["amount"])
    assert [] == at.wrong
