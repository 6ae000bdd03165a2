"""The hash chain over the event log: what was appended can neither change, vanish nor move."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import NamedTuple

import rfc8785

from interview.canonical import text, texts
from interview.errors import ChainBroken
from interview.hostile import Flag
from interview.ids import EventId, InterviewId, TenantId
from interview.scoring import Rating, Scorecard

GENESIS = bytes(32)
"""The hash before the first event."""

INSTANT = "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ"
INSTANT_LENGTH = 27

Said = dict[str, str | int | list[dict[str, str | int]] | None]
Person = dict[str, str | None]
Place = dict[str, str | int]


class Link(NamedTuple):
    """One row of the log as it is stored: the header in clear, the payload sealed.

    A tuple, for a batch of events makes dozens, and each is the arguments of its own row.
    """

    tenant: TenantId
    interview: InterviewId
    seq: int
    event_id: EventId
    epoch: int
    kind: str
    at: datetime
    sealed_payload: bytes
    prev_hash: bytes
    hash: bytes


def link_hash(link: Link) -> bytes:
    """`SHA-256(prev_hash ‖ canonical(header) ‖ SHA-256(sealed_payload))`, canonical by RFC 8785.

    It covers the ciphertext, so the chain still verifies after a person's key was destroyed.
    """
    name, at = str(link.event_id), timestamp(link.at)
    hashed = link_hasher(link.tenant, link.interview)
    return hashed(link.prev_hash, link.seq, name, link.epoch, link.kind, at, link.sealed_payload)


Hasher = Callable[[bytes, int, str, int, str, str, bytes], bytes]
"""From the hash before, `seq`, event id, epoch, kind, timestamp and sealed payload."""


def link_hasher(tenant: TenantId, interview: InterviewId) -> Hasher:
    """`link_hash` for many links of one log: what they share is spelled once."""
    shared, digest = f'","interview":"{interview}","kind":', hashlib.sha256
    end = f',"tenant":"{tenant}"}}'

    def hashed(
        before: bytes, seq: int, event_id: str, epoch: int, kind: str, at: str, sealed: bytes
    ) -> bytes:
        header = (
            f'{{"at":"{at}","epoch":{epoch},"event_id":"{event_id}{shared}{text(kind)}'
            f',"seq":{seq}{end}'
        )
        return digest(before + header.encode() + digest(sealed).digest()).digest()

    return hashed


def timestamp(at: datetime) -> str:
    """RFC 3339 in UTC with microseconds: one spelling for one instant."""
    at = at.astimezone(UTC)
    date = at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond
    return INSTANT % date


def timestamps(moments: Sequence[datetime]) -> list[str]:
    """`timestamp` of each. JSON spells it so, but for full seconds and what is not in UTC."""
    return [
        spelled if len(spelled) == INSTANT_LENGTH else timestamp(at)
        for spelled, at in zip(texts(moments), moments, strict=True)
    ]


def verify(links: Iterable[Link], *, head: bytes | None = None, count: int | None = None) -> int:
    """Recompute the chain; returns the number of links.

    `head` and `count` are what the interview row says, so that a cut tail is found too. Raises
    `ChainBroken` naming the first wrong `seq`.
    """
    previous, seq = GENESIS, 0
    for link in links:
        seq += 1
        if link.seq != seq:
            raise ChainBroken(f"event {seq} is missing: the log goes on with {link.seq}")
        if link.prev_hash != previous:
            raise ChainBroken(f"event {seq} does not follow the one before it")
        if link.hash != link_hash(link):
            raise ChainBroken(f"event {seq} was changed")
        previous = link.hash
    if count is not None and count != seq:
        raise ChainBroken(f"the log ends at event {seq}, the interview says {count}")
    if head is not None and head != previous:
        raise ChainBroken(f"event {seq} is not the head that the interview names")
    return seq


def card_digest(card: Scorecard) -> str:
    """SHA-256 (hexadecimal) of all that a scorecard says, canonical by RFC 8785.

    Field by field: what is added to scorecards later must not change what older ones amount to.
    """
    stamp = card.stamp
    said: dict[str, str | int | list[Said] | list[Place] | Person | None] = {
        "scorecard_id": str(card.scorecard_id),
        "created_at": timestamp(card.created_at),
        "kit_version": stamp.kit_version,
        "rater": stamp.rater,
        "rater_version": stamp.rater_version,
        "model": stamp.model,
        "prompt_hash": stamp.prompt_hash,
        "transcript_seq": stamp.transcript_seq,
        "total": None if card.total is None else _cents(card.total),
        "coverage": _cents(card.coverage),
        "ratings": [_said(rating) for rating in card.ratings],
    }
    if (by := card.person) is not None:
        said["person"] = {"kind": by.kind, "id": by.id, "name": by.name}
    if card.released is not None:
        said["released"] = card.released
    if card.flags:
        said["flags"] = [_place(flag) for flag in card.flags]
    return hashlib.sha256(rfc8785.dumps(said)).hexdigest()


def _said(rating: Rating) -> Said:
    said: Said = {
        "competency": rating.competency,
        "level": rating.level,
        "not_assessed": rating.not_assessed,
        "runs": rating.runs,
        "spread": rating.spread,
        "reason": rating.reason,
        "quotes": [
            {"turn_id": str(quote.turn_id), "text": quote.text, "start": quote.start}
            for quote in rating.quotes
        ],
    }
    if (verdict := rating.with_flagged) is not None:
        said["with_flagged_level"] = verdict.level
        said["with_flagged_not_assessed"] = verdict.not_assessed
    if rating.carried_from is not None:
        said["carried_from"] = str(rating.carried_from)
    return said


def _place(flag: Flag) -> Place:
    return {"turn_id": str(flag.turn_id), "start": flag.start, "end": flag.end, "rule": flag.rule}


def _cents(value: Decimal) -> str:
    """One spelling for 4, 4.0 and 4.00."""
    return f"{value:.2f}"
