"""The web app, built: packages when the lock file changed, pages when their sources did.

`python3.11 -m local.setup.web` checks it: messages, types, style.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from local.errors import LocalError
from local.setup import node, progress
from local.setup.lock import alone
from local.setup.python import LOCAL, ROOT

WEB = ROOT / "web"
DIST = WEB / "dist"
MODULES = WEB / "node_modules"
BUILT = LOCAL / "web-built.stamp"
FETCHED = LOCAL / "web-packages.stamp"
PACKAGES = ("package.json", "package-lock.json")
SOURCES = ("candidate.html", "desk.html", "vite.config.ts", "tsconfig.json")
FOLDERS = ("src", "messages", "scripts")
CONTRACT = ROOT / "docs" / "openapi.json"


def is_current() -> bool:
    """Whether what is served was built from the sources as they are now."""
    there = all((DIST / page).exists() for page in ("candidate.html", "desk.html"))
    return there and _stamped(BUILT) == _digest(_sources())


def make() -> None:
    """Fetch the packages, then build. Raises `LocalError`."""
    fetch()
    built = _digest(_sources())
    BUILT.unlink(missing_ok=True)
    _npm("the web app", "build", "run", "build")
    BUILT.write_text(built)


def fetch() -> None:
    """Bring the packages to what the lock file says."""
    wanted = _digest([WEB / name for name in PACKAGES])
    if MODULES.exists() and _stamped(FETCHED) == wanted:
        return
    FETCHED.unlink(missing_ok=True)
    _npm("the web app's packages", "packages", "ci", "--no-audit", "--no-fund")
    FETCHED.write_text(wanted)


def discard() -> None:
    """Remove what was fetched and built."""
    for folder in (DIST, MODULES):
        shutil.rmtree(folder, ignore_errors=True)


def check() -> bool:
    """Messages, types and style; whether all is well."""
    with alone(LOCAL / "setup.lock", "the web app's check"):
        fetch()
    npm = node.usable()
    command = [*npm.npm, "run", "--silent", "check"]
    variables = progress.variables_with(npm.variables)
    return subprocess.run(command, cwd=WEB, env=variables, check=False).returncode == 0


def _npm(doing: str, log: str, *arguments: str) -> None:
    npm = node.usable()
    command = [*npm.npm, "--prefix", str(WEB), *arguments]
    progress.run(doing, command, LOCAL / "logs" / f"web-{log}.log", npm.variables)


def _sources() -> list[Path]:
    """All that a build depends on; what it writes itself is left out."""
    inside = (file for folder in FOLDERS for file in (WEB / folder).rglob("*") if file.is_file())
    written = sorted(file for file in inside if not file.name.endswith(".gen.ts"))
    return [*(WEB / name for name in (*PACKAGES, *SOURCES)), CONTRACT, *written]


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(ROOT)}\n".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _stamped(stamp: Path) -> str:
    return stamp.read_text() if stamp.exists() else ""


def main() -> None:
    """Check, and say in one line why it cannot be."""
    try:
        well = check()
    except LocalError as error:
        sys.exit(f"web: {error}")
    if not well:
        sys.exit("web: not well")


if __name__ == "__main__":
    main()
