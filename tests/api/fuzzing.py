"""Schemathesis against a running API: what it is told, and what it reports."""

import asyncio
import json
import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = Any


ANY_HEADER = """

# Whoever sends headers of their own, as proxies do, is not refused for it.
[[operations]]
include-name = "GET /v1/interviews/{interview_id}/events"
checks.negative_data_rejection.expected-statuses = ["2xx", 401, 403, 404, 422, 429]
"""


@dataclass(frozen=True)
class Findings:
    """`answers` counts what came back, by operation (method and path) and status."""

    output: str
    failed: bool
    answers: Counter[tuple[str, int]] = field(repr=False)

    def operations(self, *statuses: int) -> set[str]:
        """Those that were answered with one of `statuses`; with any, when none are given."""
        return {name for name, status in self.answers if not statuses or status in statuses}


async def fuzz(url: str, folder: Path, settings: Json, *options: str) -> Findings:
    """One run in a process of its own; `settings` as in `schemathesis.toml`."""
    config, report = folder / "schemathesis.toml", folder / "report.ndjson"
    config.write_text(toml(settings) + ANY_HEADER)
    program = Path(sys.executable).with_name("schemathesis")
    what = ("--config-file", str(config), "run", f"{url}/v1/openapi.json", "--url", url)
    told = ("--report", "ndjson", "--report-ndjson-path", str(report), *options)
    running = await asyncio.create_subprocess_exec(
        program,
        *what,
        *told,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "NO_COLOR": "1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await running.communicate()
    return Findings(said.decode(), running.returncode != 0, _answers(report))


def _answers(report: Path) -> Counter[tuple[str, int]]:
    found = Counter[tuple[str, int]]()
    for line in report.read_text().splitlines():
        recorded = json.loads(line).get("ScenarioFinished", {}).get("recorder", {})
        for case_id, exchange in recorded.get("interactions", {}).items():
            case = recorded["cases"][case_id]["value"]
            if answer := exchange.get("response"):
                found[f"{case['method']} {case['path']}", answer["status_code"]] += 1
    return found


def toml(settings: Json, under: str = "") -> str:
    """As TOML: JSON's scalars and lists are also TOML's."""
    tables = {name: each for name, each in settings.items() if isinstance(each, dict)}
    lines = [f"{json.dumps(k)} = {json.dumps(v)}" for k, v in settings.items() if k not in tables]
    if under and lines:
        lines.insert(0, f"[{under}]")
    inner = [toml(each, f"{under}.{json.dumps(name)}".lstrip(".")) for name, each in tables.items()]
    return "\n".join([*lines, *inner])
