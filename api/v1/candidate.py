"""The candidate's door: redeem the link, read the notice, answer it, come in."""

from datetime import timedelta
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from aiohttp import web
from interview.accounts import CandidateSession
from interview.errors import Code
from interview.kit import Frozen
from interview.lifecycle import State
from interview.use_cases import candidate_door, candidate_rights, human_path, trying
from interview.use_cases.access import show_out_others
from interview.use_cases.candidate_door import Seat, Welcome, told
from interview.use_cases.redemption import redeem_once
from interview.use_cases.scheduling import clear_room
from interview.use_cases.summon import summon
from pydantic import AwareDatetime, Field

from api.callers import COOKIE, CandidateHere, Door, candidates_cookies, cookie_of
from api.desk import Desk
from api.idempotency import HEADER, REPLAY, REPLAYED, key_of
from api.notices import notice_in, unseen_version_in, version_in
from api.registry import Call, Header, answer_json, operation
from api.v1.shapes import Instant

log = structlog.get_logger()
TOKEN_TTL = timedelta(minutes=10)
CHECK_TTL = timedelta(minutes=5)
SECRET_LENGTH = 16
"""A key that opens a session again has to be more than a number that somebody counts up."""

SECRET_KEY = Header(HEADER, {"type": "string", "pattern": f"^[!-~]{{{SECRET_LENGTH},255}}$"})
SET_COOKIE = Header("Set-Cookie", {"type": "string"})
NeverAssessed = Literal["voice", "accent", "emotion", "face", "speaking_style"]
NEVER_ASSESSED: tuple[NeverAssessed, ...] = get_args(NeverAssessed)
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class RedeemBody(Frozen):
    """The token is what follows `#` in the invitation's link."""

    token: Annotated[str, Field(min_length=1, max_length=200)]


class RedeemedView(Frozen):
    """A candidate's session, also set as a cookie; native clients send it as a bearer token."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the name of a scheme, no secret
    expires_at: AwareDatetime
    state: State


class NoticeView(Frozen):
    """What the candidate consents to, in Markdown and in the language of the interview."""

    version: str
    text: str


class RecordsView(Frozen):
    """What is kept. `kept_days` is null: until somebody asks for its erasure."""

    audio: bool = True
    transcript: bool = True
    video: bool = False
    kept_days: int | None = None


class WelcomeView(Frozen):
    """What a candidate may know before the interview: who invites (`contact` answers questions, and
    whoever would rather be asked by a person), what is kept, and what is looked at and never is.
    With `has_words` the transcript can be read, also of an interview that was left for a person;
    with `has_feedback` the candidate said what it was like.
    """

    interview_id: UUID
    state: State
    job_title: str
    language: str
    minutes: float
    questions: int
    starts_at: Instant
    opens_at: Instant
    expires_at: Instant
    has_words: bool
    has_feedback: bool
    notice: NoticeView
    organisation: str
    candidate_name: str | None
    contact: str | None
    records: RecordsView
    assesses: tuple[str, ...]
    never_assesses: tuple[NeverAssessed, ...]
    decided_by: Literal["person"] = "person"
    shares_results: bool


class ConsentBody(Frozen):
    """The answer to the notice that was read."""

    accepted: bool
    notice_version: Annotated[str, Field(min_length=1, max_length=100)]


class StateView(Frozen):
    """Where the interview stands now."""

    state: State


class JoinedView(Frozen):
    """The way into the room: connect to `livekit_url` with `token` before it expires."""

    livekit_url: str
    token: str
    expires_at: AwareDatetime


@operation(
    "POST",
    "/v1/invitations/redeem",
    Door.PUBLIC,
    tag="candidate",
    result=RedeemedView,
    errors=[
        Code.INVITATION_INVALID,
        Code.INVITATION_USED,
        Code.INVITATION_EXPIRED,
        Code.INTERVIEW_NOT_OPEN,
        Code.INTERVIEW_CANCELLED,
        Code.SEALED,
    ],
    guesses=True,
    hears=(SECRET_KEY,),
    says=(REPLAY, SET_COOKIE),
)
async def redeem_invitation(call: Call, body: RedeemBody) -> web.Response:
    """Redeem a one-time link for a session.

    With a random `Idempotency-Key` the same request gives the same session for ten minutes, should
    the first answer be lost. Without that key the link stays used. A browser that has the cookie
    of the very interview comes back by any of its links; to another one's it is a stranger. Each
    interview has a cookie of its own beside that of the link which was opened last. Sessions of
    earlier links end, and who came into the room by one of them leaves it.
    """
    key, own = key_of(call.request, SECRET_LENGTH), candidates_cookies(call.request)
    opened = await redeem_once(call.world, body.token, key, call.desk.pepper, own)
    redeemed, session = opened.redeemed, opened.redeemed.session
    view = RedeemedView(
        access_token=redeemed.session_token,
        expires_at=session.expires_at,
        state=told(redeemed.interview.state),
    )
    answer = answer_json(view)
    if opened.again:
        answer.headers[REPLAYED] = "true"
    elif identity := redeemed.takes_over:
        call.afterwards("show_out", lambda: _show_out_others(call, session, identity))
    for name in (COOKIE, cookie_of(session.interview)):
        answer.set_cookie(
            name,
            redeemed.session_token,
            max_age=int((session.expires_at - call.world.now()).total_seconds()),
            path="/",
            httponly=True,
            samesite="Lax",
            secure=needs_secure_cookie(call.desk.public_url),
        )
    return answer


async def _show_out_others(call: Call, session: CandidateSession, identity: str) -> None:
    await show_out_others(call.desk.rooms, session.interview, identity, session.mark)


def needs_secure_cookie(public_url: str) -> bool:
    """True except for plain HTTP on this very machine."""
    parts = urlsplit(public_url)
    return not (parts.scheme == "http" and parts.hostname in LOOPBACK)


@operation(
    "GET",
    "/v1/candidate/interview",
    Door.CANDIDATE,
    tag="candidate",
)
async def get_own_interview(call: Call, caller: CandidateHere) -> WelcomeView:
    """See what the interview is, where it stands, and the notice.

    `X-Interview-Id` names the interview that a page shows, here and in every call of a candidate.
    Its own cookie counts then, and nothing is done in the name of another one that was opened
    since.
    """
    known: Welcome = await candidate_door.welcome(call.world, caller.who)
    before = await candidate_rights.told_before(call.world, caller.who)
    notice = notice_in(known.language, unseen=before.may_be_unseen)
    return WelcomeView(
        interview_id=known.interview,
        state=known.state,
        job_title=known.job_title,
        language=known.language,
        minutes=known.minutes,
        questions=known.questions,
        starts_at=known.starts_at,
        opens_at=known.opens_at,
        expires_at=known.expires_at,
        has_words=known.has_words,
        has_feedback=known.has_feedback,
        notice=NoticeView(version=notice.version, text=notice.text),
        organisation=before.organisation,
        candidate_name=before.candidate,
        contact=before.contact,
        records=RecordsView(),
        assesses=before.assesses,
        never_assesses=NEVER_ASSESSED,
        shares_results=before.shares_results,
    )


@operation(
    "POST",
    "/v1/candidate/consent",
    Door.CANDIDATE,
    tag="candidate",
    errors=[Code.NOTICE_OUTDATED, Code.INTERVIEW_NOT_OPEN, Code.WRONG_STATE, Code.SEALED],
)
async def answer_notice(call: Call, caller: CandidateHere, body: ConsentBody) -> StateView:
    """Consent to the notice, or decline the interview."""
    before = await candidate_rights.told_before(call.world, caller.who)
    state = await candidate_door.record_consent(
        call.world,
        caller.who,
        accepted=body.accepted,
        version=body.notice_version,
        current=unseen_version_in if before.may_be_unseen else version_in,
    )
    return StateView(state=state)


@operation(
    "POST",
    "/v1/candidate/join",
    Door.CANDIDATE,
    tag="candidate",
    errors=[
        Code.CONSENT_REQUIRED,
        Code.INTERVIEW_NOT_OPEN,
        Code.TOO_EARLY,
        Code.SEALED,
        Code.UNAVAILABLE,
    ],
)
async def join_interview(call: Call, caller: CandidateHere) -> JoinedView:
    """Come into the room.

    May be called again after a reload or from another device: the newest connection takes the
    place of the older one.
    """
    desk = call.desk
    seat = await candidate_door.join(call.world, desk.rooms, caller.who)
    if seat.summon:
        call.afterwards("summon", lambda: _send_for_agent(desk, seat))
    ttl_s = int(TOKEN_TTL.total_seconds())
    return JoinedView(
        livekit_url=desk.livekit_url,
        token=desk.rooms.candidate_token(seat.room, seat.identity, ttl_s, caller.who.mark),
        expires_at=call.world.now() + TOKEN_TTL,
    )


@operation(
    "POST",
    "/v1/candidate/check",
    Door.CANDIDATE,
    tag="candidate",
    errors=[Code.INTERVIEW_NOT_OPEN, Code.UNAVAILABLE],
)
async def open_check_room(call: Call, caller: CandidateHere) -> JoinedView:
    """Try the connection in a room of one's own.

    Nobody else comes there, nothing is recorded, and nothing of it is kept.
    """
    rooms = call.desk.rooms
    room, identity = await trying.open_check(call.world, rooms, caller.who)
    return JoinedView(
        livekit_url=call.desk.livekit_url,
        token=rooms.candidate_token(room, identity, int(CHECK_TTL.total_seconds())),
        expires_at=call.world.now() + CHECK_TTL,
    )


@operation(
    "POST",
    "/v1/candidate/practice",
    Door.CANDIDATE,
    tag="candidate",
    errors=[Code.CONSENT_REQUIRED, Code.INTERVIEW_NOT_OPEN, Code.UNAVAILABLE],
)
async def open_practice(call: Call, caller: CandidateHere) -> JoinedView:
    """Practise with the interviewer, in the room for trying the connection.

    It asks one question by voice and hears the answer. Nothing of it is recorded, stored or told to
    anybody. The installation's own recogniser and voice are used.
    """
    rooms = call.desk.rooms
    room, identity, order = await trying.practise(call.world, rooms, caller.who)
    call.afterwards("practice", lambda: trying.send_for(rooms, room, order))
    return JoinedView(
        livekit_url=call.desk.livekit_url,
        token=rooms.candidate_token(room, identity, int(CHECK_TTL.total_seconds())),
        expires_at=call.world.now() + CHECK_TTL,
    )


@operation(
    "POST",
    "/v1/candidate/person",
    Door.CANDIDATE,
    tag="candidate",
    errors=[Code.WRONG_STATE, Code.SEALED],
)
async def ask_for_person(call: Call, caller: CandidateHere) -> StateView:
    """Ask for a person instead, before or during the interview.

    It counts against nobody: the interview is over, and the recruiter sees why.
    """
    handed = await human_path.ask_for_person(call.world, caller.who)
    if farewell := handed.farewell:
        rooms, which = call.desk.rooms, caller.who.interview
        call.afterwards("clear_room", lambda: clear_room(rooms, which, farewell))
    return StateView(state=handed.state)


@operation(
    "DELETE",
    "/v1/candidate/session",
    Door.CANDIDATE,
    tag="candidate",
    status=204,
    says=(SET_COOKIE,),
)
async def leave_device(call: Call, caller: CandidateHere) -> web.Response:
    """Have this device forget the interview, as after the use of a shared one.

    The interview stays as it is; another link leads back to it.
    """
    await candidate_door.leave(call.world, caller.who)
    answer, cookies = web.Response(status=204), call.request.cookies
    own = cookie_of(caller.who.interview)
    # The link that was opened last may have been another interview's.
    is_last = cookies.get(own) in {None, cookies.get(COOKIE)}
    for name in (own, COOKIE) if is_last else (own,):
        answer.del_cookie(name, path="/", httponly=True, samesite="Lax")
    return answer


async def _send_for_agent(desk: Desk, seat: Seat) -> None:
    """The answer does not wait for this: a worker needs a second, a cold one four."""
    if not await summon(desk.rooms, seat.interview, seat.epoch, seat.floor):
        log.warning("dispatch_not_taken", interview=str(seat.interview), epoch=seat.epoch)


OPERATIONS = (
    redeem_invitation,
    get_own_interview,
    answer_notice,
    join_interview,
    open_check_room,
    open_practice,
    ask_for_person,
    leave_device,
)
