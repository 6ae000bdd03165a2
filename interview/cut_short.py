"""Cut short: an answer that a dead line ended, not the candidate.

A line dies seconds before anybody knows. Silence that began with it looks like the end of an
answer, and the next question may have been said into it.
"""

from dataclasses import replace
from datetime import datetime

from interview.errors import OutOfOrder
from interview.events import (
    AnswerEnded,
    AnswerResumed,
    Event,
    SignalReceived,
    SpeechHeard,
)
from interview.ids import TurnId
from interview.talk import Hushed, Phase, Session


def noticed(state: Session, then: Session, event: Event) -> Session:
    """`then` follows `state`: an answer to a question that silence alone has ended is doubtful
    until the candidate is heard of again."""
    match event.fact:
        case AnswerEnded(signal="patience", intent="answer", turn_id=turn) if (
            state.phase is Phase.ASKING and then.before and then.answered == turn
        ):
            return replace(then, hushed=Hushed(event.at, replace(then.before, hushed=None)))
        case SpeechHeard(role="candidate", turn_id=turn) if turn == then.answered:
            return then  # the recogniser is late
        case SpeechHeard(role="candidate") | SignalReceived() | AnswerEnded() | AnswerResumed():
            return replace(then, hushed=None)
        case _:
            return then


def cut_short(state: Session, left: datetime) -> TurnId | None:
    """The answer that was over only after its candidate had `left`: nobody knows that it was."""
    hushed = state.hushed
    return state.answered if hushed and state.floor == "ai" and left < hushed.at else None


def resumed(state: Session, turn: TurnId) -> Session:
    """The candidate goes on: everything since the answer seemed over is taken back.

    A question that was said to its end meanwhile stays said: it comes again as a repeat. Raises
    `OutOfOrder` when there is no answer that could go on.
    """
    if state.answering == turn:
        return state  # the end of the withdrawn line has said it already
    if state.answered != turn:
        raise OutOfOrder("no answer has just ended that could go on")
    if state.before is not None:
        return state.taken_back(None)
    if state.hushed is None or state.present:
        raise OutOfOrder("no answer has just ended that could go on")
    back = replace(state, before=state.hushed.before).taken_back(None)
    said = tuple(key for key in state.opened if key not in back.opened)
    lost = (*state.said_in_vain, *said)
    return replace(back, opened=state.opened, asked=state.asked, said_in_vain=lost)
