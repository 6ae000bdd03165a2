"""`vivavoce verify`: is every log what was written, and do the turns follow from it?"""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from interview.ids import InterviewId, TenantId
from interview.use_cases.verify import Findings, Head, verify_all
from local.commands.connection import opened, say, settings
from local.errors import LocalError


class KeptHead(BaseModel):
    """How far a chain went."""

    tenant: UUID
    interview: UUID | None
    seq: int = Field(ge=0)
    head: str = Field(pattern="^[0-9a-f]{64}$")


class Kept(BaseModel):
    """What `--json` has printed, as far as it is compared."""

    model_config = ConfigDict(extra="ignore")

    heads: list[KeptHead]


def main(arguments: Sequence[str]) -> None:
    """Recompute everything and report."""
    parser = argparse.ArgumentParser(prog="vivavoce verify")
    parser.add_argument("--json", action="store_true", help="one line of JSON, with every head")
    parser.add_argument(
        "--since",
        type=Path,
        metavar="FILE",
        help="what --json printed once: is it all still there?",
    )
    asked = parser.parse_args(arguments)
    kept = heads_in(asked.since) if asked.since else ()
    report(asyncio.run(_verify(kept)), as_json=asked.json)


def heads_in(path: Path) -> tuple[Head, ...]:
    """What was kept. Raises `LocalError` for a file that is something else."""
    try:
        kept = Kept.model_validate_json(path.read_bytes())
    except OSError as error:
        raise LocalError(f"{path}: {error.strerror}") from error
    except ValidationError as error:
        raise LocalError(f"{path} is not what vivavoce verify --json prints") from error
    return tuple(
        Head(
            TenantId(each.tenant),
            InterviewId(each.interview) if each.interview else None,
            each.seq,
            bytes.fromhex(each.head),
        )
        for each in kept.heads
    )


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
        print(json.dumps({**counts, "broken": broken, "heads": list(map(_told, findings.heads))}))
    elif not broken:
        say("verified", **counts)
        for head in findings.heads:
            if head.interview is None:
                say("trail_end", tenant=head.tenant, seq=head.seq, head=head.head.hex())
    else:
        for each in broken:
            say("broken" if each["interview"] else "broken_audit", **each)
    if broken:
        sys.exit(1)


def _told(head: Head) -> dict[str, str | int | None]:
    return {
        "tenant": str(head.tenant),
        "interview": _named(head.interview),
        "seq": head.seq,
        "head": head.head.hex(),
    }


def _named(interview: InterviewId | None) -> str | None:
    return str(interview) if interview else None


async def _verify(kept: Iterable[Head]) -> Findings:
    async with opened(settings(os.environ)) as store:
        return await verify_all(store, kept)
