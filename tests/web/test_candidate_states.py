"""Every state of a candidate's pages without a room is entered once, pressed through and looked at:
in both themes and widths, and by axe.

The API is real, over PostgreSQL; nobody answers where the room would be.
"""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from playwright.async_api import Page, Route, expect

from interview.ids import CandidateId, InterviewId
from tests.api.house import Json
from tests.conftest import Database
from tests.web.browser import Browsers, running_browsers
from tests.web.desk.house import DeskHouse
from tests.web.door import at_check, heading, look, opened, opened_door

pytestmark = [pytest.mark.web, pytest.mark.timeout(240)]
CALLED_OFF = "The interview was cancelled"
IN_WRITING = "Go in without a microphone, answer in writing"
FAILING = """
globalThis.failing = "%s";
const own = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
  if (failing !== "") throw new DOMException("no", failing);
  return own(wanted);
};
"""
NO_MICROPHONES = 'Object.defineProperty(navigator, "mediaDevices", { value: undefined });'


@pytest.fixture
async def door(database: Database) -> AsyncIterator[DeskHouse]:
    async with opened_door(database) as desk:
        yield desk


@pytest.fixture
async def browsers(tmp_path: Path) -> AsyncIterator[Browsers]:
    async with running_browsers(tmp_path) as running:
        yield running


async def erase(door: DeskHouse, interview: Json) -> None:
    """As the end of what is kept does it."""
    house = door.house
    async with house.store.transaction(house.tenants[house.key]) as tx:
        now = house.clock.now()
        await tx.keys.destroy_interview(InterviewId(UUID(interview["id"])), now)
        await tx.keys.destroy_candidate(CandidateId(UUID(interview["candidate_id"])), now)


async def cancel(door: DeskHouse, interview: Json) -> None:
    path = f"/v1/interviews/{interview['id']}/cancel"
    await door.house.post(path, {"reason": "scheduling"}, status=200)


# ---- the check ----


@pytest.mark.parametrize(
    ("name", "standing", "hint"),
    [
        ("NotFoundError", "Not found", "No microphone was found."),
        ("NotReadableError", "In use elsewhere", "Another program uses the microphone."),
    ],
)
async def test_a_microphone_that_does_not_start_is_named_and_tried_again(
    door: DeskHouse, browsers: Browsers, name: str, standing: str, hint: str
) -> None:
    context = await opened(browsers)
    await context.add_init_script(FAILING % name)
    page = await at_check(context, await door.invited("Ada"))

    await page.get_by_role("button", name="Turn on the microphone").click()
    await expect(page.get_by_text(standing, exact=True)).to_be_visible()
    await expect(page.get_by_text(hint)).to_be_visible()
    await expect(page.get_by_role("button", name=IN_WRITING)).to_be_enabled()
    await look(page, "check", standing)
    await page.evaluate("failing = ''")
    await page.get_by_role("listitem").first.get_by_role("button", name="Try again").click()

    await expect(page.get_by_text("On; nothing heard yet")).to_be_visible()


async def test_a_browser_that_gives_no_microphone_to_a_page_leaves_the_way_in_writing(
    door: DeskHouse, browsers: Browsers
) -> None:
    context = await opened(browsers)
    await context.add_init_script(NO_MICROPHONES)
    page = await at_check(context, await door.invited("Ada"))

    await expect(page.get_by_text("Not available here")).to_be_visible()
    await expect(page.get_by_role("button", name=IN_WRITING)).to_be_enabled()
    await look(page, "check", "unsupported")


async def test_one_hears_how_one_sounds_and_none_of_it_leaves_the_browser(
    door: DeskHouse, browsers: Browsers
) -> None:
    page = await at_check(await opened(browsers), await door.invited("Ada"))
    await page.get_by_role("button", name="Turn on the microphone").click()
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.method))

    await page.get_by_role("button", name="Record a few words").click()
    await expect(page.get_by_text("Recording", exact=True)).to_be_visible()
    await look(page, "hear", "1-recording")
    await page.get_by_role("button", name="Stop and listen").click()
    own = page.get_by_label("Your own words")
    await expect(own).to_be_visible()
    await look(page, "hear", "2-over")

    await page.wait_for_function(
        "() => document.querySelector('audio').readyState >= HTMLMediaElement.HAVE_CURRENT_DATA"
    )
    assert await own.evaluate("(it) => it.src.startsWith('blob:')")
    await own.evaluate("(it) => it.play()")
    await page.wait_for_function("() => document.querySelector('audio').currentTime > 0.1")
    assert [] == [method for method in sent if method != "GET"]
    await page.get_by_role("button", name="Record again").click()
    await expect(page.get_by_role("button", name="Stop and listen")).to_be_visible()


async def test_who_hears_no_sound_reads_what_to_look_at_and_tries_again(
    door: DeskHouse, browsers: Browsers
) -> None:
    page = await at_check(await opened(browsers), await door.invited("Ada"))

    await page.get_by_role("button", name="Play three notes").click()
    await page.get_by_role("button", name="I heard nothing").click()
    await expect(page.get_by_text("Not heard", exact=True)).to_be_visible()
    await expect(page.get_by_text("Turn up the volume")).to_be_visible()
    await look(page, "speaker", "1-not-heard")
    await page.get_by_role("button", name="Play three notes").click()
    await page.get_by_role("button", name="I heard them").click()

    await expect(page.get_by_text("You can hear", exact=True)).to_be_visible()
    await expect(page.get_by_text("Turn up the volume")).to_be_hidden()
    await look(page, "speaker", "2-heard")


async def test_no_way_to_the_room_is_said_and_tried_again_and_keeps_nobody_from_beginning(
    door: DeskHouse, browsers: Browsers
) -> None:
    page = await at_check(await opened(browsers), await door.invited("Ada"))
    await expect(page.get_by_text("No way to the room")).to_be_visible()
    await expect(page.get_by_text("a VPN may block it")).to_be_visible()
    await expect(page.get_by_role("button", name=IN_WRITING)).to_be_enabled()
    await look(page, "network", "bad")

    step = page.get_by_role("listitem").filter(has_text="Connection")
    async with page.expect_request("**/v1/candidate/check"):
        await step.get_by_role("button", name="Try again").click()
    await expect(page.get_by_text("No way to the room")).to_be_visible()


# ---- before ----


async def test_a_notice_that_has_changed_is_read_again_and_then_agreed_to(
    door: DeskHouse, browsers: Browsers
) -> None:
    interview = await door.invited("Ada")
    page = await (await opened(browsers)).new_page()
    await page.goto(interview["invitation_url"])

    async def outdate(route: Route) -> None:
        said = json.dumps({"accepted": True, "notice_version": "of the day before"})
        await route.continue_(post_data=said)

    await page.route("**/v1/candidate/consent", outdate)
    await page.get_by_role("button", name="I agree and go on").click()
    await expect(page.get_by_text("The notice has changed.")).to_be_visible()
    await look(page, "before", "outdated")
    assert "invited" == await door.house.state(interview)
    await page.unroute("**/v1/candidate/consent")
    await page.get_by_role("button", name="I agree and go on").click()

    await heading(page, "Before you go in")


async def test_what_was_asked_for_and_what_is_given_is_shown_and_where_the_rest_comes_from(
    door: DeskHouse, browsers: Browsers
) -> None:
    interview = await door.invited("Ada")
    page = await (await opened(browsers)).new_page()
    await page.goto(interview["invitation_url"])
    title = page.get_by_role("button", name="What would help you take part?")
    await title.click()
    for wish in ("More time", "Answering in writing", "A person who writes captions"):
        await page.get_by_text(wish, exact=True).click()
    in_writing = page.get_by_text("Answering in writing needs nobody’s leave")
    captions = page.get_by_text("A person who writes captions is arranged by whoever invited you")
    await expect(in_writing).to_be_visible()
    await expect(captions).to_be_visible()
    await page.get_by_role("button", name="Send this request").click()
    await expect(page.get_by_text("Your request was sent")).to_be_visible()
    await look(page, "help", "1-sent")

    path = f"/v1/interviews/{interview['id']}/accommodations"
    given = {"time": "1.5", "breaks": 2, "longer_silences": True}
    changed = await door.house.call("PATCH", path, json=given)
    assert 200 == changed.status, await changed.text()
    await page.reload()
    await title.click()
    notice = page.get_by_role("list").filter(has_text="1.5 times the time")
    await expect(notice).to_contain_text("2 breaks")
    await expect(notice).to_contain_text("Longer silences")
    await expect(in_writing).to_be_visible()
    await expect(captions).to_be_visible()
    await look(page, "help", "2-given")


# ---- links that lead nowhere ----


async def is_refused(page: Page, title: str, step: str) -> None:
    await heading(page, title)
    await look(page, "refused", step)


async def test_a_link_that_was_used_withdrawn_erased_or_came_too_late_says_so_and_what_to_do(
    door: DeskHouse, browsers: Browsers
) -> None:
    soon = (datetime.now(UTC) + timedelta(minutes=30)).isoformat()
    used, withdrawn, erased = [await door.invited(name) for name in ("Ada", "Ben", "Cleo")]
    late = await door.invited("Dora", expires_at=soon)
    await door.house.redeemed(used)
    await cancel(door, withdrawn)
    await erase(door, erased)
    context = await opened(browsers)

    for interview, title, step in (
        (used, "This link was used before", "used"),
        (withdrawn, CALLED_OFF, "withdrawn"),
        (erased, "The words of this interview were deleted", "erased"),
    ):
        page = await context.new_page()
        await page.goto(interview["invitation_url"])
        await is_refused(page, title, step)
    door.house.clock.advance(3600)
    page = await context.new_page()
    await page.goto(late["invitation_url"])
    await is_refused(page, "The time for this interview is over", "expired")


async def test_a_link_to_an_interview_that_is_not_open_says_whom_to_ask(
    door: DeskHouse, browsers: Browsers
) -> None:
    page = await (await opened(browsers)).new_page()
    said = {"code": "interview_not_open", "title": "", "detail": "", "status": 409}
    await page.route("**/v1/invitations/redeem", lambda route: route.fulfill(status=409, json=said))

    await page.goto((await door.invited("Ada"))["invitation_url"])

    await is_refused(page, "This interview is not open", "closed")


async def test_a_service_out_of_reach_is_said_and_asked_again(
    door: DeskHouse, browsers: Browsers
) -> None:
    page = await (await opened(browsers)).new_page()
    await page.route("**/v1/candidate/interview", lambda route: route.abort())
    await page.goto((await door.invited("Ada"))["invitation_url"])
    await is_refused(page, "The service cannot be reached", "unreachable")

    await page.unroute("**/v1/candidate/interview")
    await page.get_by_role("button", name="Try again").click()

    await heading(page, "An interview led by an AI")


async def test_a_tab_whose_interview_this_browser_has_left_stops_and_says_why(
    door: DeskHouse, browsers: Browsers
) -> None:
    first, second = await door.invited("Ada"), await door.invited("Ben")
    context = await opened(browsers)
    page, other = await context.new_page(), await context.new_page()
    await page.goto(first["invitation_url"])
    await heading(page, "An interview led by an AI")
    await other.goto(second["invitation_url"])
    await heading(other, "An interview led by an AI")
    own = next(one["name"] for one in await context.cookies() if first["id"] in one["name"])
    await context.clear_cookies(name=own)

    await page.reload()

    await is_refused(page, "Another interview was opened in this browser", "other")


# ---- gone ----


async def test_a_cancelled_interview_is_said_to_whoever_has_a_link_back_to_it(
    door: DeskHouse, browsers: Browsers
) -> None:
    interview = await door.invited("Ada")
    page = await at_check(await opened(browsers), interview)
    await cancel(door, interview)
    await page.reload()
    await is_refused(page, CALLED_OFF, "called-off")
    await expect(page.get_by_text("You need not do anything")).to_be_visible()
    again = await door.house.post(f"/v1/interviews/{interview['id']}/invitations")

    await page.goto(again["invitation_url"])

    await heading(page, CALLED_OFF)
    await expect(page.get_by_role("heading", name="What you may ask for")).to_be_visible()
    assert 0 == await page.get_by_role("heading", name="What was understood").count()
    await look(page, "gone", "cancelled")


async def test_an_interview_whose_time_is_over_is_said_to_whoever_comes_back_to_it(
    door: DeskHouse, browsers: Browsers
) -> None:
    soon = (datetime.now(UTC) + timedelta(minutes=30)).isoformat()
    page = await at_check(await opened(browsers), await door.invited("Ada", expires_at=soon))
    await expect(page.get_by_text("This interview must be begun by")).to_be_visible()
    await look(page, "check", "last-hour")
    door.house.clock.advance(3600)

    await page.reload()

    await heading(page, "The time for this interview is over")
    await look(page, "gone", "expired")


# ---- and the rest ----


async def test_the_pages_of_who_comes_early_waits_leaves_or_finds_a_file_gone_are_looked_at(
    door: DeskHouse, browsers: Browsers
) -> None:
    context = await opened(browsers)
    starts = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    early = await at_check(context, await door.invited("Ada", starts_at=starts))
    await expect(early.get_by_text("The room is not open yet")).to_be_visible()
    await look(early, "others", "early")
    await early.close()

    page = await at_check(context, await door.invited("Ben"))
    await page.get_by_role("button", name="Leave this page on a shared computer").click()
    await expect(page.get_by_role("alertdialog")).to_be_visible()
    await look(page, "others", "leave")
    await page.get_by_role("button", name="Back", exact=True).click()
    await page.get_by_role("button", name=IN_WRITING).click()
    await expect(page.get_by_text("No connection to the room yet")).to_be_visible()
    await look(page, "others", "connecting")
    await page.close()

    leaver = await at_check(context, await door.invited("Cleo"))
    await leaver.get_by_role("button", name="Leave this page on a shared computer").click()
    await leaver.get_by_role("button", name="Leave this page", exact=True).click()
    await heading(leaver, "You have left")
    await look(leaver, "others", "left")
    await leaver.close()

    lost = await context.new_page()
    await lost.route("**/assets/Check-*.js", lambda route: route.abort())
    await lost.goto((await door.invited("Dora"))["invitation_url"])
    await lost.get_by_role("button", name="I agree and go on").click()
    await heading(lost, "This page could not be shown")
    await look(lost, "others", "crashed")
