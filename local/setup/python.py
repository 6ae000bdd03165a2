"""uv and the Python environment of the clone."""

import hashlib
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from local.errors import LocalError
from local.setup import progress

ROOT = Path(__file__).parents[2]
LOCAL = ROOT / ".local"
VENV = ROOT / ".venv"
STAMP = LOCAL / "setup.stamp"

NO_UV = (
    "neither uv nor pip is there: install uv (official installer, Homebrew, or your "
    "distribution's package), or pip for this Python, and run this again"
)


def is_current() -> bool:
    """Whether the environment was made from the lock file as it is now."""
    return (VENV / "bin" / "python").exists() and STAMP.exists() and STAMP.read_text() == _digest()


def make() -> None:
    """Bring the environment to what the lock file says."""
    fetch = "Python packages"
    command = [uv(), "sync", "--frozen", "--all-extras", "--project", str(ROOT)]
    if not VENV.exists():
        command += ["--python", sys.executable]
    progress.run(fetch, command, LOCAL / "logs" / "sync.log", {"UV_PYTHON_DOWNLOADS": "never"})
    STAMP.write_text(_digest())


def uv() -> str:
    """The uv to use: from PATH, else one that pip puts into `.local/`."""
    if on_path := shutil.which("uv"):
        return on_path
    own = LOCAL / "uv" / "bin" / "uv"
    if not own.exists():
        if find_spec("pip") is None:
            raise LocalError(NO_UV)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(LOCAL / "uv")]
        progress.run("uv", [*pip, "uv"], LOCAL / "logs" / "uv.log")
    return str(own)


def _digest() -> str:
    content = (ROOT / "uv.lock").read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(content).hexdigest()
