"""Redeeming a link when the answer may be lost on its way."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta

from interview.accounts import token_digest
from interview.errors import InvitationUsed, NotFound, Unauthenticated
from interview.ports import BySession
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


async def redeem_once(world: World, token: str, key: str | None, pepper: bytes) -> Opened:
    """Opens a session, once; who asks again with the `key` of the first time gets the same one.

    The session's token is made of the link's token, the key and the pepper, so nothing is kept
    that could be said again to anybody else: without the key the link stays used. Raises
    `InvitationInvalid`, `InvitationUsed`, `InvitationExpired`, `InterviewNotOpen`.
    """
    if key is None:
        return Opened(await redeem(world, token), again=False)
    session_token = _made_of(token, key, pepper)
    try:
        return Opened(await redeem(world, token, session_token), again=False)
    except InvitationUsed:
        return Opened(await _opened_before(world, session_token), again=True)


async def _opened_before(world: World, session_token: str) -> Redeemed:
    """Raises `InvitationUsed` for a session that is not there, is over or is not new any more."""
    try:
        async with world.enter(BySession(token_digest(session_token))) as tx:
            session = await open_session(tx, session_token, world.now())
            interview = await tx.interviews.get(session.interview)
    except (NotFound, Unauthenticated):
        raise InvitationUsed from None
    if session.created_at + AGAIN_FOR <= world.now():
        raise InvitationUsed
    return Redeemed(session_token, session, interview)


def _made_of(token: str, key: str, pepper: bytes) -> str:
    """256 bits that only who knows all three can make; a different link gives different ones."""
    made = hmac.digest(pepper, f"candidate session\n{token}\n{key}".encode(), hashlib.sha256)
    return urlsafe_b64encode(made).decode().rstrip("=")
