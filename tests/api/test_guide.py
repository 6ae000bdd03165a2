"""The developer guide does what it says: its commands are run, its pages follow from the code."""

import asyncio
import os
import re
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.guide import FOLDER, pages
from api.problems import TITLES
from interview.ports import Store
from interview.store.postgres import open_store
from tests.api.house import PEPPER, House
from tests.conftest import Database

pytestmark = pytest.mark.api
ROOT = Path(__file__).parents[2]
TOLD = "http://127.0.0.1:8080"
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
ANYTHING = "…"


@dataclass(frozen=True)
class Step:
    """A block of the guide and what it shall print; `…` stands for anything."""

    language: str
    source: str
    output: str | None

    def prints(self, said: str) -> bool:
        if self.output is None:
            return True
        parts = map(re.escape, self.output.strip().split(ANYTHING))
        return re.fullmatch(".*".join(parts), said.strip(), re.DOTALL) is not None


def steps(page: str) -> Iterator[Step]:
    """What is run, in order; `console` and others are for people alone."""
    blocks = BLOCK.findall((FOLDER / page).read_text())
    for at, (language, source) in enumerate(blocks):
        if language in {"sh", "python"}:
            follows, output = blocks[at + 1] if at + 1 < len(blocks) else ("", "")
            yield Step(language, source, output if follows == "output" else None)


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    async with open_store(database.app_url, PEPPER) as opened:
        yield opened


class Shell:
    """One bash for all commands, so that variables and functions stay."""

    MARK = "--- done ---"

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._in, self._out = process.stdin, process.stdout

    async def run(self, step: Step) -> str:
        """What it printed; a command that fails ends the shell."""
        source = step.source
        if step.language == "python":
            source = f"{sys.executable} - <<'SCRIPT'\n{source}SCRIPT\n"
        self._in.write(f"{source}\nprintf '\\n%s\\n' '{self.MARK}'\n".encode())
        said = ""
        async with asyncio.timeout(30):
            while not (line := (await self._out.readline()).decode()).startswith(self.MARK):
                assert line, f"{step.source}\nended with\n{said}"
                said += line
        return said


async def test_the_ten_minutes_work_command_by_command(
    house: House, database: Database, tmp_path: Path
) -> None:
    assert shutil.which("curl"), "the guide is run with curl: install it"
    url = str(house.client.make_url("")).rstrip("/")
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    variables = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "DATABASE_URL": database.app_url,
        "VIVAVOCE_INSTALLATION_KEY": PEPPER,
        "VIVAVOCE_KEY_PEPPER": PEPPER,
    }
    bash = await asyncio.create_subprocess_exec(
        *("bash", "-e", "-o", "pipefail"),
        cwd=tmp_path,
        env=variables,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    shell, ran = Shell(bash), 0
    for step in steps("first-interview.md"):
        here = Step(step.language, step.source.replace(f"{TOLD}\n", f"{url}\n"), step.output)
        said = await shell.run(here)
        assert step.prints(said), f"{step.source}\n{said}\nexpected\n{step.output}"
        ran += 1
    bash.kill()
    await bash.wait()
    assert ran > 10


def test_a_step_that_prints_something_else_is_noticed() -> None:
    step = Step("sh", "", '{"id":"…","title":"x"}\n')

    assert (True, False) == (
        step.prints('{"id":"1","title":"x"}\n\n'),
        step.prints('{"id":"1","title":"y"}'),
    )


def test_the_kept_pages_are_what_the_code_says() -> None:
    assert {name: (FOLDER / name).read_text() for name in pages()} == pages()
    assert [] == [code for code in TITLES if f"| `{code}` |" not in pages()["errors.md"]]


def test_every_link_of_the_guide_leads_somewhere() -> None:
    broken = [
        f"{page.name}: {link}"
        for page in FOLDER.glob("*.md")
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text())
        if not link.startswith("http") and not (page.parent / link).exists()
    ]

    assert [] == broken
