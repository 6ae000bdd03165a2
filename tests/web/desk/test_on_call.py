"""Who is on call is called wherever they are at the desk."""

import pytest
from playwright.async_api import expect

from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit

pytestmark = [pytest.mark.web, pytest.mark.timeout(300)]

CALLED = "The AI asks for a person, and you are on call."
CALLED_WITHIN_MS = 15_000


async def test_who_was_put_on_call_on_the_members_page_is_called_at_the_desk(
    desk: DeskHouse, sit: Sit
) -> None:
    for email, role in (("olga", "owner"), ("ravi", "reviewer"), ("ivy", "interviewer")):
        await desk.member(f"{email}@example.com", role)
    await desk.published()
    made, claim = await desk.live("Amara Okafor")
    olga = await sit("olga@example.com")
    await olga.open("/house", "Members")
    assert 0 == await olga.page.get_by_label("ravi@example.com is on call").count()
    box = olga.page.get_by_label("ivy@example.com is on call")
    await box.check()
    await expect(box).to_be_checked()
    await olga.look("1-members")
    ivy = await sit("ivy@example.com")
    await ivy.open("/jobs", "Jobs")
    alarm = ivy.page.get_by_role("alert").filter(has_text=CALLED)
    await expect(alarm).to_have_count(0)

    await desk.house.tell(claim, desk.house.report("relief_wanted", reason="person"))

    await expect(alarm).to_be_visible(timeout=CALLED_WITHIN_MS)
    await ivy.look("2-called")
    assert 0 == await olga.page.get_by_text(CALLED).count()
    await alarm.get_by_role("link", name="Come into the room").click()
    await expect(ivy.page).to_have_url(f"{desk.url}/desk/interviews/{made['id']}/room")
    assert [] == [*olga.wrong, *ivy.wrong]
