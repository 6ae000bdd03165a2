"""A mouth that says words at a steady pace and does what it is told, or fails as it is told."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from livekit.agents import APIConnectionError

from agent.mouth import Line, VoiceLost


@dataclass
class FakeMouth:
    """Port `Speaks`. `said` is every line that was asked for; `mute` lines never begin, `stuck`
    ones never end, `fails` are refused, and the next breaks off after `breaks_at` words."""

    now: Callable[[], float]
    start_s: float = 0.05
    stop_s: float = 0.1
    s_per_word: float = 0.3
    fails: bool = False
    breaks_at: int | None = None
    mute: bool = False
    stuck: bool = False
    said: list[str] = field(default_factory=list)
    prepared: set[str] = field(default_factory=set)
    _before_s: float = 0.0
    _since: float | None = None
    _is_handed_over: bool = False
    _halt: asyncio.Event = field(default_factory=asyncio.Event)
    _verdict: "asyncio.Future[Literal['go_on', 'stop']] | None" = None

    @property
    def heard_ms(self) -> int:
        going = self.now() - self._since if self._since is not None else 0.0
        return round((self._before_s + going) * 1000)

    @property
    def is_held(self) -> bool:
        return self._verdict is not None

    @property
    def is_speaking(self) -> bool:
        return self._is_handed_over

    @property
    def is_sounding(self) -> bool:
        return self._since is not None

    def prepare(self, sentences: tuple[str, ...]) -> None:
        self.prepared.update(sentences)

    async def say(
        self, sentences: tuple[str, ...], on_start: Callable[[float], None], from_ms: int = 0
    ) -> Line:
        self.said.append(" ".join(sentences))
        self._before_s, self._verdict, self._halt = from_ms / 1000, None, asyncio.Event()
        try:
            if self.fails:
                raise VoiceLost(Line("", from_ms, cut_off=True)) from APIConnectionError()
            await asyncio.sleep(self.start_s)
            self._is_handed_over = True
            if self.mute:
                await self._halt.wait()
                return Line("", from_ms, cut_off=True)
            on_start(self.now())
            return await self._play(" ".join(sentences).split())
        finally:
            self._since, self._is_handed_over = None, False

    async def _play(self, words: list[str]) -> Line:
        until, self.breaks_at = self.breaks_at or len(words), None
        whole_s = until * self.s_per_word
        while await self._sounds(whole_s - self._before_s):
            await asyncio.sleep(self.stop_s)
            if self._verdict is None or await self._verdict == "stop":
                heard = int(self._before_s / self.s_per_word)
                return Line(" ".join(words[:heard]), round(self._before_s * 1000), cut_off=True)
            self._verdict, self._halt = None, asyncio.Event()
        if until < len(words):
            said = Line(" ".join(words[:until]), round(whole_s * 1000), cut_off=True)
            raise VoiceLost(said) from APIConnectionError()
        return Line(" ".join(words), round(whole_s * 1000), cut_off=False)

    async def _sounds(self, for_s: float) -> bool:
        """True when it was interrupted."""
        self._since = self.now()
        try:
            async with asyncio.timeout(None if self.stuck else for_s):
                await self._halt.wait()
        except TimeoutError:
            return False
        finally:
            self._before_s, self._since = self._before_s + self.now() - self._since, None
        if self.stuck:
            await asyncio.Event().wait()
        return True

    def hold(self) -> None:
        if self._is_handed_over and self._verdict is None:
            self._verdict = asyncio.get_running_loop().create_future()
            self._halt.set()

    def go_on(self) -> None:
        if self._verdict is not None and not self._verdict.done():
            self._verdict.set_result("go_on")

    def stop(self) -> None:
        self.hold()
        if self._verdict is not None and not self._verdict.done():
            self._verdict.set_result("stop")
