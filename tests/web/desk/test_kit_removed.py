"""What was removed from a kit by a slip is put back as it was, and nobody loses their place."""

import pytest
from playwright.async_api import Page, expect

from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit
from tests.web.desk.test_kit_editor import at_a_draft

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]


async def saved(page: Page) -> None:
    await page.get_by_role("button", name="Save the draft").click()
    await page.get_by_text("Everything is saved.").wait_for()


async def test_a_competency_that_was_removed_is_put_back_with_all_that_asks_about_it(
    desk: DeskHouse, sit: Sit
) -> None:
    at, path = await at_a_draft(desk, sit)
    page = at.page
    before = await desk.house.get(path)
    back = page.get_by_role("button", name="Put it back: Ownership")
    await page.get_by_role("button", name="Remove: Ownership").click()
    await expect(page.get_by_role("article", name="Ownership")).to_have_count(0)
    await expect(back).to_be_focused()
    await at.look("1-removed")
    await page.keyboard.press("Enter")
    field = page.get_by_role("article", name="Ownership").get_by_label("Competency")
    await expect(field).to_be_focused()
    await expect(back).to_have_count(0)
    await saved(page)

    after = await desk.house.get(path)
    assert before["competencies"] == after["competencies"]
    assert [set(each["competencies"]) for each in before["questions"]] == [
        set(each["competencies"]) for each in after["questions"]
    ]
    assert [] == at.wrong


async def test_a_question_that_was_removed_is_put_back_and_what_was_written_since_stays(
    desk: DeskHouse, sit: Sit
) -> None:
    at, path = await at_a_draft(desk, sit)
    page = at.page
    before = await desk.house.get(path)
    await (
        page.get_by_role("article", name="Question 2").get_by_role("button", name="Remove:").click()
    )
    await page.get_by_label("Name", exact=True).fill("A better name")
    await page.get_by_role("button", name="Put it back:").click()
    await expect(page.get_by_role("textbox", name="Question 2")).to_be_focused()
    await saved(page)

    after = await desk.house.get(path)
    assert (before["questions"], "A better name") == (after["questions"], after["name"])
    assert before["sections"] == after["sections"]
    assert [] == at.wrong


async def test_a_question_comes_back_into_sections_that_were_written_on_since(
    desk: DeskHouse, sit: Sit
) -> None:
    """Alone in its section or not, and though another was added: each is in one, in their order."""
    at, path = await at_a_draft(desk, sit)
    page = at.page
    many = len((await desk.house.get(path))["questions"])
    await page.get_by_role("button", name="Divide into sections").click()
    for number in (2, 3):
        await page.get_by_role("button", name=f"Begin a section here: question {number}").click()
    for number in (2, 3):
        question = page.get_by_role("article", name=f"Question {number}", exact=True)
        await question.get_by_role("button", name="Remove:").click()
        await page.get_by_role("button", name="Add a question").click()
        new = page.get_by_role("article", name=f"Question {many + number - 2}", exact=True)
        await new.get_by_role("checkbox").first.check()
        first = page.get_by_role("group", name="Section 1").get_by_role("textbox")
        await first.fill(f"Named after {number}")
        await page.get_by_role("button", name="Put it back:").click()
        await saved(page)

        now = await desk.house.get(path)
        asked = [key for each in now["sections"] for key in each["questions"]]
        assert [each["key"] for each in now["questions"]] == asked
        assert [1, 1, many - 3 + number] == [len(each["questions"]) for each in now["sections"]]
        assert f"Named after {number}" == now["sections"][0]["name"]
    assert [] == at.wrong


async def test_a_question_comes_back_beside_its_own_though_their_section_was_divided_since(
    desk: DeskHouse, sit: Sit
) -> None:
    at, path = await at_a_draft(desk, sit)
    page = at.page
    many = len((await desk.house.get(path))["questions"])
    await page.get_by_role("button", name="Divide into sections").click()
    first = page.get_by_role("article", name="Question 1", exact=True)
    await first.get_by_role("button", name="Remove:").click()
    await page.get_by_role("button", name="Begin a section here: question 2").click()
    await page.get_by_role("button", name="Put it back:").click()
    await saved(page)

    now = await desk.house.get(path)
    assert [2, many - 2] == [len(each["questions"]) for each in now["sections"]]
    assert [] == at.wrong


async def test_what_is_not_put_back_is_gone_when_the_draft_is_saved(
    desk: DeskHouse, sit: Sit
) -> None:
    at, path = await at_a_draft(desk, sit)
    page = at.page
    await page.get_by_role("button", name="Remove: Ownership").click()
    await saved(page)

    after = await desk.house.get(path)
    assert "Ownership" not in [each["name"] for each in after["competencies"]]
    assert [] == at.wrong
