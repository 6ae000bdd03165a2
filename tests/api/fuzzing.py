"""Schemathesis against a running API: what it is told, and what it reports."""

import asyncio
import json
import os
import re
import sys
from base64 import b64decode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.api.reach import Ready
from tests.api.test_contract import WHATEVER

Json = Any
HOOKS = Path(__file__).with_name("fuzzing_hooks.py")

OPERATIONS = """

# Whoever sends headers of their own, as proxies do, is not refused for it.
[[operations]]
include-name = "GET /v1/interviews/{interview_id}/events"
checks.negative_data_rejection.expected-statuses = ["2xx", 401, 403, 404, 422, 429]

# Who was removed and what was revoked can still be looked at, as the document says.
[[operations]]
include-name = ["GET /v1/members/{member_id}", "GET /v1/keys/{key_id}"]
checks.use_after_free.enabled = false

# They end the proof that they are called with, and have nothing that could be generated: they are
# called as they begin, each with a proof of its own.
[[operations]]
include-name = ["DELETE /v1/sessions/current", "DELETE /v1/candidate/session"]
phases.coverage.enabled = false
phases.fuzzing.enabled = false
phases.stateful.enabled = false
"""


@dataclass(frozen=True)
class Proofs:
    """Who calls: a key, a candidate's session, a member's. Without a key, members do what is for
    staff."""

    key: str = ""
    candidate: str = ""
    member: str = ""

    @property
    def told(self) -> Json:
        known = {
            "api_key": ("bearer", self.key),
            "candidate_token": ("bearer", self.candidate),
            "candidate_cookie": ("api_key", self.candidate),
            "member_cookie": ("api_key", self.member),
        }
        return {scheme: {kind: proof} for scheme, (kind, proof) in known.items() if proof}


@dataclass(frozen=True)
class Exchange:
    """A call and its answer; `sent` and `said` are the bodies."""

    operation: str
    phase: str
    path: str
    query: str
    sent: str
    status: int
    said: str = field(repr=False)


@dataclass(frozen=True)
class Findings:
    """What came back, of operations by method and path."""

    output: str
    failed: bool
    exchanges: list[Exchange] = field(repr=False)

    def operations(self, *statuses: int) -> set[str]:
        """Those that were answered with one of `statuses`; with any, when none are given."""
        return {e.operation for e in self.exchanges if not statuses or e.status in statuses}


async def fuzz(
    url: str, folder: Path, settings: Json, *options: str, begin: Iterable[Ready] = ()
) -> Findings:
    """One run in a process of its own; `settings` as in `schemathesis.toml`. Operations are called
    first as `begin` says."""
    config, report = folder / "schemathesis.toml", folder / "report.ndjson"
    config.write_text(toml(settings) + OPERATIONS)
    (folder / "calls.json").write_text(json.dumps(_calls(begin)))
    program = Path(sys.executable).with_name("schemathesis")
    what = ("--config-file", str(config), "run", f"{url}/v1/openapi.json", "--url", url)
    told = ("--report", "ndjson", "--report-ndjson-path", str(report), *options)
    surroundings = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "NO_COLOR": "1",
        "SCHEMATHESIS_HOOKS": str(HOOKS),
    }
    running = await asyncio.create_subprocess_exec(
        program,
        *what,
        *told,
        cwd=folder,
        env=surroundings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await running.communicate()
    return Findings(said.decode(), running.returncode != 0, list(_exchanges(report)))


def _calls(begin: Iterable[Ready]) -> dict[str, list[Json]]:
    """By operation, what makes a case of schemathesis."""
    found: dict[str, list[Json]] = {}
    for call in begin:
        path = call.operation.path
        headers = {**WHATEVER, **call.headers}
        if call.bearer:
            headers["Authorization"] = f"Bearer {call.bearer}"
        cookies = SimpleCookie(headers.pop("Cookie", ""))
        case: Json = {
            "path_parameters": {name: call.ids[name] for name in re.findall(r"{(\w+)}", path)},
            "query": dict(call.params),
            "headers": headers,
            "cookies": {name: morsel.value for name, morsel in cookies.items()},
        }
        if call.body is not None:
            case |= {"body": call.body, "media_type": "application/json"}
        found.setdefault(f"{call.operation.method} {path}", []).append(case)
    return found


def _exchanges(report: Path) -> Iterator[Exchange]:
    for line in report.read_text().splitlines():
        scenario = json.loads(line).get("ScenarioFinished", {})
        recorded = scenario.get("recorder", {})
        for case_id, exchange in recorded.get("interactions", {}).items():
            case, asked = recorded["cases"][case_id]["value"], exchange["request"]
            if answer := exchange.get("response"):
                place = urlsplit(asked["uri"])
                yield Exchange(
                    f"{case['method']} {case['path']}",
                    scenario["phase"],
                    place.path,
                    place.query,
                    _text(asked.get("body")),
                    answer["status_code"],
                    _text(answer.get("content")),
                )


def _text(body: Json) -> str:
    return b64decode(body["$base64"]).decode(errors="replace") if body else ""


def toml(settings: Json, under: str = "") -> str:
    """As TOML: JSON's scalars and lists are also TOML's."""
    tables = {name: each for name, each in settings.items() if isinstance(each, dict)}
    lines = [f"{json.dumps(k)} = {json.dumps(v)}" for k, v in settings.items() if k not in tables]
    if under and lines:
        lines.insert(0, f"[{under}]")
    inner = [toml(each, f"{under}.{json.dumps(name)}".lstrip(".")) for name, each in tables.items()]
    return "\n".join([*lines, *inner])
