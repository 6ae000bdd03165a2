"""After a talk that people led: a question that the AI did not hear is filed, and parity tells who
did what."""

import re
from uuid import uuid4

import pytest
from playwright.async_api import Page, expect

from interview.accounts import Role
from interview.ids import MemberId, interviewer_identity
from tests.api.house import Json
from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit, Sitting
from tests.web.desk.talk import TALK, Said

pytestmark = [pytest.mark.web, pytest.mark.timeout(300)]

MARIA, WHY = "Maria Sánchez", "Asked while the AI did not hear Anna."
GREETING, FIRST, ANSWER = TALK[0], TALK[1], TALK[2]
ASKED = "Who outside of your team did you ever have to win over with words?"
SECOND = Said("candidate", "Our sales people. I told it like a road with too many cars.")
KEY = "explaining"
BROKEN_WORDS = """(cell) => {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), broken = [];
    for (let node = texts.nextNode(); node; node = texts.nextNode())
        for (const {0: word, index} of node.data.matchAll(/[^\\s-]+/g)) {
            const range = document.createRange();
            range.setStart(node, index);
            range.setEnd(node, index + word.length);
            const lines = new Set([...range.getClientRects()].map((it) => it.top));
            if (lines.size > 1) broken.push(word);
        }
    return broken;
}"""
"""The words of a cell that stand in more than one line."""


async def held(desk: DeskHouse) -> Json:
    """The AI asks, then Anna for two minutes, whose question nobody knew, then Ben for one."""
    house = desk.house
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    made, claim = await desk.live(MARIA)
    people = [await house.new_member(Role.INTERVIEWER) for _ in range(2)]
    for member, name in zip(people, ("Anna Berg", "Ben Okri"), strict=True):
        headers = await house.signed_in(member) | {"Origin": desk.url}
        where = f"/v1/interviews/{made['id']}/join"
        await house.post(where, {"name": name}, status=200, key="", headers=headers)
    candidate = claim["candidate_identity"]
    for n, said in enumerate((GREETING, FIRST, ANSWER)):
        reports = desk.reports(said, str(uuid4()), 10_000 * n, 10_000 * n + 8000, candidate)
        await house.tell(claim, *reports)
        house.clock.advance(10)
    await house.tell(claim, house.report("floor_followed", floor=f"human:{people[0].hex}"))
    await house.tell(claim, *asks(desk, people[0], 31_000))
    await house.tell(claim, *desk.reports(SECOND, str(uuid4()), 40_000, 52_000, candidate))
    house.clock.advance(120)
    await house.tell(claim, house.report("floor_followed", floor=f"human:{people[1].hex}"))
    house.clock.advance(60)
    await house.tell(claim, house.report("floor_followed", floor="ai"))
    closing = desk.reports(TALK[-1], str(uuid4()), 215_000, 218_000)
    ended = house.report("interview_ended", reason="completed")
    await house.tell(claim, *closing, ended)
    return made


def asks(desk: DeskHouse, member: MemberId, at_ms: int) -> list[Json]:
    heard = desk.house.speech(ASKED, turn=str(uuid4()), at_ms=at_ms)
    who = {"identity": interviewer_identity(member), "role": "interviewer"}
    heard["fact"] |= {"question": None, "words": [], "ended_ms": at_ms + 6000, **who}
    return [heard]


async def choose(page: Page, by: int) -> None:
    """The first word of the turn that is so many below the one that is read, by keys."""
    await page.locator("[data-turn][aria-current] [data-time]").focus()
    for _ in range(by):
        await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowRight")


async def test_a_question_that_the_ai_did_not_hear_is_filed_and_counted_as_anna_s(
    desk: DeskHouse, sit: Sit
) -> None:
    made = await held(desk)
    at = await sit("grace@example.com")
    page = at.page
    await at.open(f"/interviews/{made['id']}/review", MARIA)
    turns = page.locator("[data-turn]")
    await expect(turns).to_have_count(6)

    await choose(page, 3)
    await page.get_by_role("button", name="File under a question").click()
    dialog = page.get_by_role("dialog", name="File under a question")
    assert 0 == await dialog.get_by_label("Who asked it").count()
    await page.keyboard.press("Escape")
    await choose(page, 1)
    await page.get_by_role("button", name="File under a question").click()
    file_it = dialog.get_by_role("button", name="File it")
    await expect(file_it).to_be_disabled()
    await dialog.get_by_label("It answers").select_option(KEY)
    await dialog.get_by_label("Who asked it").select_option("Anna Berg")
    await dialog.get_by_label("Why").fill(WHY)
    await at.look("1-filing")
    await file_it.click()
    await expect(dialog).to_have_count(0)
    filed = turns.nth(4)
    await expect(filed).to_contain_text("filed afterwards under")
    await expect(filed).to_contain_text(f"which Anna Berg asked: {WHY}")
    await at.look("2-filed")
    await counts_as_anna_s(desk, at)
    assert [] == at.wrong


async def counts_as_anna_s(desk: DeskHouse, at: Sitting) -> None:
    """The page of parity tells what each interviewer did, the question that was filed too."""
    page = at.page
    await at.open(f"/parity?kit={desk.kit['id']}", "Parity")
    table = page.get_by_role("table", name="What interviewers did")
    rows = table.get_by_role("row")
    await expect(rows).to_have_count(3)
    number = next(n for n, q in enumerate(desk.kit["questions"], 1) if q["key"] == KEY)
    anna, ben = rows.nth(1), rows.nth(2)
    for cell in ("Anna Berg", MARIA, "02:00", f"Question {number}"):
        await expect(anna).to_contain_text(cell)
    for cell in ("Ben Okri", MARIA, "01:00", "none"):
        await expect(ben).to_contain_text(cell)
    given = page.get_by_role("table", name="What each was given")
    await expect(given.get_by_role("columnheader", name="People led")).to_be_visible()
    chart = page.get_by_role("img", name=f"{MARIA}: candidate")
    await expect(chart).to_have_accessible_name(re.compile("interviewers 00:06"))
    await expect(page.get_by_text("■ interviewers")).to_be_visible()
    await expect(given.get_by_role("columnheader", name="People spoke")).to_be_visible()
    departures = given.locator("td[data-name=Departures]")
    await expect(departures).to_contain_text("(completed)")
    assert [] == await departures.evaluate(BROKEN_WORDS)
    await at.look("3-parity")
