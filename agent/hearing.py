"""Whether an interviewer is heard: outages of their ear, for the log and for whoever is there."""

from collections.abc import Callable

from interview.by_room import InterviewerUnheard
from interview.events import ProviderFailed
from livekit.agents import stt
from livekit.plugins import deepgram

from agent.awaiting import TROUBLE_S
from agent.messages import Message, Witnessed

HELD_S = 15.0
"""Failures that are further apart are two outages. Who cannot connect tries for ten seconds.
Sounds that are further apart are not one speech of which no word was understood."""


class Hearing:
    """One fact an outage, and one when it lasts: it is over with the next word.

    A recogniser may also take the sound and never answer: that is told once somebody has spoken for
    as long as an outage would have lasted."""

    def __init__(
        self, identity: str, post: Callable[[Message], None], now: Callable[[], float]
    ) -> None:
        self._identity = identity
        self._post = post
        self._now = now
        self._since: float | None = None
        self._latest = 0.0
        self._is_told = False
        self._spoke_at = 0.0
        self._unanswered_s = 0.0

    def follow(self, recogniser: deepgram.STT) -> None:
        """`recogniser` tells of every try that failed."""
        recogniser.on("error", self._on_error)

    def _on_error(self, failed: stt.STTError) -> None:
        self.failed(failed.error)

    def failed(self, error: Exception) -> None:
        """What they say is not understood, or not now."""
        now = self._now()
        if self._since is None or now - self._latest >= HELD_S:
            self._since, self._is_told = now, False
            said = f"{self._identity}: {type(error).__name__}"
            fact = ProviderFailed(provider="stt", error=said, identity=self._identity)
            self._post(Witnessed((fact,)))
        self._latest = now
        if now - self._since >= TROUBLE_S:
            self._tell()

    def spoke(self, for_s: float) -> None:
        """They have spoken for so long until now."""
        now = self._now()
        if now - self._spoke_at >= HELD_S:
            self._unanswered_s = 0.0
        self._spoke_at = now
        self._unanswered_s += for_s
        if self._unanswered_s >= TROUBLE_S:
            self._tell()

    def works(self) -> None:
        """A word of theirs was understood."""
        self._since, self._is_told, self._unanswered_s = None, False, 0.0

    def _tell(self) -> None:
        if not self._is_told:
            self._is_told = True
            self._post(Witnessed((InterviewerUnheard(identity=self._identity),)))
