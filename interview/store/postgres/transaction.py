"""One transaction in PostgreSQL: its nouns."""

from collections.abc import Callable
from typing import Generic, TypeVar

from interview import ports
from interview.store.postgres.accommodations import PostgresAccommodations
from interview.store.postgres.api_keys import PostgresApiKeys
from interview.store.postgres.audit import PostgresAudit
from interview.store.postgres.candidates import PostgresCandidates
from interview.store.postgres.doors import (
    PostgresConsents,
    PostgresInvitations,
    PostgresLeases,
    PostgresSessions,
)
from interview.store.postgres.identity import PostgresIdentityProvider
from interview.store.postgres.interviews import PostgresInterviews
from interview.store.postgres.kits import PostgresKits
from interview.store.postgres.log import PostgresEvents, PostgresTurns
from interview.store.postgres.mails import PostgresMails
from interview.store.postgres.makings import PostgresAnswers, PostgresJobs, PostgresTenants
from interview.store.postgres.notes import PostgresNotes
from interview.store.postgres.people import (
    PostgresMembers,
    PostgresMemberSessions,
    PostgresSetupLinks,
)
from interview.store.postgres.providers import PostgresProviders
from interview.store.postgres.replies import PostgresReplies
from interview.store.postgres.requests import PostgresFeedbacks, PostgresRequests
from interview.store.postgres.results import (
    PostgresOutbox,
    PostgresRecordings,
    PostgresScorecards,
)
from interview.store.postgres.seats import PostgresSeats
from interview.store.postgres.settings import PostgresTenantSettings
from interview.store.postgres.several import PostgresSeveral
from interview.store.postgres.webhooks import PostgresDeliveries, PostgresWebhooks
from interview.store.postgres.work import Work
from interview.store.vault import VaultKeys

T = TypeVar("T")


class Noun(Generic[T]):
    """A noun of a transaction, made when it is first asked for: a call needs few of them."""

    def __init__(self, make: Callable[[Work], T]) -> None:
        self._make = make

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    def __get__(self, of: "PostgresTransaction", _: type | None = None) -> T:
        made = of.__dict__[self._name] = self._make(of.work)
        return made


class PostgresTransaction:
    """Port `Transaction`."""

    tenants = Noun[ports.Tenants](PostgresTenants)
    jobs = Noun[ports.Jobs](PostgresJobs)
    kits = Noun[ports.Kits](PostgresKits)
    candidates = Noun[ports.Candidates](PostgresCandidates)
    interviews = Noun[ports.Interviews](PostgresInterviews)
    invitations = Noun[ports.Invitations](PostgresInvitations)
    sessions = Noun[ports.Sessions](PostgresSessions)
    consents = Noun[ports.Consents](PostgresConsents)
    events = Noun[ports.Events](PostgresEvents)
    turns = Noun[ports.Turns](PostgresTurns)
    leases = Noun[ports.Leases](PostgresLeases)
    scorecards = Noun[ports.Scorecards](PostgresScorecards)
    replies = Noun[ports.Replies](PostgresReplies)
    recordings = Noun[ports.Recordings](PostgresRecordings)
    notes = Noun[ports.Notes](PostgresNotes)
    requests = Noun[ports.Requests](PostgresRequests)
    feedback = Noun[ports.Feedbacks](PostgresFeedbacks)
    seats = Noun[ports.Seats](PostgresSeats)
    accommodations = Noun[ports.NeedsKept](PostgresAccommodations)
    outbox = Noun[ports.Outbox](PostgresOutbox)
    answers = Noun[ports.Answers](PostgresAnswers)
    keys = Noun[ports.Keys](lambda work: VaultKeys(work.vault))
    audit = Noun[ports.Audit](PostgresAudit)
    webhooks = Noun[ports.Webhooks](PostgresWebhooks)
    deliveries = Noun[ports.Deliveries](PostgresDeliveries)
    mails = Noun[ports.Mails](PostgresMails)
    members = Noun[ports.Members](PostgresMembers)
    setup_links = Noun[ports.SetupLinks](PostgresSetupLinks)
    member_sessions = Noun[ports.MemberSessions](PostgresMemberSessions)
    api_keys = Noun[ports.ApiKeys](PostgresApiKeys)
    identity_provider = Noun[ports.IdentityProvider](PostgresIdentityProvider)
    settings = Noun[ports.Settings](PostgresTenantSettings)
    providers = Noun[ports.Providers](PostgresProviders)
    several = Noun[ports.Several](PostgresSeveral)

    def __init__(self, work: Work) -> None:
        self.tenant = work.tenant
        self.work = work
