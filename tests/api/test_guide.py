"""The developer guide does what it says: its commands are run, its pages follow from the code."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from api.guide import FOLDER, pages
from api.problems import TITLES
from api.rights import RIGHTS
from interview.ports import Store
from interview.store.postgres import open_store
from tests.api.guide import Step, bash, steps
from tests.api.house import PEPPER, House
from tests.conftest import Database

pytestmark = pytest.mark.api
TOLD = "http://127.0.0.1:8080"


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    async with open_store(database.app_url, PEPPER) as opened:
        yield opened


async def test_the_ten_minutes_and_what_follows_work_command_by_command(
    house: House, database: Database, tmp_path: Path
) -> None:
    url, ran = str(house.client.make_url("")).rstrip("/"), 0
    variables = {
        "DATABASE_URL": database.app_url,
        "VIVAVOCE_INSTALLATION_KEY": PEPPER,
        "VIVAVOCE_KEY_PEPPER": PEPPER,
    }
    async with bash(tmp_path, **variables) as shell:
        for page in ("first-interview.md", "following.md"):
            for step in steps(page):
                here = step.source.replace(f"{TOLD}\n", f"{url}\n")
                await shell.follow(Step(step.language, here, step.output))
                ran += 1
    assert ran > 14


def test_every_competency_of_the_first_interview_can_be_rated_offline() -> None:
    page = (FOLDER / "first-interview.md").read_text()

    assert page.count('"anchors": {') == page.count('"indicators": {') == 2


def test_a_step_that_prints_something_else_is_noticed() -> None:
    step = Step("sh", "", '{"id":"…","title":"x"}\n')

    assert (True, False) == (
        step.prints('{"id":"1","title":"x"}\n\n'),
        step.prints('{"id":"1","title":"y"}'),
    )


def test_the_kept_pages_are_what_the_code_says() -> None:
    assert {name: (FOLDER / name).read_text() for name in pages()} == pages()
    assert [] == [code for code in TITLES if f"| `{code}` |" not in pages()["errors.md"]]
    assert [] == [name for name in RIGHTS if f"| `{name}` |" not in pages()["roles.md"]]


def test_every_link_of_the_guide_leads_somewhere() -> None:
    broken = [
        f"{page.name}: {link}"
        for page in FOLDER.glob("*.md")
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text())
        if not link.startswith("http") and not (page.parent / link).exists()
    ]

    assert [] == broken
