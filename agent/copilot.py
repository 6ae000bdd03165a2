"""The co-pilot: sees what everybody says and tells the interviewers alone what helps them.

It hears of facts after they were written, and what it finds out goes the way of every other fact.
Nothing waits for it, and nothing of it reaches the candidate: each stream names its readers.
"""

import asyncio
import json
import math
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol
from uuid import UUID

import structlog
from interview.advising import Advice
from interview.by_room import FloorFollowed
from interview.copilot_facts import CoverageJudged, HintGiven, HintRated, TurnFiled
from interview.events import AnswerEnded, Event, Fact, LineStarted, SpeechHeard
from interview.hints import Hint
from interview.ids import TurnId
from interview.prompt_ends import PASSING, is_over, is_replaced
from interview.prompting import AI, Prompting
from interview.session import advance, state_question, unbegun
from livekit import rtc

from agent.chronicle import Chronicle
from agent.clock import RecordingClock, new_id
from agent.copilot_advice import Adviser, Advising
from agent.copilot_words import PromptWords
from agent.floor_calls import role_of
from agent.messages import Message, Witnessed
from agent.progress import left_s

log = structlog.get_logger()

PROMPTS, OVER, METER = "viv.prompt", "viv.prompt.over", "viv.coverage"
LOOK_EVERY_S = 0.25
METER_EVERY_S, METER_AGAIN_S = 1.0, 15.0
OPEN_FOR_S = 60.0
"""A prompt that nobody has rated is shown again to who comes back within this."""


class Person(Protocol):
    @property
    def attributes(self) -> dict[str, str]: ...
    @property
    def name(self) -> str: ...
    @property
    def sid(self) -> str: ...


class Sends(Protocol):
    """The agent in the room."""

    async def send_text(
        self, text: str, /, *, topic: str, destination_identities: list[str]
    ) -> object: ...


class InRoom(Protocol):
    """What is needed of LiveKit's room."""

    @property
    def remote_participants(self) -> Mapping[str, Person]: ...
    @property
    def local_participant(self) -> Sends: ...


@dataclass(frozen=True, slots=True)
class Shown:
    """A prompt as it was sent, so that it can be sent again."""

    prompt: UUID
    text: str
    at: float


class CoPilot:
    """`past` is what happened before we led."""

    def __init__(
        self,
        room: InRoom,
        chronicle: Chronicle,
        clock: RecordingClock,
        prompting: Prompting,
        words: PromptWords,
        post: Callable[[Message], None],
        adviser: Adviser | None = None,
        past: Iterable[Event] = (),
    ) -> None:
        self._room = room
        self._chronicle = chronicle
        self._clock = clock
        self._prompting = prompting
        self._words = words
        self._post = post
        self._advising = Advising(adviser, self._advised)
        self._alarms: list[Hint] = []
        self._news = asyncio.Event()
        self._shown: list[Shown] = []
        self._known: set[UUID] = set()
        self._open: dict[UUID, Hint] = {}
        self._over: list[str] = []
        self._are_told = True
        self._seated: set[tuple[str, str]] = set()
        self._meter: tuple[str, float] = ("", 0.0)
        self._began: datetime | None = None
        self._recall(past)
        chronicle.watchers.append(self.notes)

    def _recall(self, past: Iterable[Event]) -> None:
        """What was noticed then was told then."""
        plan, state = self._chronicle.plan, unbegun(self._chronicle.plan)
        for event in past:
            state, _ = advance(plan, state, event)
            self._end_prompts(event.fact)
            self._alarms += self._prompting.notes(event.fact, state).alarms
            if isinstance(event.fact, HintGiven):
                self._recall_prompt(event.fact)
            self._begins(event.fact, event.at)
        self._alarms.clear()
        self._prompting.queue.waiting.clear()

    def _recall_prompt(self, fact: HintGiven) -> None:
        """What an alarm was about stands in the facts before it; of who is unheard, the name
        alone."""
        self._known.add(fact.prompt_id)
        if fact.hint in PASSING:
            self._opens(fact.prompt_id, Hint(fact.hint, question=fact.question))
            return
        for alarm in self._alarms:
            if alarm.kind == fact.hint and (alarm.kind == "unheard" or alarm.about == fact.about):
                self._alarms.remove(alarm)
                self._opens(fact.prompt_id, alarm)
                return

    def _begins(self, fact: Fact, at: datetime) -> None:
        """A person's time runs from when they first lead."""
        if isinstance(fact, FloorFollowed) and fact.floor.startswith("human:"):
            self._began = self._began or at

    # ---- what happens ----

    def notes(self, fact: Fact) -> None:
        """Something happened; returns at once."""
        self._end_prompts(fact)
        noticed = self._prompting.notes(fact, self._chronicle.state)
        self._alarms += map(self._named, noticed.alarms)
        if noticed.facts:
            self._post(Witnessed(noticed.facts))
        self._begins(fact, self._clock.now())
        match fact:
            case SpeechHeard() | LineStarted():
                self._advising.drop()
            case AnswerEnded(intent="answer") if self._chronicle.state.floor != AI:
                self._ask(fact)
            case _:
                pass
        self._news.set()

    def _end_prompts(self, fact: Fact) -> None:
        """What waits and is over is told to nobody."""
        self._alarms = [alarm for alarm in self._alarms if not is_over(alarm, fact)]
        self._prompting.queue.drop(partial(is_over, fact=fact))
        self._close({one for one, hint in self._open.items() if is_over(hint, fact)})

    def _opens(self, prompt: UUID, hint: Hint) -> None:
        """It stands from now on, in place of what it tells anew."""
        self._close({one for one, shown in self._open.items() if is_replaced(shown, hint)})
        self._open[prompt] = hint

    def _close(self, over: set[UUID]) -> None:
        """Whoever is shown one that is over would act on what is so no more."""
        if not over:
            return
        self._open = {one: hint for one, hint in self._open.items() if one not in over}
        self._shown = [shown for shown in self._shown if shown.prompt not in over]
        self._over = [*self._over, *sorted(map(str, over))][-MOST_OPEN:]
        self._are_told = False

    def _named(self, alarm: Hint) -> Hint:
        """Who is not heard is told by the name that everybody sees."""
        if alarm.kind != "unheard" or alarm.about is None:
            return alarm
        person = self._room.remote_participants.get(alarm.about)
        return replace(alarm, about=person.name if person else alarm.about)

    def _ask(self, fact: AnswerEnded) -> None:
        turns = self._prompting.turns
        if turns and turns[-1].turn == fact.turn_id:
            self._advising.ask(fact.question, self._prompting.said.asked, turns)

    def _advised(self, turn: TurnId, advice: Advice, model: str) -> None:
        facts: list[Fact] = []
        for key in advice.covered:
            if key in self._chronicle.state.judged:
                continue
            mine = self._prompting.judged(key, turn)
            facts += [TurnFiled(turn_id=one, question=key, by="model") for one in mine]
            facts.append(CoverageJudged(question=key, turn_id=turn, model=model))
        if facts:
            self._post(Witnessed(tuple(facts)))
        if advice.hint is not None and self._chronicle.state.floor != AI:
            self._prompting.queue.forget("missing", "verify", "ask")
            self._prompting.queue.add(advice.hint)
        self._news.set()

    def rated(self, prompt: UUID, identity: str, *, useful: bool | None) -> bool:
        """False for a prompt that nobody was shown."""
        if prompt not in self._known:
            return False
        self._shown = [one for one in self._shown if one.prompt != prompt]
        fact = HintRated(prompt_id=prompt, identity=identity, useful=useful)
        self._post(Witnessed((fact,)))
        return True

    # ---- what is shown ----

    async def run(self) -> None:
        """For ever."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._news.wait()
            self._news.clear()
            await self._show()

    async def _show(self) -> None:
        readers, now = self._readers(), self._clock.instant()
        await self._greet(now)
        if not self._are_told:
            self._are_told = True
            await self._tell_over(readers)
        self._prompting.tick(self._left_s())
        while self._alarms:
            await self._tell(self._alarms.pop(0), readers, now)
        if readers and (hint := self._prompting.queue.take(now)) is not None:
            self._prompting.proposed(hint)
            await self._tell(hint, readers, now)
        if readers:
            await self._tell_meter(readers, now)

    def _readers(self) -> list[str]:
        """Interviewers, as our API has signed it."""
        present = self._room.remote_participants
        return sorted(one for one in present if role_of(present, one) == "interviewer")

    async def _greet(self, now: float) -> None:
        """Whoever has just come, or come back, sees the meter and what is open; their page may show
        what was over while they were away."""
        present = self._room.remote_participants
        seated = {(name, present[name].sid) for name in self._readers()}
        for name, _ in sorted(seated - self._seated):
            for shown in self._shown:
                if now - shown.at <= OPEN_FOR_S:
                    await self._send(PROMPTS, shown.text, [name])
            if self._over:
                await self._tell_over([name])
            await self._send(METER, self._state(), [name])
        self._seated = seated

    async def _tell(self, hint: Hint, readers: list[str], now: float) -> None:
        """An alarm is in the log though nobody is there to see it."""
        prompt, at_ms = new_id(), self._clock.ms()
        text, reason = self._words.render(hint)
        shown = {
            "id": str(prompt),
            "kind": hint.kind,
            "text": text,
            "reason": reason,
            "question": hint.question,
            "at_ms": at_ms,
            "alarm": hint.is_alarm,
        }
        sent = Shown(prompt, json.dumps(shown), now)
        self._known.add(prompt)
        self._shown = [*self._shown[-MOST_OPEN:], sent]
        if hint.is_alarm or hint.kind in PASSING:
            self._opens(prompt, hint)
        await self._send(PROMPTS, sent.text, readers)
        fact = HintGiven(
            prompt_id=prompt,
            hint=hint.kind,
            text=text,
            reason=reason,
            question=hint.question,
            about=hint.about,
            at_ms=at_ms,
            readers=tuple(readers),
            model=hint.model,
        )
        self._post(Witnessed((fact,)))

    async def _tell_over(self, readers: list[str]) -> None:
        await self._send(OVER, json.dumps({"ids": self._over}), readers)

    async def _tell_meter(self, readers: list[str], now: float) -> None:
        state, at = self._meter
        shown = self._state()
        has_changed = shown != state and now - at >= METER_EVERY_S
        if has_changed or now - at >= METER_AGAIN_S:
            self._meter = (shown, now)
            await self._send(METER, shown, readers)

    async def _send(self, topic: str, text: str, readers: list[str]) -> None:
        if not readers:
            return
        try:
            await self._room.local_participant.send_text(
                text, topic=topic, destination_identities=readers
            )
        except (rtc.StreamError, RuntimeError, ConnectionError) as error:
            log.warning("prompt_not_sent", topic=topic, error=str(error))

    def _left_s(self) -> float | None:
        """Of the kit's time, for who reads it may rate and must not learn that there is more of it.
        While people lead the plan's clock stands still; where they lead the whole interview, its
        minutes are theirs."""
        plan, state, now = self._chronicle.plan, self._chronicle.state, self._clock.now()
        if plan.assist == "human_leads":
            if self._began is None:
                return None
            left = max(0.0, plan.minutes * 60 - (now - self._began).total_seconds())
        elif state.started_at is not None:
            left = left_s(plan, state, now)
        else:
            return None
        return left / plan.more_time

    def _state(self) -> str:
        """The whole meter. Time is in whole minutes: seconds that pass slowly would tell."""
        plan, state, prompting = self._chronicle.plan, self._chronicle.state, self._prompting
        shares = {one.name: one.share for one in prompting.coverage}
        asked = prompting.said.asked
        key = state_question(plan, state) if state.floor == AI else state.lent
        question = None if key is None else plan.question(key)
        left = self._left_s()
        alternates = plan.assist == "alternating" and question is not None
        told = {
            "competencies": [
                {
                    "key": one.key,
                    "name": one.name,
                    "asked": len(asked & set(one.questions)),
                    "of": len(one.questions),
                    "answered": round(shares[one.name], 2),
                }
                for one in prompting.guide.competencies
            ],
            "questions": [
                {
                    "key": one.key,
                    "asked": one.key in asked,
                    "by": prompting.by.get(one.key),
                    "covered": one.key in state.covered,
                    "suggested": one.key in prompting.suggested and one.key not in state.denied,
                }
                for one in plan.questions
            ],
            "seconds_left": None if left is None else 60 * math.ceil(left / 60),
            "question": key,
            "mode": plan.assist,
            "section": question.section if alternates and question else None,
            "leads": question.leads if alternates and question else None,
        }
        return json.dumps(told)


MOST_OPEN = 20
