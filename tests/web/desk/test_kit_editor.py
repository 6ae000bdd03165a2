"""Nothing that is written into a kit is lost: while it is saved, by a colleague, on the way out."""

import asyncio

import pytest
from playwright.async_api import Locator, Page, Route, expect

from tests.api.house import Json
from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit, Sitting

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

UNSAVED = "There are changes that are not saved."
MEANWHILE = "Somebody else changed this draft meanwhile."
STALE = "status of 412"


async def at_a_draft(desk: DeskHouse, sit: Sit) -> tuple[Sitting, str]:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    drafted = {"job_id": desk.kit["job_id"], "kit_id": desk.kit["id"]}
    draft = await desk.house.post("/v1/kits/drafts", drafted)
    at = await sit("grace@example.com")
    await at.open(f"/kits/{draft['id']}", "Backend engineer")
    return at, f"/v1/kits/{draft['id']}"


async def renamed_by_a_colleague(desk: DeskHouse, path: str, name: str) -> None:
    kept = ("job_id", "language", "minutes", "competencies", "questions")
    known: Json = await desk.house.get(path)
    body = {key: known[key] for key in kept} | {"name": name}
    changed = await desk.house.call("PUT", path, json=body, headers={"If-Match": "*"})
    assert 200 == changed.status, await changed.text()


def name_of(page: Page) -> Locator:
    return page.get_by_label("Name", exact=True)


async def test_what_is_written_while_it_is_saved_is_not_called_saved(
    desk: DeskHouse, sit: Sit
) -> None:
    at, path = await at_a_draft(desk, sit)
    page = at.page
    come = asyncio.Event()

    async def slowly(route: Route) -> None:
        if route.request.method == "PUT":
            await come.wait()
        await route.continue_()

    await page.route(f"**{path}", slowly)
    await name_of(page).fill("The first name")
    await page.get_by_role("button", name="Save the draft").click()
    await name_of(page).fill("The second name")
    come.set()
    await expect(page.get_by_role("button", name="Save the draft")).to_be_enabled()
    await expect(page.get_by_text(UNSAVED)).to_be_visible()

    assert await page.get_by_role("button", name="Publish").is_disabled()
    assert "The first name" == (await desk.house.get(path))["name"]
    await page.get_by_role("button", name="Save the draft").click()
    await page.get_by_text("Everything is saved.").wait_for()
    assert "The second name" == (await desk.house.get(path))["name"]
    assert [] == at.wrong


async def test_who_comes_second_takes_theirs_or_keeps_their_own(desk: DeskHouse, sit: Sit) -> None:
    at, path = await at_a_draft(desk, sit)
    page = at.page
    for theirs, button, name in (
        ("By a colleague", "Load theirs", "By a colleague"),
        ("By a colleague again", "Keep mine", "By me"),
    ):
        await renamed_by_a_colleague(desk, path, theirs)
        await name_of(page).fill("By me")
        await page.get_by_role("button", name="Save the draft").click()
        await page.get_by_text(MEANWHILE).wait_for()
        await at.look(button.lower().replace(" ", "-"))
        await page.get_by_role("button", name=button).click()
        await expect(page.get_by_text(MEANWHILE)).to_have_count(0)
        await page.get_by_text("Everything is saved.").wait_for()
        await expect(name_of(page)).to_have_value(name)
        assert name == (await desk.house.get(path))["name"]

    assert [] == [each for each in at.wrong if STALE not in each]


async def test_who_leaves_with_changes_is_asked(desk: DeskHouse, sit: Sit) -> None:
    at, path = await at_a_draft(desk, sit)
    page = at.page
    await name_of(page).fill("A better name")
    await page.get_by_role("link", name="Live").click()
    dialog = page.get_by_role("alertdialog")
    await dialog.wait_for()
    await at.look("1-asked")
    await dialog.get_by_role("button", name="Stay").click()
    await expect(name_of(page)).to_have_value("A better name")
    await page.get_by_role("link", name="Live").click()
    await dialog.get_by_role("button", name="Save and leave").click()
    await page.get_by_role("heading", name="Live", level=1).wait_for()

    assert "A better name" == (await desk.house.get(path))["name"]
    assert [] == at.wrong


async def test_numbers_are_written_as_one_writes_them(desk: DeskHouse, sit: Sit) -> None:
    """A decimal point is typed before what follows it, and a field is empty before it is not."""
    at, path = await at_a_draft(desk, sit)
    page = at.page
    minutes = page.get_by_role("article", name="Question 1").get_by_label("Minutes")
    await minutes.fill("")
    await expect(page.get_by_text("A number, such as 4 or 4.5, is missing.")).to_be_visible()
    assert await page.get_by_role("button", name="Save the draft").is_disabled()
    await at.look("1-empty")
    await minutes.press_sequentially("4.5")
    await expect(minutes).to_have_value("4.5")
    await page.get_by_role("button", name="Save the draft").click()
    await page.get_by_text("Everything is saved.").wait_for()

    assert 4.5 == (await desk.house.get(path))["questions"][0]["minutes"]
    assert [] == at.wrong


async def test_what_is_not_touched_of_a_kit_stays(desk: DeskHouse, sit: Sit) -> None:
    """A page that sends all of a kit loses nothing that its fields did not change."""
    at, path = await at_a_draft(desk, sit)
    known: Json = await desk.house.get(path)
    questions = [each["key"] for each in known["questions"]]
    more = {
        "probing": "model",
        "wishes": "model",
        "sections": [{"name": "All of it", "leads": "ai", "questions": questions}],
    }
    kept = ("job_id", "name", "language", "minutes", "competencies", "questions")
    body = {key: known[key] for key in kept} | more
    await desk.house.call("PUT", path, json=body, headers={"If-Match": "*"})
    page = at.page
    await page.reload()
    await name_of(page).fill("Another name")
    await page.get_by_role("button", name="Save the draft").click()
    await page.get_by_text("Everything is saved.").wait_for()

    now: Json = await desk.house.get(path)
    assert more | {"name": "Another name"} == {key: now[key] for key in (*more, "name")}
    assert [] == at.wrong


async def test_what_a_model_may_do_is_said_in_the_draft_and_on_the_published_kit(
    desk: DeskHouse, sit: Sit
) -> None:
    at, path = await at_a_draft(desk, sit)
    page = at.page
    probing = page.get_by_label("How follow-ups are asked")
    wishes = page.get_by_label("Who understands what candidates ask for")
    goes = page.get_by_text("Candidates’ answers go to the language model")
    await expect(probing).to_have_value("kit")
    await expect(wishes).to_have_value("rules")
    await expect(goes).to_have_count(0)
    await probing.select_option("A model may propose better")
    await wishes.select_option("By rules, then by a model")
    await expect(page.get_by_text("A model reads what the rules do not know.")).to_be_visible()
    await expect(goes).to_be_visible()
    await at.look("1-model")
    await page.get_by_role("button", name="Save the draft").click()
    await page.get_by_text("Everything is saved.").wait_for()
    now = await desk.house.get(path)
    assert ("model", "model") == (now["probing"], now["wishes"])
    await page.get_by_role("button", name="Publish", exact=True).click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Publish").click()

    await expect(page.get_by_text("By rules, then by a model.")).to_be_visible()
    await expect(goes).to_be_visible()
    assert [] == at.wrong
