# Generated from docs/openapi.json by `make docs`.
"""Everything that is sent and answered."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from vivavoce_client.base import LENIENT, Answer, Body


class AuditSort(StrEnum):
    """By the place in the trail."""

    SEQ = "seq"
    _SEQ = "-seq"


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
    INTERVIEW_REQUESTED = "interview.requested"
    INTERVIEW_RELIEF_WANTED = "interview.relief_wanted"


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
    EXTENDED = "extended"
    CANCELLED = "cancelled"
    ANSWERED = "answered"


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


class Accommodations(Body):
    """What a candidate is given. `time` multiplies the minutes of every question and of the whole;
    `breaks` are offered between questions, each of `break_minutes` before anything is said again;
    `longer_silences` doubles the pauses after which an answer counts as over."""

    time: Annotated[Literal["1", "1.25", "1.5", "2"] | str, LENIENT] | None = None
    breaks: int | None = None
    break_minutes: int | None = None
    longer_silences: bool | None = None


class AccommodationsChanges(Body):
    """What is left out stays as it is."""

    time: Annotated[Literal["1", "1.25", "1.5", "2"] | str, LENIENT] | None = None
    breaks: int | None = None
    break_minutes: int | None = None
    longer_silences: bool | None = None


class AccommodationsView(Answer):
    """What the candidate is given, and what they asked for in their own words."""

    time: Annotated[Literal["1", "1.25", "1.5", "2"] | str, LENIENT] | None = None
    breaks: int | None = None
    break_minutes: int | None = None
    longer_silences: bool | None = None
    requested: str | None


class AgentJoined(Answer):
    """The AI participant is in the room. `versions` names models and prompts that it uses."""

    kind: Literal["agent_joined"] | None = None
    identity: str
    versions: dict[str, str]


class AgreementView(Answer):
    """People with one another, and the program whose card is the newest with people. Of each kind
    twenty parts are shown; there are `more`."""

    looked_at: LookedAt
    program: RaterView | None
    parts: list[PartView]
    more: int


class AiAsked(Answer):
    """An interviewer had the AI ask this question, or say goodbye (None), without giving it the
    floor."""

    kind: Literal["ai_asked"] | None = None
    identity: str
    question: str | None


class AnswerBody(Body):
    """What is answered, in words that the candidate reads.

    `person` is for whom a key speaks; a member speaks in their own name."""

    outcome: Annotated[Literal["granted", "refused"] | str, LENIENT]
    text: str
    person: str | None = None


class AnswerEnded(Answer):
    """The director's cue: the candidate's turn is over. `intent` is what the words ask for, whoever
    found out; `topic` names the kit's fact that answers; `answers_too`: they may answer as well."""

    kind: Literal["answer_ended"] | None = None
    turn_id: UUID
    question: str | None
    signal: Annotated[Literal["patience", "done", "time", "left"] | str, LENIENT]
    words: int
    intent: (
        Annotated[
            Literal[
                "answer",
                "nothing",
                "backchannel",
                "repeat",
                "rephrase",
                "skip",
                "back",
                "pause",
                "stop",
                "trouble",
                "robot",
                "progress",
                "danger",
                "person",
                "somebody",
                "distress",
                "job",
                "asks",
                "has_question",
                "yes",
                "done",
                "no",
                "go_on",
            ]
            | str,
            LENIENT,
        ]
        | None
    ) = None
    topic: str | None = None
    answers_too: bool | None = None


class AnswerResumed(Answer):
    """The candidate went on after we had begun to speak: it is one answer still."""

    kind: Literal["answer_resumed"] | None = None
    turn_id: UUID


class AskedPage(Answer):
    """Every question that the candidate asked, in order."""

    items: list[AskedView]


class AskedQuestion(Answer):
    """A core question of the kit and what became of it; `repeats` are for the candidate's sake.

    `asked_by`: the AI, in the kit's words, or else a person, in their own; None for nobody."""

    key: str
    text: str
    asked: bool
    asked_by: Annotated[Literal["ai", "person"] | str, LENIENT] | None
    probes: list[str]
    most_probes: int
    repeats: int
    answer_words: int


class AskedView(Answer):
    """A question of the candidate's, in the words that were recognised. `answered_with` is the key
    of the kit's fact that the interviewer told; null when it waits for a person."""

    turn_id: UUID
    at: datetime
    text: str
    answered_with: str | None


class Assessment(Answer):
    """One competency on one card: what it rests on first, then what follows from it.

    `anchor` is the kit's description of the level that was given; `with_flagged` is what the rating
    would be with the card's flagged words. `carried_from` is the earlier card that it was taken
    over from, for nothing that it rests on was corrected since."""

    competency: str
    name: str
    definition: str
    weight: str
    evidence: list[Evidence]
    not_assessed: (
        Annotated[
            Literal[
                "no_evidence",
                "disagreement",
                "too_few_runs",
                "transcript",
                "not_asked",
                "not_filed",
                "no_indicators",
            ]
            | str,
            LENIENT,
        ]
        | None
    )
    level: int | None
    anchor: str | None
    reason: str
    runs: int
    spread: int
    with_flagged: Verdict | None = None
    carried_from: UUID | None = None


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
    """One page of the trail as it was asked for; `next` is null when there is no more for now."""

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


class BudgetOfInterviewInput(Body):
    """What the providers of one interview may cost; `currency` is one of the table of prices."""

    amount: float | str
    currency: str


class BudgetOfInterviewOutput(Answer):
    """What the providers of one interview may cost; `currency` is one of the table of prices."""

    amount: str
    currency: str


class BudgetSpent(Answer):
    """The interview has cost what it may: from here on no model is asked, and the kit's own words
    are said."""

    kind: Literal["budget_spent"] | None = None
    amount: str
    currency: str


class BulkBody(Body):
    """Whom to invite with one published kit. With `atomic`, one row that is refused refuses all."""

    kit_id: UUID
    rows: list[InviteRow]
    atomic: bool | None = None
    mail: bool | None = None
    assist_mode: (
        Annotated[Literal["ai_leads", "human_leads", "alternating"] | str, LENIENT] | None
    ) = None


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


class CallView(Answer):
    """An interview in which a person is wanted."""

    interview_id: UUID
    since: datetime


class CallsView(Answer):
    """Who waits for a person, longest first; `on_call`: whether you are to come."""

    on_call: bool
    items: list[CallView]


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


class CandidateAsked(Answer):
    """The candidate asked something: `topic` names the fact of the kit that was told, None when the
    question waits for a person."""

    kind: Literal["candidate_asked"] | None = None
    turn_id: UUID
    text: str
    topic: str | None = None


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


class CoefficientsView(Answer):
    """Quadratic weighted kappa, Krippendorff's alpha (ordinal) and ICC(2,1) of the same ratings.

    ICC needs the same two raters for all: among people `icc_of` names the two who have rated the
    most together. Of one rater with whoever else rated there is none."""

    kappa: FigureView
    alpha: FigureView
    icc: FigureView | None
    icc_of: list[object] | None


class ColleagueView(Answer):
    """A member, also one who was removed, by the id that stands in the answer."""

    id: UUID
    email: str


class CompetencyInput(Body):
    """What is assessed. `indicators[level]` is a list of indicators; each is a list of phrases of
    which one is enough; a level is met when every one of its indicators was heard. `examples` are
    shown to models that rate, and to nobody else."""

    key: str
    name: str
    definition: str
    weight: float | str
    anchors: dict[str, str]
    indicators: dict[str, list[list[str]]] | None = None
    examples: list[Example] | None = None


class CompetencyOutput(Answer):
    """What is assessed. `indicators[level]` is a list of indicators; each is a list of phrases of
    which one is enough; a level is met when every one of its indicators was heard. `examples` are
    shown to models that rate, and to nobody else."""

    key: str
    name: str
    definition: str
    weight: str
    anchors: dict[str, str]
    indicators: dict[str, list[list[str]]] | None = None
    examples: list[Example] | None = None


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


class Contest(Answer):
    """Where a candidate turns to who does not agree; None when the tenant has named nobody."""

    reply_to: str | None


class CoreQuestion(Answer):
    """What everybody is asked, in this order, with at most so many probes."""

    key: str
    most_probes: int


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

    `person` is for whom a key speaks; a member speaks in their own name. `request_id` is the
    candidate's request for other words, which is granted with it."""

    text: str
    reason: str
    heard: Literal[True]
    person: str | None = None
    request_id: UUID | None = None


class CostView(Answer):
    """Money as a decimal number in quotes; `currency` is of ISO 4217."""

    amount: str
    currency: str


class CoverageJudged(Answer):
    """A model finds a core question asked by a person and answered in the turn `turn_id`."""

    kind: Literal["coverage_judged"] | None = None
    question: str
    turn_id: UUID
    model: str


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


class DepartureView(Answer):
    """Where an interview departs from its kit; `because` is how it ended, when that is why."""

    what: Annotated[
        Literal[
            "not_asked",
            "asked_by_person",
            "out_of_order",
            "not_in_kit",
            "too_many_probes",
            "over_time",
        ]
        | str,
        LENIENT,
    ]
    question: str | None
    because: (
        Annotated[
            Literal["completed", "time", "absent", "cancelled", "failed", "abandoned", "human_path"]
            | str,
            LENIENT,
        ]
        | None
    )


class DiffView(Answer):
    """Everything that differs, by field; empty when nothing does."""

    base: UUID
    id: UUID
    changes: list[Change]


class Doubt(Answer):
    """The words of a turn that are likely to be wrong, as indexes into its `words`."""

    turn_id: UUID
    words: list[int]


class DraftBody(Body):
    """What the draft is made from, a kit or a starter kit, and the job that it is for."""

    job_id: UUID
    kit_id: UUID | None = None
    starter: str | None = None


class EndpointView(Answer):
    """One endpoint; of its key only the end is shown, null where it has none."""

    name: str
    url: str
    model: str
    key_hint: str | None


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
        | CandidateAsked
        | SignalReceived
        | SilenceNoticed
        | Paused
        | Resumed
        | TimeRanOut
        | FinalMinuteBegan
        | PersonAsked
        | InterviewEnded
        | InterviewExpired
        | RunJudged
        | RunRefused
        | RaterRefused
        | InterviewRescheduled
        | InterviewExtended
        | InterviewCancelled
        | InvitationWithdrawn
        | TurnCorrected
        | TurnRefiled
        | DecisionMade
        | SeatTaken
        | InterviewerArrived
        | InterviewerLeft
        | InterviewerUnheard
        | FloorChanged
        | FloorAsked
        | FloorFollowed
        | FloorRefused
        | FloorOffered
        | HolderLost
        | ProviderFailed
        | ProviderRecovered
        | HintGiven
        | HintRated
        | AiAsked
        | QuestionTicked
        | CoverageJudged
        | TurnFiled
        | ReliefWanted
        | NobodyCame
        | NobodyLeads
        | ProbeOffered
        | ProbeRefused
        | WishRead
        | WishRefused
        | ProviderUsed
        | BudgetSpent
        | dict[str, object],
        LENIENT,
    ]


class EventPage(Answer):
    """Events in order; `next` is null when there are no more for now."""

    items: list[Event]
    next: str | None


class Evidence(Answer):
    """Words of the candidate, and where they can be heard: ms of the recording.

    `heard_at_ms` is where the first of these words that was heard begins, or else their turn; None
    for words in writing. `typed` when some of their turn was. `corrected` when the rater read the
    turn as a person had heard it, and not as it was recognised."""

    turn_id: UUID
    question: str | None
    text: str
    start: int
    heard_at_ms: int | None
    typed: bool
    corrected: bool | None = None


class Example(Answer):
    """An answer as people rated it, for a rater to measure others by."""

    level: int
    text: str


class ExtendBody(Body):
    """A later end."""

    expires_at: datetime
    mail: bool | None = None


class FeedbackBody(Body):
    """What the interview was like, 1 to 5, and why."""

    rating: int
    text: str | None = None


class FeedbackView(Answer):
    """What was thought of it, as it was said last."""

    rating: int
    text: str
    given_at: datetime


class FieldProblem(Answer):
    """One thing that is wrong, and where."""

    field: str
    detail: str


class FigureView(Answer):
    """A value with its 95 % interval, over so many interviews and ratings that were compared.

    Without a value `unknown` says why: `too_few` interviews, or nobody gave anything but one level."""

    value: float | None
    low: float | None
    high: float | None
    interviews: int
    ratings: int
    unknown: Annotated[Literal["too_few", "no_variation"] | str, LENIENT] | None


class FiledView(Answer):
    """The filing is event `seq` of the log."""

    interview_id: UUID
    turn_id: UUID
    seq: int
    filed_at: datetime


class Filing(Answer):
    """To which core question a person says that a turn belongs, None for none, and who has put it
    in the AI's place: event `seq` of the log."""

    seq: int
    question: str | None
    asked_by: str | None
    reason: str
    by: By
    at: datetime


class FilingBody(Body):
    """To which core `question` a turn belongs, null for none. `asked_by` is the interviewer (their
    identity among the `people` of the transcript) who has put it in the AI's place; of an
    interviewer's own turn it is they.

    `person` is for whom a key speaks; a member speaks in their own name."""

    question: str | None
    asked_by: str | None = None
    reason: str
    person: str | None = None


class FinalMinuteBegan(Answer):
    """The plan's clock: about a minute is left."""

    kind: Literal["final_minute_began"] | None = None


class Flag(Answer):
    """Words of a candidate's turn by one of the detector's rules. `start` to `end` count characters
    of the turn's text in NFC."""

    turn_id: UUID
    start: int
    end: int
    rule: str


class FlaggedWords(Answer):
    """Words of the candidate that speak to whoever rates, by the rule that found them."""

    turn_id: UUID
    text: str
    rule: str


class FloorAsked(Answer):
    """The agent did as `identity` asked within the room; whether it holds is for the API to say.

    `before` is who held the floor then. `gone`: nobody asked, for they were away too long."""

    kind: Literal["floor_asked"] | None = None
    identity: str
    floor: str
    before: str
    covered: list[str] | None = None
    gone: bool | None = None


class FloorBody(Body):
    """`covered_…`: what a person has asked, so that it is not asked again unless the kit says so. A
    question is also covered with every competency that it serves."""

    holder: Annotated[Literal["ai", "me", "paused"] | str, LENIENT]
    covered_questions: list[str] | None = None
    covered_competencies: list[str] | None = None


class FloorChanged(Answer):
    """Who leads from now on, as the API decided. `by` is None when nobody asked: who held the floor
    was `gone` for long, or lost their `access`; or a person's `section` begins, or nobody leads it.
    `covered` are questions that a person has asked."""

    kind: Literal["floor_changed"] | None = None
    floor: str
    before: str
    covered: list[str] | None = None
    reason: Annotated[Literal["asked", "gone", "access", "section"] | str, LENIENT] | None = None
    by: By | None = None


class FloorFollowed(Answer):
    """The agent has fallen silent, or leads again: from here on it is so within the room.

    `within_answer`: the candidate was answering, though perhaps no word of it was final yet; when
    the AI leads again, what it had put at a person's request.
    `gone`: nobody gave it back, for who held it was away too long."""

    kind: Literal["floor_followed"] | None = None
    floor: str
    covered: list[str] | None = None
    within_answer: bool | None = None
    gone: bool | None = None


class FloorOffered(Answer):
    """The AI has left the floor to whoever takes it, for a `section` of the kit that a person leads
    through; or it leads again, for nobody took it (None)."""

    kind: Literal["floor_offered"] | None = None
    section: str | None


class FloorRefused(Answer):
    """Somebody in the room asked for the floor who may not have it."""

    kind: Literal["floor_refused"] | None = None
    identity: str
    wanted: Annotated[Literal["take", "give"] | str, LENIENT]


class FloorView(Answer):
    """Who leads, as the room's metadata say it: `ai`, `paused` or `human:` and the member."""

    floor: str
    member_id: UUID | None
    covered: list[str]


class GivenView(Answer):
    """What became of one core question: `asked` by the AI, `by` whom at all. `spoke_s` is how long
    the candidate spoke on it, and `probing` says who proposed its `probes`."""

    key: str
    asked: bool
    by: Annotated[Literal["ai", "person"] | str, LENIENT] | None
    probes: int
    most_probes: int
    repeats: int
    spoke_s: float
    probing: ProbingView


class HealthView(Answer):
    """How the service is."""

    status: Annotated[Literal["live", "ready"] | str, LENIENT]


class HintGiven(Answer):
    """A private prompt was shown to `readers`, and to nobody else. `about` is a competency's name,
    what is protected, why relief is wanted, or who is not heard; `model` is who thought of it, None
    for our rules."""

    kind: Literal["hint_given"] | None = None
    prompt_id: UUID
    hint: Annotated[
        Literal["coverage", "ask", "missing", "verify", "time", "protected", "relief", "unheard"]
        | str,
        LENIENT,
    ]
    text: str
    reason: str | None
    question: str | None = None
    about: str | None = None
    at_ms: int
    readers: list[str]
    model: str | None = None


class HintRated(Answer):
    """An interviewer found a prompt useful or not, or put it away unrated (None). The last word of
    each counts."""

    kind: Literal["hint_rated"] | None = None
    prompt_id: UUID
    identity: str
    useful: bool | None


class HolderLost(Answer):
    """Who holds the floor is not in the room any more: it is offered to the other interviewers, and
    nobody's or the AI's after `returns_after_s`."""

    kind: Literal["holder_lost"] | None = None
    identity: str
    returns_after_s: float


class HookData(Answer):
    """What it is about: `state` is that of the interview then; the rest is asked for. `on_call` is
    there where a person is wanted: the members whom to call."""

    interview_id: UUID
    state: Annotated[State | str, LENIENT]
    on_call: list[UUID] | None = None


class HookPayload(Answer):
    """What is sent: names and states, nothing personal. `id` is also the header `webhook-id`; what
    comes twice has the same one."""

    id: UUID
    type: Annotated[HookType | str, LENIENT]
    occurred_at: datetime
    data: HookData


class InterviewBody(Body):
    """Who is interviewed with which published kit, and when at the earliest and latest.

    `assist_mode` says who leads: the AI, with people who may look on and take the floor
    (`ai_leads`); a person, with the AI at their side that speaks only when it is asked to
    (`human_leads`); or each the sections of the kit that are theirs (`alternating`)."""

    kit_id: UUID
    candidate_id: UUID
    starts_at: datetime | None = None
    expires_at: datetime | None = None
    mail: bool | None = None
    accommodations: Accommodations | None = None
    assist_mode: (
        Annotated[Literal["ai_leads", "human_leads", "alternating"] | str, LENIENT] | None
    ) = None


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
        Literal["completed", "time", "absent", "cancelled", "failed", "abandoned", "human_path"]
        | str,
        LENIENT,
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
    """An interview and where it stands.

    Without `expires_at` it waits as long as there are links to it; each is good for 14 days, and
    `list_invitations` says until when."""

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
    assist_mode: Annotated[Literal["ai_leads", "human_leads", "alternating"] | str, LENIENT]


class InterviewerArrived(Answer):
    """A member of the tenant is in the room, seen by the agent."""

    kind: Literal["interviewer_arrived"] | None = None
    identity: str
    role: Annotated[Literal["interviewer", "observer"] | str, LENIENT]


class InterviewerLeft(Answer):
    kind: Literal["interviewer_left"] | None = None
    identity: str
    reason: str


class InterviewerUnheard(Answer):
    """For some seconds nothing of what this interviewer says could be understood."""

    kind: Literal["interviewer_unheard"] | None = None
    identity: str


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
    assist_mode: Annotated[Literal["ai_leads", "human_leads", "alternating"] | str, LENIENT]
    invitation_url: str


class InvitedMember(Answer):
    """A new member. The link works once, for a week, and is shown only here."""

    id: UUID
    email: str
    role: Annotated[Role | str, LENIENT]
    created_at: datetime
    removed_at: datetime | None
    on_call: bool
    setup_url: str


class JobBody(Body):
    """A position to be filled."""

    title: str


class JobFact(Answer):
    """What the interviewer may say about the position: `text`, word for word, to a question that
    names one of the phrases."""

    key: str
    phrases: list[str]
    text: str


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
    wishes: Annotated[Literal["rules", "model"] | str, LENIENT] | None = None
    jurisdictions: (
        list[Annotated[Literal["eu", "gb", "us", "us_ca", "us_il", "us_ny"] | str, LENIENT]] | None
    ) = None
    facts: list[JobFact] | None = None
    sections: list[Section] | None = None
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
    wishes: Annotated[Literal["rules", "model"] | str, LENIENT] | None = None
    jurisdictions: (
        list[Annotated[Literal["eu", "gb", "us", "us_ca", "us_il", "us_ny"] | str, LENIENT]] | None
    ) = None
    facts: list[JobFact] | None = None
    sections: list[Section] | None = None
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


class Led(Answer):
    """Who leads from a moment of the recording on; the AI does before the first."""

    from_ms: int
    floor: str


class LedgerView(Answer):
    """What was given in one interview. `asked` are questions in the order in which they were heard;
    `given_back_s` is the time of faults and absences, and in which people led, but not of pauses;
    `time_used` is the share of the time that this candidate had, without either."""

    asked: list[str]
    questions: list[GivenView]
    interrupted: int
    ai_spoke_s: float
    candidate_spoke_s: float
    given_back_s: float
    time_used: float | None
    departures: list[DepartureView]
    people: PeopleView


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
            "go_ahead",
            "pausing",
            "when_ready",
            "person_offer",
            "person_closing",
            "stop_offer",
            "distress",
            "danger",
            "final_minute",
            "hand_over",
            "nobody_came",
            "nobody_leads",
        ]
        | str,
        LENIENT,
    ]
    question: str | None
    probe: int | None
    text: str
    identity: str
    started_ms: int


class LinkBody(Body):
    """How the new link reaches the candidate."""

    mail: bool | None = None


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


class LookedAt(Answer):
    """`interviews` that were rated and may be seen, of the newest `last`; `older` ones were not
    looked at. Figures need `fewest` interviews that were rated by several."""

    interviews: int
    last: int
    older: bool
    fewest: int


class MailChanges(Body):
    """What is left out stays; null for `reply_to` takes it away."""

    send: bool | None = None
    reply_to: str | None = None


class MailSettingsView(Answer):
    """Whether candidates are written to, and where their answers go."""

    send: bool
    reply_to: str | None


class MailView(Answer):
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
                "unanswered",
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


class MailsView(Answer):
    """Every mail about an interview, oldest first."""

    items: list[MailView]


class Marks(Answer):
    """`doubtful`: what the recogniser was not sure of. `flags`: what speaks to whoever rates
    instead of answering; it is held against nobody."""

    doubtful: list[Doubt]
    flags: list[Flag]


class MeaningView(Answer):
    """What a level means, in the words by which it was given."""

    level: int
    text: str


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
    on_call: bool


class MonthView(Answer):
    """`deviation` is that of a month in UTC, null where it rests on fewer than five interviews."""

    month: str
    interviews: int
    deviation: float | None


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


class NobodyCame(Answer):
    """A person was to lead, and none has come in the time that the tenant gives them."""

    kind: Literal["nobody_came"] | None = None


class NobodyLeads(Answer):
    """Interviewers are in the room, and for so long as one is waited for none of them has led, nor
    said anything."""

    kind: Literal["nobody_leads"] | None = None


class NoteBody(Body):
    """Tied to a moment (`at_ms` of the recording) or to a turn; without either to the whole.

    Who writes while it goes on says how long the moment is `ago_ms`, whatever their clock says.
    Without `text` it is a mark: a place to come back to. `person` is for whom a key speaks; a
    member speaks in their own name."""

    text: str | None = None
    at_ms: int | None = None
    ago_ms: int | None = None
    turn_id: UUID | None = None
    person: str | None = None


class NotePage(Answer):
    """One page of notes, oldest first; `next` is null on the last one. `colleagues` are the members
    who wrote them."""

    items: list[NoteView]
    next: str | None
    colleagues: list[ColleagueView]


class NoteView(Answer):
    """What somebody wrote down; a mark has no text."""

    id: UUID
    text: str
    at_ms: int | None
    turn_id: UUID | None
    by: By
    created_at: datetime


class NotedView(Answer):
    """That it was written down, and on which moment; the words are in the list."""

    id: UUID
    at_ms: int | None
    created_at: datetime


class NoticeView(Answer):
    """What the candidate consents to, in Markdown and in the language of the interview."""

    version: str
    text: str


class Opened(Answer):
    """What somebody looked at before they decided: `id` names a scorecard or a turn."""

    kind: Annotated[Literal["transcript", "recording", "scorecard", "turn"] | str, LENIENT]
    id: UUID | None = None


class OwnQuote(Answer):
    """One's own words that a level rests on."""

    turn_id: UUID
    text: str


class OwnRequest(Answer):
    """What was asked, and what a person answered until `answer_by`."""

    id: UUID
    kind: Annotated[
        Literal["transcript", "access", "correction", "erasure", "human_review", "other"] | str,
        LENIENT,
    ]
    turn_id: UUID | None
    text: str | None
    created_at: datetime
    answer_by: datetime
    answer: str | None
    answered_at: datetime | None
    state: Annotated[Literal["open", "granted", "refused"] | str, LENIENT]


class OwnRequestBody(Body):
    """`transcript` proposes `text` for what the turn `turn_id` says; the others may come without
    words, but for `other`."""

    kind: Annotated[
        Literal["transcript", "access", "correction", "erasure", "human_review", "other"] | str,
        LENIENT,
    ]
    text: str | None = None
    turn_id: UUID | None = None


class OwnRequests(Answer):
    """Everything that was asked, oldest first."""

    items: list[OwnRequest]


class OwnTranscript(Answer):
    """Who said what, in order."""

    turns: list[OwnTurn]


class OwnTurn(Answer):
    """`spoken` is what counts; `original` is what was recognised where a person has corrected it.

    Times are ms from the beginning. `question` tells which turns belong together."""

    turn_id: UUID
    speaker: Annotated[Literal["ai", "candidate", "interviewer"] | str, LENIENT]
    spoken: str
    original: str | None
    question: str | None
    started_ms: int
    ended_ms: int | None
    typed: bool


class Panel(Answer):
    """The models of a rater, one for each of its seats, and where they are asked: `endpoint` is the
    SHA-256 (hexadecimal) of their addresses, for those may tell of somebody's network."""

    model: str
    endpoint: str


class ParityEntry(Answer):
    """`ledger` is null for an interview whose words were erased."""

    interview_id: UUID
    created_at: datetime
    ended: (
        Annotated[
            Literal["completed", "time", "absent", "cancelled", "failed", "abandoned", "human_path"]
            | str,
            LENIENT,
        ]
        | None
    )
    ledger: LedgerView | None


class ParityPage(Answer):
    """Interviews of one kit version that are over, the newest first.

    `equal` is whether all of this page that were completed were asked the same core questions in
    the same order within the same budgets; it says nothing of the probes that were asked within
    these. `unequally_probed` are the questions after which some of them were asked more probes than
    others, and `probing` of each question in a ledger is who proposed them."""

    items: list[ParityEntry]
    next: str | None
    kit_id: UUID
    version: int
    questions: list[CoreQuestion]
    equal: bool
    unequally_probed: list[str]


class PartView(Answer):
    """A part of what was rated; `name` is a competency, a language or a kit version."""

    of: Annotated[Literal["all", "competency", "language", "kit_version"] | str, LENIENT]
    name: str | None
    people: CoefficientsView
    program: CoefficientsView | None


class Paused(Answer):
    kind: Literal["paused"] | None = None
    reason: Annotated[Literal["silence", "absent", "fault", "asked"] | str, LENIENT]


class PeopleView(Answer):
    """What interviewers did: for how long they led, also as a share of the talk without pauses, and
    spoke; how many lines of the AI they stopped by taking the floor, and how often they began to
    speak within the candidate's words. `by_person` tells it of each who did any of it, who led
    longest first."""

    led_s: float
    led_share: float
    spoke_s: float
    stopped_ai: int
    talked_over: int
    by_person: list[PersonView]


class PersonAsked(Answer):
    """The candidate asked for a person, outside the talk."""

    kind: Literal["person_asked"] | None = None


class PersonView(Answer):
    """What one interviewer did; `identity` is that of their turns, `name` what they were called in
    the room. `asked` are the core questions that they put in the AI's place."""

    identity: str
    name: str | None
    led_s: float
    led_share: float
    spoke_s: float
    stopped_ai: int
    talked_over: int
    asked: list[str]


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
            "not_said",
        ]
        | str,
        LENIENT,
    ]
    matter: str | None = None
    text: str | None = None
    model: str | None = None


class ProbingView(Answer):
    """Who proposed the probes after one question: so many were asked in the kit's words (`by_kit`)
    and in a model's (`by_model`). After so many answers a model wanted nothing more (`enough`), so
    many of its proposals were `refused`, and so many came too `late` or not at all."""

    by_kit: int
    by_model: int
    enough: int
    refused: int
    late: int


class Problem(Answer):
    """An RFC 9457 problem document. `code` is stable; where fields are at fault, `field` is the
    first and `errors` lists them all."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    field: str | None = None
    errors: list[FieldProblem] | None = None
    request_id: str


class Proof(Answer):
    """What the report was made from: the log with the hash of its last event, the kit's version,
    and the programs and models that agents named when they came."""

    events: int
    head: str
    kit_id: UUID
    kit_version: int
    notice_version: str | None
    agents: list[dict[str, str]]


class ProposalPage(Answer):
    """Every proposal, oldest first; of several for one turn the last one counts."""

    items: list[ProposalView]


class ProposalView(Answer):
    """Other words that the candidate proposes for a turn; null once they were erased. `id` is the
    `request_id` with which a correction grants them."""

    id: UUID
    turn_id: UUID | None
    text: str | None
    created_at: datetime
    state: Annotated[Literal["open", "granted", "refused"] | str, LENIENT]


class ProviderBody(Body):
    """An OpenID Connect provider, and ourselves as it knows us."""

    issuer: str
    client_id: str
    client_secret: str


class ProviderFailed(Answer):
    """Who hears, speaks or thinks for us does not. `identity`: for this member of the tenant;
    None: in the talk with the candidate."""

    kind: Literal["provider_failed"] | None = None
    provider: Annotated[Literal["stt", "tts", "llm", "vad", "api"] | str, LENIENT]
    error: str
    identity: str | None = None


class ProviderGiven(Body):
    """One endpoint. `name` is what prices go by (`openai`, `deepgram`). A `key` that is left out
    stays as it is where the URL does, whatever the name; null takes it away."""

    name: str
    url: str
    model: str
    key: str | None = None


class ProviderRecovered(Answer):
    """It works again."""

    kind: Literal["provider_recovered"] | None = None
    provider: Annotated[Literal["stt", "tts", "llm", "vad", "api"] | str, LENIENT]


class ProviderUsed(Answer):
    """What one provider did with one model since this was said last. `cost` is by the prices of
    that day; None where nobody knew one. `uncounted` are those of `calls` whose use nobody said."""

    kind: Literal["provider_used"] | None = None
    purpose: Annotated[Literal["stt", "tts", "llm"] | str, LENIENT]
    provider: str
    model: str
    calls: int | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    audio_ms: int | None = None
    characters: int | None = None
    uncounted: int | None = None
    cost: str | None = None
    currency: str | None = None


class ProviderView(Answer):
    """Where members sign in. Tell the provider the `redirect_uri`; the secret is not shown."""

    issuer: str
    client_id: str
    redirect_uri: str


class ProvidersGiven(Body):
    """All three chains, each in the order in which they are tried; an empty one is that of the
    installation. `stt` and `tts` speak Deepgram's protocol, `llm` OpenAI's chat completions."""

    stt: list[ProviderGiven] | None = None
    tts: list[ProviderGiven] | None = None
    llm: list[ProviderGiven] | None = None
    budget_per_interview: BudgetOfInterviewInput | None = None


class ProvidersView(Answer):
    """The tenant's own chains; an empty one is that of the installation."""

    stt: list[EndpointView]
    tts: list[EndpointView]
    llm: list[EndpointView]
    budget_per_interview: BudgetOfInterviewOutput | None


class PublishedKit(Answer):
    """A kit that was published; `warnings` are what it may lack, though somebody may miss it."""

    name: str
    language: str
    competencies: list[CompetencyOutput]
    questions: list[Question]
    intro: str | None = None
    closing: str | None = None
    minutes: float
    probing: Annotated[Literal["kit", "model"] | str, LENIENT] | None = None
    wishes: Annotated[Literal["rules", "model"] | str, LENIENT] | None = None
    jurisdictions: (
        list[Annotated[Literal["eu", "gb", "us", "us_ca", "us_il", "us_ny"] | str, LENIENT]] | None
    ) = None
    facts: list[JobFact] | None = None
    sections: list[Section] | None = None
    id: UUID
    job_id: UUID
    version: int | None
    created_at: datetime
    published_at: datetime | None
    warnings: list[FieldProblem]


class Question(Answer):
    """What is asked of everybody. `minutes` is the time an answer with its probes may take;
    `rephrasing` is the same question in other words, for who asks for them. Unless
    `covered_if_asked_by_human`, it is asked in the kit's words though a person has asked it.

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
    rephrasing: str | None = None
    covered_if_asked_by_human: bool | None = None


class QuestionTicked(Answer):
    """An interviewer says whether a person has asked a question. The last tick counts, whatever
    anybody or anything else makes of it."""

    kind: Literal["question_ticked"] | None = None
    identity: str
    question: str
    covered: bool


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


class RaterRefused(Answer):
    """A model's configuration that did not rate, for it has not passed the gate. `panels` are what
    it consists of: one, or as many as its chain has places."""

    kind: Literal["rater_refused"] | None = None
    rater: str
    rater_version: str
    model: str
    prompt_hash: str | None
    panels: list[Panel] | None = None


class RaterStandingView(Answer):
    """One rater beside the people who rated the same.

    `deviation` is how many levels above them on average, `spread` the standard deviation of that;
    `own_spread` and `others_spread` are those of the levels themselves. `drift` is the largest step
    of the CUSUM of deviations: beyond 1.358 the mean has moved. `signs` say where to look, not who
    is right."""

    rater: RaterView
    interviews: int
    ratings: int
    not_assessed: int
    with_people: CoefficientsView
    deviation: FigureView
    spread: float | None
    own_spread: float | None
    others_spread: float | None
    drift: float | None
    months: list[MonthView]
    signs: list[
        Annotated[Literal["lenient", "severe", "unsteady", "narrow", "drifting"] | str, LENIENT]
    ]


class RaterView(Answer):
    """A person, or a program in one version with one model."""

    rater: str
    rater_version: str
    model: str | None
    person: By | None


class RatersView(Answer):
    """Who rated the most comes first; `more` others have rated, too. `colleagues` are the members
    among the `items`."""

    looked_at: LookedAt
    items: list[RaterStandingView]
    more: int
    colleagues: list[ColleagueView]


class Rating(Answer):
    """One competency on the scorecard. A level without a quote cannot exist.

    `reason` is empty where `not_assessed` says it all. Where words were flagged that speak to
    whoever rates, the rating is made without them, and `with_flagged` is what it would be with
    them. `carried_from` is the earlier card that a rating was taken over from, because nothing that
    it rests on was corrected since."""

    competency: str
    level: int | None
    not_assessed: (
        Annotated[
            Literal[
                "no_evidence",
                "disagreement",
                "too_few_runs",
                "transcript",
                "not_asked",
                "not_filed",
                "no_indicators",
            ]
            | str,
            LENIENT,
        ]
        | None
    )
    runs: int
    spread: int
    quotes: list[Quote]
    reason: str
    with_flagged: Verdict | None = None
    carried_from: UUID | None = None


class RatingBody(Body):
    """Every competency of the kit, once. `person` is for whom a key speaks; a member speaks in
    their own name."""

    ratings: list[CompetencyRating]
    person: str | None = None


class RecordingLink(Answer):
    """Whoever has the link may listen until it expires, or until who made it may not any more."""

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


class RecordsView(Answer):
    """What is kept. `kept_days` is null: until somebody asks for its erasure."""

    audio: bool | None = None
    transcript: bool | None = None
    video: bool | None = None
    kept_days: int | None = None


class RedeemBody(Body):
    """The token is what follows `#` in the invitation's link."""

    token: str


class RedeemedView(Answer):
    """A candidate's session, also set as a cookie; native clients send it as a bearer token."""

    access_token: str
    token_type: Literal["Bearer"] | None = None
    expires_at: datetime
    state: Annotated[State | str, LENIENT]


class RehearsalView(Answer):
    """The way into the room of a mock interview, and how it is held."""

    livekit_url: str
    token: str
    expires_at: datetime
    language: str
    minutes: float
    questions: int


class ReliefWanted(Answer):
    """The AI asks for a person to take over."""

    kind: Literal["relief_wanted"] | None = None
    reason: Annotated[
        Literal["person", "distress", "danger", "trouble", "nobody_came", "section"] | str, LENIENT
    ]


class ReplayBody(Body):
    """What failed or was held, of events that occurred then or later."""

    since: datetime


class Replayed(Answer):
    """How many deliveries were begun again; with `more` there are others: call again."""

    count: int
    more: bool


class Report(Answer):
    """Everything about one interview that a decision may rest on. `time_zone` is the tenant's, in
    which the document tells times; here they are told in UTC."""

    form: Literal[1] | None = None
    interview_id: UUID
    state: Annotated[State | str, LENIENT]
    language: str
    company: str
    time_zone: str | None = None
    job: str
    kit: str
    candidate_id: UUID
    candidate: str
    began_at: datetime | None
    ended_at: datetime | None
    questions: list[AskedQuestion]
    cards: list[ReportedCard]
    corrections: list[ReportedCorrection]
    decision: ReportedDecision | None
    contest: Contest
    proof: Proof


class ReportedCard(Answer):
    """One rater's card. `rated_by` is a person's name or address, None for a program; `sha256` is
    what the log vouches for. `replaced_by` is the newest card of the same rater: the same person,
    or the same program in whatever version, with whatever model. `released`: whether a model's
    configuration had passed the gate when it rated; None for people and for raters without a
    model."""

    scorecard_id: UUID
    created_at: datetime
    stamp: Stamp
    rated_by: str | None
    sha256: str
    assessments: list[Assessment]
    total: str | None
    coverage: str
    flags: list[FlaggedWords] | None = None
    released: bool | None = None
    replaced_by: UUID | None = None


class ReportedCorrection(Answer):
    """`heard` is what a person heard where `recognised` is what the recogniser made of it."""

    turn_id: UUID
    seq: int
    at: datetime
    corrected_by: str
    reason: str
    recognised: str
    heard: str


class ReportedDecision(Answer):
    at: datetime
    decided_by: str
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
    opened: list[Opened]


class RequestBody(Body):
    """What the candidate needs, in their own words; no reason has to be given."""

    text: str


class RequestMade(Answer):
    """That it was asked; the words are in the list."""

    id: UUID
    created_at: datetime
    answer_by: datetime


class RequestPage(Answer):
    """One page of requests; `next` is null on the last one."""

    items: list[RequestView]
    next: str | None


class RequestView(Answer):
    """A candidate's request. `text` and `answer` are null once the words were erased.

    Whoever has to rate the interview first reads `answered` for the `state` of what may say how it
    was judged (`human_review`, `other`), and neither `answer` nor `answered_by`, unless the answer
    is their own."""

    id: UUID
    kind: Annotated[
        Literal["transcript", "access", "correction", "erasure", "human_review", "other"] | str,
        LENIENT,
    ]
    turn_id: UUID | None
    text: str | None
    created_at: datetime
    answer_by: datetime
    answer: str | None
    answered_at: datetime | None
    state: Annotated[Literal["open", "granted", "refused", "answered"] | str, LENIENT]
    interview_id: UUID
    answered_by: By | None


class RescheduleBody(Body):
    """Both times anew; null for no bound."""

    starts_at: datetime | None
    expires_at: datetime | None
    mail: bool | None = None


class ResultView(Answer):
    """One competency. `levels`, 1 to 5, has one for each person who rated it; without any it was
    not assessed. `meanings` has each level that was given once."""

    name: str
    definition: str
    levels: list[int]
    meanings: list[MeaningView]
    quotes: list[OwnQuote]
    rated_by: Annotated[Literal["people", "program"] | str, LENIENT]


class ResultsView(Answer):
    """How one was rated; nothing unless it is shared, and a person has decided."""

    shared: bool
    competencies: list[ResultView]


class Resumed(Answer):
    kind: Literal["resumed"] | None = None


class RoleBody(Body):
    """What a member is from now on; what is left out stays. Who is `on_call` is called when the AI
    wants a person to take over."""

    role: Annotated[Role | str, LENIENT] | None = None
    on_call: bool | None = None


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


class RunJudged(Answer):
    """It counts. For what, the card says to those who may read cards."""

    scorecard_id: UUID
    competency: str
    run: int
    without_flagged: bool
    model: str
    prompt_sha256: str
    kind: Literal["run_judged"] | None = None
    answered_by: str
    reply_sha256: str


class RunRefused(Answer):
    """It does not count; without `reply_sha256` there was no answer. `matter` is what is protected,
    where the reason named it."""

    scorecard_id: UUID
    competency: str
    run: int
    without_flagged: bool
    model: str
    prompt_sha256: str
    kind: Literal["run_refused"] | None = None
    answered_by: str | None
    reply_sha256: str | None
    reason: Annotated[
        Literal[
            "refused",
            "busy",
            "unreachable",
            "timeout",
            "broken",
            "over_budget",
            "not_json",
            "wrong_form",
            "not_the_candidate",
            "not_verbatim",
            "no_evidence",
            "protected",
            "recites",
        ]
        | str,
        LENIENT,
    ]
    matter: str | None = None


class ScorecardStored(Answer):
    """`card_sha256` is `chain.card_digest` of the card, so that the log vouches for it too; None in
    logs from before there was one."""

    kind: Literal["scorecard_stored"] | None = None
    scorecard_id: str
    rater: str
    card_sha256: str | None = None


class ScorecardView(Answer):
    """One rater's card. `total` is the weighted mean over assessed competencies, 1 to 5.

    `person` is who rated; null for a program. `flags` are the candidate's words that speak to the
    rater: each rating is made without them, and says as `with_flagged` what it would be with them.
    `released`: whether a model's configuration had passed the gate when it rated; null for people
    and for raters without a model."""

    id: UUID
    created_at: datetime
    stamp: Stamp
    ratings: list[Rating]
    total: str | None
    coverage: str
    person: By | None
    flags: list[Flag]
    released: bool | None


class ScorecardsView(Answer):
    """All cards of an interview, oldest first; empty until it was scored. `colleagues` are the
    members who rated."""

    items: list[ScorecardView]
    colleagues: list[ColleagueView]


class SeatBody(Body):
    """The candidate sees `name`, and that somebody is there; hidden observers are seen by nobody,
    and only let in where the settings and the notice say so."""

    name: str | None = None
    role: Annotated[Literal["interviewer", "observer"] | str, LENIENT] | None = None
    hidden: bool | None = None


class SeatTaken(Answer):
    """A member was given a room token; `hidden` observers are seen by nobody in the room."""

    kind: Literal["seat_taken"] | None = None
    identity: str
    name: str
    role: Annotated[Literal["interviewer", "observer"] | str, LENIENT]
    hidden: bool | None = None
    by: By


class Seated(Answer):
    """A member by the identity of their turns, with name and role of their last seat."""

    identity: str
    name: str
    role: Annotated[Literal["interviewer", "observer"] | str, LENIENT]


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


class Section(Answer):
    """Questions that belong together, and who leads through them where an interview alternates."""

    name: str
    leads: Annotated[Literal["ai", "human"] | str, LENIENT]
    questions: list[str]


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
    """What is left out stays as it is; lists are replaced as a whole."""

    allowed_origins: list[str] | None = None
    mail: MailChanges | None = None
    time_zone: str | None = None
    blind_roles: list[Annotated[Role | str, LENIENT]] | None = None
    shares_results: bool | None = None
    observers_may_hide: bool | None = None
    floor_returns_after_s: int | None = None
    interviewer_awaited_s: int | None = None


class SettingsView(Answer):
    """Pages of `allowed_origins` may call the API from a browser; times in mails are of
    `time_zone`; members of `blind_roles` see what others judged once they have rated themselves;
    with `shares_results` candidates see how they were rated, once a person has decided. Hidden
    observers are let into rooms where `observers_may_hide`, for which the notice has to say so; a
    floor whose holder is gone returns to the AI `floor_returns_after_s`. A person who is to lead is
    waited for `interviewer_awaited_s`; then the candidate is told, and webhooks are. So it is where
    people are in the room and none of them leads."""

    allowed_origins: list[str]
    mail: MailSettingsView
    time_zone: str
    blind_roles: list[Annotated[Role | str, LENIENT]]
    shares_results: bool
    observers_may_hide: bool
    floor_returns_after_s: int
    interviewer_awaited_s: int


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
    signal: Annotated[Literal["done", "think", "repeat", "pause", "resume"] | str, LENIENT]


class SignedInView(Answer):
    """Who is signed in, in which tenant and in which session; its token is a cookie. Times without
    a zone are meant in `time_zone`, the tenant's. `contact` is where candidates' answers go, as
    their pages say it; null while nobody has set an address (`mail.reply_to`)."""

    tenant_id: UUID
    time_zone: str
    contact: str | None
    member: MemberView
    session: SessionView


class SilenceNoticed(Answer):
    """Nothing was heard for `silent_s` seconds though an answer was due; `times` counts from 1."""

    kind: Literal["silence_noticed"] | None = None
    times: int
    silent_s: float


class Span(Answer):
    """Characters of a turn's text in NFC, from `start` to before `end`."""

    start: int
    end: int


class SpeechHeard(Answer):
    """A piece of what the candidate said, or `typed`; pieces of one answer share `turn_id`."""

    kind: Literal["speech_heard"] | None = None
    turn_id: UUID
    question: str | None
    identity: str
    role: Annotated[Literal["candidate", "interviewer"] | str, LENIENT]
    text: str
    words: list[Word]
    started_ms: int
    ended_ms: int
    typed: bool | None = None


class Stamp(Answer):
    """What a scorecard was made from and by. `transcript_seq` is the last event that was read."""

    kit_version: int
    rater: str
    rater_version: str
    model: str | None
    prompt_hash: str | None
    transcript_seq: int


class StandingView(Answer):
    """The decision on an interview; null as long as nobody has decided. `colleagues` has the member
    who did."""

    interview_id: UUID
    decision: DecisionView | None
    colleagues: list[ColleagueView]


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
    wishes: Annotated[Literal["rules", "model"] | str, LENIENT] | None = None
    jurisdictions: (
        list[Annotated[Literal["eu", "gb", "us", "us_ca", "us_il", "us_ny"] | str, LENIENT]] | None
    ) = None
    facts: list[JobFact] | None = None
    sections: list[Section] | None = None
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

    A turn with a `correction` shows it in both versions; its words have no times of their own. So
    does one with a `filing`, whose `question` is that of the filing in the corrected version.
    `marks` is null unless it was asked for. `people` of the tenant sat in the talk, by the identity
    of their turns; `led` is who led from when on, the AI before the first. `understood` are wishes
    that a model alone has read in turns (kits with `wishes: model`)."""

    interview_id: UUID
    version: Annotated[Literal["original", "corrected"] | str, LENIENT]
    state: Annotated[State | str, LENIENT]
    clock_zero: datetime | None
    people: list[Seated]
    led: list[Led]
    understood: list[Understood]
    marks: Marks | None
    turns: list[Turn]


class Turn(Answer):
    """`spoken` is what was heard; `generated` is what was meant to be said (AI only).

    `seq` is the event that opened it. Times are ms of the recording; `ended_ms` is None while it
    goes on. `confidence` is the mean over words, None without words. `cut_off`: our line was
    stopped before its end, or the time budget ended the candidate's answer. `correction` and
    `filing` are the latest ones; earlier ones stand in the log. `typed`: some of it came in
    writing, and cannot be heard; `written` is where that stands, but for turns of older versions,
    which do not know it. The other words of the text are `words`, one for one, unless
    the recogniser wrote them in another way (“20” for “twenty”)."""

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
                "go_ahead",
                "pausing",
                "when_ready",
                "person_offer",
                "person_closing",
                "stop_offer",
                "distress",
                "danger",
                "final_minute",
                "hand_over",
                "nobody_came",
                "nobody_leads",
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
    typed: bool | None = None
    written: list[Span] | None = None
    filing: Filing | None = None
    correction: Correction | None = None


class TurnCorrected(Answer):
    """A person heard `text` in the recording where the turn says something else."""

    kind: Literal["turn_corrected"] | None = None
    turn_id: UUID
    text: str
    reason: str
    by: By


class TurnFiled(Answer):
    """A turn while a person leads is about a core question: an interviewer's by its own `words`,
    others as a `model` found or an interviewer's `tick` says. None: the tick was taken back, and it
    is about no question of the kit's."""

    kind: Literal["turn_filed"] | None = None
    turn_id: UUID
    question: str | None
    by: Annotated[Literal["words", "model", "tick"] | str, LENIENT]


class TurnRefiled(Answer):
    """A person says afterwards to which core question a turn belongs (None: to none), and who has
    put that question in the AI's place: an interviewer's identity, None for nobody. `before` is
    what it belonged to until then."""

    kind: Literal["turn_refiled"] | None = None
    turn_id: UUID
    question: str | None
    before: str | None
    asked_by: str | None
    reason: str
    by: By


class Understood(Answer):
    """A model took `words` of a turn for a wish; a rule knew none in them."""

    turn_id: UUID
    wish: Annotated[
        Literal[
            "danger",
            "distress",
            "person",
            "stop",
            "pause",
            "trouble",
            "robot",
            "progress",
            "repeat",
            "rephrase",
        ]
        | str,
        LENIENT,
    ]
    words: str
    model: str


class UsageLine(Answer):
    """All that one provider did with one model; `costs` is empty where no price is known. Of
    `uncounted` calls it never said what they used: they were called off, or came too late."""

    purpose: Annotated[Literal["stt", "tts", "llm"] | str, LENIENT]
    provider: str
    model: str
    calls: int
    input_tokens: int
    output_tokens: int
    audio_seconds: float
    characters: int
    uncounted: int
    costs: list[CostView]


class UsageView(Answer):
    """So far. `costs` has one sum for each currency; with `is_whole` false there are lines without
    a price, or with uncounted calls: the bill is higher. `budget_spent`: from then on the
    interviewer asked no model."""

    lines: list[UsageLine]
    costs: list[CostView]
    is_whole: bool
    budget_spent: bool


class Verdict(Answer):
    """What runs come to, without their evidence."""

    level: int | None
    not_assessed: (
        Annotated[
            Literal[
                "no_evidence",
                "disagreement",
                "too_few_runs",
                "transcript",
                "not_asked",
                "not_filed",
                "no_indicators",
            ]
            | str,
            LENIENT,
        ]
        | None
    )


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
    """What a candidate may know before the interview: who invites (`contact` answers questions, and
    whoever would rather be asked by a person), what is kept, and what is looked at and never is.
    With `has_words` the transcript can be read, also of an interview that was left for a person;
    with `has_feedback` the candidate said what it was like."""

    interview_id: UUID
    state: Annotated[State | str, LENIENT]
    job_title: str
    language: str
    minutes: float
    questions: int
    starts_at: datetime | None
    opens_at: datetime | None
    expires_at: datetime | None
    has_words: bool
    has_feedback: bool
    notice: NoticeView
    organisation: str
    candidate_name: str | None
    contact: str | None
    records: RecordsView
    assesses: list[str]
    never_assesses: list[
        Annotated[Literal["voice", "accent", "emotion", "face", "speaking_style"] | str, LENIENT]
    ]
    decided_by: Literal["person"] | None = None
    shares_results: bool


class WishRead(Answer):
    """A model has read a wish in the answer `turn_id`, in `words` of it. The `answer_ended` that
    follows names it, and what is done about it is the director's."""

    kind: Literal["wish_read"] | None = None
    turn_id: UUID
    question: str | None
    wish: Annotated[
        Literal[
            "danger",
            "distress",
            "person",
            "stop",
            "pause",
            "trouble",
            "robot",
            "progress",
            "repeat",
            "rephrase",
        ]
        | str,
        LENIENT,
    ]
    words: str
    model: str


class WishRefused(Answer):
    """What a model read may not be followed, or it read nothing: the rules' reading stands. `words`
    are what it took for the wish, for people. `turn_id` is None when no word was final yet."""

    kind: Literal["wish_refused"] | None = None
    turn_id: UUID | None
    question: str | None
    reason: Annotated[
        Literal[
            "late", "unavailable", "form", "not_said", "reported", "too_long", "not_now", "again"
        ]
        | str,
        LENIENT,
    ]
    wish: (
        Annotated[
            Literal[
                "danger",
                "distress",
                "person",
                "stop",
                "pause",
                "trouble",
                "robot",
                "progress",
                "repeat",
                "rephrase",
            ]
            | str,
            LENIENT,
        ]
        | None
    ) = None
    words: str | None = None
    model: str | None = None


class Word(Answer):
    """One recognised word; times are ms on the recording's clock."""

    text: str
    start_ms: int
    end_ms: int
    confidence: float


JsonValue = object


__all__ = [
    "Accommodations",
    "AccommodationsChanges",
    "AccommodationsView",
    "AgentJoined",
    "AgreementView",
    "AiAsked",
    "AnswerBody",
    "AnswerEnded",
    "AnswerResumed",
    "AskedPage",
    "AskedQuestion",
    "AskedView",
    "Assessment",
    "AttemptView",
    "AuditPage",
    "AuditSort",
    "AuditView",
    "BudgetOfInterviewInput",
    "BudgetOfInterviewOutput",
    "BudgetSpent",
    "BulkBody",
    "BulkView",
    "By",
    "CallView",
    "CallsView",
    "CancelBody",
    "CandidateArrived",
    "CandidateAsked",
    "CandidateBody",
    "CandidateLeft",
    "CandidatePage",
    "CandidateView",
    "Change",
    "ChangeKind",
    "CoefficientsView",
    "ColleagueView",
    "CompetencyInput",
    "CompetencyOutput",
    "CompetencyRating",
    "ConsentBody",
    "ConsentDeclined",
    "ConsentGiven",
    "Contest",
    "CoreQuestion",
    "CorrectedView",
    "Correction",
    "CorrectionBody",
    "CostView",
    "CoverageJudged",
    "DecidedView",
    "DecisionBody",
    "DecisionMade",
    "DecisionView",
    "DeliveryLog",
    "DeliveryPage",
    "DeliveryView",
    "DepartureView",
    "DiffView",
    "Doubt",
    "DraftBody",
    "EndpointView",
    "Event",
    "EventPage",
    "Evidence",
    "Example",
    "ExtendBody",
    "FeedbackBody",
    "FeedbackView",
    "FieldProblem",
    "FigureView",
    "FiledView",
    "Filing",
    "FilingBody",
    "FinalMinuteBegan",
    "Flag",
    "FlaggedWords",
    "FloorAsked",
    "FloorBody",
    "FloorChanged",
    "FloorFollowed",
    "FloorOffered",
    "FloorRefused",
    "FloorView",
    "GivenView",
    "HealthView",
    "HintGiven",
    "HintRated",
    "HolderLost",
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
    "InterviewerArrived",
    "InterviewerLeft",
    "InterviewerUnheard",
    "InvitationRedeemed",
    "InvitationView",
    "InvitationWithdrawn",
    "InviteRow",
    "InvitedInterview",
    "InvitedMember",
    "JobBody",
    "JobFact",
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
    "Led",
    "LedgerView",
    "LineEnded",
    "LineStarted",
    "LinkBody",
    "LinkView",
    "LinksView",
    "LookedAt",
    "MailChanges",
    "MailKind",
    "MailSettingsView",
    "MailView",
    "MailsView",
    "Marks",
    "MeaningView",
    "MemberBody",
    "MemberPage",
    "MemberView",
    "MonthView",
    "NewKey",
    "NobodyCame",
    "NobodyLeads",
    "NoteBody",
    "NotePage",
    "NoteView",
    "NotedView",
    "NoticeView",
    "Opened",
    "OwnQuote",
    "OwnRequest",
    "OwnRequestBody",
    "OwnRequests",
    "OwnTranscript",
    "OwnTurn",
    "Panel",
    "ParityEntry",
    "ParityPage",
    "PartView",
    "Paused",
    "PeopleView",
    "PersonAsked",
    "PersonView",
    "ProbeOffered",
    "ProbeRefused",
    "ProbingView",
    "Problem",
    "Proof",
    "ProposalPage",
    "ProposalView",
    "ProviderBody",
    "ProviderFailed",
    "ProviderGiven",
    "ProviderRecovered",
    "ProviderUsed",
    "ProviderView",
    "ProvidersGiven",
    "ProvidersView",
    "PublishedKit",
    "Question",
    "QuestionTicked",
    "Quote",
    "QuoteBody",
    "RatedView",
    "RaterRefused",
    "RaterStandingView",
    "RaterView",
    "RatersView",
    "Rating",
    "RatingBody",
    "RecordingLink",
    "RecordingStored",
    "RecordsView",
    "RedeemBody",
    "RedeemedView",
    "RehearsalView",
    "ReliefWanted",
    "ReplayBody",
    "Replayed",
    "Report",
    "ReportedCard",
    "ReportedCorrection",
    "ReportedDecision",
    "RequestBody",
    "RequestMade",
    "RequestPage",
    "RequestView",
    "RescheduleBody",
    "ResultView",
    "ResultsView",
    "Resumed",
    "Role",
    "RoleBody",
    "RotateBody",
    "RowOutcome",
    "RowProblem",
    "RunJudged",
    "RunRefused",
    "Scope",
    "ScorecardStored",
    "ScorecardView",
    "ScorecardsView",
    "SeatBody",
    "SeatTaken",
    "Seated",
    "SecretWebhook",
    "Section",
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
    "Span",
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
    "TurnFiled",
    "TurnRefiled",
    "Understood",
    "UsageLine",
    "UsageView",
    "Verdict",
    "VersionPage",
    "VersionView",
    "WebhookBody",
    "WebhookChanges",
    "WebhookPage",
    "WebhookView",
    "WelcomeView",
    "WishRead",
    "WishRefused",
    "Word",
]
