"""A kit that was taken out as YAML comes back in, into whatever job."""

import pytest
from playwright.async_api import expect

from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit

pytestmark = [pytest.mark.web, pytest.mark.timeout(300)]


async def test_a_kit_is_begun_with_the_file_of_another_job(desk: DeskHouse, sit: Sit) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    taken = await desk.house.call("GET", f"/v1/kits/{desk.kit['id']}/export")
    text = await taken.read()
    other = await desk.house.post("/v1/jobs", {"title": "Platform engineer"})
    at = await sit("grace@example.com")
    await at.open(f"/jobs/{other['id']}", "Platform engineer")
    file = at.page.get_by_label("Or from a YAML file")

    broken = text.replace(b"minutes: 30", b"minutes: 30\nminutes: 40")
    await file.set_input_files({"name": "k.yaml", "mimeType": "", "buffer": broken})
    await expect(at.page.get_by_role("alert")).to_contain_text("minutes")
    await at.look("1-refused")
    await file.set_input_files({"name": "k.yaml", "mimeType": "", "buffer": text})
    await at.page.get_by_role("heading", name=desk.kit["name"], level=1).wait_for()
    await expect(at.page.get_by_role("button", name="Save the draft")).to_be_visible()

    [made] = (await desk.house.get(f"/v1/kits?job_id={other['id']}"))["items"]
    assert (None, desk.kit["questions"]) == (made["version"], made["questions"])
    assert [] == [each for each in at.wrong if "status of 422" not in each]
