"""A stage with people of the tenant on it, and the AI at their side."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from pydantic import BaseModel

from agent.awaiting import Awaiting
from agent.clock import new_id
from agent.copilot import CoPilot
from agent.copilot_advice import adviser_for
from agent.copilot_calls import CoPilotCalls
from agent.copilot_words import PromptWords
from agent.messages import FloorPassed, FloorWanted, Witnessed
from agent.probe_guard import guard_of
from interview.by_room import InterviewerArrived, InterviewerLeft
from interview.copilot_facts import HintGiven
from interview.events import AnswerEnded, Event, SpeechHeard
from interview.hints import Guide, GuidedCompetency
from interview.ids import MemberId, TurnId, interviewer_identity
from interview.plan import Plan
from interview.ports import Models
from interview.prompting import Prompting
from tests.fakes.floor_room import FakePerson, FakeRoom
from tests.fakes.stage import Stage, asked_first
from tests.fakes.talk import CANDIDATE, plan, question

ANNA = MemberId(UUID(int=1))
IS_ANNA, ANNAS = interviewer_identity(ANNA), f"human:{ANNA.hex}"
GUIDE = Guide(
    competencies=(
        GuidedCompetency(key="care", name="Care", questions=("first", "third")),
        GuidedCompetency(key="calm", name="Calm", questions=("second",)),
    )
)
AWAITED_S = 120.0
RETURNS_AFTER_S = 30.0
FAILED = "Please tell me about something important that failed."
CUSTOMERS = "Please describe a difficult customer meeting."


class Told(BaseModel):
    """A question on the meter."""

    key: str
    asked: bool
    by: str | None
    covered: bool
    suggested: bool


class Meter(BaseModel):
    """As much of `viv.coverage` as tests read."""

    questions: list[Told]


class Side:
    """What interviewers say, do and are shown."""

    def __init__(self, stage: Stage, models: Models | None = None) -> None:
        self.stage = stage
        self.room = FakeRoom({CANDIDATE: FakePerson({"role": "candidate"})})
        words = PromptWords.load(stage.plan.language)
        guard = guard_of(stage.plan)
        assert guard is not None
        self.prompting = Prompting(
            GUIDE, stage.plan, words.names.figures, lambda text: guard.touches(text, spoken=True)
        )
        post, chronicle = stage.inbox.put_nowait, stage.chronicle
        past = tuple(stage.claim.events)
        self.copilot = CoPilot(
            self.room,
            chronicle,
            stage.clock,
            self.prompting,
            words,
            post,
            adviser_for(stage.plan, GUIDE, models),
            past,
        )
        self.awaiting = Awaiting(
            self.room, chronicle, post, AWAITED_S, stage.now, RETURNS_AFTER_S, past
        )
        self.calls = CoPilotCalls(
            self.room, stage.plan, self.copilot, lambda: chronicle.state.floor, post
        )
        self.calls.register()

    # ---- people of the tenant ----

    def comes(self, identity: str = IS_ANNA, role: str = "interviewer", sid: str = "PA_1") -> None:
        self.room.remote_participants[identity] = FakePerson({"role": role}, sid)
        fact = InterviewerArrived.model_validate({"identity": identity, "role": role})
        self.stage.inbox.put_nowait(Witnessed((fact,)))

    def goes(self, identity: str = IS_ANNA) -> None:
        del self.room.remote_participants[identity]
        left = InterviewerLeft(identity=identity, reason="left")
        self.stage.inbox.put_nowait(Witnessed((left,)))

    async def passes(self, floor: str, *covered: str) -> None:
        self.stage.conductor.hear_of_floor(FloorPassed(floor, covered))
        await self.stage.until(lambda: self.stage.chronicle.state.floor == floor)

    async def takes(self) -> str:
        """The remote call, as the room hears of it."""
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        before = self.stage.chronicle.state.floor
        self.stage.conductor.hear_of_floor(FloorWanted(IS_ANNA, ANNAS, before, (), False, answer))
        return await answer

    async def says(self, text: str) -> None:
        """An interviewer's turn."""
        turn, at = TurnId(new_id()), self.stage.clock.ms()
        await asyncio.sleep(0.3 * len(text.split()))
        heard = SpeechHeard(
            turn_id=turn,
            question=None,
            identity=IS_ANNA,
            role="interviewer",
            text=text,
            words=(),
            started_ms=at,
            ended_ms=self.stage.clock.ms(),
        )
        self.stage.inbox.put_nowait(Witnessed((heard,)))
        await asyncio.sleep(1.5)
        ended = AnswerEnded(
            turn_id=turn, question=None, signal="patience", words=0, intent="nothing"
        )
        self.stage.inbox.put_nowait(Witnessed((ended,)))
        await asyncio.sleep(0.1)

    # ---- what they are shown ----

    def shown(self, topic: str = "viv.prompt") -> list[dict[str, object]]:
        return [
            json.loads(one.text) for one in self.room.local_participant.sent if one.topic == topic
        ]

    def over(self, prompt: UUID | None = None) -> set[str]:
        """To whom it was said that the prompt, or the last that was shown, is over."""
        name = str(prompt or self.given()[-1].prompt_id)
        sent = [one for one in self.room.local_participant.sent if one.topic == "viv.prompt.over"]
        return {who for one in sent if name in json.loads(one.text)["ids"] for who in one.readers}

    def kinds(self) -> list[object]:
        return [one["kind"] for one in self.shown()]

    @property
    def meter(self) -> dict[str, object]:
        return self.shown("viv.coverage")[-1]

    def about(self, question: str) -> tuple[str | None, bool, bool]:
        """Who has asked it, whether it is covered, and whether that is suggested."""
        told = Meter.model_validate(self.meter).questions
        return next((one.by, one.covered, one.suggested) for one in told if one.key == question)

    def given(self) -> list[HintGiven]:
        return self.stage.facts(HintGiven)


@asynccontextmanager
async def at_side(
    plan_: Plan | None = None,
    events: Sequence[Event] = (),
    *,
    comes: bool = True,
    models: Models | None = None,
) -> AsyncIterator[tuple[Stage, Side]]:
    """A conductor that leads, and what runs beside it."""
    epoch = 1 + max([e.epoch for e in events], default=0)
    stage = Stage(plan_ or plan(), events, epoch)
    side = Side(stage, models)
    async with asyncio.TaskGroup() as group:
        work = [
            group.create_task(stage.lead()),
            group.create_task(side.copilot.run()),
            group.create_task(side.awaiting.run()),
        ]
        if comes:
            stage.comes()
        yield stage, side
        for task in work:
            task.cancel()


def guided() -> Plan:
    """Questions that differ in their words."""
    first, second, third = question("first", 1), question("second", 1), question("third", 0)
    return plan(
        first.model_copy(update={"text": FAILED, "probes": ("Which suppliers were involved?",)}),
        second.model_copy(update={"text": CUSTOMERS}),
        third,
    )


async def led_by_anna(stage: Stage, side: Side) -> None:
    """The first question was heard, and Anna leads."""
    await asked_first(stage)
    side.comes()
    await side.passes(ANNAS)
    await asyncio.sleep(1)
