"""`vivavoce verify`: is every log what was written, and do the turns follow from it?"""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Sequence

from interview.ids import InterviewId
from interview.use_cases.verify import Findings, verify_all
from local.commands.connection import opened, say, settings


def main(arguments: Sequence[str]) -> None:
    """Recompute everything and report."""
    parser = argparse.ArgumentParser(prog="vivavoce verify")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    asked = parser.parse_args(arguments)
    report(asyncio.run(_verify()), as_json=asked.json)


def report(findings: Findings, *, as_json: bool) -> None:
    """Print what was found; exits with 1 when anything does not hold."""
    counts = {
        "interviews": len(findings.verified),
        "events": sum(each.events for each in findings.verified),
        "turns": sum(each.turns for each in findings.verified),
        "audit_entries": findings.audited,
    }
    broken = [
        {"tenant": str(b.tenant), "interview": _named(b.interview), "detail": b.detail}
        for b in findings.broken
    ]
    if as_json:
        print(json.dumps({**counts, "broken": broken}))
    elif not broken:
        say("verified", **counts)
    else:
        for each in broken:
            say("broken" if each["interview"] else "broken_audit", **each)
    if broken:
        sys.exit(1)


def _named(interview: InterviewId | None) -> str | None:
    return str(interview) if interview else None


async def _verify() -> Findings:
    async with opened(settings(os.environ)) as store:
        return await verify_all(store)
