"""Whether an interviewer is heard: outages of their ear, for the log and for whoever is there."""

from collections.abc import Callable

from interview.by_room import InterviewerUnheard
from interview.events import ProviderFailed
from livekit.agents import stt
from livekit.plugins import deepgram

from agent.awaiting import TROUBLE_S
from agent.messages import Message, Witnessed

HELD_S = 15.0
"""Failures that are further apart are two outages. Who cannot connect tries for ten seconds."""


class Hearing:
    """One fact an outage, and one when it lasts: it is over with the next word."""

    def __init__(
        self, identity: str, post: Callable[[Message], None], now: Callable[[], float]
    ) -> None:
        self._identity = identity
        self._post = post
        self._now = now
        self._since: float | None = None
        self._latest = 0.0
        self._is_told = False

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
        if not self._is_told and now - self._since >= TROUBLE_S:
            self._is_told = True
            self._post(Witnessed((InterviewerUnheard(identity=self._identity),)))

    def works(self) -> None:
        """A word of theirs was understood."""
        self._since = None
