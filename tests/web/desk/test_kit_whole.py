"""All of a kit is written at the desk: sections, facts, guidance, rated answers, whose law."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.api.house import Json
from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit, Sitting

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

GUIDANCE = "What the candidate decided alone."
PAY = "It pays 60,000 a year."


async def at_a_draft(desk: DeskHouse, sit: Sit, name: str) -> tuple[Sitting, str]:
    email = f"{name}@example.com"
    await desk.member(email, "recruiter")
    await desk.published()
    drafted = {"job_id": desk.kit["job_id"], "kit_id": desk.kit["id"]}
    draft = await desk.house.post("/v1/kits/drafts", drafted)
    at = await sit(email)
    await at.open(f"/kits/{draft['id']}", "Backend engineer")
    return at, f"/v1/kits/{draft['id']}"


async def saved(page: Page) -> None:
    await page.get_by_role("button", name="Save the draft").click()
    await page.get_by_text("Everything is saved.").wait_for()


def question(page: Page, number: int) -> Locator:
    return page.get_by_role("article", name=f"Question {number}", exact=True)


def sections_of(kit: Json) -> list[tuple[str, str, int]]:
    return [(each["name"], each["leads"], len(each["questions"])) for each in kit["sections"]]


async def test_what_an_interviewer_may_ask_and_tell_is_written_and_published(
    desk: DeskHouse, sit: Sit
) -> None:
    at, path = await at_a_draft(desk, sit, "all-of-it")
    page = at.page
    first = question(page, 1)
    find_out = first.get_by_label("What follow-ups should find out")
    await expect(find_out).to_have_count(0)
    await page.get_by_label("How follow-ups are asked").select_option("A model may propose better")
    await find_out.fill(GUIDANCE)
    await first.get_by_label("Not asked again when a person has asked about it").uncheck()
    for law in ("California", "United States"):
        await page.get_by_label(law, exact=True).check()
    await page.get_by_role("button", name="Add a fact").click()
    fact = page.get_by_role("article", name="Fact 1")
    await fact.get_by_label("Asked about as").press_sequentially("salary, pay,")
    await fact.get_by_label("What is said").fill(PAY)
    competency = page.get_by_role("article").filter(has=page.get_by_label("Competency")).first
    await competency.get_by_text("Answers as people rated them").click()
    await competency.get_by_role("button", name="Add a rated answer").click()
    await competency.get_by_label("Rated as").select_option("Level 4")
    await competency.get_by_label("The answer", exact=True).fill("I found it with a trace.")
    await at.look("1-written")
    await saved(page)

    now = await desk.house.get(path)
    asked, told = now["questions"][0], now["facts"]
    assert (GUIDANCE, False) == (asked["guidance"], asked["covered_if_asked_by_human"])
    assert ["us", "us_ca"] == now["jurisdictions"]
    assert [(["salary", "pay"], PAY)] == [(one["phrases"], one["text"]) for one in told]
    rated = now["competencies"][0]["examples"]
    assert [{"level": 4, "text": "I found it with a trace."}] == rated

    await page.get_by_role("button", name="Publish", exact=True).click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Publish").click()
    for words in (GUIDANCE, PAY, "salary, pay", "United States, California", "found it with"):
        await expect(page.get_by_text(words)).to_be_visible()
    await at.look("2-published")
    assert [] == at.wrong


async def test_a_kit_is_divided_into_sections_that_stay_whole_whatever_is_moved(
    desk: DeskHouse, sit: Sit
) -> None:
    at, path = await at_a_draft(desk, sit, "sections")
    page = at.page
    many = len((await desk.house.get(path))["questions"])
    await page.get_by_role("button", name="Divide into sections").click()
    await page.get_by_role("button", name="Begin a section here: question 3").click()
    second = page.get_by_role("group", name="Section 2")
    await second.get_by_role("textbox").fill("Depth")
    await second.get_by_label("Who leads, where it goes in turns").select_option("A person")
    await at.look("1-two")
    await saved(page)
    assert [("Section 1", "ai", 2), ("Depth", "human", many - 2)] == sections_of(
        await desk.house.get(path)
    )

    text = await question(page, 3).get_by_role("textbox").first.input_value()
    await question(page, 3).get_by_role("button", name="Move up").click()
    await page.get_by_role("button", name="Add a question").click()
    asks = question(page, many + 1).get_by_role("checkbox").first
    await asks.check()
    await saved(page)
    now = await desk.house.get(path)
    assert [("Section 1", "ai", 2), ("Depth", "human", many - 1)] == sections_of(now)
    assert text == now["questions"][1]["text"]

    await page.get_by_role("button", name="Begin no section here: Section 1").click()
    await saved(page)
    assert [("Depth", "human", many + 1)] == sections_of(await desk.house.get(path))
    await page.get_by_role("button", name="Begin no section here: Depth").click()
    await saved(page)
    assert [] == (await desk.house.get(path))["sections"]
    assert [] == at.wrong


async def test_a_fact_without_words_is_refused_by_name_and_kept_on_the_page(
    desk: DeskHouse, sit: Sit
) -> None:
    at, path = await at_a_draft(desk, sit, "half-a-fact")
    page = at.page
    await page.get_by_role("button", name="Add a fact").click()
    fact = page.get_by_role("article", name="Fact 1")
    await fact.get_by_label("What is said").fill(PAY)
    await page.get_by_role("button", name="Save the draft").click()
    await expect(page.get_by_text("facts.0.phrases")).to_be_visible()
    await at.look("1-refused")
    await expect(fact.get_by_label("What is said")).to_have_value(PAY)
    assert [] == (await desk.house.get(path))["facts"]

    await page.get_by_role("button", name="Remove: fact 1").click()
    await saved(page)
    assert [] == [each for each in at.wrong if "status of 422" not in each]
