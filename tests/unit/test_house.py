"""The sizes of the house, and the shape of its decision records."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[2]
LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 50
SECTIONS = ["Status", "Context", "Decision", "Consequences"]


def tracked(pattern: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", pattern], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in found if path.exists()]


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and length of each function in a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield f"{path.relative_to(ROOT)}:{node.name}", node.end_lineno - node.lineno + 1


def test_no_file_is_longer_than_400_lines() -> None:
    written = [path for path in tracked("*.py") if "generated" not in path.parts]
    lengths = {path: len(path.read_text().splitlines()) for path in written}

    assert lengths
    assert [] == [str(path) for path, lines in lengths.items() if lines > LINES_OF_A_FILE]


def test_no_function_is_longer_than_50_lines() -> None:
    lengths = [function for path in tracked("*.py") for function in functions(path)]

    assert lengths
    assert [] == [name for name, lines in lengths if lines > LINES_OF_A_FUNCTION]


def test_a_state_is_stored_in_one_place_where_webhooks_are_told_of_it() -> None:
    storing = {
        str(path.relative_to(ROOT))
        for path in tracked("interview/*.py")
        if ".interviews.set_state(" in path.read_text()
    }

    assert {"interview/use_cases/moves.py"} == storing


def test_every_decision_says_its_status_context_decision_and_consequences() -> None:
    records = tracked("docs/decisions/[0-9]*.md")

    assert records
    assert {path.name: SECTIONS for path in records} == {
        path.name: re.findall(r"^## (.+)$", path.read_text(), re.MULTILINE) for path in records
    }


def test_decisions_are_numbered_without_a_double() -> None:
    numbers = [path.name[:4] for path in tracked("docs/decisions/[0-9]*.md")]

    assert sorted(set(numbers)) == sorted(numbers)


def test_nothing_is_installed_from_anywhere_but_the_public_index() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text()))

    assert {"pypi.org", "files.pythonhosted.org"} == hosts
