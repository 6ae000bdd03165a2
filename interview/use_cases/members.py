"""Members of a tenant: invited, given another role, removed. Nobody gives more than they have."""

from datetime import datetime

from interview.accounts import Member, Role, Scope, new_token, token_digest
from interview.errors import Invalid, NotFound
from interview.floor import INTERVIEWING
from interview.ids import MemberId, TenantId
from interview.people import SETUP_FOR, Authority, SetupLink, keep_an_owner
from interview.ports import Page, Transaction
from interview.tenant_settings import TenantSettings
from interview.use_cases.world import World


async def list_members(
    world: World, tenant: TenantId, limit: int, after: str | None
) -> Page[Member]:
    """One page, oldest first, without those who were removed."""
    async with world.transaction(tenant) as tx:
        return await tx.members.page(limit, after)


async def get_member(world: World, tenant: TenantId, member: MemberId) -> Member:
    """Also one who was removed. Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        return await tx.members.get(member)


async def desk_of(
    world: World, tenant: TenantId, member: MemberId
) -> tuple[Member, TenantSettings]:
    """Whom a page of the desk shows, and what their organisation has set. Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        return await tx.members.get(member), await tx.settings.get()


async def invite_member(
    world: World, tenant: TenantId, authority: Authority, email: str, role: Role
) -> tuple[Member, str]:
    """A new member and the token of a setup link, shown only here.

    Raises `Forbidden`, `Conflict` for an address that is a member's already.
    """
    authority.require_role(role)
    member = Member(MemberId(world.ids.new()), email.lower(), role, world.now())
    async with world.transaction(tenant) as tx:
        await tx.tenants.add_member(member)
        return member, await issue_link(tx, member.member_id, world.now())


async def issue_link(tx: Transaction, member: MemberId, now: datetime) -> str:
    """The token of a new setup link; those before it are good for nothing any more."""
    token = new_token()
    await tx.setup_links.withdraw(member, now)
    await tx.setup_links.add(SetupLink(token_digest(token), member, now, now + SETUP_FOR))
    return token


async def invite_member_again(
    world: World, tenant: TenantId, authority: Authority, member: MemberId
) -> str:
    """The token of a new setup link: the member may have forgotten the password.

    Who holds it becomes the member, so it takes the right to make one. Raises `Forbidden`,
    `NotFound`.
    """
    async with world.transaction(tenant) as tx:
        await _within(tx, authority, member)
        return await issue_link(tx, member, world.now())


async def change_role(
    world: World,
    tenant: TenantId,
    authority: Authority,
    member: MemberId,
    role: Role,
    scopes: frozenset[Scope],
) -> tuple[Member, int]:
    """The member with the new role, to which `scopes` belong, and how many keys that ended.

    It counts from the next call. Raises `Forbidden`, `LastOwner`, `NotFound`.
    """
    authority.require_role(role)
    async with world.transaction(tenant) as tx:
        owners = await tx.members.owners()
        await _within(tx, authority, member)
        if role is not Role.OWNER:
            keep_an_owner(owners, member)
        await tx.members.set_role(member, role)
        if role not in INTERVIEWING:
            await tx.members.set_on_call(member, on_call=False)
        ended = await tx.api_keys.revoke_beyond(member, scopes, world.now())
        return await tx.members.get(member), len(ended)


async def set_on_call(
    world: World, tenant: TenantId, authority: Authority, member: MemberId, *, on_call: bool
) -> Member:
    """Whether the member is called when the AI wants a person.

    Raises `Forbidden`, `NotFound`, and `Invalid` for who does not interview.
    """
    async with world.transaction(tenant) as tx:
        await _within(tx, authority, member)
        known = await tx.members.get(member)
        if on_call and known.role not in INTERVIEWING:
            raise Invalid(f"on_call: who is {known.role} does not interview", field="on_call")
        await tx.members.set_on_call(member, on_call=on_call)
        return await tx.members.get(member)


async def remove_member(
    world: World, tenant: TenantId, authority: Authority, member: MemberId
) -> int:
    """Ends the member's sessions, links and keys at once; returns how many keys those were.

    Raises `Forbidden`, `LastOwner`, `NotFound`.
    """
    now = world.now()
    async with world.transaction(tenant) as tx:
        owners = await tx.members.owners()
        await _within(tx, authority, member)
        keep_an_owner(owners, member)
        await tx.members.remove(member, now)
        await tx.member_sessions.end_all(member, now)
        await tx.setup_links.withdraw(member, now)
        return len(await tx.api_keys.revoke_beyond(member, (), now))


async def end_sessions_of(
    world: World, tenant: TenantId, authority: Authority, member: MemberId
) -> None:
    """Signs the member out everywhere. Raises `Forbidden`, `NotFound`."""
    async with world.transaction(tenant) as tx:
        await _within(tx, authority, member)
        await tx.member_sessions.end_all(member, world.now())


async def _within(tx: Transaction, authority: Authority, member: MemberId) -> None:
    """Raises `NotFound` for who is no member any more, `Forbidden` for who is more."""
    known = await tx.members.get(member)
    if known.removed_at is not None:
        raise NotFound
    authority.require_role(known.role)
