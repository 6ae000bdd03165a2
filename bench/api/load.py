"""Load by vegeta: as many requests as eight connections take, for some seconds."""

import asyncio
import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from local.errors import LocalError

WORKERS = 8
NS = 1e9


@dataclass(frozen=True)
class Shot:
    """One request. `numbered` bodies have a mark that becomes the number of the request."""

    method: str
    path: str
    bearer: str = ""
    body: str = ""


@dataclass(frozen=True)
class Slice:
    """What came of one slice of load on one side."""

    rps: float
    p50_ms: float
    p99_ms: float


@dataclass
class Generator:
    """vegeta, and a folder for the requests that it reads."""

    program: Path
    folder: Path
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 2**40)))

    async def fire(self, base: str, shots: Iterable[Shot], seconds: float, *, once: bool) -> Slice:
        """Until the time is over, or with `once` until each was made. Raises `LocalError`."""
        targets = self.folder / "targets.jsonl"
        with targets.open("w") as file:
            for shot in shots:
                file.write(json.dumps(_target(base, shot), separators=(",", ":")) + "\n")
        results = self.folder / "results.bin"
        attack = ["attack", "-format=json", f"-targets={targets}", f"-output={results}"]
        pace = [
            "-rate=0",
            f"-max-workers={WORKERS}",
            f"-workers={WORKERS}",
            f"-duration={seconds}s",
        ]
        await self._run(*attack, *pace, *(["-lazy"] if once else []))
        said = json.loads(await self._run("report", "-type=json", str(results)))
        return _slice(said)

    async def _run(self, *arguments: str) -> bytes:
        process = await asyncio.create_subprocess_exec(
            str(self.program),
            *arguments,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, complaint = await process.communicate()
        if process.returncode != 0:
            raise LocalError(f"vegeta {arguments[0]}: {complaint.decode()[-200:].strip()}")
        return out


def _target(base: str, shot: Shot) -> Mapping[str, object]:
    said: dict[str, object] = {"method": shot.method, "url": base + shot.path}
    headers = {"Authorization": [f"Bearer {shot.bearer}"]} if shot.bearer else {}
    if shot.body:
        headers["Content-Type"] = ["application/json"]
        said["body"] = b64encode(shot.body.encode()).decode()
    return {**said, "header": headers}


def _slice(said: Mapping[str, object]) -> Slice:
    report = json.loads(json.dumps(said))
    refused = {code: n for code, n in report["status_codes"].items() if not code.startswith("2")}
    if refused or not report["requests"]:
        raise LocalError(f"requests failed: {refused or report['errors']}")
    seconds = (report["duration"] + report["wait"]) / NS
    times = report["latencies"]
    return Slice(report["requests"] / seconds, times["50th"] / 1e6, times["99th"] / 1e6)
