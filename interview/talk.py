"""Where a talk stands, and what the director may command."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from interview.by_room import Floor
from interview.events import EndReason, Lead, LineKind
from interview.faults import COSTS_TIME, Provider
from interview.ids import TurnId

OPENERS = frozenset({"question", "probe", "candidate_questions"})
"""Lines that ask for an answer."""

ASKS = OPENERS | {"repeat"}
"""The same, said for the first time or again."""


class Phase(StrEnum):
    """Where the talk stands."""

    WAITING = "waiting"
    GREETING = "greeting"
    ASKING = "asking"
    INVITING = "inviting"
    CLOSING = "closing"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Say:
    """The AI should speak. `probe` counts from 0 and names the probe or the repeated probe; `text`
    are its words when they are a model's, not the kit's. `fact` is the fact of the kit that the
    lead tells."""

    line: LineKind
    question: str | None = None
    probe: int | None = None
    lead: Lead | None = None
    text: str | None = None
    fact: str | None = None

    @property
    def is_goodbye(self) -> bool:
        """Heard to its end, it is followed by the end of the interview."""
        return self.line in ("closing", "person_closing")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model would ask after the answer `turn` to `question`; None: nothing more."""

    turn: TurnId
    question: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Pause:
    """The talk should stop with the place kept."""

    reason: Literal["silence", "asked"] = "silence"


@dataclass(frozen=True, slots=True)
class End:
    """The interview is over."""

    reason: EndReason


@dataclass(frozen=True, slots=True)
class HandOver:
    """The floor should be free for the person who leads through this section."""

    section: str


Command = Say | Pause | End | HandOver


HEARD_SHARE = 0.6
"""Whoever has heard this share of a question can know what is asked."""

MAX_CUTS = 2
"""So often a question is said again to somebody who talks it down; then the words answer it."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The line that asks was stopped before its end, and `heard` is the share that was heard."""

    heard: float
    times: int = 1

    @property
    def leaves_open(self) -> bool:
        """Words that came after so little of the question are no answer to it."""
        return self.heard < HEARD_SHARE and self.times <= MAX_CUTS


@dataclass(frozen=True, slots=True)
class Hushed:
    """An answer that silence alone has ended: when, and the state before it."""

    at: datetime
    before: "Session"


Offer = Literal["person", "stop", "distress", "danger"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the talk is taken up after the candidate went back."""

    phase: Phase
    index: int
    probes_used: int
    words: int


@dataclass(frozen=True, slots=True)
class Wished:
    """What candidates wished for besides answering.

    `offer` is what their next words choose about: to go on, or a person or a pause instead. `left`
    is the place to return to while they are back at an earlier question, each of `went_back` once.
    A break was had before each of `rested`. The final minute is `owed` until it was announced.
    `unclear`: the open offer was said again already, for what was said to it was no choice.
    `parted` is the phase that was left for a person. Whoever was `in_danger` is left to a person in
    the end, whatever they chose. In the turn `asked` they asked us what a fact or a person answers.
    They asked back about each of `clarified`, and said so many things at the invitation to ask that
    were no questions. `let_ask`: they have said that a question comes and were told to go ahead.
    """

    offer: Offer | None = None
    asked: TurnId | None = None
    let_ask: bool = False
    unclear: bool = False
    parted: Phase | None = None
    in_danger: bool = False
    clarified: tuple[str | None, ...] = ()
    remarks: int = 0
    left: Place | None = None
    went_back: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    rested: tuple[str, ...] = ()
    troubles: int = 0
    final_minute: Literal["owed", "said"] | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """`due` is the line that must be heard next and has not begun; `saying` is in flight.

    `words` counts the answer to the current question with its follow-ups. `before` is the state
    that an `AnswerResumed` returns to (`hushed` has it for longer, and
    `said_in_vain` the questions that were said into a dead line meanwhile: see `cut_short.py`),
    `answered` the turn that can be resumed, or that late words still belong to. `cut`
    is set while nobody has answered a line that was stopped, and
    `cuts` counts those of the same question. `lost` is time given back to the candidate. `proposed`
    is a model's, for the answer as it is; `probe_texts` are the words of the open question's probes
    so far, None where they are the kit's. `floor` is who leads; `covered` are questions that a
    person has asked, and `begun`: the answer to what was asked had begun when a person took the
    floor. `failing` are providers without which nobody can talk. `asked_at` is when the line that
    asks was begun last, and `lost_then` what was lost until then.
    `wrapping`: the time that is left only fits what is still to be asked. `resting`: the pause was
    asked for, or is a break. `lent` is the core question that is talked about while a person leads;
    of those that a person has asked, a model has `judged` some to be covered and people have
    `denied` some. `handed` are sections that were left to a person, `here` the interviewers in the
    room, and `missed`: the candidate was told that none has come. `dismissed`: the person who leads
    has had us say goodbye, in place of the phase `undismissed`, which goes on if they think better
    of it. `further` is where the plan goes on after a question that came back, for it was ticked
    and unticked again.
    """

    phase: Phase = Phase.WAITING
    index: int = 0
    further: int | None = None
    probes_used: int = 0
    opened: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    due: Say | None = None
    saying: Say | None = None
    speaking: TurnId | None = None
    saying_words: int = 0
    cut: Cut | None = None
    cuts: int = 0
    words: int = 0
    proposed: Proposal | None = None
    probe_texts: tuple[str | None, ...] = ()
    answering: TurnId | None = None
    answered: TurnId | None = None
    epoch: int = 0
    present: bool = False
    failing: tuple[Provider, ...] = ()
    broken: bool = False
    paused: bool = False
    over_time: bool = False
    started_at: datetime | None = None
    away_since: datetime | None = None
    lost: timedelta = timedelta(0)
    before: "Session | None" = None
    hushed: Hushed | None = None
    said_in_vain: tuple[str, ...] = ()
    now: datetime | None = None
    asked_at: datetime | None = None
    lost_then: timedelta = timedelta(0)
    wrapping: bool = False
    resting: bool = False
    for_person: bool = False
    wished: Wished = Wished()
    floor: Floor = "ai"
    covered: tuple[str, ...] = ()
    begun: bool = False
    lent: str | None = None
    judged: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    handed: tuple[str, ...] = ()
    here: tuple[str, ...] = ()
    missed: bool = False
    dismissed: bool = False
    undismissed: Phase | None = None

    @property
    def may_probe(self) -> bool:
        """There is time for more than the core questions."""
        return not (self.over_time or self.wrapping)

    def text_of(self, probe: int | None) -> str | None:
        """A model's words for the probe of the open question, counted from 0."""
        return None if probe is None else dict(enumerate(self.probe_texts)).get(probe)

    @property
    def unheard(self) -> Say | None:
        """The line that asks for the next answer, when it is still to be said."""
        return self.due if self.due and self.due.line in OPENERS else None

    def away(self, now: datetime) -> "Session":
        """Nobody talks from now on: the clock stands still, if it ran."""
        if self.started_at is None or self.away_since is not None:
            return self
        return replace(self, away_since=now)

    def back(self, now: datetime) -> "Session":
        """The candidate is here again: the time that was lost is given back."""
        lost = now - self.away_since if self.away_since else timedelta(0)
        return replace(self, present=True, away_since=None, lost=self.lost + lost)

    def fails(self, provider: Provider, now: datetime) -> "Session":
        """Nobody can talk without it: the clock stands still."""
        if provider not in COSTS_TIME:
            return self
        failing = tuple(dict.fromkeys((*self.failing, provider)))
        return replace(self, failing=failing).away(now)

    def works(self, provider: Provider, now: datetime) -> "Session":
        """The clock goes on with the last that comes back, unless it stands still for more."""
        if provider not in self.failing:
            return self
        here = replace(self, failing=tuple(one for one in self.failing if one != provider))
        stands = here.failing or here.paused or not here.present or here.floor != "ai"
        return here if stands else here.back(now)

    def inherited(self, epoch: int) -> "Session":
        """A new agent leads: what its predecessor was saying is due again, and who is there is seen
        anew."""
        return replace(
            self,
            epoch=epoch,
            due=self.due or self.saying,
            saying=None,
            speaking=None,
            before=None,
            proposed=None,
            present=False,
            failing=(),
            broken=self.started_at is not None,
        )

    def taken_back(self, line: Say | None) -> "Session":
        """The place before the answer seemed over; `line` is due again when there is none."""
        before = self.before
        if before is None:
            unsaid = line.question if line and line.line == "question" else None
            opened = tuple(key for key in self.opened if key != unsaid or key in self.asked)
            return replace(self, due=self.due or line, opened=opened)
        return replace(
            self,
            phase=before.phase,
            index=before.index,
            probes_used=before.probes_used,
            opened=before.opened,
            asked=before.asked,
            words=before.words,
            proposed=None,
            probe_texts=before.probe_texts,
            cut=before.cut,
            cuts=before.cuts,
            answering=self.answered,
            due=before.due,
            wished=replace(before.wished, troubles=self.wished.troubles),
            for_person=before.for_person,
            saying=None,
            speaking=None,
            before=None,
            answered=None,
        )

    @property
    def is_for_people(self) -> bool:
        """A person goes on from here, and no rater."""
        return self.for_person or self.wished.in_danger

    def end(self) -> End:
        if self.is_for_people:
            return End("human_path")
        return End("time" if self.over_time else "completed")
