"""How members sign in and out: a password, a setup link, and the sessions that they open."""

from typing import Annotated
from uuid import UUID

from aiohttp import web
from interview.errors import Code, Unauthenticated
from interview.ids import MemberId, SessionId, TenantId
from interview.kit import Frozen
from interview.people import MemberSession, SignedInBy
from interview.use_cases import members, sign_in
from interview.use_cases.sign_in import Credentials, SignedIn
from pydantic import AwareDatetime, Field, SecretStr

from api.callers import MEMBER_COOKIE, Door, Staff, require_own_page
from api.leaving import leave_at_once, show_out_afterwards
from api.limits import address_of
from api.registry import Call, Header, answer_json, operation
from api.v1.candidate import needs_secure_cookie
from api.v1.members import MemberView
from api.v1.shapes import Email

MIN_PASSWORD, MAX_PASSWORD = 12, 200
SET_COOKIE = Header("Set-Cookie", {"type": "string"})


class SignInBody(Frozen):
    """Who signs in. Who has a password in several tenants says which one."""

    email: Email
    password: Annotated[SecretStr, Field(min_length=1, max_length=MAX_PASSWORD)]
    tenant_id: UUID | None = None


class SetupBody(Frozen):
    """The token is what follows `#` in the setup link."""

    token: Annotated[SecretStr, Field(min_length=1, max_length=200)]
    password: Annotated[SecretStr, Field(min_length=MIN_PASSWORD, max_length=MAX_PASSWORD)]


class SessionView(Frozen):
    """Where a member is signed in. It ends at `expires_at`, and after 12 hours without use."""

    id: UUID
    signed_in_by: SignedInBy
    created_at: AwareDatetime
    last_used_at: AwareDatetime
    expires_at: AwareDatetime
    is_this_one: bool

    @classmethod
    def of(cls, session: MemberSession, this: SessionId) -> "SessionView":
        return cls(
            id=session.session_id,
            signed_in_by=session.signed_in_by,
            created_at=session.created_at,
            last_used_at=session.last_used_at,
            expires_at=session.expires_at,
            is_this_one=session.session_id == this,
        )


class SignedInView(Frozen):
    """Who is signed in, in which tenant and in which session; its token is a cookie. Times without
    a zone are meant in `time_zone`, the tenant's. `contact` is where candidates' answers go, as
    their pages say it; null while nobody has set an address (`mail.reply_to`)."""

    tenant_id: UUID
    time_zone: str
    contact: str | None
    member: MemberView
    session: SessionView


class SessionsView(Frozen):
    """The sessions that are open, oldest first."""

    items: tuple[SessionView, ...]


@operation(
    "POST",
    "/v1/sessions",
    Door.PUBLIC,
    tag="sessions",
    status=201,
    result=SignedInView,
    errors=[Code.UNAUTHENTICATED, Code.CROSS_ORIGIN, Code.TOO_MANY_ATTEMPTS],
    says=(SET_COOKIE,),
    guesses=True,
)
async def create_session(call: Call, body: SignInBody) -> web.Response:
    """Sign in with a password.

    The session is an `HttpOnly` cookie. Calls that change something with it are taken from pages of
    this service alone, by their `Origin`. Many attempts in a row have to wait (`Retry-After`).
    """
    require_own_page(call.request, call.desk, or_none=True)
    shown = Credentials(
        email=body.email,
        password=body.password.get_secret_value(),
        tenant=TenantId(body.tenant_id) if body.tenant_id else None,
        address=address_of(call.request, call.desk.proxies),
    )
    desk = call.desk
    return signed_in(call, await sign_in.sign_in(call.world, desk.passwords, shown, desk.pepper))


@operation(
    "POST",
    "/v1/setup",
    Door.PUBLIC,
    tag="sessions",
    status=201,
    result=SignedInView,
    errors=[Code.SETUP_LINK_INVALID, Code.CROSS_ORIGIN],
    says=(SET_COOKIE,),
    guesses=True,
)
async def set_password(call: Call, body: SetupBody) -> web.Response:
    """Set a password with a one-time link, and sign in.

    The member's sessions before end, and let nobody stay in a room.
    """
    require_own_page(call.request, call.desk, or_none=True)
    token, password = body.token.get_secret_value(), body.password.get_secret_value()
    made = await sign_in.set_up(call.world, call.desk.passwords, token, password)
    show_out_afterwards(call, made.left)
    return signed_in(call, made)


def signed_in(call: Call, made: SignedIn) -> web.Response:
    """The answer that opens a session: who it is, and the cookie."""
    session = made.session
    view = SignedInView(
        tenant_id=made.tenant,
        time_zone=made.settings.time_zone,
        contact=made.settings.reply_to,
        member=MemberView.of(made.member),
        session=SessionView.of(session, session.session_id),
    )
    answer = answer_json(view, 201)
    give_cookie(call, answer, made)
    return answer


def give_cookie(call: Call, answer: web.Response, made: SignedIn) -> None:
    """The session's token, where no script can read it."""
    answer.set_cookie(
        MEMBER_COOKIE,
        made.token,
        max_age=int((made.session.expires_at - made.session.created_at).total_seconds()),
        path="/",
        httponly=True,
        samesite="Lax",
        secure=needs_secure_cookie(call.desk.public_url),
    )


@operation("GET", "/v1/sessions", Door.MEMBER, tag="sessions")
async def list_sessions(call: Call, caller: Staff) -> SessionsView:
    """List one's own sessions."""
    member, this = _own(caller)
    found = await sign_in.sessions_of(call.world, caller.tenant, member)
    return SessionsView(items=tuple(SessionView.of(each, this.session_id) for each in found))


@operation("GET", "/v1/sessions/current", Door.MEMBER, tag="sessions")
async def get_current_session(call: Call, caller: Staff) -> SignedInView:
    """See who is signed in."""
    member, this = _own(caller)
    found, settings = await members.desk_of(call.world, caller.tenant, member)
    return SignedInView(
        tenant_id=caller.tenant,
        time_zone=settings.time_zone,
        contact=settings.reply_to,
        member=MemberView.of(found),
        session=SessionView.of(this, this.session_id),
    )


@operation(
    "DELETE",
    "/v1/sessions/current",
    Door.MEMBER,
    tag="sessions",
    status=204,
    says=(SET_COOKIE,),
)
async def end_current_session(call: Call, caller: Staff) -> web.Response:
    """Sign out; also of the rooms into which this session let its member."""
    member, this = _own(caller)
    await sign_in.end_session(call.world, caller.tenant, member, this.session_id)
    await leave_at_once(call, caller.tenant, member)
    answer = web.Response(status=204)
    answer.del_cookie(MEMBER_COOKIE, path="/", httponly=True, samesite="Lax")
    return answer


@operation(
    "DELETE",
    "/v1/sessions/{session_id}",
    Door.MEMBER,
    tag="sessions",
    status=204,
    errors=[Code.NOT_FOUND],
)
async def end_session(call: Call, caller: Staff, session_id: UUID) -> web.Response:
    """Sign out elsewhere, at once; also of rooms."""
    member, _ = _own(caller)
    await sign_in.end_session(call.world, caller.tenant, member, SessionId(session_id))
    await leave_at_once(call, caller.tenant, member)
    return web.Response(status=204)


def _own(caller: Staff) -> tuple[MemberId, MemberSession]:
    if caller.session is None:
        raise Unauthenticated
    return caller.session.member, caller.session


OPERATIONS = (
    create_session,
    set_password,
    list_sessions,
    get_current_session,
    end_current_session,
    end_session,
)
