"""Inviting many: times mean what they say, and nobody is invited to another job by a slip."""

from datetime import UTC, datetime

import pytest
from playwright.async_api import expect

from tests.web.browser import WIDTHS
from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit, Sitting

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

YEAR = datetime.now(UTC).year + 1
ARROW_PX = 16

ROOM_LEFT = """(select) => {
    const span = document.createElement("span");
    const {font, paddingLeft, paddingRight} = getComputedStyle(select);
    Object.assign(span.style, {font, whiteSpace: "nowrap", position: "absolute"});
    span.textContent = select.selectedOptions[0].textContent;
    document.body.append(span);
    const padding = parseFloat(paddingLeft) + parseFloat(paddingRight);
    const left = select.clientWidth - padding - span.offsetWidth;
    span.remove();
    return left;
}"""
"""How much wider a list is than the words that are chosen in it, in px."""


async def at_the_table(desk: DeskHouse, sit: Sit, kit: str = "") -> Sitting:
    """A recruiter of an organisation in Berlin."""
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    body, headers = {"time_zone": "Europe/Berlin"}, {"If-Match": "*"}
    await desk.house.call("PATCH", "/v1/settings", json=body, headers=headers)
    at = await sit("grace@example.com")
    await at.open(f"/invite{kit}", "Invite candidates")
    return at


async def test_times_are_those_of_the_organisation_and_a_date_is_all_of_its_day(
    desk: DeskHouse, sit: Sit
) -> None:
    at = await at_the_table(desk, sit)
    page = at.page
    rows = (
        "name,email,appointment,open until",
        f"Ada,ada@example.com,{YEAR}-12-01 14:00,{YEAR}-12-15",
        f"Bob,bob@example.com,{YEAR}-07-01T14:00+01:00,{YEAR}-07-02 08:30",
        f"Cem,cem@example.com,11/12/{YEAR} 14:00,",
        "Dee,dee@example.com,,5",
        f"Eve,eve@example.com,{YEAR}-02-30 09:00,",
    )
    await page.get_by_label("Candidates", exact=True).fill("\n".join(rows))
    table = page.get_by_role("table", name="Who would be invited")
    for line, said in (
        ("Ada", (f"1 Dec {YEAR}, 14:00 CET", f"15 Dec {YEAR}, 23:59 CET")),
        ("Bob", (f"1 Jul {YEAR}, 15:00 CEST", f"2 Jul {YEAR}, 08:30 CEST")),
        ("Cem", ("An appointment is written as 2026-11-30 14:00.",)),
        ("Dee", ("Open until is written as 2026-11-30, or 2026-11-30 14:00.",)),
        ("Eve", ("An appointment is written as 2026-11-30 14:00.",)),
    ):
        for words in said:
            await expect(table.get_by_role("row", name=line)).to_contain_text(words)
    await at.look("1-read")
    await page.get_by_role("button", name="Invite 2 candidates").click()
    await page.get_by_text("2 candidates invited").wait_for()

    found = (await desk.house.get("/v1/interviews"))["items"]
    moments = {(each["starts_at"], each["expires_at"]) for each in found}
    assert {
        (f"{YEAR}-12-01T13:00:00Z", f"{YEAR}-12-15T22:59:59Z"),
        (f"{YEAR}-07-01T13:00:00Z", f"{YEAR}-07-02T06:30:00Z"),
    } == moments
    assert await page.get_by_role("button", name="Invite 2 candidates").is_disabled()
    assert [] == at.wrong


async def test_a_file_of_an_old_spreadsheet_keeps_its_names(desk: DeskHouse, sit: Sit) -> None:
    at = await at_the_table(desk, sit)
    table = "name;email\nJosé Müller;jose@example.com\n"
    file = at.page.get_by_label("CSV file")
    for encoding in ("windows-1252", "utf-8"):
        body = table.encode(encoding)
        await file.set_input_files({"name": "c.csv", "mimeType": "text/csv", "buffer": body})
        await expect(at.page.get_by_role("cell", name="José Müller")).to_be_visible()
        await at.page.get_by_label("Candidates", exact=True).fill("")

    assert [] == at.wrong


async def test_a_kit_that_the_address_names_is_that_kit_or_none(desk: DeskHouse, sit: Sit) -> None:
    at = await at_the_table(desk, sit, "?kit=01920000-0000-7000-8000-00000000abcd")
    page = at.page
    await page.get_by_text("There is nothing here.").wait_for()
    await page.get_by_label("Candidates", exact=True).fill("Ada,ada@example.com")
    invite = page.get_by_role("button", name="Invite 1 candidate")
    await expect(invite).to_be_disabled()
    await at.look("1-none")
    drafted = {"job_id": desk.kit["job_id"], "kit_id": desk.kit["id"]}
    draft = await desk.house.post("/v1/kits/drafts", drafted)
    await at.open(f"/invite?kit={draft['id']}", "Invite candidates")
    await page.get_by_text("This kit is a draft.").wait_for()
    await page.get_by_label("Candidates", exact=True).fill("Ada,ada@example.com")
    await expect(invite).to_be_disabled()
    await page.get_by_label("Kit", exact=True).select_option(desk.kit["id"])
    await expect(invite).to_be_enabled()

    assert [] == at.wrong


async def test_kits_of_one_name_are_told_apart_by_their_jobs(desk: DeskHouse, sit: Sit) -> None:
    at = await at_the_table(desk, sit)
    await desk.published(title="Platform engineer")
    await at.open("/invite", "Invite candidates")
    kits = at.page.get_by_label("Kit", exact=True).locator("option")

    await expect(kits).to_have_text(
        [
            "Platform engineer: Backend engineer, v1, en",
            "Backend engineer: Backend engineer, v1, en",
        ]
    )
    assert [] == at.wrong


async def test_who_leads_is_agreed_on_with_the_invitation(desk: DeskHouse, sit: Sit) -> None:
    at = await at_the_table(desk, sit)
    page = at.page
    leads = page.get_by_label("Who leads", exact=True)
    # Its kit has no sections to take turns by.
    await expect(leads.locator("option")).to_have_text(["The AI", "A person, the AI at their side"])
    await leads.select_option("human_leads")
    await expect(page.get_by_text("The AI says nothing until")).to_be_visible()
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 800})
        assert await leads.evaluate(ROOM_LEFT) >= ARROW_PX, f"cut off at {width} px"
    await page.get_by_label("Candidates", exact=True).fill("Ada,ada@example.com")
    await at.look("1-who")
    await page.get_by_role("button", name="Invite 1 candidate").click()
    await page.get_by_role("link", name="Ada").click()
    await page.get_by_role("heading", name="Ada", level=1).wait_for()
    await expect(page.get_by_text("A person, the AI at their side")).to_be_visible()

    [made] = (await desk.house.get("/v1/interviews"))["items"]
    assert "human_leads" == made["assist_mode"]
    assert [] == at.wrong


async def test_a_language_that_the_kit_does_not_speak_is_said(desk: DeskHouse, sit: Sit) -> None:
    at = await at_the_table(desk, sit)
    # The columns are called as the page calls them.
    rows = "name,e-mail address,language\nAda,ada@example.com,en-GB\nBob,bob@example.com,de\n"
    await at.page.get_by_label("Candidates", exact=True).fill(rows)
    table = at.page.get_by_role("table", name="Who would be invited")
    said = "the interview is in en"
    await expect(table.get_by_role("row", name="Bob")).to_contain_text(said)
    await expect(table.get_by_role("row", name="Ada")).not_to_contain_text(said)
    await expect(at.page.get_by_role("button", name="Invite 2 candidates")).to_be_enabled()
    await at.look("1-said")

    assert [] == at.wrong


async def test_a_cell_that_no_column_is_for_is_not_passed_over(desk: DeskHouse, sit: Sit) -> None:
    at = await at_the_table(desk, sit)
    rows = f"name,email\nAda,ada@example.com,\nBob,bob@example.com,{YEAR}-12-01 14:00\n"
    await at.page.get_by_label("Candidates", exact=True).fill(rows)
    table = at.page.get_by_role("table", name="Who would be invited")
    said = "This line has more cells than there are columns."
    await expect(table.get_by_role("row", name="Bob")).to_contain_text(said)
    await expect(at.page.get_by_role("button", name="Invite 1 candidate")).to_be_enabled()

    assert [] == at.wrong


async def test_from_the_first_page_one_finds_the_way_to_an_invitation(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    at = await sit("grace@example.com")
    page = at.page
    await expect(page.get_by_text("There is no interview yet.")).to_be_visible()
    await at.look("1-beginning")
    await page.get_by_label("State").select_option("Live")
    await expect(page.get_by_text("No interview fits these filters.")).to_be_visible()
    await at.open(f"/kits/{desk.kit['id']}", desk.kit["name"])
    await page.get_by_role("link", name="Invite candidates").click()
    await expect(page.get_by_label("Kit", exact=True)).to_have_value(desk.kit["id"])
    await at.open(f"/parity?kit={desk.kit['id']}", "Parity")
    await page.get_by_text("Nobody has been interviewed with this kit.").wait_for()
    await expect(page.get_by_text("Everybody here was given the same.")).to_have_count(0)

    assert [] == at.wrong


async def test_a_recruiter_is_told_whom_to_ask_for_an_address_for_answers(
    desk: DeskHouse, sit: Sit
) -> None:
    at = await at_the_table(desk, sit)
    page, nobody = at.page, at.page.get_by_text("Candidates have nobody to write to.")
    await expect(nobody).to_be_visible()
    ask = page.get_by_text("Ask an owner or administrator of your organisation to name one")
    await expect(ask).to_be_visible()
    await expect(page.get_by_role("link", name="Name an address in the settings")).to_have_count(0)
    await at.look("1-nobody")
    await page.get_by_role("checkbox", name="Write to them").uncheck()
    await expect(nobody).to_have_count(0)
    await page.get_by_role("checkbox", name="Write to them").check()
    await expect(nobody).to_be_visible()
    body, headers = {"mail": {"reply_to": "jobs@example.com"}}, {"If-Match": "*"}
    await desk.house.call("PATCH", "/v1/settings", json=body, headers=headers)
    await page.get_by_role("main").get_by_role("link", name="Candidates", exact=True).click()
    await page.get_by_role("heading", name="Candidates", level=1).wait_for()
    await page.go_back()
    await page.get_by_role("heading", name="Invite candidates", level=1).wait_for()

    await expect(nobody).to_have_count(0)
    assert [] == at.wrong


async def test_whoever_can_name_an_address_for_answers_is_told_that_there_is_none(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("olga@example.com", "owner")
    await desk.published()
    at = await sit("olga@example.com")
    page, nobody = at.page, at.page.get_by_text("Candidates have nobody to write to.")
    await at.open("/invite", "Invite candidates")
    await expect(nobody).to_be_visible()
    await at.look("1-nobody")
    await page.get_by_role("checkbox", name="Write to them").uncheck()
    await expect(nobody).to_have_count(0)
    await page.get_by_role("checkbox", name="Write to them").check()
    await page.get_by_role("link", name="Name an address in the settings").click()
    await expect(nobody).to_be_visible()
    await page.get_by_label("Answers go to").fill("jobs@example.com")
    await expect(nobody).to_have_count(0)
    await page.get_by_role("button", name="Save the settings").click()
    await page.get_by_text("Saved.").wait_for()
    await at.open("/invite", "Invite candidates")
    await page.get_by_label("Candidates", exact=True).wait_for()

    await expect(nobody).to_have_count(0)
    assert [] == at.wrong
