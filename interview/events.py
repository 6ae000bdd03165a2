"""Everything that happens, as facts in the past tense: what is appended to an interview's log."""

from dataclasses import dataclass as plain
from typing import Annotated, Literal

from pydantic import AwareDatetime, ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass

from interview.by_model import FactByModel, RaterRefused
from interview.by_people import FactByPeople
from interview.by_room import KINDS_OF_AGENT, FactOfRoom
from interview.copilot_facts import KINDS_OF_COPILOT, FactOfCopilot
from interview.faults import KINDS_OF_FAULTS, FactOfFaults
from interview.faults import ProviderFailed as ProviderFailed  # noqa: PLC0414 - a fact of the log
from interview.ids import EventId, TurnId
from interview.intents import Intent
from interview.kit import Frozen
from interview.probe_facts import KINDS_OF_PROBING, FactOfProbing
from interview.usage import KINDS_OF_USAGE, FactOfUsage
from interview.wish_facts import KINDS_OF_WISHES, FactOfWishes

LineKind = Literal[
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
"""What the AI says: `repeat` says a question again, `go_on` invites an unfinished answer and
`go_ahead` a question; `pausing` grants a pause, and `when_ready` is said once within it;
`hand_over` leaves the next part to a person, and `nobody_came` tells who waits for one, and
`nobody_leads` who waits for one that is there."""

Lead = Literal[
    "thanks",
    "moving_on",
    "time_is_up",
    "once_more",
    "reconnected",
    "welcome_back",
    "of_course",
    "rephrase",
    "trouble",
    "robot",
    "progress",
    "fact",
    "noted",
    "noted_down",
    "up_to_you",
    "all_right",
    "no_way_back",
    "handed_back",
    "left_to_us",
    "final_minute",
    "introduced",
]
"""A short authored opening before a line."""

AnswerSignal = Literal["patience", "done", "time", "left"]
"""Why an answer was taken as over."""

EndReason = Literal["completed", "time", "absent", "cancelled", "failed", "abandoned", "human_path"]
"""`abandoned`: begun and not taken up again in time; `human_path`: a person was asked for."""


STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)


# No model, for a batch of events has hundreds of them.
@dataclass(frozen=True, slots=True, config=STRICT)
class Word:
    """One recognised word; times are ms on the recording's clock."""

    text: str
    start_ms: int
    end_ms: int
    confidence: Annotated[float, Field(ge=0, le=1)]


class InterviewCreated(Frozen):
    kind: Literal["interview_created"] = "interview_created"
    kit_version: int


class InvitationRedeemed(Frozen):
    kind: Literal["invitation_redeemed"] = "invitation_redeemed"


class ConsentGiven(Frozen):
    kind: Literal["consent_given"] = "consent_given"
    notice_version: str


class ConsentDeclined(Frozen):
    kind: Literal["consent_declined"] = "consent_declined"
    notice_version: str


class JoinGranted(Frozen):
    """The candidate was given a room token; the room and the dispatch exist."""

    kind: Literal["join_granted"] = "join_granted"
    identity: str


class LeaseOpened(Frozen):
    """A new epoch began: `first`, or its predecessor was `silent` or never `claimed`."""

    kind: Literal["lease_opened"] = "lease_opened"
    epoch: int
    reason: Literal["first", "silent", "unclaimed", "rejoined"]


class LeaseClaimed(Frozen):
    kind: Literal["lease_claimed"] = "lease_claimed"
    epoch: int
    agent: str


class RecordingStored(Frozen):
    """One closed segment of one participant's audio lies in the object store."""

    kind: Literal["recording_stored"] = "recording_stored"
    participant: str
    index: int
    started_ms: int
    duration_ms: int
    sha256: str


class ScorecardStored(Frozen):
    """`card_sha256` is `chain.card_digest` of the card, so that the log vouches for it too; None in
    logs from before there was one."""

    kind: Literal["scorecard_stored"] = "scorecard_stored"
    scorecard_id: str
    rater: str
    card_sha256: str | None = None


class AgentJoined(Frozen):
    """The AI participant is in the room. `versions` names models and prompts that it uses."""

    kind: Literal["agent_joined"] = "agent_joined"
    identity: str
    versions: dict[str, str]


class CandidateArrived(Frozen):
    kind: Literal["candidate_arrived"] = "candidate_arrived"
    identity: str


class CandidateLeft(Frozen):
    kind: Literal["candidate_left"] = "candidate_left"
    reason: str


# No models either, these four and reports: they are nearly all that a batch has.
@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class LineStarted:
    """The AI began to say `text`."""

    kind: Literal["line_started"] = "line_started"
    turn_id: TurnId
    line: LineKind
    question: str | None
    probe: int | None
    text: str
    identity: str
    started_ms: int


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class LineEnded:
    """The AI stopped. `spoken` is the part that was heard; `withdrawn` when the candidate simply
    went on with the answer and the line is treated as never said."""

    kind: Literal["line_ended"] = "line_ended"
    turn_id: TurnId
    spoken: str
    ended_ms: int
    cut_off: bool
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class SpeechHeard:
    """A piece of what the candidate said, or `typed`; pieces of one answer share `turn_id`."""

    kind: Literal["speech_heard"] = "speech_heard"
    turn_id: TurnId
    question: str | None
    identity: str
    role: Literal["candidate", "interviewer"]
    text: str
    words: tuple[Word, ...]
    started_ms: int
    ended_ms: int
    typed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class AnswerEnded:
    """The director's cue: the candidate's turn is over. `intent` is what the words ask for, whoever
    found out; `topic` names the kit's fact that answers; `answers_too`: they may answer as well."""

    kind: Literal["answer_ended"] = "answer_ended"
    turn_id: TurnId
    question: str | None
    signal: AnswerSignal
    words: int
    intent: Intent = "answer"
    topic: str | None = None
    answers_too: bool = False


class CandidateAsked(Frozen):
    """The candidate asked something: `topic` names the fact of the kit that was told, None when the
    question waits for a person."""

    kind: Literal["candidate_asked"] = "candidate_asked"
    turn_id: TurnId
    text: str
    topic: str | None = None


class AnswerResumed(Frozen):
    """The candidate went on after we had begun to speak: it is one answer still."""

    kind: Literal["answer_resumed"] = "answer_resumed"
    turn_id: TurnId


class SignalReceived(Frozen):
    """A button of the candidate's client."""

    kind: Literal["signal_received"] = "signal_received"
    signal: Literal["done", "think", "repeat", "pause", "resume"]


class SilenceNoticed(Frozen):
    """Nothing was heard for `silent_s` seconds though an answer was due; `times` counts from 1."""

    kind: Literal["silence_noticed"] = "silence_noticed"
    times: int
    silent_s: float


class Paused(Frozen):
    kind: Literal["paused"] = "paused"
    reason: Literal["silence", "absent", "fault", "asked"]


class Resumed(Frozen):
    kind: Literal["resumed"] = "resumed"


class TimeRanOut(Frozen):
    """The plan's clock: for the current question or for the whole interview."""

    kind: Literal["time_ran_out"] = "time_ran_out"
    scope: Literal["question", "interview"]


class PersonAsked(Frozen):
    """The candidate asked for a person, outside the talk."""

    kind: Literal["person_asked"] = "person_asked"


class FinalMinuteBegan(Frozen):
    """The plan's clock: about a minute is left."""

    kind: Literal["final_minute_began"] = "final_minute_began"


class InterviewEnded(Frozen):
    kind: Literal["interview_ended"] = "interview_ended"
    reason: EndReason


class InterviewExpired(Frozen):
    """The candidate did not come before the time was over."""

    kind: Literal["interview_expired"] = "interview_expired"


Fact = Annotated[
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
    | FactByModel
    | RaterRefused
    | FactByPeople
    | FactOfRoom
    | FactOfFaults
    | FactOfCopilot
    | FactOfProbing
    | FactOfWishes
    | FactOfUsage,
    Field(discriminator="kind"),
]

AGENT_KINDS = frozenset(
    {
        "agent_joined",
        "candidate_arrived",
        "candidate_left",
        "line_started",
        "line_ended",
        "speech_heard",
        "answer_ended",
        "answer_resumed",
        "candidate_asked",
        "signal_received",
        "silence_noticed",
        "paused",
        "resumed",
        "time_ran_out",
        "final_minute_began",
        "interview_ended",
        *KINDS_OF_USAGE,
        *KINDS_OF_PROBING,
        *KINDS_OF_WISHES,
        *KINDS_OF_AGENT,
        *KINDS_OF_FAULTS,
        *KINDS_OF_COPILOT,
    }
)
"""What an agent may report; everything else is written by the API and the worker alone."""


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Report:
    """A fact on its way to the log. `event_id` is the sender's UUIDv7: a repeat is a no-op."""

    event_id: EventId
    at: AwareDatetime
    fact: Fact


# No model either, and each is of a report that was validated.
@plain(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact in the log. `seq` counts from 1 without a gap; `epoch` is 0 before the first lease."""

    seq: int
    event_id: EventId
    epoch: int
    at: AwareDatetime
    fact: Fact

    @property
    def kind(self) -> str:
        return self.fact.kind


FACTS: TypeAdapter[Fact] = TypeAdapter(Fact)
REPORT: TypeAdapter[Report] = TypeAdapter(Report)
