"""The tables of the memory store: frozen rows, so that a copy of the dicts is a snapshot."""

from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from interview.accounts import (
    ApiKey,
    CandidateSession,
    Consent,
    Interview,
    Invitation,
    Job,
    KitRecord,
    Tenant,
)
from interview.audit import AuditEntry
from interview.chain import Link
from interview.errors import Conflict, NotFound
from interview.floor import Seat, SeatProof
from interview.ids import TenantId, TurnId
from interview.lease import Lease
from interview.oidc import Provider
from interview.people import Account, MemberSession, SetupLink
from interview.ports import JobKind, RecordedSegment
from interview.release import Trial
from interview.sealing import Subject
from interview.slowdown import Attempts
from interview.store.sealed import SealedAnswer, SealedCandidate, SealedScorecard, SealedTurn
from interview.store.sealed_mails import SealedMail
from interview.store.sealed_needs import SealedNeeds
from interview.store.sealed_notes import SealedNote
from interview.store.sealed_replies import SealedReply
from interview.store.sealed_requests import SealedFeedback, SealedRequest
from interview.store.sealed_webhooks import SealedWebhook
from interview.store.vault import WrappedKey
from interview.tenant_settings import TenantSettings
from interview.webhooks import Attempt, Delivery

K = TypeVar("K")
V = TypeVar("V")
R = TypeVar("R", bound=Job | KitRecord | SealedCandidate | SealedWebhook | Interview)
Row = tuple[TenantId, UUID]


class Table(dict[K, V], Generic[K, V]):
    """Rows by key, refusing as a database would."""

    def insert(self, key: K, row: V) -> None:
        """Raises `Conflict`."""
        if key in self:
            raise Conflict
        self[key] = row

    def find(self, key: K) -> V:
        """Raises `NotFound`."""
        if key not in self:
            raise NotFound
        return self[key]


class Revised(Table[K, R], Generic[K, R]):
    """Rows that count their changes, whoever makes them."""

    def __setitem__(self, key: K, row: R) -> None:
        if key in self:
            held = self[key]
            row = replace(row, revision=held.revision + self.counts(held, row))
        super().__setitem__(key, row)

    def counts(self, held: R, row: R) -> bool:  # noqa: ARG002 - of most every change does
        """Whether `row` in the place of `held` is a change that somebody is told of."""
        return True


class Interviews(Revised[Row, Interview]):
    """Interviews, of which the end of the log and the floor are not told."""

    def counts(self, held: Interview, row: Interview) -> bool:
        untold = replace(
            held,
            last_seq=row.last_seq,
            head=row.head,
            revision=row.revision,
            floor=row.floor,
            covered=row.covered,
        )
        return row != untold


class Webhooks(Revised[Row, SealedWebhook]):
    """Endpoints, which are often told how they stand already."""

    def counts(self, held: SealedWebhook, row: SealedWebhook) -> bool:
        return row != replace(held, revision=row.revision)


@dataclass
class Tables:
    """Everything that is stored, each row under its tenant."""

    tenants: Table[TenantId, Tenant] = field(default_factory=Table)
    members: Table[Row, Account] = field(default_factory=Table)
    setup_links: Table[bytes, tuple[TenantId, SetupLink]] = field(default_factory=Table)
    member_sessions: Table[bytes, tuple[TenantId, MemberSession]] = field(default_factory=Table)
    identity_providers: Table[TenantId, tuple[Provider, bytes, int]] = field(default_factory=Table)
    tenant_settings: Table[TenantId, TenantSettings] = field(default_factory=Table)
    providers: Table[TenantId, tuple[bytes, int]] = field(default_factory=Table)
    trials: Table[UUID, Trial] = field(default_factory=Table)
    attempts: Table[bytes, Attempts] = field(default_factory=Table)
    api_keys: Table[str, ApiKey] = field(default_factory=Table)
    data_keys: Table[tuple[TenantId, Subject], WrappedKey] = field(default_factory=Table)
    jobs: Revised[Row, Job] = field(default_factory=Revised)
    kits: Revised[Row, KitRecord] = field(default_factory=Revised)
    candidates: Revised[Row, SealedCandidate] = field(default_factory=Revised)
    interviews: Interviews = field(default_factory=Interviews)
    persons_wanted: Table[Row, datetime] = field(default_factory=Table)
    invitations: Table[bytes, tuple[TenantId, Invitation]] = field(default_factory=Table)
    sessions: Table[bytes, tuple[TenantId, CandidateSession]] = field(default_factory=Table)
    withdrawn: Table[bytes, datetime] = field(default_factory=Table)
    consents: Table[Row, Consent] = field(default_factory=Table)
    events: Table[Row, tuple[Link, ...]] = field(default_factory=Table)
    turns: Table[tuple[TenantId, UUID, TurnId], SealedTurn] = field(default_factory=Table)
    leases: Table[Row, Lease] = field(default_factory=Table)
    scorecards: Table[Row, SealedScorecard] = field(default_factory=Table)
    replies: Table[tuple[TenantId, UUID, bytes], SealedReply] = field(default_factory=Table)
    notes: Table[Row, SealedNote] = field(default_factory=Table)
    requests: Table[Row, SealedRequest] = field(default_factory=Table)
    feedback: Table[Row, SealedFeedback] = field(default_factory=Table)
    accommodations: Table[Row, SealedNeeds] = field(default_factory=Table)
    informed: Table[tuple[TenantId, UUID, str, str], datetime] = field(default_factory=Table)
    seats: Table[tuple[TenantId, UUID, UUID], Seat] = field(default_factory=Table)
    seat_proofs: Table[tuple[TenantId, UUID, UUID, str], SeatProof] = field(default_factory=Table)
    recordings: Table[tuple[TenantId, UUID, str, int, int], RecordedSegment] = field(
        default_factory=Table
    )
    outbox: Table[int, tuple[JobKind, TenantId, UUID]] = field(default_factory=Table)
    answers: Table[tuple[TenantId, str], SealedAnswer] = field(default_factory=Table)
    audit: Table[TenantId, tuple[AuditEntry, ...]] = field(default_factory=Table)
    webhooks: Webhooks = field(default_factory=Webhooks)
    deliveries: Table[tuple[TenantId, UUID, UUID], Delivery] = field(default_factory=Table)
    tries: Table[tuple[TenantId, UUID, UUID], tuple[Attempt, ...]] = field(default_factory=Table)
    posted: Table[int, tuple[TenantId, UUID, UUID]] = field(default_factory=Table)
    mails: Table[Row, SealedMail] = field(default_factory=Table)
    mail_jobs: Table[int, tuple[TenantId, UUID, datetime]] = field(default_factory=Table)

    def copy(self) -> "Tables":
        """A snapshot that a transaction works on."""
        copies = {f.name: getattr(self, f.name) for f in fields(self)}
        return Tables(**{name: type(table)(table) for name, table in copies.items()})
