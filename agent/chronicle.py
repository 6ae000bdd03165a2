"""The chronicle: facts on their way to the log, and the director's state that follows from them."""

from collections.abc import Callable
from typing import Protocol

import structlog
from interview.errors import OutOfOrder
from interview.events import (
    AnswerEnded,
    AnswerSignal,
    Event,
    Fact,
    Report,
    SpeechHeard,
)
from interview.faults import Provider, ProviderFailed, ProviderRecovered
from interview.ids import EventId, TurnId
from interview.plan import Plan
from interview.session import AI, Command, Session, advance, state_question
from interview.turn_taking import Intent

from agent.clock import RecordingClock, new_id
from agent.ear import Heard

log = structlog.get_logger()

HOLDS_S = 10.0
"""A connection that held for so long proves that its endpoint is well; an accepted one does not."""


class Writes(Protocol):
    """The journal."""

    async def write(self, report: Report) -> Event: ...


class Chronicle:
    """Writes first, then lets the director advance. `watchers` are told of every fact after that,
    and must be quick."""

    def __init__(
        self, plan: Plan, state: Session, journal: Writes, clock: RecordingClock, candidate: str
    ) -> None:
        self.plan = plan
        self.state = state
        self._journal = journal
        self._clock = clock
        self._candidate = candidate
        self._failing: dict[Provider, tuple[float, float]] = {}
        self._connected: dict[Provider, float] = {}
        self.watchers: list[Callable[[Fact], None]] = []

    async def write(self, fact: Fact, since: float | None = None) -> tuple[Command, ...]:
        """The fact is on the disk when this returns what the director commands because of it.

        What is learned late has been so `since` an earlier instant.
        """
        report = Report(event_id=EventId(new_id()), at=self._clock.at(since), fact=fact)
        event = await self._journal.write(report)
        try:
            self.state, commands = advance(self.plan, self.state, event)
        except OutOfOrder as error:
            log.exception("fact_out_of_order", kind=event.kind, reason=error.detail)
            return ()
        for tell in self.watchers:
            tell(fact)
        return commands

    def outage(self, provider: Provider, error: str) -> tuple[Fact, ...]:
        """One fact an outage, however often the provider is tried again."""
        now = self._clock.instant()
        self._connected.pop(provider, None)
        if (known := self._failing.get(provider)) is not None:
            self._failing[provider] = (known[0], now)
            return ()
        self._failing[provider] = (now, now)
        return (ProviderFailed(provider=provider, error=error),)

    @property
    def failing_s(self) -> dict[Provider, float]:
        """How long it is from the first to the latest failure of who has not answered since."""
        return {name: last - first for name, (first, last) in self._failing.items()}

    def works(self, provider: Provider) -> tuple[Fact, ...]:
        """The provider has answered: an outage is over, and its next failure is another one."""
        self._connected.pop(provider, None)
        if self._failing.pop(provider, None) is None:
            return ()
        return (ProviderRecovered(provider=provider),)

    def connected(self, provider: Provider) -> None:
        """The provider has taken a connection; it need not have answered."""
        self._connected[provider] = self._clock.instant()

    def held(self) -> tuple[Fact, ...]:
        """Of outages that are over because a connection holds, though there was nothing to say."""
        facts: list[Fact] = []
        now = self._clock.instant()
        for provider, since in tuple(self._connected.items()):
            if now - since >= HOLDS_S:
                facts += self.works(provider)
        return tuple(facts)

    @property
    def question(self) -> str | None:
        """What is asked now: by us, or by a person, as far as that is known."""
        if self.state.floor != AI:
            return self.state.lent
        return state_question(self.plan, self.state)

    def speech(self, turn: TurnId, heard: Heard) -> SpeechHeard:
        """A piece of what the candidate said, filed under what is asked now."""
        return SpeechHeard(
            turn_id=turn,
            question=self.question,
            identity=self._candidate,
            role="candidate",
            text=heard.text,
            words=heard.words,
            started_ms=heard.started_ms,
            ended_ms=heard.ended_ms,
            typed=heard.typed,
        )

    def answer_ended(
        self,
        turn: TurnId,
        intent: Intent,
        signal: AnswerSignal = "patience",
        words: int = 0,
        topic: str | None = None,
    ) -> AnswerEnded:
        """The end of what the candidate said, filed likewise."""
        return AnswerEnded(
            turn_id=turn,
            question=self.question,
            signal=signal,
            words=words,
            intent=intent,
            topic=topic,
        )
