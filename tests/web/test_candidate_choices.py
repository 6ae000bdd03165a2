"""What a candidate may do instead, and what others wrote, shown as what it is: text."""

import pytest
from playwright.async_api import expect

from tests.room.house import Platform, kit
from tests.web.browser import Browsers
from tests.web.candidate import invited

pytestmark = [
    pytest.mark.web,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(200),
]

FIRST = "Where did you work before?"
HOSTILE = "<img src=x onerror='globalThis.hacked=1'> שלום **bold** " + "w" * 200


async def test_a_candidate_can_decline_without_anything_recorded(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await invited(platform, await browsers.start(), kit(FIRST), "decline")
    page = talk.seen.page

    await page.get_by_role("button", name="I do not want to take part").click()
    await talk.look("asked")
    await page.get_by_role("button", name="Decline").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("You declined the interview")
    await talk.look("declined")
    assert "declined" == await talk.state()


async def test_a_candidate_can_ask_for_a_person(platform: Platform, browsers: Browsers) -> None:
    talk = await invited(platform, await browsers.start(), kit(FIRST), "person")
    page = talk.seen.page

    await page.get_by_role("button", name="I would rather talk to a person").click()
    await page.get_by_role("button", name="Ask for a person").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text(
        "A person will get in touch with you"
    )
    await talk.look("asked")
    assert "human_path" == await talk.state()


async def test_what_would_help_reaches_the_recruiter(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await invited(platform, await browsers.start(), kit(FIRST), "help")
    page = talk.seen.page

    await page.get_by_role("button", name="What would help you take part?").click()
    await page.get_by_text("Breaks between the questions").click()
    await page.get_by_label("Something else").fill("A glass of water")
    await talk.look("filled")
    await page.get_by_role("button", name="Send this request").click()

    await expect(page.get_by_text("Your request was sent")).to_be_visible()
    path = f"/v1/interviews/{talk.id}/accommodations"
    asked = (await platform.recruiter.get(path))["requested"]
    assert "Breaks between the questions\nA glass of water" == asked


async def test_a_link_that_leads_nowhere_says_what_to_do(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await invited(platform, await browsers.start(), kit(FIRST), "link")
    page = talk.seen.page
    await expect(page.get_by_role("button", name="I agree and go on")).to_be_visible()
    await talk.seen.context.clear_cookies()
    await page.goto(f"{platform.stack.api_url}/docs")

    await page.goto(f"{platform.stack.api_url}/i#nonsense")
    await expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work")
    await talk.look("invalid")
    await page.goto(f"{platform.stack.api_url}/docs")
    await page.goto(talk.url)

    await expect(page.get_by_role("heading", level=1)).to_have_text("This link was used before")


async def test_names_and_questions_of_others_are_text_and_stay_in_their_place(
    platform: Platform, browsers: Browsers
) -> None:
    hostile = await platform.recruiter.prepare_interview(
        kit(HOSTILE), HOSTILE[:190], HOSTILE[:90], "robin@example.com"
    )
    talk = await invited(platform, await browsers.start(), hostile, "hostile")
    page = talk.seen.page

    await talk.look("before")
    await page.get_by_role("button", name="I agree and go on").click()
    await page.get_by_role("button", name="Turn on the microphone").click()
    await page.get_by_role("button", name="Begin the interview").click()
    await expect(page.get_by_role("region", name="The question")).to_contain_text("onerror")
    await talk.look("room")

    assert await page.evaluate("globalThis.hacked") is None
    assert [] == talk.seen.complaints
    await talk.leaves()


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Ein Interview, das eine KI führt"),
        ("es", "Una entrevista que conduce una IA"),
        ("fr", "Un entretien mené par une IA"),
    ],
)
async def test_the_page_speaks_the_language_of_the_interview(
    platform: Platform, browsers: Browsers, language: str, title: str
) -> None:
    questions = {**kit(FIRST), "language": language}
    talk = await invited(platform, await browsers.start(), questions, f"language-{language}")
    page = talk.seen.page

    await expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert language == await page.evaluate("document.documentElement.lang")
    await talk.look("before")
