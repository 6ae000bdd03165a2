"""Times at the desk: whose clocks they are on, and how long a talk was."""

from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.async_api import expect

from tests.api.house import Json
from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit, Sitting
from tests.web.desk.talk import TALK

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

YEAR = datetime.now(UTC).year + 1
NAME = "Ada Stern"


async def in_berlin(desk: DeskHouse, sit: Sit, **times: str) -> tuple[Sitting, Json]:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    body, headers = {"time_zone": "Europe/Berlin"}, {"If-Match": "*"}
    await desk.house.call("PATCH", "/v1/settings", json=body, headers=headers)
    made = await desk.invited(NAME, **times)
    at = await sit("grace@example.com")
    await at.open(f"/interviews/{made['id']}", NAME)
    return at, made


async def test_an_appointment_is_moved_on_the_clocks_of_the_organisation(
    desk: DeskHouse, sit: Sit
) -> None:
    ends = f"{YEAR}-12-15T22:59:59Z"
    at, made = await in_berlin(desk, sit, starts_at=f"{YEAR}-12-01T13:00:00Z", expires_at=ends)
    page = at.page
    await page.get_by_role("button", name="Reschedule").click()
    dialog = page.get_by_role("dialog", name="Reschedule")
    starts = dialog.get_by_label("Appointment")
    await expect(starts).to_have_value(f"{YEAR}-12-01T14:00")
    await expect(dialog).to_contain_text("Times are those of Europe/Berlin")
    await starts.fill(f"{YEAR}-07-01T15:30")
    await expect(dialog).to_contain_text(f"1 Jul {YEAR}, 15:30 CEST")
    await at.look("1-moved")
    await dialog.get_by_role("button", name="Save the new time").click()
    await expect(dialog).to_have_count(0)

    now = await desk.house.get(f"/v1/interviews/{made['id']}")
    assert (f"{YEAR}-07-01T13:30:00Z", ends) == (now["starts_at"], now["expires_at"])
    assert [] == at.wrong


async def test_a_time_that_no_clock_shows_is_not_saved(desk: DeskHouse, sit: Sit) -> None:
    at, made = await in_berlin(desk, sit)
    page = at.page
    april = date(YEAR, 4, 1)
    forward = april - timedelta(days=april.isoweekday() % 7 or 7)
    await page.get_by_role("button", name="Reschedule").click()
    dialog = page.get_by_role("dialog", name="Reschedule")
    save = dialog.get_by_role("button", name="Save the new time")
    await dialog.get_by_label("Open until").fill(f"{forward}T02:30")
    await expect(dialog).to_contain_text("No clock shows this time")
    await expect(save).to_be_disabled()
    await dialog.get_by_label("Open until").fill(f"{forward}T03:30")
    await save.click()
    await expect(dialog).to_have_count(0)

    now = await desk.house.get(f"/v1/interviews/{made['id']}")
    assert f"{forward}T01:30:00Z" == now["expires_at"]
    assert [] == at.wrong


async def test_an_interview_lasted_as_long_as_was_talked_whatever_came_to_pass_until_its_end(
    desk: DeskHouse, sit: Sit
) -> None:
    """Three minutes, then a night without anybody, then a minute."""
    house = desk.house
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    made, claim = await desk.live(NAME)
    night = 12 * 3_600_000
    spans = ((0, 90_000), (95_000, 180_000), (night, night + 60_000))
    for n, (said, (begin, end)) in enumerate(zip(TALK[1:4], spans, strict=True)):
        turn = f"00000000-0000-7000-8000-{n:012}"
        await house.tell(claim, *desk.reports(said, turn, begin, end))
    await house.tell(claim, house.report("interview_ended", reason="completed"))
    at = await sit("grace@example.com")
    await at.open(f"/interviews/{made['id']}", NAME)

    await expect(at.page.get_by_text("for 4 minutes", exact=True)).to_be_visible()
    assert [] == at.wrong
