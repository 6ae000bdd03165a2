"""The load generator of `bench api`, built when the bench asks for it: no part of the set-up."""

import tempfile
from pathlib import Path

from local.setup import go, progress
from local.setup.lock import alone
from local.setup.python import LOCAL

VERSION = "12.12.0"
SOURCE = f"github.com/tsenart/vegeta/v12@v{VERSION}"
PROGRAM = LOCAL / "bin" / f"vegeta-{VERSION}"


def installed() -> Path:
    """The program, built first when it is missing. Raises `LocalError`."""
    if not PROGRAM.exists():
        with alone(LOCAL / "setup.lock", "set-up"):
            if not PROGRAM.exists():
                _build()
    return PROGRAM


def _build() -> None:
    PROGRAM.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=PROGRAM.parent) as folder, go.usable() as chosen:
        command = [chosen.program, "install", SOURCE]
        variables = {**chosen.variables, "GOBIN": folder}
        doing = f"vegeta {VERSION}, built once for this clone"
        progress.run(doing, command, LOCAL / "logs" / "vegeta.log", variables)
        (Path(folder) / "vegeta").replace(PROGRAM)
