"""Parity shows who proposed the follow-ups of whom, and calls nothing equal that is not."""

import pytest
from playwright.async_api import expect

from tests.api.test_parity import held, kit_of, probed_by_model
from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

MARIA, BEN = "Maria Sánchez", "Ben Okri"
ALL_THE_SAME = "✓ Everybody here was given the same."


async def test_of_whom_a_model_asked_more_parity_says_so_and_shows_both_side_by_side(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("grace@example.com", "recruiter")
    kit = await kit_of(desk.house, probing="model")
    await held(desk.house, kit, probed_by_model(enough=True), 1, candidate=MARIA)
    await held(desk.house, kit, probed_by_model(enough=False), 2, candidate=BEN)
    at = await sit("grace@example.com")
    page = at.page

    await at.open(f"/parity?kit={kit['id']}", "Parity")

    said = "Follow-ups were not the same: some were asked more than others after Question 1."
    await expect(page.get_by_text(said)).to_be_visible()
    await expect(page.get_by_text(ALL_THE_SAME)).to_have_count(0)
    table = page.get_by_role("table", name="Follow-ups side by side")
    rows = table.locator("tbody tr")
    bens, marias = rows.filter(has_text=BEN), rows.filter(has_text=MARIA)
    await expect(bens.locator("td")).to_have_text(
        [BEN, "0", "1", "0", "1", "0", "Question 1: 1 of 1Question 2: 0 of 0"]
    )
    await expect(marias.locator("td")).to_have_text(
        [MARIA, "0", "0", "1", "0", "0", "Question 1: 0 of 1Question 2: 0 of 0"]
    )
    await at.look("side-by-side")
    assert [] == at.wrong


async def test_as_many_follow_ups_by_a_model_are_not_called_the_same(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("grace@example.com", "recruiter")
    kit = await kit_of(desk.house, probing="model")
    for number, name in enumerate((MARIA, BEN)):
        talk = probed_by_model(enough=False)
        await held(desk.house, kit, talk, number, candidate=name)
    at = await sit("grace@example.com")

    await at.open(f"/parity?kit={kit['id']}", "Parity")

    said = "They were asked as many follow-ups; some of these were a model’s."
    await expect(at.page.get_by_text(said)).to_be_visible()
    await expect(at.page.get_by_text(ALL_THE_SAME)).to_have_count(0)
