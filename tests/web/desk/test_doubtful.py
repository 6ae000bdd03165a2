"""What was hardly understood is told in words: in a legend, to screen readers, at a quote."""

import re
from dataclasses import replace

import pytest
from playwright.async_api import Page, expect

from tests.web.desk.house import WORD_MS, DeskHouse
from tests.web.desk.sitting import Sit
from tests.web.desk.talk import TALK, Said
from tests.web.desk.test_review import MARIA, choose_words

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

TURN = 6
UNCLEAR = TALK[TURN].unclear
PLACE = TALK[TURN].text.split().index(UNCLEAR)
LEGEND = "is under words that were hardly understood"


async def test_a_doubtful_word_and_a_quote_that_rests_on_it_say_so(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    made = await desk.told(MARIA, heard=0)
    at = await sit("grace@example.com")
    page = at.page
    await at.open(f"/interviews/{made['id']}/review", MARIA)
    await page.get_by_text(LEGEND).wait_for()
    word = page.locator(f"[data-turn='{TURN}'] [data-word='{PLACE}']")
    await expect(word).to_have_text(f"{UNCLEAR} (hardly understood)")
    await expect(word).to_have_attribute("title", "Hardly understood")
    clear = page.locator(f"[data-turn='{TURN}'] [data-word='{PLACE - 1}']")
    await expect(clear).to_have_text("the")
    said = page.get_by_text(re.compile("^Hardly understood:"))
    await _walk_to(page, TURN)
    await choose_words(page, TURN, PLACE - 2, PLACE - 1)
    await page.keyboard.press("q")
    await page.get_by_text("“tested the”").wait_for()
    assert 0 == await said.count()
    await choose_words(page, TURN, PLACE - 1, PLACE)
    await page.keyboard.press("q")

    await expect(said).to_contain_text(UNCLEAR)
    await at.look("1-doubtful")
    assert [] == at.wrong


async def test_marks_and_times_stand_behind_what_was_written_before(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    mixed = replace(TALK[TURN], written="In short, it was mine.")
    made = await desk.told(MARIA, (*TALK[:TURN], mixed))
    at = await sit("grace@example.com")
    page = at.page
    await at.open(f"/interviews/{made['id']}/review", MARIA)
    place = PLACE + len(mixed.written.split())
    word = page.locator(f"[data-turn='{TURN}'] [data-word='{place}']")
    await expect(word).to_have_text(f"{UNCLEAR} (hardly understood)")
    assert 1 == await page.locator("[title='Hardly understood']").count()
    before = sum(WORD_MS * len(said.text.split()) + 900 for said in TALK[:TURN])
    said_s = (1000 + before + WORD_MS * PLACE) // 1000

    await _walk_to(page, TURN)
    await choose_words(page, TURN, place, place)
    await page.keyboard.press("q")
    clock = f"{said_s // 60:02}:{said_s % 60:02}"
    await page.get_by_role("button", name=f"Hear it at {clock}", exact=True).click()
    await page.get_by_role("button", name="Pause").click()
    await choose_words(page, TURN, 0, 2)
    await page.keyboard.press("q")
    written = page.get_by_role("button", name="Show it; it was in writing")
    await expect(written).to_have_text("in writing")
    await written.click()

    await expect(page.locator(f"[data-turn='{TURN}'] mark[data-word='0']")).to_be_in_viewport()
    place_heard = await page.locator("[data-now][data-word]").get_attribute("data-word")
    await page.locator(f"[data-turn='{TURN}'] [data-word='3']").click()
    await page.keyboard.press("e")  # by which time it would be heard
    await page.get_by_role("button", name="Ownership", expanded=True).wait_for()
    await expect(page.get_by_role("button", name="Play")).to_be_visible()
    assert place_heard == await page.locator("[data-now][data-word]").get_attribute("data-word")
    await page.locator(f"[data-turn='{TURN}'] [data-word='{place}']").click()
    await page.get_by_role("button", name="Pause").click()
    await at.look("1-written")
    assert [] == at.wrong


async def test_where_words_have_no_place_it_is_told_how_many_were_hardly_understood(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    numbers = Said("candidate", "twenty five of us", "failure", unclear="five", shown="25 of us")
    made = await desk.told(MARIA, (*TALK[:2], numbers), heard=0)
    at = await sit("grace@example.com")
    page = at.page
    await at.open(f"/interviews/{made['id']}/review", MARIA)
    told = page.locator("[data-turn='2']").get_by_text("hardly understood: 1 of 4 words")
    await told.wait_for()
    assert 0 == await page.locator("[title='Hardly understood']").count()

    await _walk_to(page, 2)
    await choose_words(page, 2, 1, 2)
    await page.keyboard.press("q")

    await page.get_by_text("Hardly understood: 1 of 4 words of this answer").wait_for()
    begins_s = (1000 + sum(WORD_MS * len(said.text.split()) + 900 for said in TALK[:2])) // 1000
    clock = f"{begins_s // 60:02}:{begins_s % 60:02}"
    await page.get_by_role("button", name=f"Hear it at {clock}", exact=True).wait_for()
    await at.look("1-unplaced")
    assert [] == at.wrong


async def test_where_all_was_understood_there_is_no_legend(desk: DeskHouse, sit: Sit) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    made = await desk.told(MARIA, TALK[:4], heard=0)
    at = await sit("grace@example.com")
    await at.open(f"/interviews/{made['id']}/review", MARIA)
    await at.page.locator("[data-turn='2'] [data-word='3']").wait_for()

    assert 0 == await at.page.get_by_text(LEGEND).count()
    assert [] == at.wrong


async def _walk_to(page: Page, last: int) -> None:
    await page.locator("[data-turn='0'] [data-time]").focus()
    for turn in range(1, last + 1):
        await page.keyboard.press("ArrowDown")
        here = page.locator(f"[data-turn='{turn}']")
        await expect(here).to_have_attribute("aria-current", "true")


async def test_evidence_stands_where_its_words_are_after_a_correction(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    made = await desk.told(MARIA)
    await desk.scored(made)
    [card] = (await desk.house.get(f"/v1/interviews/{made['id']}/scorecards"))["items"]
    turns = (await desk.house.get(f"/v1/interviews/{made['id']}/transcript"))["turns"]
    cited = [quote for rating in card["ratings"] for quote in rating["quotes"]]
    lost, moved = sorted(
        (quote for quote in cited if quote["turn_id"] == turns[2]["turn_id"]),
        key=lambda quote: int(quote["start"]),
    )
    body = {
        "text": f"Well, what we did was this. {moved['text']} And that was all.",
        "heard": True,
        "reason": "I have listened.",
        "person": "Ada",
    }
    path = f"/v1/interviews/{made['id']}/turns/{moved['turn_id']}/corrections"
    await desk.house.post(path, body)
    at = await sit("grace@example.com")
    page = at.page
    await at.open(f"/interviews/{made['id']}/review", MARIA)

    marks = page.locator("[data-turn='2'] mark")
    await expect(marks.first).to_be_visible()
    assert moved["text"] == " ".join("".join(await marks.all_inner_texts()).split())
    gone = page.get_by_role("listitem").filter(has_text=f"“{lost['text']}”")
    await expect(gone.get_by_text("These words were corrected since").first).to_be_visible()
    await at.look("1-corrected")
    assert [] == at.wrong
