"""What the use cases need from the outside: a store, rooms, objects, a clock."""

from interview.ports.interviews import (
    Consents,
    Events,
    Interviews,
    Invitations,
    Leases,
    Recordings,
    Scorecards,
    Sessions,
    Turns,
)
from interview.ports.outside import Clock, Ids, Objects, Present, Rooms
from interview.ports.several import Several, Slice, SpokenSlice
from interview.ports.shapes import (
    ByInterview,
    ByInvitation,
    ByKey,
    BySession,
    JobKind,
    Page,
    RecordedSegment,
    StoredAnswer,
    Way,
)
from interview.ports.store import Store, Transaction
from interview.ports.tenancy import Answers, Audit, Candidates, Jobs, Keys, Kits, Outbox, Tenants

__all__ = [
    "Answers",
    "Audit",
    "ByInterview",
    "ByInvitation",
    "ByKey",
    "BySession",
    "Candidates",
    "Clock",
    "Consents",
    "Events",
    "Ids",
    "Interviews",
    "Invitations",
    "JobKind",
    "Jobs",
    "Keys",
    "Kits",
    "Leases",
    "Objects",
    "Outbox",
    "Page",
    "Present",
    "RecordedSegment",
    "Recordings",
    "Rooms",
    "Scorecards",
    "Sessions",
    "Several",
    "Slice",
    "SpokenSlice",
    "Store",
    "StoredAnswer",
    "Tenants",
    "Transaction",
    "Turns",
    "Way",
]
