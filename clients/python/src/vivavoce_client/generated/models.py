# Generated from docs/openapi.json by `make docs`.
"""Everything that is sent and answered."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from vivavoce_client.base import LENIENT, Answer, Body


class ChangeKind(StrEnum):
    """`moved` says that what both kits have stands in another order."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


class HookType(StrEnum):
    """What an integration may ask to be told of. Within v1 only additions."""

    INTERVIEW_INVITED = "interview.invited"
    INTERVIEW_READY = "interview.ready"
    INTERVIEW_STARTED = "interview.started"
    INTERVIEW_PAUSED = "interview.paused"
    INTERVIEW_RESUMED = "interview.resumed"
    INTERVIEW_ENDED = "interview.ended"
    INTERVIEW_SCORED = "interview.scored"
    INTERVIEW_DECIDED = "interview.decided"
    INTERVIEW_DECLINED = "interview.declined"
    INTERVIEW_EXPIRED = "interview.expired"
    INTERVIEW_CANCELLED = "interview.cancelled"
    INTERVIEW_HUMAN_PATH = "interview.human_path"


class InterviewSort(StrEnum):
    """By age or by beginning; an interview without one counts as the latest."""

    CREATED_AT = "created_at"
    _CREATED_AT = "-created_at"
    STARTS_AT = "starts_at"
    _STARTS_AT = "-starts_at"


class MailKind(StrEnum):
    """What a candidate is written about. Within v1 only additions."""

    INVITATION = "invitation"
    REMINDER_24H = "reminder_24h"
    REMINDER_1H = "reminder_1h"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"


class Role(StrEnum):
    """What a member is in a tenant."""

    OWNER = "owner"
    ADMIN = "admin"
    RECRUITER = "recruiter"
    INTERVIEWER = "interviewer"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"


class Scope(StrEnum):
    """What an API key may do."""

    JOBS_WRITE = "jobs:write"
    KITS_WRITE = "kits:write"
    CANDIDATES_WRITE = "candidates:write"
    INTERVIEWS_WRITE = "interviews:write"
    INTERVIEWS_READ = "interviews:read"
    REVIEW_READ = "review:read"
    REVIEW_WRITE = "review:write"
    DECISIONS_WRITE = "decisions:write"
    AUDIT_READ = "audit:read"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"
    MEMBERS_READ = "members:read"
    MEMBERS_WRITE = "members:write"
    KEYS_READ = "keys:read"
    KEYS_WRITE = "keys:write"
    SETTINGS_READ = "settings:read"
    SETTINGS_WRITE = "settings:write"


class Sort(StrEnum):
    """By age, the oldest or the newest first."""

    CREATED_AT = "created_at"
    _CREATED_AT = "-created_at"


class State(StrEnum):
    """`draft → invited → ready → live ⇄ paused → ended → scored → decided`, and the side exits."""

    DRAFT = "draft"
    INVITED = "invited"
    READY = "ready"
    LIVE = "live"
    PAUSED = "paused"
    ENDED = "ended"
    SCORED = "scored"
    DECIDED = "decided"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    HUMAN_PATH = "human_path"


class AgentJoined(Answer):
    """The AI participant is in the room. `versions` names models and prompts that it uses."""

    kind: Literal["agent_joined"] | None = None
    identity: str
    versions: dict[str, str]


class AnswerEnded(Answer):
    """The director's cue: the candidate's turn is over. `intent` is what the words ask for."""

    kind: Literal["answer_ended"] | None = None
    turn_id: UUID
    question: str | None
    signal: Annotated[Literal["patience", "done", "time", "left"] | str, LENIENT]
    words: int
    intent: (
        Annotated[Literal["answer", "repeat", "backchannel", "nothing"] | str, LENIENT] | None
    ) = None


class AnswerResumed(Answer):
    """The candidate went on after we had begun to speak: it is one answer still."""

    kind: Literal["answer_resumed"] | None = None
    turn_id: UUID


class AttemptView(Answer):
    """One try. `status` is that of the answer, if there was one; `failure` is null for a success.
    What the endpoint wrote is not kept."""

    number: int
    at: datetime
    status: int | None
    failure: (
        Annotated[
            Literal[
                "address",
                "dns",
                "connect",
                "tls",
                "timeout",
                "protocol",
                "too_large",
                "redirect",
                "gone",
                "status",
            ]
            | str,
            LENIENT,
        ]
        | None
    )
    duration_ms: int


class AuditPage(Answer):
    """One page of the trail, oldest first; `next` is null when there is no more for now."""

    items: list[AuditView]
    next: str | None


class AuditView(Answer):
    """One change: who (`actor`), what (`action`, an operation's name) and to what (`subject`).

    `hash` is SHA-256 over the entry and the `hash` of the one before it."""

    seq: int
    id: UUID
    at: datetime
    actor_kind: Annotated[Literal["member", "key", "candidate", "system"] | str, LENIENT]
    actor: str
    action: str
    subject: str
    facts: dict[str, str]
    hash: str


class BulkBody(Body):
    """Whom to invite with one published kit. With `atomic`, one row that is refused refuses all."""

    kit_id: UUID
    rows: list[InviteRow]
    atomic: bool | None = None
    mail: bool | None = None


class BulkView(Answer):
    """One result for each row, in order."""

    invited: int
    refused: int
    results: list[RowOutcome]


class By(Answer):
    """Who did it: a member by id, a key by its kid; `name` is the person for whom a key spoke."""

    kind: Annotated[Literal["member", "key"] | str, LENIENT]
    id: str
    name: str | None = None


class CancelBody(Body):
    """Why the interview will not be."""

    reason: Annotated[
        Literal["candidate_withdrew", "position_filled", "duplicate", "scheduling", "other"] | str,
        LENIENT,
    ]
    mail: bool | None = None


class CandidateArrived(Answer):
    kind: Literal["candidate_arrived"] | None = None
    identity: str


class CandidateBody(Body):
    """A person to be interviewed; `language` is the one they prefer."""

    name: str
    email: str
    language: str | None = None


class CandidateLeft(Answer):
    kind: Literal["candidate_left"] | None = None
    reason: str


class CandidatePage(Answer):
    """One page of candidates; `next` is null on the last one."""

    items: list[CandidateView]
    next: str | None


class CandidateView(Answer):
    """A person."""

    id: UUID
    name: str
    email: str
    language: str | None
    created_at: datetime


class Change(Answer):
    """One difference. `path` names it by keys, as in `questions.outage.text`; `before` and `after`
    are what stands there, null where nothing does."""

    path: str
    kind: Annotated[ChangeKind | str, LENIENT]
    before: JsonValue | None = None
    after: JsonValue | None = None


class CompetencyInput(Body):
    """What is assessed. `indicators[level]` is a list of indicators; each is a list of phrases of
    which one is enough; a level is met when every one of its indicators was heard."""

    key: str
    name: str
    definition: str
    weight: float | str
    anchors: dict[str, str]
    indicators: dict[str, list[list[str]]] | None = None


class CompetencyOutput(Answer):
    """What is assessed. `indicators[level]` is a list of indicators; each is a list of phrases of
    which one is enough; a level is met when every one of its indicators was heard."""

    key: str
    name: str
    definition: str
    weight: str
    anchors: dict[str, str]
    indicators: dict[str, list[list[str]]] | None = None


class CompetencyRating(Body):
    """A level with at least one quote, or why there is none."""

    competency: str
    level: int | None = None
    not_assessed: (
        Annotated[Literal["no_evidence", "transcript", "not_asked"] | str, LENIENT] | None
    ) = None
    quotes: list[QuoteBody] | None = None
    reason: str | None = None


class ConsentBody(Body):
    """The answer to the notice that was read."""

    accepted: bool
    notice_version: str


class ConsentDeclined(Answer):
    kind: Literal["consent_declined"] | None = None
    notice_version: str


class ConsentGiven(Answer):
    kind: Literal["consent_given"] | None = None
    notice_version: str


class CorrectedView(Answer):
    """The correction is event `seq` of the log; its words are in the transcript."""

    interview_id: UUID
    turn_id: UUID
    seq: int
    corrected_at: datetime


class Correction(Answer):
    """What a person heard in the recording instead, and who: event `seq` of the log."""

    seq: int
    text: str
    reason: str
    by: By
    at: datetime


class CorrectionBody(Body):
    """What was said, by the ear of a person: `heard` in the recording, and nothing else.

    `person` is for whom a key speaks; a member speaks in their own name."""

    text: str
    reason: str
    heard: Literal[True]
    person: str | None = None


class DecidedView(Answer):
    """That it was decided."""

    interview_id: UUID
    state: Annotated[State | str, LENIENT]
    outcome: Annotated[Literal["advance", "reject"] | str, LENIENT]
    reason_code: Annotated[
        Literal[
            "meets_requirements",
            "below_requirements",
            "not_enough_evidence",
            "position_filled",
            "candidate_withdrew",
            "other",
        ]
        | str,
        LENIENT,
    ]
    decided_at: datetime


class DecisionBody(Body):
    """What becomes of the candidate, why, and the evidence that the person looked at.

    The reason `other` needs a note. `person` is for whom a key speaks; a member speaks in their own
    name."""

    outcome: Annotated[Literal["advance", "reject"] | str, LENIENT]
    reason_code: Annotated[
        Literal[
            "meets_requirements",
            "below_requirements",
            "not_enough_evidence",
            "position_filled",
            "candidate_withdrew",
            "other",
        ]
        | str,
        LENIENT,
    ]
    note: str | None = None
    evidence: list[Opened]
    person: str | None = None


class DecisionMade(Answer):
    """A person decided. `opened` is the evidence that they say they looked at."""

    kind: Literal["decision_made"] | None = None
    outcome: Annotated[Literal["advance", "reject"] | str, LENIENT]
    reason_code: Annotated[
        Literal[
            "meets_requirements",
            "below_requirements",
            "not_enough_evidence",
            "position_filled",
            "candidate_withdrew",
            "other",
        ]
        | str,
        LENIENT,
    ]
    note: str | None
    opened: list[Opened]
    by: By


class DecisionView(Answer):
    """Who decided what, why, and after having looked at what."""

    outcome: Annotated[Literal["advance", "reject"] | str, LENIENT]
    reason_code: Annotated[
        Literal[
            "meets_requirements",
            "below_requirements",
            "not_enough_evidence",
            "position_filled",
            "candidate_withdrew",
            "other",
        ]
        | str,
        LENIENT,
    ]
    note: str | None
    evidence: list[Opened]
    by: By
    decided_at: datetime


class DeliveryLog(Answer):
    """A delivery with every try, in order."""

    event_id: UUID
    type: Annotated[HookType | str, LENIENT]
    interview_id: UUID
    state: Annotated[State | str, LENIENT]
    occurred_at: datetime
    status: Annotated[Literal["waiting", "delivered", "failed", "held"] | str, LENIENT]
    attempts: int
    next_at: datetime | None
    ended_at: datetime | None
    log: list[AttemptView]


class DeliveryPage(Answer):
    """One page of deliveries, oldest first; `next` is null on the last one."""

    items: list[DeliveryView]
    next: str | None


class DeliveryView(Answer):
    """One event on its way to an endpoint. `status` is `waiting` (due at `next_at`), `delivered`,
    `failed` (given up) or `held` (the endpoint was disabled)."""

    event_id: UUID
    type: Annotated[HookType | str, LENIENT]
    interview_id: UUID
    state: Annotated[State | str, LENIENT]
    occurred_at: datetime
    status: Annotated[Literal["waiting", "delivered", "failed", "held"] | str, LENIENT]
    attempts: int
    next_at: datetime | None
    ended_at: datetime | None


class DiffView(Answer):
    """Everything that differs, by field; empty when nothing does."""

    base: UUID
    id: UUID
    changes: list[Change]


class DraftBody(Body):
    """What the draft is made from, a kit or a starter kit, and the job that it is for."""

    job_id: UUID
    kit_id: UUID | None = None
    starter: str | None = None


class Event(Answer):
    """A fact in the log. `seq` counts from 1 without a gap; `epoch` is 0 before the first lease."""

    seq: int
    event_id: UUID
    epoch: int
    at: datetime
    fact: Annotated[
        InterviewCreated
        | InvitationRedeemed
        | ConsentGiven
        | ConsentDeclined
        | JoinGranted
        | LeaseOpened
        | LeaseClaimed
        | RecordingStored
        | ScorecardStored
        | AgentJoined
        | CandidateArrived
        | CandidateLeft
        | LineStarted
        | LineEnded
        | SpeechHeard
        | AnswerEnded
        | AnswerResumed
        | SignalReceived
        | SilenceNoticed
        | Paused
        | Resumed
        | TimeRanOut
        | ProviderFailed
        | InterviewEnded
        | InterviewExpired
        | InterviewRescheduled
        | InterviewExtended
        | InterviewCancelled
        | InvitationWithdrawn
        | TurnCorrected
        | DecisionMade
        | ProbeOffered
        | ProbeRefused
        | dict[str, object],
        LENIENT,
    ]


class EventPage(Answer):
    """Events in order; `next` is null when there are no more for now."""

    items: list[Event]
    next: str | None


class ExtendBody(Body):
    """A later end."""

    expires_at: datetime
    mail: bool | None = None


class FieldProblem(Answer):
    """One thing that is wrong, and where."""

    field: str
    detail: str


class HealthView(Answer):
    """How the service is."""

    status: Annotated[Literal["live", "ready"] | str, LENIENT]


class HookData(Answer):
    """What it is about: `state` is that of the interview then; the rest is asked for."""

    interview_id: UUID
    state: Annotated[State | str, LENIENT]


class HookPayload(Answer):
    """What is sent: names and states, nothing personal. `id` is also the header `webhook-id`; what
    comes twice has the same one."""

    id: UUID
    type: Annotated[HookType | str, LENIENT]
    occurred_at: datetime
    data: HookData


class InterviewBody(Body):
    """Who is interviewed with which published kit, and when at the earliest and latest."""

    kit_id: UUID
    candidate_id: UUID
    starts_at: datetime | None = None
    expires_at: datetime | None = None
    mail: bool | None = None


class InterviewCancelled(Answer):
    kind: Literal["interview_cancelled"] | None = None
    reason: Annotated[
        Literal["candidate_withdrew", "position_filled", "duplicate", "scheduling", "other"] | str,
        LENIENT,
    ]
    by: By


class InterviewCreated(Answer):
    kind: Literal["interview_created"] | None = None
    kit_version: int


class InterviewEnded(Answer):
    kind: Literal["interview_ended"] | None = None
    reason: Annotated[
        Literal["completed", "time", "absent", "cancelled", "failed", "abandoned"] | str, LENIENT
    ]


class InterviewExpired(Answer):
    """The candidate did not come before the time was over."""

    kind: Literal["interview_expired"] | None = None


class InterviewExtended(Answer):
    kind: Literal["interview_extended"] | None = None
    expires_at: datetime
    by: By


class InterviewPage(Answer):
    """One page of interviews; `next` is null on the last one."""

    items: list[InterviewView]
    next: str | None


class InterviewRescheduled(Answer):
    """The times that hold from now on; None for no bound."""

    kind: Literal["interview_rescheduled"] | None = None
    starts_at: datetime | None
    expires_at: datetime | None
    by: By


class InterviewView(Answer):
    """An interview and where it stands."""

    id: UUID
    state: Annotated[State | str, LENIENT]
    kit_id: UUID
    kit_version: int
    candidate_id: UUID
    created_at: datetime
    starts_at: datetime | None
    expires_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None


class InvitationRedeemed(Answer):
    kind: Literal["invitation_redeemed"] | None = None


class InvitationView(Answer):
    """A link that works once and is shown only here."""

    interview_id: UUID
    invitation_url: str


class InvitationWithdrawn(Answer):
    kind: Literal["invitation_withdrawn"] | None = None
    invitation_id: UUID
    by: By


class InviteRow(Body):
    """A candidate by id, or somebody new by name and e-mail; when at the earliest and latest."""

    candidate_id: UUID | None = None
    name: str | None = None
    email: str | None = None
    language: str | None = None
    starts_at: datetime | None = None
    expires_at: datetime | None = None


class InvitedInterview(Answer):
    """A new interview. The link works once and is shown only here."""

    id: UUID
    state: Annotated[State | str, LENIENT]
    kit_id: UUID
    kit_version: int
    candidate_id: UUID
    created_at: datetime
    starts_at: datetime | None
    expires_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    invitation_url: str


class InvitedMember(Answer):
    """A new member. The link works once, for a week, and is shown only here."""

    id: UUID
    email: str
    role: Annotated[Role | str, LENIENT]
    created_at: datetime
    removed_at: datetime | None
    setup_url: str


class JobBody(Body):
    """A position to be filled."""

    title: str


class JobPage(Answer):
    """One page of jobs; `next` is null on the last one."""

    items: list[JobView]
    next: str | None


class JobView(Answer):
    """A position."""

    id: UUID
    title: str
    created_at: datetime


class JoinGranted(Answer):
    """The candidate was given a room token; the room and the dispatch exist."""

    kind: Literal["join_granted"] | None = None
    identity: str


class JoinedView(Answer):
    """The way into the room: connect to `livekit_url` with `token` before it expires."""

    livekit_url: str
    token: str
    expires_at: datetime


class KeyBody(Body):
    """What it is for, what it may do, and until when (null: until it is revoked)."""

    name: str
    scopes: list[Annotated[Scope | str, LENIENT]]
    expires_at: datetime | None = None


class KeyPage(Answer):
    """One page of keys, oldest first; `next` is null on the last one."""

    items: list[KeyView]
    next: str | None


class KeyView(Answer):
    """A key without its secret. `id` is the part between `viv_live_` and the next underscore.

    `member_id` is the member from whom it comes, also by way of another key; `last_used_at` is
    known to the minute, of calls that were not refused."""

    id: str
    name: str
    scopes: list[Annotated[Scope | str, LENIENT]]
    member_id: UUID | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


class KitBody(Body):
    """A draft kit for a job."""

    name: str
    language: str
    competencies: list[CompetencyInput]
    questions: list[Question]
    intro: str | None = None
    closing: str | None = None
    minutes: float
    probing: Annotated[Literal["kit", "model"] | str, LENIENT] | None = None
    jurisdictions: (
        list[Annotated[Literal["eu", "gb", "us", "us_ca", "us_il", "us_ny"] | str, LENIENT]] | None
    ) = None
    job_id: UUID


class KitPage(Answer):
    """One page of kits; `next` is null on the last one."""

    items: list[KitView]
    next: str | None


class KitView(Answer):
    """A kit. `version` is null for a draft and counts from 1 once published."""

    name: str
    language: str
    competencies: list[CompetencyOutput]
    questions: list[Question]
    intro: str | None = None
    closing: str | None = None
    minutes: float
    probing: Annotated[Literal["kit", "model"] | str, LENIENT] | None = None
    jurisdictions: (
        list[Annotated[Literal["eu", "gb", "us", "us_ca", "us_il", "us_ny"] | str, LENIENT]] | None
    ) = None
    id: UUID
    job_id: UUID
    version: int | None
    created_at: datetime
    published_at: datetime | None


class LeaseClaimed(Answer):
    kind: Literal["lease_claimed"] | None = None
    epoch: int
    agent: str


class LeaseOpened(Answer):
    """A new epoch began: `first`, or its predecessor was `silent` or never `claimed`."""

    kind: Literal["lease_opened"] | None = None
    epoch: int
    reason: Annotated[Literal["first", "silent", "unclaimed", "rejoined"] | str, LENIENT]


class LineEnded(Answer):
    """The AI stopped. `spoken` is the part that was heard; `withdrawn` when the candidate simply
    went on with the answer and the line is treated as never said."""

    kind: Literal["line_ended"] | None = None
    turn_id: UUID
    spoken: str
    ended_ms: int
    cut_off: bool
    withdrawn: bool | None = None


class LineStarted(Answer):
    """The AI began to say `text`."""

    kind: Literal["line_started"] | None = None
    turn_id: UUID
    line: Annotated[
        Literal[
            "greeting",
            "question",
            "probe",
            "repeat",
            "still_there",
            "go_on",
            "candidate_questions",
            "paused",
            "closing",
        ]
        | str,
        LENIENT,
    ]
    question: str | None
    probe: int | None
    text: str
    identity: str
    started_ms: int


class LinkView(Answer):
    """A link to an interview, without its token. `expired` also means that a newer one replaced
    it."""

    id: UUID
    state: Annotated[Literal["waiting", "redeemed", "withdrawn", "expired"] | str, LENIENT]
    created_at: datetime
    expires_at: datetime | None
    redeemed_at: datetime | None
    withdrawn_at: datetime | None


class LinksView(Answer):
    """Every link of an interview, oldest first."""

    items: list[LinkView]


class MailChanges(Body):
    """What is left out stays; null for `reply_to` takes it away."""

    send: bool | None = None
    reply_to: str | None = None


class MailsView(Answer):
    """Every mail about an interview, oldest first."""

    items: list[api__v1__mails__MailView]


class MemberBody(Body):
    """Somebody new."""

    email: str
    role: Annotated[Role | str, LENIENT]


class MemberPage(Answer):
    """One page of members, oldest first; `next` is null on the last one."""

    items: list[MemberView]
    next: str | None


class MemberView(Answer):
    """A member. Who was removed is still known to the audit trail."""

    id: UUID
    email: str
    role: Annotated[Role | str, LENIENT]
    created_at: datetime
    removed_at: datetime | None


class NewKey(Answer):
    """A new key. `api_key` is shown only here."""

    id: str
    name: str
    scopes: list[Annotated[Scope | str, LENIENT]]
    member_id: UUID | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    api_key: str


class NoteBody(Body):
    """Tied to a moment (`at_ms` of the recording) or to a turn; without either to the whole.

    `person` is for whom a key speaks; a member speaks in their own name."""

    text: str
    at_ms: int | None = None
    turn_id: UUID | None = None
    person: str | None = None


class NotePage(Answer):
    """One page of notes, oldest first; `next` is null on the last one."""

    items: list[NoteView]
    next: str | None


class NoteView(Answer):
    """What somebody wrote down."""

    id: UUID
    text: str
    at_ms: int | None
    turn_id: UUID | None
    by: By
    created_at: datetime


class NotedView(Answer):
    """That it was written down; the words are in the list."""

    id: UUID
    created_at: datetime


class NoticeView(Answer):
    """What the candidate consents to, in Markdown."""

    version: str
    text: str


class Opened(Answer):
    """What somebody looked at before they decided: `id` names a scorecard or a turn."""

    kind: Annotated[Literal["transcript", "recording", "scorecard", "turn"] | str, LENIENT]
    id: UUID | None = None


class Paused(Answer):
    kind: Literal["paused"] | None = None
    reason: Annotated[Literal["silence", "absent", "fault"] | str, LENIENT]


class ProbeOffered(Answer):
    """A model's answer that may be followed after the answer `turn_id`: `text` is a probe, None
    says that nothing is to be asked. What is done with it is the director's."""

    kind: Literal["probe_offered"] | None = None
    turn_id: UUID
    question: str
    text: str | None
    model: str


class ProbeRefused(Answer):
    """A model's answer that may not be followed; `text` is for people and was not spoken.

    `turn_id` is None when no word of the answer was final yet. `matter` names what is protected."""

    kind: Literal["probe_refused"] | None = None
    turn_id: UUID | None
    question: str
    reason: Annotated[
        Literal[
            "late",
            "unavailable",
            "form",
            "budget",
            "too_long",
            "not_one_question",
            "characters",
            "language",
            "protected",
            "promise",
            "verdict",
            "rubric",
            "said_before",
        ]
        | str,
        LENIENT,
    ]
    matter: str | None = None
    text: str | None = None
    model: str | None = None


class Problem(Answer):
    """An RFC 9457 problem document. `code` is stable; `errors` lists every field at fault."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    field: str | None = None
    errors: list[FieldProblem] | None = None
    request_id: str


class ProviderBody(Body):
    """An OpenID Connect provider, and ourselves as it knows us."""

    issuer: str
    client_id: str
    client_secret: str


class ProviderFailed(Answer):
    kind: Literal["provider_failed"] | None = None
    provider: Annotated[Literal["stt", "tts", "llm", "vad", "api"] | str, LENIENT]
    error: str


class ProviderView(Answer):
    """Where members sign in. Tell the provider the `redirect_uri`; the secret is not shown."""

    issuer: str
    client_id: str
    redirect_uri: str


class Question(Answer):
    """What is asked of everybody. `minutes` is the time an answer with its probes may take.

    `guidance` tells a model what its probes should find out; it is shown no other field but `text`
    and `probes`."""

    key: str
    text: str
    competencies: list[str]
    probes: list[str] | None = None
    guidance: str | None = None
    max_probes: int | None = None
    minutes: float
    expected_words: int | None = None


class Quote(Answer):
    """A verbatim span of a candidate turn's spoken text; `start` counts characters in NFC."""

    turn_id: UUID
    text: str
    start: int


class QuoteBody(Body):
    """Words of the candidate, verbatim. `start` counts characters of the turn's text in NFC;
    without it they are taken where they stand first."""

    turn_id: UUID
    text: str
    start: int | None = None


class RatedView(Answer):
    """The card that was stored; the words are in the list of scorecards."""

    id: UUID
    created_at: datetime
    total: str | None
    coverage: str


class Rating(Answer):
    """One competency on the scorecard. A level without a quote cannot exist.

    `reason` is empty where `not_assessed` says it all."""

    competency: str
    level: int | None
    not_assessed: (
        Annotated[
            Literal["no_evidence", "disagreement", "too_few_runs", "transcript", "not_asked"] | str,
            LENIENT,
        ]
        | None
    )
    runs: int
    spread: int
    quotes: list[Quote]
    reason: str


class RatingBody(Body):
    """Every competency of the kit, once. `person` is for whom a key speaks; a member speaks in
    their own name."""

    ratings: list[CompetencyRating]
    person: str | None = None


class RecordingLink(Answer):
    """Whoever has the link may listen until it expires; nothing takes it back before."""

    url: str
    expires_at: datetime


class RecordingStored(Answer):
    """One closed segment of one participant's audio lies in the object store."""

    kind: Literal["recording_stored"] | None = None
    participant: str
    index: int
    started_ms: int
    duration_ms: int
    sha256: str


class RedeemBody(Body):
    """The token is what follows `#` in the invitation's link."""

    token: str


class RedeemedView(Answer):
    """A candidate's session, also set as a cookie; native clients send it as a bearer token."""

    access_token: str
    token_type: Literal["Bearer"] | None = None
    expires_at: datetime
    state: Annotated[State | str, LENIENT]


class ReplayBody(Body):
    """What failed or was held, of events that occurred then or later."""

    since: datetime


class Replayed(Answer):
    """How many deliveries were begun again; with `more` there are others: call again."""

    count: int
    more: bool


class RescheduleBody(Body):
    """Both times anew; null for no bound."""

    starts_at: datetime | None
    expires_at: datetime | None
    mail: bool | None = None


class Resumed(Answer):
    kind: Literal["resumed"] | None = None


class RoleBody(Body):
    """What a member is from now on."""

    role: Annotated[Role | str, LENIENT]


class RotateBody(Body):
    """For so many hours what is sent carries a signature by the old secret too; 0 for none."""

    overlap_hours: int | None = None


class RowOutcome(Answer):
    """What came of the row with this index: an interview with its link, or an error.

    The link works once and is shown only here."""

    index: int
    interview_id: UUID | None
    candidate_id: UUID | None
    invitation_url: str | None
    error: RowProblem | None


class RowProblem(Answer):
    """Why a row was refused; `code` is one of the codes of this API."""

    code: str
    detail: str
    field: str | None


class ScorecardStored(Answer):
    """`card_sha256` is `chain.card_digest` of the card, so that the log vouches for it too; None in
    logs from before there was one."""

    kind: Literal["scorecard_stored"] | None = None
    scorecard_id: str
    rater: str
    card_sha256: str | None = None


class ScorecardView(Answer):
    """One rater's card. `total` is the weighted mean over assessed competencies, 1 to 5.

    `person` is who rated; null for a program."""

    id: UUID
    created_at: datetime
    stamp: Stamp
    ratings: list[Rating]
    total: str | None
    coverage: str
    person: By | None


class ScorecardsView(Answer):
    """All cards of an interview, oldest first; empty until it was scored."""

    items: list[ScorecardView]


class SecretWebhook(Answer):
    """An endpoint with the secret that signs (`whsec_` and base64), which is shown only here."""

    id: UUID
    url: str
    description: str
    event_types: list[Annotated[HookType | str, LENIENT]]
    enabled: bool
    disabled_reason: Annotated[Literal["by_hand", "failing", "gone"] | str, LENIENT] | None
    disabled_at: datetime | None
    failing_since: datetime | None
    old_secret_until: datetime | None
    created_at: datetime
    changed_at: datetime
    secret: str


class SessionView(Answer):
    """Where a member is signed in. It ends at `expires_at`, and after 12 hours without use."""

    id: UUID
    signed_in_by: Annotated[Literal["password", "setup_link", "oidc"] | str, LENIENT]
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    is_this_one: bool


class SessionsView(Answer):
    """The sessions that are open, oldest first."""

    items: list[SessionView]


class SettingsChanges(Body):
    """What is left out stays as it is; the list of origins is replaced as a whole."""

    allowed_origins: list[str] | None = None
    mail: MailChanges | None = None
    time_zone: str | None = None


class SettingsView(Answer):
    """Pages of `allowed_origins` may call the API from a browser; times in mails are of
    `time_zone`."""

    allowed_origins: list[str]
    mail: api__v1__tenant_settings__MailView
    time_zone: str


class SetupBody(Body):
    """The token is what follows `#` in the setup link."""

    token: str
    password: str


class SetupLinkView(Answer):
    """A link that works once, for a week, and is shown only here."""

    member_id: UUID
    setup_url: str


class SignInBody(Body):
    """Who signs in. Who has a password in several tenants says which one."""

    email: str
    password: str
    tenant_id: UUID | None = None


class SignalReceived(Answer):
    """A button of the candidate's client."""

    kind: Literal["signal_received"] | None = None
    signal: Annotated[Literal["done", "think", "repeat"] | str, LENIENT]


class SignedInView(Answer):
    """Who is signed in, in which tenant and in which session; its token is a cookie."""

    tenant_id: UUID
    member: MemberView
    session: SessionView


class SilenceNoticed(Answer):
    """Nothing was heard for `silent_s` seconds though an answer was due; `times` counts from 1."""

    kind: Literal["silence_noticed"] | None = None
    times: int
    silent_s: float


class SpeechHeard(Answer):
    """A piece of what the candidate said; pieces of one answer share `turn_id`."""

    kind: Literal["speech_heard"] | None = None
    turn_id: UUID
    question: str | None
    identity: str
    role: Annotated[Literal["candidate", "interviewer"] | str, LENIENT]
    text: str
    words: list[Word]
    started_ms: int
    ended_ms: int


class Stamp(Answer):
    """What a scorecard was made from and by. `transcript_seq` is the last event that was read."""

    kit_version: int
    rater: str
    rater_version: str
    model: str | None
    prompt_hash: str | None
    transcript_seq: int


class StandingView(Answer):
    """The decision on an interview; null as long as nobody has decided."""

    interview_id: UUID
    decision: DecisionView | None


class StarterLibrary(Answer):
    """All starter kits."""

    items: list[StarterOutline]


class StarterOutline(Answer):
    """A starter kit in short; `id` is its name in addresses and in `starter`."""

    id: str
    name: str
    language: str
    minutes: float
    competencies: list[str]
    questions: int


class StarterView(Answer):
    """A starter kit: a proposal to be made one's own, not a version that can be held."""

    name: str
    language: str
    competencies: list[CompetencyOutput]
    questions: list[Question]
    intro: str | None = None
    closing: str | None = None
    minutes: float
    probing: Annotated[Literal["kit", "model"] | str, LENIENT] | None = None
    jurisdictions: (
        list[Annotated[Literal["eu", "gb", "us", "us_ca", "us_il", "us_ny"] | str, LENIENT]] | None
    ) = None
    id: str


class StateView(Answer):
    """Where the interview stands now."""

    state: Annotated[State | str, LENIENT]


class TimeRanOut(Answer):
    """The plan's clock: for the current question or for the whole interview."""

    kind: Literal["time_ran_out"] | None = None
    scope: Annotated[Literal["question", "interview"] | str, LENIENT]


class TranscriptView(Answer):
    """Every turn in order. Times are ms of the recording, whose zero is `clock_zero`.

    A turn with a `correction` shows it in both versions; its words have no times of their own."""

    interview_id: UUID
    version: Annotated[Literal["original", "corrected"] | str, LENIENT]
    state: Annotated[State | str, LENIENT]
    clock_zero: datetime | None
    turns: list[Turn]


class Turn(Answer):
    """`spoken` is what was heard; `generated` is what was meant to be said (AI only).

    `seq` is the event that opened it. Times are ms of the recording; `ended_ms` is None while it
    goes on. `confidence` is the mean over words, None without words. `cut_off`: our line was
    stopped before its end, or the time budget ended the candidate's answer. `correction` is the
    latest one; earlier ones stand in the log."""

    turn_id: UUID
    seq: int
    speaker: Annotated[Literal["ai", "candidate", "interviewer"] | str, LENIENT]
    identity: str
    question: str | None
    line: (
        Annotated[
            Literal[
                "greeting",
                "question",
                "probe",
                "repeat",
                "still_there",
                "go_on",
                "candidate_questions",
                "paused",
                "closing",
            ]
            | str,
            LENIENT,
        ]
        | None
    )
    spoken: str
    generated: str | None
    words: list[Word]
    started_ms: int
    ended_ms: int | None
    confidence: float | None
    cut_off: bool
    withdrawn: bool
    complete: bool
    correction: Correction | None = None


class TurnCorrected(Answer):
    """A person heard `text` in the recording where the turn says something else."""

    kind: Literal["turn_corrected"] | None = None
    turn_id: UUID
    text: str
    reason: str
    by: By


class VersionPage(Answer):
    """Versions of a job's kit, newest first; `next` is null on the last page."""

    items: list[VersionView]
    next: str | None


class VersionView(Answer):
    """A version without its content; `id` is that of the kit."""

    id: UUID
    version: int
    name: str
    language: str
    created_at: datetime
    published_at: datetime


class WebhookBody(Body):
    """Where to send what. The URL begins with `https://` and names a public host."""

    url: str
    event_types: list[Annotated[HookType | str, LENIENT]]
    description: str | None = None


class WebhookChanges(Body):
    """What is to be different; what is left out or null stays."""

    url: str | None = None
    event_types: list[Annotated[HookType | str, LENIENT]] | None = None
    description: str | None = None
    enabled: bool | None = None


class WebhookPage(Answer):
    """One page of endpoints, oldest first; `next` is null on the last one."""

    items: list[WebhookView]
    next: str | None


class WebhookView(Answer):
    """An endpoint. `disabled_reason` says why nothing is sent: `by_hand`, `gone` (it answered 410)
    or `failing` (for three days); `failing_since` is the first failure after the last success."""

    id: UUID
    url: str
    description: str
    event_types: list[Annotated[HookType | str, LENIENT]]
    enabled: bool
    disabled_reason: Annotated[Literal["by_hand", "failing", "gone"] | str, LENIENT] | None
    disabled_at: datetime | None
    failing_since: datetime | None
    old_secret_until: datetime | None
    created_at: datetime
    changed_at: datetime


class WelcomeView(Answer):
    """What a candidate may know before the interview."""

    state: Annotated[State | str, LENIENT]
    job_title: str
    language: str
    minutes: float
    questions: int
    starts_at: datetime | None
    expires_at: datetime | None
    notice: NoticeView


class Word(Answer):
    """One recognised word; times are ms on the recording's clock."""

    text: str
    start_ms: int
    end_ms: int
    confidence: float


class api__v1__mails__MailView(Answer):
    """A mail to the candidate, without its link and whom it goes to.

    `trouble` is why it was not sent, or not yet; one that waits is tried again."""

    id: UUID
    kind: Annotated[MailKind | str, LENIENT]
    state: Annotated[Literal["waiting", "sent", "failed", "dropped"] | str, LENIENT]
    due_at: datetime
    sent_at: datetime | None
    attempts: int
    trouble: (
        Annotated[
            Literal[
                "refused",
                "address",
                "not_configured",
                "busy",
                "unreachable",
                "timeout",
                "tls",
                "login",
                "folder",
                "erased",
                "overtaken",
                "late",
            ]
            | str,
            LENIENT,
        ]
        | None
    )


class api__v1__tenant_settings__MailView(Answer):
    """Whether candidates are written to, and where their answers go."""

    send: bool
    reply_to: str | None


JsonValue = object


__all__ = [
    "AgentJoined",
    "AnswerEnded",
    "AnswerResumed",
    "AttemptView",
    "AuditPage",
    "AuditView",
    "BulkBody",
    "BulkView",
    "By",
    "CancelBody",
    "CandidateArrived",
    "CandidateBody",
    "CandidateLeft",
    "CandidatePage",
    "CandidateView",
    "Change",
    "ChangeKind",
    "CompetencyInput",
    "CompetencyOutput",
    "CompetencyRating",
    "ConsentBody",
    "ConsentDeclined",
    "ConsentGiven",
    "CorrectedView",
    "Correction",
    "CorrectionBody",
    "DecidedView",
    "DecisionBody",
    "DecisionMade",
    "DecisionView",
    "DeliveryLog",
    "DeliveryPage",
    "DeliveryView",
    "DiffView",
    "DraftBody",
    "Event",
    "EventPage",
    "ExtendBody",
    "FieldProblem",
    "HealthView",
    "HookData",
    "HookPayload",
    "HookType",
    "InterviewBody",
    "InterviewCancelled",
    "InterviewCreated",
    "InterviewEnded",
    "InterviewExpired",
    "InterviewExtended",
    "InterviewPage",
    "InterviewRescheduled",
    "InterviewSort",
    "InterviewView",
    "InvitationRedeemed",
    "InvitationView",
    "InvitationWithdrawn",
    "InviteRow",
    "InvitedInterview",
    "InvitedMember",
    "JobBody",
    "JobPage",
    "JobView",
    "JoinGranted",
    "JoinedView",
    "JsonValue",
    "KeyBody",
    "KeyPage",
    "KeyView",
    "KitBody",
    "KitPage",
    "KitView",
    "LeaseClaimed",
    "LeaseOpened",
    "LineEnded",
    "LineStarted",
    "LinkView",
    "LinksView",
    "MailChanges",
    "MailKind",
    "MailsView",
    "MemberBody",
    "MemberPage",
    "MemberView",
    "NewKey",
    "NoteBody",
    "NotePage",
    "NoteView",
    "NotedView",
    "NoticeView",
    "Opened",
    "Paused",
    "ProbeOffered",
    "ProbeRefused",
    "Problem",
    "ProviderBody",
    "ProviderFailed",
    "ProviderView",
    "Question",
    "Quote",
    "QuoteBody",
    "RatedView",
    "Rating",
    "RatingBody",
    "RecordingLink",
    "RecordingStored",
    "RedeemBody",
    "RedeemedView",
    "ReplayBody",
    "Replayed",
    "RescheduleBody",
    "Resumed",
    "Role",
    "RoleBody",
    "RotateBody",
    "RowOutcome",
    "RowProblem",
    "Scope",
    "ScorecardStored",
    "ScorecardView",
    "ScorecardsView",
    "SecretWebhook",
    "SessionView",
    "SessionsView",
    "SettingsChanges",
    "SettingsView",
    "SetupBody",
    "SetupLinkView",
    "SignInBody",
    "SignalReceived",
    "SignedInView",
    "SilenceNoticed",
    "Sort",
    "SpeechHeard",
    "Stamp",
    "StandingView",
    "StarterLibrary",
    "StarterOutline",
    "StarterView",
    "State",
    "StateView",
    "TimeRanOut",
    "TranscriptView",
    "Turn",
    "TurnCorrected",
    "VersionPage",
    "VersionView",
    "WebhookBody",
    "WebhookChanges",
    "WebhookPage",
    "WebhookView",
    "WelcomeView",
    "Word",
    "api__v1__mails__MailView",
    "api__v1__tenant_settings__MailView",
]
