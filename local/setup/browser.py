"""`python3.11 -m local.setup.browser`: the browser that tests of the web app drive.

Chromium or Chrome from PATH; else Debian's package when we are root; else Playwright's own.
"""

import os
import shutil
from pathlib import Path

from local.errors import LocalError
from local.setup import progress
from local.setup.lock import alone
from local.setup.python import LOCAL, VENV
from local.setup.told import told

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BUILDS = "chromium-*/chrome-*/chrome"


def installed() -> Path:
    """The program to run; raises `LocalError` when there is none."""
    if found := _found():
        return found
    raise LocalError("there is no Chromium: make tools")


def make() -> None:
    """Install one when there is none. Raises `LocalError`."""
    if _found():
        return
    with alone(LOCAL / "browser.lock", "Chromium"):
        if not _found():
            _install()


def _install() -> None:
    log = LOCAL / "logs" / "browser.log"
    if os.geteuid() == 0 and (apt := shutil.which("apt-get")):
        command = [apt, "install", "--yes", "--no-install-recommends", "chromium"]
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        progress.run("Chromium (Debian's package)", command, log, quiet)
        return
    command = [str(VENV / "bin" / "python"), "-m", "playwright", "install", "chromium"]
    progress.run("Chromium (Playwright's own)", command, log)


def _found() -> Path | None:
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(on_path) if on_path else _playwrights_own()


def _playwrights_own() -> Path | None:
    told = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    folder = Path(told) if told else Path.home() / ".cache" / "ms-playwright"
    return max(folder.glob(BUILDS), default=None)


if __name__ == "__main__":
    told(make)
