"""What may still be written late: after the end, or by an epoch that leads no more."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from interview.accounts import Interview
from interview.errors import LeaseLost
from interview.events import Event, LineEnded, LineStarted, Report, SpeechHeard
from interview.lease import Lease
from interview.lifecycle import RUNNING
from interview.usage import BudgetSpent, ProviderUsed

WORDS_WITHIN = timedelta(minutes=15)
"""A job tells its last words within a second of the end, a spool follows within minutes. What comes
later would change what people are reading and deciding upon."""

AUDIO_WITHIN = timedelta(hours=24)
"""Audio is larger and changes no transcript: a host that was away overnight may still bring it."""


def is_open(interview: Interview, within: timedelta, now: datetime) -> bool:
    """True while the interview runs, and `within` after its end."""
    if interview.state in RUNNING:
        return True
    return interview.ended_at is not None and now - interview.ended_at <= within


def admit_bringer(lease: Lease | None, epoch: int, now: datetime) -> Lease:
    """The lease, when somebody without its token may bring what `epoch` left on a disk.

    Nobody may while an agent leads in that epoch: only its token speaks for it then. Raises
    `LeaseLost`, also for an epoch that never was or that nobody claimed.
    """
    if lease is None or not 0 < epoch <= lease.epoch:
        raise LeaseLost
    if epoch == lease.epoch and not lease.closed and not _is_abandoned(lease, now):
        raise LeaseLost("The agent of this epoch still leads; what it left may come afterwards.")
    return lease


def _is_abandoned(lease: Lease, now: datetime) -> bool:
    return lease.claimed_at is not None and lease.is_stale(now)


def only_words(reports: Iterable[Report], log: Iterable[Event]) -> Iterator[Report]:
    """Speech, the ends of lines that the log knows as begun and not as ended, and what it cost."""
    lines = [event.fact for event in log if isinstance(event.fact, LineStarted | LineEnded)]
    ended = {fact.turn_id for fact in lines if isinstance(fact, LineEnded)}
    open_lines = {fact.turn_id for fact in lines} - ended
    for report in reports:
        match report.fact:
            case SpeechHeard() | ProviderUsed() | BudgetSpent():
                yield report
            case LineEnded(turn_id=turn_id) if turn_id in open_lines:
                yield report
            case _:
                pass
