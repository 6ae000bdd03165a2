"""The nouns of an interview: the ways in, the log and what follows from it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from interview.accommodations import Needs
from interview.accounts import CandidateSession, Consent, Interview, Invitation
from interview.by_people import By
from interview.by_room import Floor
from interview.chain import Link
from interview.events import Event, Report
from interview.floor import Seat, SeatProof
from interview.ids import InterviewId, InvitationId, MemberId, NoteId, TurnId
from interview.lease import Lease
from interview.lifecycle import State
from interview.notes import Note
from interview.ports.lists import ALL_INTERVIEWS, InterviewsWanted
from interview.ports.models import Reply
from interview.ports.shapes import Page, RecordedSegment
from interview.ports.tenancy import Revised
from interview.scoring import Scorecard
from interview.turns import Turn


class Interviews(Revised, Protocol):
    async def add(self, interview: Interview) -> None: ...
    async def get(self, interview: InterviewId, *, lock: bool = False) -> Interview:
        """`lock` holds the row until the transaction ends. Raises `NotFound`."""
        ...

    async def set_state(self, interview: InterviewId, state: State, at: datetime) -> None:
        """Stores `ended_at` with `ended`, and with `cancelled` and `human_path` for an interview
        that runs. The caller has asked `lifecycle.move`."""
        ...

    async def set_times(
        self, interview: InterviewId, starts_at: datetime | None, expires_at: datetime | None
    ) -> None: ...
    async def start_clock(self, interview: InterviewId, at: datetime) -> datetime:
        """Sets the recording's zero once; returns the one that holds."""
        ...

    async def set_floor(
        self, interview: InterviewId, floor: Floor, covered: tuple[str, ...]
    ) -> None:
        """Raises `NotFound`."""
        ...

    async def want_person(self, interview: InterviewId, at: datetime) -> None:
        """Until a person holds the floor. Raises `NotFound`."""
        ...

    async def wanting_person(self) -> tuple[tuple[InterviewId, datetime], ...]:
        """Those that run and want a person, with since when, longest first."""
        ...

    async def page(
        self, limit: int, after: str | None, wanted: InterviewsWanted = ALL_INTERVIEWS
    ) -> Page[Interview]: ...
    async def told(
        self, limit: int, after: str | None, wanted: InterviewsWanted = ALL_INTERVIEWS
    ) -> Page[str]:
        """What `page` finds, each as a JSON object: `id`, `state`, `kit_id`, `kit_version`,
        `candidate_id`, and times as RFC 3339 writes them, `clock_zero` as `started_at`."""
        ...


class Invitations(Protocol):
    async def add(self, invitation: Invitation) -> None: ...
    async def by_digest(self, digest: bytes, *, lock: bool = False) -> Invitation: ...
    async def mark_redeemed(self, invitation: InvitationId, at: datetime) -> None:
        """Raises `InvitationUsed` the second time."""
        ...

    async def withdraw(self, interview: InterviewId, at: datetime) -> None:
        """Those that nobody has redeemed and that have not expired yet expire now."""
        ...

    async def of(self, interview: InterviewId) -> tuple[Invitation, ...]:
        """Oldest first."""
        ...

    async def withdraw_one(self, invitation: InvitationId, at: datetime) -> None:
        """It expires now, redeemed or not. Raises `NotFound`."""
        ...

    async def prolong(self, invitation: InvitationId, until: datetime | None) -> None:
        """It expires at `until`, be that earlier or later. Raises `NotFound`."""
        ...


class Sessions(Protocol):
    """Candidates' sessions."""

    async def add(self, session: CandidateSession) -> None: ...
    async def by_digest(self, digest: bytes) -> CandidateSession: ...
    async def end(self, interview: InterviewId, at: datetime) -> None:
        """All of the interview expire now."""
        ...

    async def prolong(self, interview: InterviewId, at: datetime, until: datetime) -> None:
        """Those that are open at `at` stay so until `until` at least."""
        ...

    async def withdraw(self, interview: InterviewId, at: datetime) -> None:
        """All of the interview expire now, and the candidate is barred until there is a new one."""
        ...

    async def is_barred(self, interview: InterviewId) -> bool: ...
    async def open_at(self, interview: InterviewId, at: datetime) -> tuple[CandidateSession, ...]:
        """Those that open the interview then; a new one has ended all before it."""
        ...


class Consents(Protocol):
    async def add(self, consent: Consent) -> None: ...
    async def latest(self, interview: InterviewId) -> Consent | None: ...


class Events(Protocol):
    """The log. Payloads are sealed under the interview's key before they are written."""

    async def append(
        self, interview: InterviewId, epoch: int, reports: Sequence[Report]
    ) -> tuple[Event, ...]:
        """Appends in order, gapless, one writer at a time (the interview's row is locked), and
        updates the turns in the same transaction. A known `event_id` is skipped. Returns what was
        new. Wakes the followers on commit."""
        ...

    async def read(
        self,
        interview: InterviewId,
        after: int = 0,
        limit: int | None = None,
        kinds: Collection[str] | None = None,
    ) -> tuple[Event, ...]:
        """Events with `seq > after`, opened; of these kinds alone, if they are named. Raises
        `Sealed` when the key is gone."""
        ...

    async def of_kind(self, interview: InterviewId, kind: str) -> tuple[Event, ...]:
        """Events of one kind in order, opened. Raises `Sealed`."""
        ...

    async def links(self, interview: InterviewId) -> tuple[Link, ...]:
        """The rows as stored, for `chain.verify`."""
        ...


class Turns(Protocol):
    async def of(self, interview: InterviewId) -> tuple[Turn, ...]:
        """In order of `seq`."""
        ...

    async def told(self, interview: InterviewId, without: Collection[TurnId] = ()) -> list[bytes]:
        """The same but for those that are left out, each as a JSON object whose last field is
        `correction`: for those who read, without a model of every word."""
        ...


class Leases(Protocol):
    async def of(self, interview: InterviewId, *, lock: bool = False) -> Lease | None: ...
    async def save(self, lease: Lease) -> None:
        """Raises `LeaseLost` when a later epoch was saved before."""
        ...


class Scorecards(Protocol):
    async def add(self, interview: InterviewId, scorecard: Scorecard) -> None:
        """Raises `EvidenceInvalid` unless each quote is verbatim from a turn of the candidate."""
        ...

    async def of(self, interview: InterviewId) -> tuple[Scorecard, ...]: ...


class Replies(Protocol):
    """What models answered about an interview, sealed under its key, by the digest (32 bytes) of
    what they were asked."""

    async def keep(self, interview: InterviewId, asked: bytes, reply: Reply, at: datetime) -> Reply:
        """Returns the one that holds: what was kept first is not replaced. Raises `NotFound`."""
        ...

    async def find(self, interview: InterviewId, asked: bytes) -> Reply | None:
        """Raises `Sealed`."""
        ...


class Notes(Protocol):
    """What people wrote down beside an interview, sealed under the interview's key."""

    async def add(self, note: Note) -> None: ...
    async def page(self, interview: InterviewId, limit: int, after: str | None) -> Page[Note]:
        """Raises `NotFound`, `Sealed`."""
        ...

    async def author(self, interview: InterviewId, note: NoteId) -> By:
        """Who wrote it, without the name that is sealed with the words. Raises `NotFound`."""
        ...

    async def drop(self, interview: InterviewId, note: NoteId) -> None:
        """Raises `NotFound`."""
        ...


class NeedsKept(Protocol):
    """Accommodations, sealed under the interview's key."""

    async def of(self, interview: InterviewId) -> Needs:
        """Nothing unless something was put. Raises `NotFound`, `Sealed`."""
        ...

    async def put(self, interview: InterviewId, needs: Needs, at: datetime) -> None:
        """The caller holds the interview's row. Raises `NotFound`, `Sealed`."""
        ...

    async def tell(self, interview: InterviewId, who: Sequence[By], at: datetime) -> None:
        """Notes who knows of them, for good; whose name it was does not matter."""
        ...

    async def known(self, of: Sequence[InterviewId], to: By) -> frozenset[InterviewId]:
        """Those of the interviews of which this one was told."""
        ...


class Seats(Protocol):
    """Places of members in rooms."""

    async def take(self, seat: Seat, proof: SeatProof) -> None:
        """Takes the place of what the member had in that interview before. By what they came is
        remembered of each time; when it ends is not for `proof` to say."""
        ...

    async def proofs(self, interview: InterviewId) -> tuple[SeatProof, ...]:
        """By what members have come into the room, in no order, with the ends as they are now."""
        ...

    async def of(self, interview: InterviewId) -> tuple[Seat, ...]:
        """Oldest first."""
        ...

    async def of_member(self, member: MemberId) -> tuple[InterviewId, ...]:
        """Interviews in which a candidate may still be, in no order."""
        ...


class Recordings(Protocol):
    async def add(self, segment: RecordedSegment) -> bool:
        """False when this part was stored before, `Conflict` when it had other content."""
        ...

    async def of(self, interview: InterviewId) -> tuple[RecordedSegment, ...]: ...
