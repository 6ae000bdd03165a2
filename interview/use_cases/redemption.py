"""Redeeming a link when the answer may be lost on its way."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from interview.accounts import token_digest
from interview.errors import CalledOff, InvitationExpired, InvitationUsed, NotFound, Unauthenticated
from interview.ports import ByInvitation, BySession
from interview.use_cases.candidate_door import open_session
from interview.use_cases.invitations import Redeemed, redeem
from interview.use_cases.world import World

AGAIN_FOR = timedelta(minutes=10)
"""So long the same request gives the same session."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A session, and whether it was open before."""

    redeemed: Redeemed
    again: bool


async def redeem_once(
    world: World, token: str, key: str | None, pepper: bytes, own: Sequence[str] = ()
) -> Opened:
    """Opens a session, once; who asks again with the `key` of the first time gets the same one, and
    who has a session of the link's interview (its token is among `own`) keeps it.

    The session's token is made of the link's token, the key and the pepper, so nothing is kept
    that could be said again to anybody else: without the key the link stays used. Raises
    `InvitationInvalid`, `InvitationUsed`, `InvitationExpired`, `InterviewNotOpen`.
    """
    session_token = None if key is None else _made_of(token, key, pepper)
    try:
        return Opened(await redeem(world, token, session_token), again=False)
    except (InvitationUsed, InvitationExpired) as error:
        if held := await _held(world, token, own):
            return Opened(held, again=True)
        if session_token is None or isinstance(error, InvitationExpired):
            raise
        return Opened(await _opened_before(world, session_token), again=True)


async def _held(world: World, token: str, own: Sequence[str]) -> Redeemed | None:
    """What somebody holds who came by one of the interview's links before."""
    async with world.enter(ByInvitation(token_digest(token))) as tx:
        invitation = await tx.invitations.by_digest(token_digest(token))
        for each in filter(str.isascii, own):
            with suppress(NotFound, Unauthenticated, CalledOff):
                session = await open_session(tx, each, world.now())
                if session.interview == invitation.interview:
                    return Redeemed(each, session, await tx.interviews.get(session.interview))
    return None


async def _opened_before(world: World, session_token: str) -> Redeemed:
    """Raises `InvitationUsed` for a session that is not there, is over or is not new any more."""
    try:
        async with world.enter(BySession(token_digest(session_token))) as tx:
            session = await open_session(tx, session_token, world.now())
            interview = await tx.interviews.get(session.interview)
    except (NotFound, Unauthenticated, CalledOff):
        raise InvitationUsed from None
    if session.created_at + AGAIN_FOR <= world.now():
        raise InvitationUsed
    return Redeemed(session_token, session, interview)


def _made_of(token: str, key: str, pepper: bytes) -> str:
    """256 bits that only who knows all three can make; a different link gives different ones."""
    made = hmac.digest(pepper, f"candidate session\n{token}\n{key}".encode(), hashlib.sha256)
    return urlsafe_b64encode(made).decode().rstrip("=")
