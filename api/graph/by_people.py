"""What people do about an interview, as GraphQL shows it: decisions, notes, links."""

from datetime import datetime
from uuid import UUID

from interview import accounts, by_people, events, notes

from api.graph.parts import By, node
from api.v1.decisions import DecisionView
from api.v1.notes import NoteView
from api.v1.scheduling import LinkView


@node
class Opened:
    """What somebody looked at before they decided: `id` names a scorecard or a turn."""

    kind: str
    id: UUID | None

    @classmethod
    def of(cls, opened: by_people.Opened) -> "Opened":
        return cls(**dict(opened))


@node
class Decision:
    """Who decided what, why, and after having looked at what."""

    outcome: str
    reason_code: str
    note: str | None
    evidence: list[Opened]
    by: By
    decided_at: datetime

    @classmethod
    def of(cls, event: events.Event) -> "Decision":
        said = dict(DecisionView.of(event))
        evidence = [Opened.of(each) for each in said.pop("evidence")]
        return cls(evidence=evidence, by=By.of(said.pop("by")), **said)


@node
class Note:
    """What somebody wrote down: on a moment (`at_ms` of the recording), a turn, or the whole."""

    id: UUID
    text: str
    at_ms: int | None
    turn_id: UUID | None
    by: By
    created_at: datetime

    @classmethod
    def of(cls, note: notes.Note) -> "Note":
        said = dict(NoteView.of(note))
        return cls(by=By.of(said.pop("by")), **said)


@node
class Invitation:
    """A link to an interview, without its token."""

    id: UUID
    state: str
    created_at: datetime
    expires_at: datetime | None
    redeemed_at: datetime | None
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, link: accounts.Invitation, now: datetime) -> "Invitation":
        return cls(**dict(LinkView.of(link, now)))
