"""`vivavoce admin bootstrap`: the first tenant, its owner and an API key, shown once."""

import argparse
import asyncio
import json
import os
import re
from collections.abc import Sequence

from interview.adapters.system import SystemClock, SystemIds
from interview.use_cases.bootstrap import bootstrap
from local.commands.connection import opened, pepper, say, settings


def main(arguments: Sequence[str]) -> None:
    """Create, and print for people or with `--json` for programs."""
    parser = argparse.ArgumentParser(prog="vivavoce admin")
    commands = parser.add_subparsers(dest="command", required=True)
    first = commands.add_parser("bootstrap", help="create a tenant, its owner and an API key")
    first.add_argument("--tenant", required=True, type=_name, metavar="NAME")
    first.add_argument("--email", required=True, type=_email, metavar="MAIL")
    first.add_argument("--json", action="store_true", help="one line of JSON")
    asked = parser.parse_args(arguments)
    made = asyncio.run(_bootstrap(asked.tenant, asked.email))
    if asked.json:
        print(json.dumps(made))
    else:
        say("bootstrapped", **made)


async def _bootstrap(name: str, email: str) -> dict[str, str]:
    told = settings(os.environ)
    async with opened(told) as store:
        tenant, owner, key = await bootstrap(
            store, name, email, pepper(told), SystemClock().now(), SystemIds()
        )
    return {
        "tenant": tenant.name,
        "tenant_id": str(tenant.tenant_id),
        "owner_id": str(owner.member_id),
        "email": owner.email,
        "api_key": key,
    }


def _name(text: str) -> str:
    if not text.strip() or len(text) > 200:
        raise argparse.ArgumentTypeError("expected a name of 1 to 200 characters")
    return text.strip()


def _email(text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", text):
        raise argparse.ArgumentTypeError(f"expected an e-mail address, not {text!r}")
    return text
