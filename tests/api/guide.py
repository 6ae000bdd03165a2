"""The commands of the guide, run one after the other as a reader would."""

import asyncio
import os
import re
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from api.guide import FOLDER

ROOT = Path(__file__).parents[2]
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

    async def follow(self, step: Step) -> None:
        """Runs a step, which must print what the page says."""
        said = await self.run(step)
        assert step.prints(said), f"{step.source}\n{said}\nexpected\n{step.output}"


@asynccontextmanager
async def bash(folder: Path, **variables: str) -> AsyncIterator[Shell]:
    """In `folder`, with the repository's environment; what it left running ends with it."""
    assert shutil.which("curl"), "the guide is run with curl: install it"
    (folder / ".venv").symlink_to(ROOT / ".venv")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    process = await asyncio.create_subprocess_exec(
        *("bash", "-e", "-o", "pipefail"),
        cwd=folder,
        env={"PATH": path, "HOME": str(folder), **variables},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        yield Shell(process)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
