"""After the interview: own words put right, what one thought of it, and what the law gives."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Route, expect

from interview.store.postgres import open_store
from local.ports import Ports
from tests.api.house import PEPPER
from tests.conftest import Database
from tests.web.browser import Seen, open_page, running_browsers
from tests.web.desk.house import DeskHouse, opened_desk
from tests.web.desk.talk import TALK, Said

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

NAME = "Maria Sánchez"
WRONG, RIGHT = TALK[2].text, TALK[2].text.replace("payments", "patients")
LONG = "w" * 10_000
RTL = "\u202e\u2066שלום"
MARKUP = "<img src=x onerror='globalThis.hacked=1'><script>globalThis.hacked=2</script>**b**"
HOSTILE = (
    Said("ai", f"Tell me {MARKUP} about it.", "large_change"),
    Said("candidate", f"{MARKUP} {RTL} {LONG}", "large_change"),
)


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[DeskHouse]:
    """The API over PostgreSQL, with the web app as it was built; nobody is in any room."""
    async with open_store(database.app_url, PEPPER) as store, opened_desk(store) as desk:
        await desk.published()
        yield desk


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Browser]:
    async with running_browsers(tmp_path) as browsers:
        yield await browsers.start()


async def back(browser: Browser, desk: DeskHouse, talk: tuple[Said, ...] = TALK) -> Seen:
    """Somebody whose interview is over, with a link back to their own words."""
    made = await desk.told(NAME, talk, heard=0)
    link = await desk.house.post(f"/v1/interviews/{made['id']}/invitations")
    seen = await opened(browser, desk, link["invitation_url"])
    await expect(seen.page.get_by_role("heading", level=1)).to_have_text("The interview is over")
    return seen


async def opened(browser: Browser, desk: DeskHouse, link: str) -> Seen:
    ports = Ports(api=int(desk.url.rpartition(":")[2]))
    return await open_page(browser, f"{desk.url}/i#{link.partition('#')[2]}", ports)


def is_clean(seen: Seen) -> bool:
    """The page complained of nothing and called nobody."""
    return (seen.complaints, seen.strangers) == ([], [])


async def thought(seen: Seen, desk: DeskHouse) -> tuple[int, str]:
    """What is stored of what they thought."""
    found = await seen.context.request.get(f"{desk.url}/v1/candidate/feedback")
    told = await found.json()
    return told["rating"], told["text"]


async def asked(desk: DeskHouse, kind: str) -> Any:
    """The one request of this kind, as the recruiter reads it."""
    (found,) = (await desk.house.get(f"/v1/requests?kind={kind}"))["items"]
    return found


async def test_words_that_were_heard_wrongly_are_put_right_and_a_person_answers(
    browser: Browser, desk: DeskHouse
) -> None:
    seen = await back(browser, desk)
    page = seen.page
    turn = page.get_by_role("listitem").filter(has_text=WRONG)

    await turn.get_by_role("button", name="Put this right").click()
    await expect(page.get_by_role("button", name="Send the correction")).to_be_disabled()
    await page.get_by_label("What you said", exact=True).fill(RIGHT)
    await seen.look("correction", "1-editing")
    await page.get_by_role("button", name="Send the correction").click()
    await expect(turn.get_by_text(RIGHT)).to_be_visible()
    await expect(turn.get_by_text("sent, not answered yet")).to_be_visible()
    await expect(turn.get_by_role("button", name="Put this right")).to_have_count(0)
    await seen.look("correction", "2-sent")

    request = await asked(desk, "transcript")
    assert RIGHT == request["text"]
    body = {"outcome": "refused", "text": "It was said as written.", "person": "Grace"}
    await desk.house.post(f"/v1/requests/{request['id']}/answer", body, status=200)
    await page.reload()
    await expect(turn.get_by_text("(refused)")).to_be_visible()
    await expect(turn.get_by_role("button", name="Put this right")).to_be_visible()
    await seen.look("correction", "3-answered")
    assert is_clean(seen)


async def test_what_they_thought_of_it_is_kept_shown_again_and_changed_in_its_place(
    browser: Browser, desk: DeskHouse
) -> None:
    seen = await back(browser, desk)
    page = seen.page

    await expect(page.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    await page.get_by_text("Rather bad").click()
    await expect(page.get_by_role("radio", name="Rather bad")).to_be_checked()
    await page.get_by_label("What should be different?").fill(f"Shorter. {MARKUP}")
    await seen.look("feedback", "1-filled")
    await page.get_by_role("button", name="Send", exact=True).click()

    await expect(page.get_by_text("Thank you. It was sent")).to_be_visible()
    await seen.look("feedback", "2-sent")
    assert (2, f"Shorter. {MARKUP}") == await thought(seen, desk)

    await page.reload()
    await expect(page.get_by_text("Thank you. It was sent")).to_be_visible()
    await expect(page.get_by_text("Rather bad")).to_be_visible()
    await expect(page.get_by_text("Shorter. <img")).to_be_visible()
    await expect(page.get_by_role("button", name="Send", exact=True)).to_have_count(0)
    await page.get_by_role("button", name="Change what I said").click()
    await expect(page.get_by_label("What should be different?")).to_have_value(f"Shorter. {MARKUP}")
    await page.get_by_text("Very good").click()
    await seen.look("feedback", "3-changing")
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_text("Thank you. It was sent")).to_be_visible()
    assert (5, f"Shorter. {MARKUP}") == await thought(seen, desk)
    assert await page.evaluate("globalThis.hacked") is None
    assert is_clean(seen)


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("human_review", "A person to look at the result again"),
        ("access", "A copy of my data"),
        ("erasure", "The deletion of my data"),
    ],
)
async def test_what_the_law_gives_is_asked_for_and_answered_by_a_person(
    browser: Browser, desk: DeskHouse, kind: str, label: str
) -> None:
    seen = await back(browser, desk)
    page = seen.page

    await page.get_by_label("I ask for").select_option(label)
    await page.get_by_label("In your words").fill("Please.")
    await page.get_by_role("button", name="Send the request").click()
    await expect(page.get_by_text(f"{label}: sent, not answered yet")).to_be_visible()
    await expect(page.get_by_text("It is answered by")).to_be_visible()
    await seen.look(f"right-{kind}", "1-sent")
    request = await asked(desk, kind)
    assert "Please." == request["text"]

    body = {"outcome": "granted", "text": f"It is done. {MARKUP}", "person": "Grace"}
    await desk.house.post(f"/v1/requests/{request['id']}/answer", body, status=200)
    await page.reload()
    await expect(page.get_by_text(f"{label}: granted")).to_be_visible()
    await expect(page.get_by_text("It is done. <img")).to_be_visible()
    await seen.look(f"right-{kind}", "2-answered")
    assert await page.evaluate("globalThis.hacked") is None
    assert is_clean(seen)


async def test_a_transcript_of_script_markup_turned_writing_and_endless_words_is_only_text(
    browser: Browser, desk: DeskHouse
) -> None:
    seen = await back(browser, desk, HOSTILE)
    page = seen.page
    await expect(page.get_by_text(LONG[:100])).to_be_visible()
    await seen.look("hostile-after", "1-transcript")
    await page.get_by_role("button", name="Put this right").click()
    await seen.look("hostile-after", "2-editing")

    assert 0 == await page.locator("main :is(img, script, b, strong strong)").count()
    assert await page.evaluate("globalThis.hacked") is None
    assert is_clean(seen)


async def test_another_time_is_what_the_page_says_from_then_on(
    browser: Browser, desk: DeskHouse
) -> None:
    next_year = desk.house.clock.now().year + 1
    made = await desk.invited(NAME, expires_at=f"{next_year}-03-02T10:00:00Z")
    seen = await opened(browser, desk, made["invitation_url"])
    await expect(seen.page.get_by_role("main")).to_contain_text("Mar")
    body = {"expires_at": f"{next_year}-08-03T10:00:00Z"}
    await desk.house.post(f"/v1/interviews/{made['id']}/extend", body, status=200)

    await seen.page.reload()

    await expect(seen.page.get_by_role("main")).to_contain_text("Aug")
    await seen.look("another-time", "1-extended")
    assert is_clean(seen)


async def shared(desk: DeskHouse) -> str:
    """A link back to an interview whose results are shared."""
    house, made = desk.house, await desk.told(NAME, heard=0)
    await house.call(
        "PATCH", "/v1/settings", json={"shares_results": True}, headers={"If-Match": "*"}
    )
    await desk.scored(made)
    decision = {
        "person": "Grace",
        "outcome": "advance",
        "reason_code": "meets_requirements",
        "evidence": [{"kind": "transcript"}],
    }
    await house.post(f"/v1/interviews/{made['id']}/decision", decision)
    link = await house.post(f"/v1/interviews/{made['id']}/invitations")
    return str(link["invitation_url"])


async def test_shared_results_that_do_not_come_are_said_and_asked_for_again(
    browser: Browser, desk: DeskHouse
) -> None:
    link = await shared(desk)
    seen = await opened(browser, desk, f"{link.partition('#')[0]}#")
    page = seen.page

    async def tired(route: Route) -> None:
        await route.fulfill(status=503, body="")

    await page.route("**/v1/candidate/results", tired)
    await page.goto(link)
    outcome = page.locator("section").filter(has_text="What was found")
    await expect(outcome.get_by_text("That did not get through")).to_be_visible()
    await seen.look("results", "0-failed")
    await page.unroute("**/v1/candidate/results")
    await outcome.get_by_role("button", name="Try again").click()

    await expect(outcome.get_by_role("article").first).to_be_visible()
    await expect(outcome.get_by_text("That did not get through")).to_have_count(0)


async def test_shared_results_say_what_a_level_means_and_who_gave_it(
    browser: Browser, desk: DeskHouse
) -> None:
    house = desk.house
    seen = await opened(browser, desk, await shared(desk))
    page = seen.page

    await expect(page.get_by_role("heading", name="What was found")).to_be_visible()
    shown = page.get_by_role("article").filter(has_text="Level ").first
    name = await shown.get_by_role("heading").inner_text()
    [level] = re.findall(r"Level (\d) of 5", await shown.inner_text())
    kit = await house.get(f"/v1/kits/{desk.kit['id']}")
    [competency] = [one for one in kit["competencies"] if one["name"] == name]
    means = f"Level {level} means: {competency['anchors'][level]}"
    await expect(shown.get_by_text(means)).to_be_visible()
    await expect(shown.get_by_text("A program gave this level; a person decided.")).to_be_visible()
    await seen.look("results", "1-program")
    assert is_clean(seen)
