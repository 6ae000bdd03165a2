"""What a candidate's page says when the service says no, and whose interview it acts in.

The API is real, over PostgreSQL; nobody answers where the room would be.
"""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Route, expect

from tests.web.browser import Browsers
from tests.web.desk.house import DeskHouse
from tests.web.door import at_check, heading, opened

pytestmark = [pytest.mark.web, pytest.mark.timeout(120)]
BEGIN = "Begin the interview"
DROPPED = "The connection dropped"
IN_WRITING = "Go in without a microphone, answer in writing"


async def test_whoever_was_taken_over_by_a_newer_link_is_told_and_not_kept_waiting(
    door: DeskHouse, own_browsers: Browsers
) -> None:
    interview = await door.invited("Ada")
    page = await at_check(await opened(own_browsers), interview)
    again = await door.house.post(f"/v1/interviews/{interview['id']}/invitations")
    await door.house.redeemed(again)

    await page.get_by_role("button", name=IN_WRITING).click()

    await heading(page, "You are not in the interview on this page any more")
    await expect(page.get_by_text("you opened a newer link on another device")).to_be_visible()
    await expect(page.get_by_text(DROPPED)).to_be_hidden()
    await page.reload()
    await heading(page, "Open the link of your invitation")


async def test_whose_time_ran_out_before_the_room_learns_it_and_keeps_their_rights(
    door: DeskHouse, own_browsers: Browsers
) -> None:
    soon = (datetime.now(UTC) + timedelta(minutes=30)).isoformat()
    page = await at_check(await opened(own_browsers), await door.invited("Ada", expires_at=soon))
    door.house.clock.advance(3600)

    await page.get_by_role("button", name=IN_WRITING).click()

    await heading(page, "The time for this interview is over")
    await expect(page.get_by_role("heading", name="What you may ask for")).to_be_visible()


async def test_whoever_comes_early_reads_when_the_room_opens(
    door: DeskHouse, own_browsers: Browsers
) -> None:
    starts = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    interview = await door.invited("Ada", starts_at=starts)
    context = await opened(own_browsers)
    page = await context.new_page()
    await page.goto(interview["invitation_url"])
    await expect(page.get_by_text("When", exact=True)).to_be_visible()

    await page.get_by_role("button", name="I agree and go on").click()
    await page.get_by_role("button", name="Turn on the microphone").click()

    await expect(page.get_by_text("The room is not open yet")).to_be_visible()
    await expect(page.get_by_text("On; nothing heard yet")).to_be_visible()
    await expect(page.get_by_role("button", name=BEGIN)).to_be_disabled()


async def test_a_used_link_does_not_open_the_interview_of_whoever_used_the_browser_before(
    door: DeskHouse, own_browsers: Browsers
) -> None:
    theirs, ours = await door.invited("Ada"), await door.invited("Ben")
    await door.house.redeemed(theirs)
    context = await opened(own_browsers)
    page = await context.new_page()
    await page.goto(ours["invitation_url"])
    await heading(page, "An interview led by an AI")

    other = await context.new_page()
    await other.goto(theirs["invitation_url"])

    await heading(other, "This link was used before")
    await page.reload()
    await heading(page, "An interview led by an AI")


async def test_declining_in_one_tab_leaves_the_interview_of_another_tab_alone(
    door: DeskHouse, own_browsers: Browsers
) -> None:
    first, second = await door.invited("Ada"), await door.invited("Ben")
    context = await opened(own_browsers)
    page, other = await context.new_page(), await context.new_page()
    await page.goto(first["invitation_url"])
    await heading(page, "An interview led by an AI")
    await other.goto(second["invitation_url"])
    await heading(other, "An interview led by an AI")

    await page.get_by_role("button", name="I do not want to take part").click()
    await page.get_by_role("button", name="Decline", exact=True).click()

    await heading(page, "You declined the interview")
    assert ["declined", "invited"] == [await door.house.state(each) for each in (first, second)]


@pytest.mark.parametrize("asks", [True, False], ids=["a-person-was-asked-for", "left-open"])
async def test_another_link_in_the_tab_of_a_room_leads_before_its_own_room_and_nobody_is_recorded(
    door: DeskHouse, own_browsers: Browsers, asks: bool
) -> None:
    theirs, ours = await door.invited("Ada"), await door.invited("Ben")
    page = await at_check(await opened(own_browsers), theirs)
    await page.get_by_role("button", name=IN_WRITING).click()
    await heading(page, "Interview")
    if asks:
        await page.get_by_role("button", name="Help").click()
        await page.get_by_role("button", name="I would rather talk to a person").click()
        await page.get_by_role("button", name="Ask for a person").click()
        await heading(page, "A person will get in touch with you")

    await page.goto(ours["invitation_url"])
    await page.get_by_role("button", name="I agree and go on").click()

    await heading(page, "Before you go in")
    assert "ready" == await door.house.state(ours)
    await page.reload()
    await heading(page, "Before you go in")


async def test_a_new_link_to_the_same_interview_asks_before_it_leads_into_the_room_again(
    door: DeskHouse, own_browsers: Browsers
) -> None:
    interview = await door.invited("Ada")
    page = await at_check(await opened(own_browsers), interview)
    await page.get_by_role("button", name=IN_WRITING).click()
    await heading(page, "Interview")
    await page.reload()
    await heading(page, "Interview")
    again = await door.house.post(f"/v1/interviews/{interview['id']}/invitations")

    await page.goto(again["invitation_url"])

    await heading(page, "Your interview goes on")


async def test_whoever_has_no_microphone_finds_a_way_in_and_every_way_out(
    door: DeskHouse, own_browsers: Browsers
) -> None:
    page = await at_check(await opened(own_browsers, allows=False), await door.invited("Ada"))
    await page.get_by_role("button", name="Turn on the microphone").click()
    await expect(page.get_by_text("Not allowed")).to_be_visible()

    await expect(page.get_by_role("button", name="What would help you")).to_be_visible()
    await expect(page.get_by_role("button", name="I would rather talk to a person")).to_be_visible()
    await expect(page.get_by_role("button", name="I do not want to take part")).to_be_visible()
    await page.get_by_role("button", name=IN_WRITING).click()

    await heading(page, "Interview")
    await expect(page.get_by_text("Microphone off")).to_be_visible()
    assert "H1" == await page.evaluate("document.activeElement.tagName")
    await page.reload()
    await expect(page.get_by_text("Microphone off")).to_be_visible()
    assert await page.get_by_role("button", name="Turn on").is_visible()


async def test_the_microphone_of_the_check_is_the_one_of_the_room(
    door: DeskHouse, own_browsers: Browsers
) -> None:
    context = await opened(own_browsers)
    await context.add_init_script(
        """globalThis.used = [];
        const own = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async (wanted) => {
          const stream = await own(wanted);
          used.push(stream.getAudioTracks()[0].getSettings().deviceId);
          return stream;
        };"""
    )
    page = await at_check(context, await door.invited("Ada"))
    await page.get_by_role("button", name="Turn on the microphone").click()
    which = page.get_by_label("Which microphone")
    await which.select_option(index=2)
    await page.wait_for_function("() => sessionStorage.getItem('viv.microphone') !== null")
    chosen = await page.evaluate("sessionStorage.getItem('viv.microphone')")

    await page.get_by_role("button", name=BEGIN).click()

    await heading(page, "Interview")
    await page.wait_for_function("() => used.length >= 3")
    assert chosen == await page.evaluate("used.at(-1)")
    assert chosen != await page.evaluate("used[0]")


async def test_a_room_that_cannot_be_reached_is_tried_ever_more_seldom_and_said_once(
    door: DeskHouse, own_browsers: Browsers
) -> None:
    page = await at_check(await opened(own_browsers), await door.invited("Ada"))
    joins: list[str] = []
    page.on("request", lambda asked: joins.append(asked.url) if "/join" in asked.url else None)
    await page.evaluate(
        """globalThis.alerts = 0;
        new MutationObserver(() => {
          const seen = document.querySelector('[role=alert]');
          if (seen !== null && seen !== globalThis.last) alerts += 1;
          globalThis.last = seen;
        }).observe(document.body, { childList: true, subtree: true });"""
    )

    await page.get_by_role("button", name=IN_WRITING).click()
    await expect(page.get_by_text("No connection to the room yet")).to_be_visible()
    await page.wait_for_timeout(8000)

    assert 2 <= len(joins) <= 6, "with pauses between them"
    assert 0 == await page.evaluate("alerts")
    await expect(page.get_by_text(DROPPED)).to_be_hidden()


async def test_a_request_whose_answer_was_lost_is_made_once(
    door: DeskHouse, own_browsers: Browsers
) -> None:
    interview = await door.invited("Ada")
    context = await opened(own_browsers)
    page = await context.new_page()
    await page.goto(interview["invitation_url"])
    await page.get_by_role("button", name="I do not want to take part").click()
    await page.get_by_role("button", name="Decline", exact=True).click()
    await heading(page, "You declined the interview")
    lost: list[str] = []

    async def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.request.url)
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/v1/candidate/requests", lose)
    await page.get_by_role("button", name="Send the request").click()
    await expect(page.get_by_text("That did not get through")).to_be_visible()
    await page.get_by_role("button", name="Send the request").click()

    await expect(page.get_by_text("sent, not answered yet")).to_have_count(1)
    assert 1 == len((await door.house.get("/v1/requests"))["items"])


async def test_a_broken_link_a_browser_without_storage_and_a_lost_file_are_never_an_empty_page(
    door: DeskHouse, own_browsers: Browsers
) -> None:
    context = await opened(own_browsers)
    page = await context.new_page()
    await page.goto(f"{door.url}/i#%")
    await heading(page, "This link does not work")

    bare = await context.new_page()
    await bare.add_init_script(
        """for (const name of ["sessionStorage", "localStorage"])
          Object.defineProperty(globalThis, name, { get() { throw new DOMException("no"); } });
        Object.defineProperty(navigator, "mediaDevices", { value: undefined });"""
    )
    await bare.goto((await door.invited("Ada"))["invitation_url"])
    await bare.get_by_role("button", name="I agree and go on").click()
    await heading(bare, "Before you go in")
    await expect(bare.get_by_text("Not available here")).to_be_visible()

    gone = await context.new_page()
    await gone.route("**/assets/Check-*.js", lambda route: route.abort())
    await gone.goto((await door.invited("Ben"))["invitation_url"])
    await gone.get_by_role("button", name="I agree and go on").click()
    await heading(gone, "This page could not be shown")


async def test_a_shared_computer_forgets_the_interview_and_says_so(
    door: DeskHouse, own_browsers: Browsers
) -> None:
    interview = await door.invited("Ada")
    page = await at_check(await opened(own_browsers), interview)
    await page.get_by_role("button", name="Leave this page on a shared computer").click()
    await expect(page.get_by_role("alertdialog")).to_contain_text("kept as it is")
    await page.get_by_role("button", name="Back", exact=True).click()
    await heading(page, "Before you go in")

    await page.get_by_role("button", name="Leave this page on a shared computer").click()
    await page.get_by_role("button", name="Leave this page", exact=True).click()

    await heading(page, "You have left")
    await expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert 0 == await page.evaluate("sessionStorage.length")
    assert [] == await page.context.cookies()
    await page.reload()
    await heading(page, "Open the link of your invitation")
    # In the same tab: the address changes behind its `#` alone.
    await page.goto(interview["invitation_url"])
    await heading(page, "This link was used before")
    again = await door.house.post(f"/v1/interviews/{interview['id']}/invitations")
    await page.goto(again["invitation_url"])
    await heading(page, "Before you go in")
