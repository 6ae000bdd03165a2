"""What was typed into settings and models stays, whatever error comes, until it is let go."""

import json

import pytest
from playwright.async_api import Locator, Page, Route, expect

from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit, Sitting

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

KEY, HINT = "sk-abcdefgh1234", "…1234"
UNREACHED = "The service could not be reached."
MODELS_MEANWHILE = "Somebody else changed these models meanwhile."
SETTINGS_MEANWHILE = "Somebody else changed these settings meanwhile."
EXPECTED = ("status of 409", "status of 412", "status of 422", "ERR_FAILED")
"""What a browser writes of answers that are right here, and of a line that is dead."""


def wrong(at: Sitting) -> list[str]:
    return [each for each in at.wrong if not any(said in each for said in EXPECTED)]


async def at_the_settings(desk: DeskHouse, sit: Sit) -> Sitting:
    await desk.member("olga@example.com", "owner")
    at = await sit("olga@example.com")
    await at.open("/house/settings", "Settings")
    await at.page.get_by_role("button", name="Add a provider for thinking").wait_for()
    return at


async def writes_a_model(page: Page, url: str = "https://api.openai.com/v1") -> Locator:
    await page.get_by_role("button", name="Add a provider for thinking").click()
    card = page.get_by_role("article", name="Thinking 1")
    await card.get_by_label("Provider").fill("openai")
    await card.get_by_label("Model").fill("gpt-4.1-mini")
    await card.get_by_label("Address").fill(url)
    await card.get_by_label("Key").fill(KEY)
    return card


async def models_of(desk: DeskHouse) -> list[tuple[str, str]]:
    held = await desk.house.get("/v1/settings/providers")
    return [(each["model"], each["key_hint"]) for each in held["llm"]]


async def dead(route: Route) -> None:
    if route.request.method == "GET":
        await route.fallback()
    else:
        await route.abort()


async def all_dead(route: Route) -> None:
    await route.abort()


async def test_a_dead_line_leaves_what_was_typed_and_trying_again_saves_it(
    desk: DeskHouse, sit: Sit
) -> None:
    at = await at_the_settings(desk, sit)
    page = at.page
    card = await writes_a_model(page)
    zone = page.get_by_label("Time zone")
    await zone.fill("Europe/Vienna")
    await page.route("**/v1/settings**", dead)
    await page.get_by_role("button", name="Save the settings").click()
    await page.get_by_text(UNREACHED, exact=True).wait_for()
    await page.get_by_role("button", name="Try again").click()
    await page.get_by_text(UNREACHED, exact=True).wait_for()
    await page.get_by_role("button", name="Save the models").click()
    await expect(page.get_by_text(UNREACHED, exact=True)).to_have_count(2)
    await at.look("1-dead")
    await expect(zone).to_have_value("Europe/Vienna")
    await expect(card.get_by_label("Key")).to_have_value(KEY)

    await page.unroute("**/v1/settings**")
    for saved in ("Saved.", "Saved. They count from the next interview on."):
        await page.get_by_role("button", name="Try again").first.click()
        await page.get_by_text(saved, exact=True).wait_for()
    await expect(page.get_by_text(UNREACHED, exact=True)).to_have_count(0)
    assert "Europe/Vienna" == (await desk.house.get("/v1/settings"))["time_zone"]
    assert [("gpt-4.1-mini", HINT)] == await models_of(desk)
    assert [] == wrong(at)


async def test_what_is_not_as_it_has_to_be_is_mended_where_it_was_typed(
    desk: DeskHouse, sit: Sit
) -> None:
    at = await at_the_settings(desk, sit)
    page = at.page
    card = await writes_a_model(page, "ftp://models.example.com")
    await page.get_by_label("Time zone").fill("Europe/Nowhere")
    await page.get_by_role("button", name="Save the settings").click()
    await expect(page.get_by_role("alert")).to_have_count(1)
    await page.get_by_role("button", name="Save the models").click()
    await expect(page.get_by_role("alert")).to_have_count(2)
    await at.look("1-refused")
    again = await page.get_by_role("button", name="Try again").count()
    await expect(page.get_by_label("Time zone")).to_have_value("Europe/Nowhere")
    await expect(card.get_by_label("Key")).to_have_value(KEY)

    await page.get_by_label("Time zone").fill("Europe/Vienna")
    await page.get_by_role("button", name="Save the settings").click()
    await page.get_by_text("Saved.", exact=True).wait_for()
    await card.get_by_label("Address").fill("https://models.example.com")
    await page.get_by_role("button", name="Save the models").click()
    await card.get_by_text("Stored, and ends in").wait_for()
    assert 0 == again, "the same words would be refused again"
    assert [("gpt-4.1-mini", HINT)] == await models_of(desk)
    assert [] == wrong(at)


async def test_who_comes_second_keeps_their_models_and_keys_or_takes_the_others(
    desk: DeskHouse, sit: Sit
) -> None:
    at = await at_the_settings(desk, sit)
    page = at.page
    card = await writes_a_model(page)
    theirs = {
        "name": "other",
        "url": "https://other.example.com",
        "model": "m",
        "key": "sk-other-99999999",
    }
    body, whatever = {"stt": [], "tts": [], "llm": [theirs]}, {"If-Match": "*"}
    path = "/v1/settings/providers"
    await desk.house.call("PUT", path, json=body, headers=whatever)
    await page.get_by_role("button", name="Save the models").click()
    await page.get_by_text(MODELS_MEANWHILE).wait_for()
    await at.look("1-overtaken")
    await expect(card.get_by_label("Key")).to_have_value(KEY)
    await page.route(f"**{path}", all_dead)
    await page.get_by_role("button", name="Keep mine").click()
    await page.get_by_text(UNREACHED, exact=True).wait_for()
    await page.unroute(f"**{path}")
    await page.get_by_role("button", name="Keep mine").click()
    await card.get_by_text(f"Stored, and ends in {HINT}").wait_for()
    kept = await models_of(desk)

    await desk.house.call("PUT", path, json=body, headers=whatever)
    await card.get_by_label("Model").fill("gpt-5")
    await page.get_by_role("button", name="Save the models").click()
    await page.get_by_role("button", name="Load theirs").click()
    await expect(card.get_by_label("Provider")).to_have_value("other")
    await expect(page.get_by_text(MODELS_MEANWHILE)).to_have_count(0)
    assert [("gpt-4.1-mini", HINT)] == kept
    assert [("m", "…9999")] == await models_of(desk)
    assert [] == wrong(at)


async def test_settings_that_a_colleague_changed_meanwhile_are_not_overwritten_unasked(
    desk: DeskHouse, sit: Sit
) -> None:
    at = await at_the_settings(desk, sit)
    page = at.page
    body, whatever = {"shares_results": True}, {"If-Match": "*"}
    await desk.house.call("PATCH", "/v1/settings", json=body, headers=whatever)
    zone = page.get_by_label("Time zone")
    await zone.fill("Europe/Vienna")
    await page.get_by_role("button", name="Save the settings").click()
    await page.get_by_text(SETTINGS_MEANWHILE).wait_for()
    before = await desk.house.get("/v1/settings")
    await expect(zone).to_have_value("Europe/Vienna")
    await page.get_by_role("button", name="Keep mine").click()
    await page.get_by_text("Saved.", exact=True).wait_for()
    after = await desk.house.get("/v1/settings")

    assert before["time_zone"] != after["time_zone"]
    assert (True, False) == (before["shares_results"], after["shares_results"])
    assert "Europe/Vienna" == after["time_zone"]
    assert [] == wrong(at)


async def test_a_conflict_that_nobody_foresaw_leaves_what_was_typed(
    desk: DeskHouse, sit: Sit
) -> None:
    at = await at_the_settings(desk, sit)
    page = at.page
    card = await writes_a_model(page)
    said = {
        "code": "conflict",
        "title": "There is a conflict.",
        "detail": "It is in another state.",
    }
    body = json.dumps({"type": "/docs#conflict", "status": 409, "request_id": "x"} | said)

    async def conflict(route: Route) -> None:
        if route.request.method == "GET":
            await route.fallback()
        else:
            form = "application/problem+json"
            await route.fulfill(status=409, body=body, content_type=form)

    await page.route("**/v1/settings/providers", conflict)
    await page.get_by_role("button", name="Save the models").click()
    await page.get_by_text("There is a conflict.").wait_for()

    await expect(card.get_by_label("Key")).to_have_value(KEY)
    assert 0 == await page.get_by_role("button", name="Try again").count()
    assert [] == wrong(at)
