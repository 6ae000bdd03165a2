"""Colleagues are called in one way wherever the desk tells what they did."""

import pytest
from playwright.async_api import expect

from interview.accounts import Role
from tests.api.house import Json
from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit, Sitting
from tests.web.desk.talk import TALK

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

MARIA, ANNA, BEN = "Maria Sánchez", "Anna Berg", "ben@example.com"


async def judged(desk: DeskHouse) -> Json:
    """Anna sat in the room, marked a moment, wrote and rated; Ben, who is given, never came and
    wrote afterwards."""
    house = desk.house
    await desk.member("grace@example.com", "recruiter")
    await desk.member("olga@example.com", "owner")
    await desk.published()
    made, claim = await desk.live(MARIA)
    where = f"/v1/interviews/{made['id']}"
    anna, ben = await house.new_member(Role.INTERVIEWER), await house.new_member(Role.REVIEWER, BEN)
    of_anna, of_ben = await house.signed_in(anna), await house.signed_in(ben)
    seat = {"name": ANNA}
    await house.post(f"{where}/join", seat, status=200, key="", headers=browser(desk, of_anna))
    for n, said in enumerate(TALK[:3]):
        turns = desk.reports(
            said, f"00000000-0000-7000-8000-{n:012}", 10_000 * n, 10_000 * n + 8000
        )
        await house.tell(claim, *turns)
    await house.tell(claim, house.report("interview_ended", reason="completed"))
    unrated = {"not_assessed": "no_evidence", "reason": "", "quotes": []}
    form = [{"competency": each["key"], **unrated} for each in desk.kit["competencies"]]
    for path, body, who in (
        ("notes", {"at_ms": 21_000}, of_anna),
        ("notes", {"text": "Ask about the plan."}, of_anna),
        ("notes", {"text": "Read it twice."}, of_ben),
        ("ratings", {"ratings": form}, of_anna),
    ):
        await house.post(f"{where}/{path}", body, key="", headers=browser(desk, who))
    return made


def browser(desk: DeskHouse, signed_in: dict[str, str]) -> dict[str, str]:
    return signed_in | {"Origin": desk.url}


async def reviews(sit: Sit, email: str, made: Json) -> Sitting:
    at = await sit(email)
    await at.open(f"/interviews/{made['id']}/review", MARIA)
    await at.page.get_by_role("button", name="Show it without rating").click()
    return at


async def test_who_sat_in_the_room_is_called_as_there_and_who_did_not_by_their_address(
    desk: DeskHouse, sit: Sit
) -> None:
    made = await judged(desk)
    at = await reviews(sit, "grace@example.com", made)
    page = at.page
    notes = page.get_by_role("region", name="Notes").get_by_role("listitem")

    await expect(page.get_by_role("list", name="Bookmarks")).to_contain_text(ANNA)
    await expect(notes.filter(has_text="Ask about the plan.")).to_contain_text(ANNA)
    await expect(page.get_by_role("columnheader", name=ANNA)).to_be_visible()
    await expect(notes.filter(has_text="Read it twice.")).to_contain_text(BEN)
    await expect(page.get_by_text("Colleague ")).to_have_count(0)
    await at.look("1-recruiter")
    assert [] == at.wrong


async def test_whoever_may_read_who_works_here_finds_addresses_in_place_of_ends_of_ids(
    desk: DeskHouse, sit: Sit
) -> None:
    made = await judged(desk)
    at = await reviews(sit, "olga@example.com", made)
    page = at.page
    notes = page.get_by_role("region", name="Notes").get_by_role("listitem")

    await expect(notes.filter(has_text="Read it twice.")).to_contain_text(BEN)
    await expect(notes.filter(has_text="Ask about the plan.")).to_contain_text(ANNA)
    await expect(page.get_by_text("Colleague ")).to_have_count(0)
    assert [] == at.wrong


async def test_a_recruiter_who_compares_raters_reads_their_addresses(
    desk: DeskHouse, sit: Sit
) -> None:
    await judged(desk)
    at = await sit("grace@example.com")
    await at.open(f"/agreement?job={desk.job['id']}", "Agreement")
    page = at.page

    await expect(page.get_by_role("table", name="Who rates")).to_contain_text("@example.com")
    await expect(page.get_by_text("Colleague ")).to_have_count(0)
    await at.look("1-raters")
    assert [] == at.wrong
