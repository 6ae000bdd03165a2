"""A place in a room whose line does not come about: what one writes is safe, and time runs."""

import re
import time
from collections.abc import Sequence
from itertools import pairwise

import pytest
from playwright.async_api import Page, Route, expect

from tests.api.house import Json
from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit, Sitting

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

AMARA = "Amara Okafor"
NOTES = "**/v1/interviews/*/notes"
FIRST, SECOND = "She wrote the plan herself.", "Ask about the second database."
NOT_SAVED = "Not saved yet:"
AGO_S = 754


async def arrives_nowhere(route: Route) -> None:
    if route.request.method == "POST":
        await route.abort()
    else:
        await route.fallback()


async def in_room(at: Sitting, interview: Json) -> None:
    await at.open(f"/interviews/{interview['id']}/room", f"The room of {AMARA}")
    await at.page.get_by_role("button", name="Come in").click()
    await at.page.get_by_role("region", name="The floor").wait_for()


async def writes(page: Page, *notes: str) -> None:
    field = page.get_by_label("Note on this moment")
    for text in notes:
        await field.fill(text)
        await field.press("Enter")
    await field.press("Escape")


async def kept(desk: DeskHouse, interview: Json) -> Sequence[Json]:
    found: Sequence[Json] = (await desk.house.get(f"/v1/interviews/{interview['id']}/notes"))[
        "items"
    ]
    return found


async def led(desk: DeskHouse, sit: Sit) -> tuple[Json, Sitting]:
    """Grace at the desk, and a talk that began a while ago."""
    desk.house.clock.advance(-60 - AGO_S)
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    made, _ = await desk.live(AMARA)
    desk.house.clock.advance(AGO_S)
    return made, await sit("grace@example.com")


async def test_notes_that_are_written_while_the_service_is_away_all_arrive_once_it_is_back(
    desk: DeskHouse, sit: Sit
) -> None:
    made, at = await led(desk, sit)
    page = at.page
    await in_room(at, made)
    await page.route(NOTES, arrives_nowhere)
    before = time.monotonic()
    await writes(page, FIRST, SECOND)
    await page.keyboard.press("b")
    written = time.monotonic()
    own = page.get_by_role("list", name="Your notes and marks")
    await expect(own.get_by_text(NOT_SAVED)).to_have_count(3)
    await expect(page.get_by_text("Kept here, not saved yet: 3.")).to_be_visible()
    await at.look("1-not-saved")
    await page.get_by_role("button", name="Leave").click()
    await expect(page.get_by_text("Not saved yet: 3 of your notes and marks.")).to_be_visible()
    await at.look("2-left")
    await page.reload()
    await page.get_by_role("button", name="Come in").click()
    await expect(own.get_by_text(NOT_SAVED)).to_have_count(3)
    assert [] == await kept(desk, made)

    away_s = time.monotonic() - written
    await page.unroute(NOTES)
    await expect(own.get_by_text(NOT_SAVED)).to_have_count(0)
    await expect(own.get_by_role("listitem")).to_have_count(3)
    whole_s = time.monotonic() - before
    stored = await kept(desk, made)
    assert {FIRST, SECOND, ""} == {note["text"] for note in stored}
    # The service's clock stands still at `AGO_S`: each note says how long before it was written.
    assert AGO_S - whole_s <= min(note["at_ms"] for note in stored) / 1000
    assert max(note["at_ms"] for note in stored) / 1000 <= AGO_S - away_s
    assert [] == at.barriers


async def test_a_note_that_is_refused_stays_and_keeps_none_behind_it_waiting(
    desk: DeskHouse, sit: Sit
) -> None:
    made, at = await led(desk, sit)
    page = at.page
    await in_room(at, made)

    async def refuses_the_first(route: Route) -> None:
        if FIRST in (route.request.post_data or ""):
            await route.fulfill(
                status=422, json={"code": "invalid", "title": "Not valid", "detail": "No."}
            )
        else:
            await route.fallback()

    await page.route(NOTES, refuses_the_first)
    await writes(page, FIRST, SECOND)
    own = page.get_by_role("list", name="Your notes and marks")
    await expect(own.get_by_text(NOT_SAVED)).to_have_count(1)
    await expect(own.get_by_role("listitem")).to_have_count(2)
    assert [SECOND] == [note["text"] for note in await kept(desk, made)]

    await page.unroute(NOTES)
    await page.get_by_role("button", name="Try again").click()
    await expect(own.get_by_text(NOT_SAVED)).to_have_count(0)
    assert {FIRST, SECOND} == {note["text"] for note in await kept(desk, made)}


async def test_the_time_of_the_talk_runs_until_the_ai_says_what_is_left(
    desk: DeskHouse, sit: Sit
) -> None:
    made, at = await led(desk, sit)
    await in_room(at, made)
    shown = at.page.get_by_text("so far").locator("..")

    await expect(shown).to_have_text(re.compile(r"^1[23]:\d\d so far$"))
    before = await shown.inner_text()
    await expect(shown).not_to_have_text(before)
    minutes, seconds = map(int, (await shown.inner_text()).split()[0].split(":"))
    assert AGO_S <= 60 * minutes + seconds < AGO_S + 120


async def test_a_room_that_cannot_be_reached_is_tried_for_less_and_less_often(
    desk: DeskHouse, sit: Sit
) -> None:
    """Each try is a seat in the log."""
    made, at = await led(desk, sit)
    tries: list[float] = []

    async def counted(route: Route) -> None:
        tries.append(time.monotonic())
        await route.fallback()

    await at.page.route("**/v1/interviews/*/join", counted)
    await in_room(at, made)
    while len(tries) < 5:
        await at.page.wait_for_timeout(100)

    gaps = [after - before for before, after in pairwise(tries)]
    assert all(gap >= least for gap, least in zip(gaps, (0.5, 1.0, 2.0, 4.0), strict=False)), gaps


async def test_no_time_runs_before_the_talk_has_begun(desk: DeskHouse, sit: Sit) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    made = await desk.invited(AMARA)
    await desk.house.consented(made)
    at = await sit("grace@example.com")
    await in_room(at, made)

    await expect(at.page.get_by_role("button", name="Leave")).to_be_visible()
    assert 0 == await at.page.get_by_text(re.compile(r"so far|left$")).count()
