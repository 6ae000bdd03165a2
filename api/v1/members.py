"""Members: the people who work in a tenant, and their roles."""

from uuid import UUID

from aiohttp import web
from interview.accounts import Member, Role
from interview.errors import Code
from interview.ids import MemberId
from interview.kit import Frozen
from interview.use_cases import members
from pydantic import AwareDatetime

from api.callers import Staff
from api.leaving import leave_at_once
from api.registry import STAFF, Call, operation
from api.rights import scopes_of
from api.v1.shapes import Email, Instant, Listed, PageQuery


class MemberBody(Frozen):
    """Somebody new."""

    email: Email
    role: Role


class RoleBody(Frozen):
    """What a member is from now on; what is left out stays. Who is `on_call` is called when the AI
    wants a person to take over."""

    role: Role | None = None
    on_call: bool | None = None


class MemberView(Frozen):
    """A member. Who was removed is still known to the audit trail."""

    id: UUID
    email: str
    role: Role
    created_at: AwareDatetime
    removed_at: Instant
    on_call: bool

    @classmethod
    def of(cls, member: Member) -> "MemberView":
        return cls(
            id=member.member_id,
            email=member.email,
            role=member.role,
            created_at=member.created_at,
            removed_at=member.removed_at,
            on_call=member.on_call,
        )


class InvitedMember(MemberView):
    """A new member. The link works once, for a week, and is shown only here."""

    setup_url: str


class SetupLinkView(Frozen):
    """A link that works once, for a week, and is shown only here."""

    member_id: UUID
    setup_url: str


class MemberPage(Listed[MemberView]):
    """One page of members, oldest first; `next` is null on the last one."""


def setup_url(call: Call, token: str) -> str:
    """The token travels in the fragment: no server, proxy or log ever sees it in a request."""
    return f"{call.desk.public_url}/setup#{token}"


@operation("POST", "/v1/members", STAFF, tag="members", status=201, errors=[Code.CONFLICT])
async def invite_member(call: Call, caller: Staff, body: MemberBody) -> InvitedMember:
    """Make somebody a member, with a link to set a password.

    Nobody gives a role that may do more than they: admins make no owners, a key only roles within
    its scopes. Who signs in with the tenant's identity provider needs no link.
    """
    member, token = await members.invite_member(
        call.world, caller.tenant, caller.authority, body.email, body.role
    )
    call.told["role"] = member.role
    return InvitedMember(**dict(MemberView.of(member)), setup_url=setup_url(call, token))


@operation("GET", "/v1/members", STAFF, tag="members")
async def list_members(call: Call, caller: Staff, query: PageQuery) -> MemberPage:
    """List members."""
    page = await members.list_members(call.world, caller.tenant, query.limit, query.after)
    return MemberPage(items=tuple(map(MemberView.of, page.items)), next=page.next)


@operation("GET", "/v1/members/{member_id}", STAFF, tag="members", errors=[Code.NOT_FOUND])
async def get_member(call: Call, caller: Staff, member_id: UUID) -> MemberView:
    """Get a member, also one who was removed."""
    found = await members.get_member(call.world, caller.tenant, MemberId(member_id))
    return MemberView.of(found)


@operation(
    "PATCH",
    "/v1/members/{member_id}",
    STAFF,
    tag="members",
    errors=[Code.NOT_FOUND, Code.LAST_OWNER],
)
async def change_member(call: Call, caller: Staff, member_id: UUID, body: RoleBody) -> MemberView:
    """Give a member another role, or put them on call; it counts from the next call.

    Keys that come from the member and may do more than the new role are revoked. The last owner
    stays one. Who does not interview is not on call.
    """
    world, tenant, authority, which = (
        call.world,
        caller.tenant,
        caller.authority,
        MemberId(member_id),
    )
    if body.role is not None:
        scopes = scopes_of(body.role)
        member, ended = await members.change_role(
            world, tenant, authority, which, body.role, scopes
        )
        call.told.update(role=member.role, keys_revoked=str(ended))
        await leave_at_once(call, tenant, which)
    if body.on_call is not None:
        await members.set_on_call(world, tenant, authority, which, on_call=body.on_call)
        call.told["on_call"] = str(body.on_call).lower()
    return MemberView.of(await members.get_member(world, tenant, which))


@operation(
    "DELETE",
    "/v1/members/{member_id}",
    STAFF,
    tag="members",
    status=204,
    errors=[Code.NOT_FOUND, Code.LAST_OWNER],
)
async def remove_member(call: Call, caller: Staff, member_id: UUID) -> web.Response:
    """Remove a member, at once.

    Their sessions, their setup links and every key that comes from them end. The last owner stays.
    """
    ended = await members.remove_member(
        call.world, caller.tenant, caller.authority, MemberId(member_id)
    )
    call.told["keys_revoked"] = str(ended)
    await leave_at_once(call, caller.tenant, MemberId(member_id))
    return web.Response(status=204)


@operation(
    "POST",
    "/v1/members/{member_id}/setup-links",
    STAFF,
    tag="members",
    status=201,
    errors=[Code.NOT_FOUND],
)
async def invite_member_again(call: Call, caller: Staff, member_id: UUID) -> SetupLinkView:
    """Make a new setup link, for somebody who lost theirs or forgot the password.

    Links before it end. The password and the sessions stay until it is used.
    """
    token = await members.invite_member_again(
        call.world, caller.tenant, caller.authority, MemberId(member_id)
    )
    return SetupLinkView(member_id=member_id, setup_url=setup_url(call, token))


@operation(
    "DELETE",
    "/v1/members/{member_id}/sessions",
    STAFF,
    tag="members",
    status=204,
    errors=[Code.NOT_FOUND],
)
async def end_member_sessions(call: Call, caller: Staff, member_id: UUID) -> web.Response:
    """Sign a member out everywhere, at once.

    They leave the rooms into which these sessions let them.
    """
    await members.end_sessions_of(call.world, caller.tenant, caller.authority, MemberId(member_id))
    await leave_at_once(call, caller.tenant, MemberId(member_id))
    return web.Response(status=204)


OPERATIONS = (
    invite_member,
    list_members,
    get_member,
    change_member,
    remove_member,
    invite_member_again,
    end_member_sessions,
)
