"""What candidates ask for and say afterwards, and what a kit is warned of, in a real browser."""

import pytest
from playwright.async_api import expect

from tests.api.house import Json
from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit, Sitting
from tests.web.desk.talk import TALK

pytestmark = [pytest.mark.web, pytest.mark.timeout(300)]

NAME = "Maria Sánchez"
PROPOSED = TALK[2].text.replace("payments", "pavements")


async def with_requests(desk: DeskHouse, sit: Sit) -> tuple[Sitting, Json, Json]:
    """A recruiter at the open requests; the interview, and the request for other words."""
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    made = await desk.told(NAME, heard=3)
    asked = await desk.asked_for(made, PROPOSED)
    at = await sit("grace@example.com")
    await at.open("/requests", "Requests")
    await at.page.get_by_text(PROPOSED).first.wait_for()
    return at, made, asked


async def state_of(desk: DeskHouse, asked: Json) -> tuple[str, str | None]:
    items = (await desk.house.get("/v1/requests"))["items"]
    found = next(item for item in items if item["id"] == asked["id"])
    return found["state"], found["answer"]


async def test_other_words_are_listened_to_and_taken_over_where_they_were_said(
    desk: DeskHouse, sit: Sit
) -> None:
    at, made, asked = await with_requests(desk, sit)
    page = at.page
    await page.get_by_role("link", name="Listen").click()
    turn = page.locator("[data-turn='2']")
    await turn.get_by_text("The candidate proposes other words").wait_for()
    await turn.get_by_role("button", name="Listen and use these words").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("As it was said")).to_have_value(PROPOSED)
    save = dialog.get_by_role("button", name="Save the correction")
    await expect(save).to_be_disabled()
    await at.look("1-proposed")
    await dialog.get_by_label("I have listened to this place of the recording").check()
    await save.click()
    await expect(turn.get_by_text("corrected after listening")).to_be_visible()
    await expect(page.get_by_text("The candidate proposes other words")).to_have_count(0)

    turns = (await desk.house.get(f"/v1/interviews/{made['id']}/transcript"))["turns"]
    assert PROPOSED == turns[2]["spoken"]
    assert "granted" == (await state_of(desk, asked))[0]
    assert [] == at.wrong


async def test_whoever_judges_reads_what_the_candidate_proposes_and_may_use_it(
    desk: DeskHouse, sit: Sit
) -> None:
    """A reviewer answers no candidate; but is told that what they correct was asked for."""
    await desk.member("ravi@example.com", "reviewer")
    await desk.published()
    made = await desk.told(NAME, heard=3)
    asked = await desk.asked_for(made, PROPOSED)
    at = await sit("ravi@example.com")
    page = at.page
    await at.open(f"/interviews/{made['id']}/review", NAME)
    turn = page.locator("[data-turn='2']")
    await turn.get_by_text("The candidate proposes other words").wait_for()
    assert 0 == await turn.get_by_role("button", name="Leave it as it is").count()
    await at.look("1-proposed")
    await turn.get_by_role("button", name="Listen and use these words").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("I have listened to this place of the recording").check()
    await dialog.get_by_role("button", name="Save the correction").click()
    await expect(turn.get_by_text("corrected after listening")).to_be_visible()

    assert "granted" == (await state_of(desk, asked))[0]
    assert [] == at.wrong


async def test_a_request_is_refused_in_words_that_the_candidate_reads(
    desk: DeskHouse, sit: Sit
) -> None:
    at, _, asked = await with_requests(desk, sit)
    page = at.page
    await page.get_by_role("button", name="Answer Maria Sánchez: Other words").click()
    dialog = page.get_by_role("dialog")
    assert 0 == await dialog.get_by_role("button", name="Grant it").count()
    await dialog.get_by_label("Your answer").fill("The recording says payments.")
    await at.look("1-answer")
    await dialog.get_by_role("button", name="Refuse it").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_role("cell", name="Other words")).to_have_count(0)
    await page.get_by_label("Show").select_option("Those that were answered")
    await expect(page.get_by_text("✗ refused")).to_be_visible()
    await expect(page.get_by_text("The recording says payments.")).to_be_visible()

    assert ("refused", "The recording says payments.") == await state_of(desk, asked)
    assert [] == at.wrong


async def test_what_the_candidate_thought_of_it_is_shown_once_it_is_decided(
    desk: DeskHouse, sit: Sit
) -> None:
    at, made, _ = await with_requests(desk, sit)
    page = at.page
    await at.open(f"/interviews/{made['id']}", NAME)
    thought = page.get_by_role("region", name="What the candidate thought of it")
    await expect(thought).to_contain_text("so that it sways nobody")
    decision = {
        "person": "Grace",
        "outcome": "advance",
        "reason_code": "meets_requirements",
        "evidence": [{"kind": "transcript"}],
    }
    await desk.house.post(f"/v1/interviews/{made['id']}/decision", decision)

    await page.reload()

    await expect(thought).to_contain_text("4 of 5")
    await expect(thought).to_contain_text(PROPOSED)
    requests = page.get_by_role("region", name="Requests of the candidate")
    await expect(requests.get_by_role("link", name="Listen")).to_be_visible()
    await at.look("1-thought")
    assert [] == at.wrong


async def test_who_rates_blind_is_told_that_somebody_answered_and_not_how(
    desk: DeskHouse, sit: Sit
) -> None:
    at, made, _ = await with_requests(desk, sit)
    page = at.page
    kept = {"blind_roles": ["recruiter"]}
    await desk.house.call("PATCH", "/v1/settings", json=kept, headers={"If-Match": "*"})
    [review] = (await desk.house.get("/v1/requests?kind=human_review"))["items"]
    answer = {"person": "Ravi", "outcome": "refused", "text": "It stays at two."}
    await desk.house.post(f"/v1/requests/{review['id']}/answer", answer, status=200)
    decision = {
        "person": "Ravi",
        "outcome": "advance",
        "reason_code": "meets_requirements",
        "evidence": [{"kind": "transcript"}],
    }
    await desk.house.post(f"/v1/interviews/{made['id']}/decision", decision)

    await at.open(f"/interviews/{made['id']}", NAME)
    requests = page.get_by_role("region", name="Requests of the candidate")
    await expect(requests.get_by_text("✓ answered")).to_be_visible()
    await expect(requests).to_contain_text("What a colleague answered is shown after your own")
    await expect(requests).not_to_contain_text("It stays at two.")
    thought = page.get_by_role("region", name="What the candidate thought of it")
    await expect(thought).to_contain_text("is shown after your own rating")
    await at.look("1-withheld")
    assert [] == at.wrong


async def test_whoever_publishes_a_kit_is_told_what_may_be_missed(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("grace@example.com", "recruiter")
    draft = await desk.house.draft()
    at = await sit("grace@example.com")
    page = at.page
    await at.open(f"/kits/{draft['id']}", "Backend engineer")
    coverage = page.get_by_role("region", name="Coverage")
    await expect(coverage).to_contain_text("Only a model or a person can score Debugging")
    await page.get_by_role("button", name="Publish").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Publish").click()

    warning = page.get_by_text("It is published. Something may be missed later:")
    await expect(warning).to_be_visible()
    await expect(page.get_by_text("competencies.debugging.indicators")).to_be_visible()
    await at.look("1-warned")
    assert 1 == (await desk.house.get(f"/v1/kits/{draft['id']}"))["version"]
    assert [] == at.wrong
