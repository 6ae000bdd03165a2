"""`vivavoce admin`: the first tenant with its owner and a key; a link for who is locked out; a mark
for the trail of one who answers for it."""

import argparse
import asyncio
import json
import os
import re
from collections.abc import Sequence
from uuid import UUID

from interview.accounts import parse_api_key
from interview.adapters.system import SystemClock, SystemIds
from interview.audit import SYSTEM, Deed
from interview.errors import NotFound
from interview.ids import TenantId
from interview.use_cases.bootstrap import bootstrap
from interview.use_cases.members import issue_link
from interview.use_cases.verify import vouch
from local.commands.connection import opened, pepper, public_url, say, settings
from local.errors import LocalError


def main(arguments: Sequence[str]) -> None:
    """Create, and print for people or with `--json` for programs."""
    parser = argparse.ArgumentParser(prog="vivavoce admin")
    commands = parser.add_subparsers(dest="command", required=True)
    first = commands.add_parser("bootstrap", help="create a tenant, its owner and an API key")
    first.add_argument("--tenant", required=True, type=_name, metavar="NAME")
    first.add_argument("--email", required=True, type=_email, metavar="MAIL")
    first.add_argument("--json", action="store_true", help="one line of JSON")
    link = commands.add_parser("setup-link", help="let a member set a password anew")
    link.add_argument("--tenant-id", required=True, type=UUID, metavar="ID")
    link.add_argument("--email", required=True, type=_email, metavar="MAIL")
    link.add_argument("--json", action="store_true", help="one line of JSON")
    vouch = commands.add_parser("vouch", help="mark an audit trail as it stands")
    vouch.add_argument("--tenant-id", required=True, type=UUID, metavar="ID")
    vouch.add_argument("--json", action="store_true", help="one line of JSON")
    asked = parser.parse_args(arguments)
    match asked.command:
        case "bootstrap":
            made, template = asyncio.run(_bootstrap(asked.tenant, asked.email)), "bootstrapped"
        case "setup-link":
            made, template = asyncio.run(_link(asked.tenant_id, asked.email)), "setup_link"
        case _:
            made, template = asyncio.run(_vouch(asked.tenant_id)), "vouched"
    if asked.json:
        print(json.dumps(made))
    else:
        say(template, **made)


async def _bootstrap(name: str, email: str) -> dict[str, str]:
    told = settings(os.environ)
    async with opened(told) as store:
        now = SystemClock().now()
        tenant, owner, key = await bootstrap(store, name, email, pepper(told), now, SystemIds())
        async with store.transaction(tenant.tenant_id) as tx:
            token = await issue_link(tx, owner.member_id, now)
            told_of = {"owner": str(owner.member_id), "key": parse_api_key(key)}
            deed = Deed(SYSTEM, "bootstrap", str(tenant.tenant_id), told_of)
            await tx.audit.add(SystemIds().new(), now, deed)
    return {
        "tenant": tenant.name,
        "tenant_id": str(tenant.tenant_id),
        "owner_id": str(owner.member_id),
        "email": owner.email,
        "api_key": key,
        "setup_url": f"{public_url(os.environ)}/setup#{token}",
    }


async def _link(tenant: UUID, email: str) -> dict[str, str]:
    """Raises `LocalError` when there is no such member."""
    async with opened(settings(os.environ)) as store:
        now = SystemClock().now()
        try:
            async with store.transaction(TenantId(tenant)) as tx:
                member = (await tx.members.by_email(email)).member
                token = await issue_link(tx, member.member_id, now)
                deed = Deed(SYSTEM, "invite_member_again", str(member.member_id))
                await tx.audit.add(SystemIds().new(), now, deed)
        except NotFound as error:
            raise LocalError("this tenant has no such member") from error
    return {"email": member.email, "setup_url": f"{public_url(os.environ)}/setup#{token}"}


async def _vouch(tenant: UUID) -> dict[str, str]:
    """Raises `LocalError` for a trail whose entries do not hold together, or that is nobody's."""
    async with opened(settings(os.environ)) as store:
        try:
            entries = await vouch(store, TenantId(tenant), SystemClock().now(), SystemIds())
        except NotFound as error:
            raise LocalError("there is no such tenant") from error
    return {"tenant_id": str(tenant), "entries": str(entries)}


def _name(text: str) -> str:
    if not text.strip() or len(text) > 200:
        raise argparse.ArgumentTypeError("expected a name of 1 to 200 characters")
    return text.strip()


def _email(text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", text):
        raise argparse.ArgumentTypeError(f"expected an e-mail address, not {text!r}")
    return text
