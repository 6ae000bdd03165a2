"""What a candidate's page shows of the talk, told to the candidate alone: whenever it changes, and
again every two seconds: a page that was reloaded shows the same, and one that hears nothing knows
that its line is dead."""

import asyncio
import json
from datetime import datetime, timedelta
from hashlib import blake2s
from typing import Literal

import structlog
from interview.adapters.running import loop_s
from interview.plan import Plan, PlannedQuestion
from interview.session import Session, question_of
from interview.turn_taking import TurnTaking
from livekit import rtc

from agent.chronicle import Chronicle
from agent.clock import RecordingClock
from agent.speech import Speech

log = structlog.get_logger()

TOPIC = "viv.progress"
LOOK_EVERY_S = 0.1
AGAIN_EVERY_S = 2.0
Doing = Literal["listening", "resting", "thinking", "speaking", "paused"]
"""`resting`: we listen, and the candidate has asked for time to think."""

Told = dict[str, str | int | bool | None]


class Progress:
    """Sends `doing`, `phase`, `question` (counted from 1; null before the first), `of`, `text` and
    `probe` as they were asked, `asked` that is the same as long as the same is asked, `left_s` of
    the plan's time and whether that is `running`."""

    def __init__(
        self,
        room: rtc.Room,
        reader: str,
        chronicle: Chronicle,
        speech: Speech,
        turns: TurnTaking,
        clock: RecordingClock,
    ) -> None:
        self._room = room
        self._reader = reader
        self._chronicle = chronicle
        self._speech = speech
        self._turns = turns
        self._clock = clock

    async def run(self) -> None:
        before: tuple[str, Told] | None = None
        sent_at = 0.0
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            participant = self._room.remote_participants.get(self._reader)
            if participant is None:
                before = None
                continue
            plan, state = self._chronicle.plan, self._chronicle.state
            told = shown(plan, state, doing_of(state, self._speech, self._turns))
            at = loop_s()
            if before == (participant.sid, told) and at - sent_at < AGAIN_EVERY_S:
                continue
            before, sent_at = (participant.sid, told), at
            await self._send({**told, "left_s": left_s(plan, state, self._clock.now())})

    async def _send(self, told: Told) -> None:
        try:
            await self._room.local_participant.send_text(
                json.dumps(told), topic=TOPIC, destination_identities=[self._reader]
            )
        except (rtc.StreamError, RuntimeError, ConnectionError) as error:
            log.warning("progress_not_sent", error=str(error))


def doing_of(state: Session, speech: Speech, turns: TurnTaking) -> Doing:
    """What the AI is at: a line that was not heard yet is a thought."""
    line = speech.line
    if line is not None and not line.stopped:
        return "speaking" if line.started_ms is not None else "thinking"
    if speech.has_parted:
        return "thinking"  # until its end is written, and everybody leaves
    if state.paused:
        return "paused"
    if state.due is not None or speech.waiting is not None:
        return "thinking"
    answer = turns.answer
    rests = answer is not None and answer.over_at is None and answer.thinking
    return "resting" if rests else "listening"


def shown(plan: Plan, state: Session, doing: Doing) -> Told:
    """All but the time. What was not begun to be said is not shown: everybody learns it by ear."""
    question = _begun(plan, state)
    return {
        "doing": doing,
        "phase": state.phase.value,
        "question": None if question is None else 1 + plan.questions.index(question),
        "of": len(plan.questions),
        "text": None if question is None else question.text,
        "probe": None if question is None else _probe(plan, state, question),
        "asked": asked_in(plan, state),
        "running": state.started_at is not None and state.away_since is None,
    }


def asked_in(plan: Plan, state: Session) -> str:
    """What the next words answer, as far as it was begun to be said: the same word for the same,
    and another one for all else. It means nothing to whoever reads it."""
    question = _begun(plan, state)
    key = None if question is None else question.key
    probe = None if question is None else _probe(plan, state, question)
    wished = state.wished
    asked = (state.phase.value, key, probe, wished.offer, wished.let_ask)
    return blake2s(repr(asked).encode(), digest_size=6).hexdigest()


def left_s(plan: Plan, state: Session, now: datetime) -> int:
    """Seconds of the plan's time that are left, faults given back."""
    whole = timedelta(minutes=plan.minutes)
    if state.started_at is not None:
        whole += state.started_at + state.lost - (state.away_since or now)
    return max(0, round(whole.total_seconds()))


def _begun(plan: Plan, state: Session) -> PlannedQuestion | None:
    """The question that is open, or the last one while the next was not begun; or what a person
    had us put."""
    if state.lent is not None and state.lent in state.opened:
        return plan.question(state.lent)
    question = question_of(plan, state)
    if question is not None and question.key in state.opened:
        return question
    begun = [one for one in plan.questions if one.key in state.opened]
    return begun[-1] if begun and question is not None else None


def _probe(plan: Plan, state: Session, question: PlannedQuestion) -> str | None:
    is_due = state.due is not None and state.due.line == "probe"
    asked = state.probes_used - is_due
    if question is not question_of(plan, state) or asked < 1:
        return None
    return state.text_of(asked - 1) or question.probes[asked - 1]
