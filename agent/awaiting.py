"""Who is waited for: a person who is to lead, or is there and does not; one who should take over,
one for a section."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Protocol

from interview.by_room import FloorFollowed, FloorOffered
from interview.copilot_facts import NobodyCame, NobodyLeads, ReliefReason, ReliefWanted
from interview.events import AnswerEnded, Event, Fact
from interview.faults import Provider
from interview.looking_on import NOBODY

from agent.chronicle import Chronicle
from agent.floor_calls import Person, is_led, role_of
from agent.messages import FloorLeft, Message, Witnessed
from agent.unled import Unled

LOOK_EVERY_S = 0.5
TROUBLE_S = 8.0
"""Hearing or speaking that fails again after so long is a person's business."""

OURS: tuple[Provider, ...] = ("stt", "tts")

REASONS: Mapping[str, ReliefReason] = {
    "person": "person",
    "distress": "distress",
    "danger": "danger",
}
"""What the candidate's words ask for, and why a person is wanted then."""


class InRoom(Protocol):
    @property
    def remote_participants(self) -> Mapping[str, Person]: ...


class Awaiting:
    """Asks for relief once for each reason; `past` is what happened before we led."""

    def __init__(
        self,
        room: InRoom,
        chronicle: Chronicle,
        post: Callable[[Message], None],
        awaited_s: float,
        now: Callable[[], float],
        returns_after_s: float,
        past: tuple[Event, ...] = (),
    ) -> None:
        self._room = room
        self._chronicle = chronicle
        self._post = post
        self._awaited_s = awaited_s
        self._now = now
        self._returns_after_s = returns_after_s
        self._wanted = {e.fact.reason for e in past if isinstance(e.fact, ReliefWanted)}
        self._offered_at: float | None = None
        self._alone_since: float | None = None
        self._unled = Unled(awaited_s)
        for event in past:
            self.notes(event.fact, again=True)
        chronicle.watchers.append(self.notes)

    def notes(self, fact: Fact, *, again: bool = False) -> None:
        """Something happened; `again`: it was acted on then."""
        self._unled.notes(fact)
        match fact:
            case FloorOffered(section=section):
                self._offered_at = None if section is None else self._now()
                if section is not None and not again:
                    self._post(Witnessed((ReliefWanted(reason="section"),)))
            case FloorFollowed(floor=floor) if floor != NOBODY:
                self._offered_at = None
                self._wanted.discard("nobody_came")
            case NobodyLeads() if not again:
                self._wanted.discard("nobody_came")
                self._want("nobody_came")
            case NobodyCame() if not again:
                self._want("nobody_came")
            case AnswerEnded(intent=intent) if intent in REASONS and not again:
                # Who talks to a person has one; but danger is more than one person's business.
                if not self._is_led or intent == "danger":
                    self._want(REASONS[intent])
            case _:
                pass

    @property
    def _is_led(self) -> bool:
        """A person leads, and is here."""
        return is_led(self._room.remote_participants, self._chronicle.state.floor)

    def _want(self, reason: ReliefReason) -> None:
        if reason not in self._wanted:
            self._wanted.add(reason)
            self._post(Witnessed((ReliefWanted(reason=reason),)))

    async def run(self) -> None:
        """For ever."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            self.look()

    def look(self) -> None:
        """What time brings with it."""
        now, state = self._now(), self._chronicle.state
        self._look_for_trouble()
        if self._unled.is_due(now, rests=self._rests):
            self._post(Witnessed((NobodyLeads(),)))
        if self._offered_at is not None and now - self._offered_at >= self._awaited_s:
            self._offered_at = None
            self._post(FloorLeft(None))
        is_alone = state.floor == NOBODY and state.present and not self._interviewers
        is_theirs = self._chronicle.plan.assist == "human_leads"
        is_told = state.paused or (is_theirs and state.missed) or self._offered_at is not None
        if not is_alone or is_told:
            self._alone_since = None
            return
        self._alone_since = now if self._alone_since is None else self._alone_since
        if now - self._alone_since >= (self._awaited_s if is_theirs else self._returns_after_s):
            self._alone_since = None
            self._post(Witnessed((NobodyCame(),)) if is_theirs else FloorLeft(None, gone=True))

    @property
    def _rests(self) -> bool:
        """Nobody leads, and the candidate and somebody who could are here. A section that begins
        is waited for in its own way."""
        state = self._chronicle.state
        is_free = state.floor == NOBODY and self._offered_at is None
        return is_free and state.present and not state.paused and bool(self._interviewers)

    def _look_for_trouble(self) -> None:
        """One failure may be over: hearing is known to work by the next word alone."""
        failing = self._chronicle.failing_s
        if any(failing.get(one, 0.0) >= TROUBLE_S for one in OURS):
            self._want("trouble")

    @property
    def _interviewers(self) -> list[str]:
        present = self._room.remote_participants
        return [one for one in present if role_of(present, one) == "interviewer"]
