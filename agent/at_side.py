"""The AI at the interviewers' side: the co-pilot, what they ask of it, and who is waited for."""

from collections.abc import Callable, Coroutine

from interview.door import Claim
from interview.ports import Models
from interview.prompting import Prompting
from livekit import rtc

from agent.awaiting import Awaiting
from agent.chronicle import Chronicle
from agent.clock import RecordingClock
from agent.copilot import CoPilot
from agent.copilot_advice import adviser_for
from agent.copilot_calls import CoPilotCalls
from agent.copilot_words import PromptWords
from agent.messages import Message
from agent.probe_guard import guard_of


def touches(claim: Claim) -> Callable[[str], str | None]:
    """What is protected in spoken words; nothing is known to be, where nobody has written that
    down."""
    guard = guard_of(claim.plan)
    return (lambda _: None) if guard is None else (lambda text: guard.touches(text, spoken=True))


def at_side(
    room: rtc.Room,
    claim: Claim,
    chronicle: Chronicle,
    clock: RecordingClock,
    models: Models | None,
    post: Callable[[Message], None],
) -> tuple[Coroutine[None, None, None], ...]:
    """What runs beside the talk."""
    words = PromptWords.load(claim.plan.language)
    prompting = Prompting(claim.guide, claim.plan, words.names.figures, touches(claim))
    adviser = adviser_for(claim.plan, claim.guide, models)
    copilot = CoPilot(room, chronicle, clock, prompting, words, post, adviser, claim.events)
    CoPilotCalls(room, claim.plan, copilot, lambda: chronicle.state.floor, post).register()
    awaited_s, returns_after_s = claim.interviewer_awaited_s, claim.floor_returns_after_s
    awaiting = Awaiting(
        room, chronicle, post, awaited_s, clock.instant, returns_after_s, claim.events
    )
    return copilot.run(), awaiting.run()
