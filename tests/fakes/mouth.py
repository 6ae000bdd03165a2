"""A mouth that says words at a steady pace and does what it is told, or fails as it is told."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from livekit.agents import APIConnectionError

from agent.mouth import Line


@dataclass
class FakeMouth:
    """Port `Speaks`. `said` is every line that was asked for; `mute` lines never begin, `stuck`
    ones never end, `fails` are refused."""

    now: Callable[[], float]
    start_s: float = 0.05
    stop_s: float = 0.1
    s_per_word: float = 0.3
    fails: bool = False
    mute: bool = False
    stuck: bool = False
    said: list[str] = field(default_factory=list)
    prepared: set[str] = field(default_factory=set)
    _before_s: float = 0.0
    _since: float | None = None
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
    def is_sounding(self) -> bool:
        return self._since is not None

    def prepare(self, sentences: tuple[str, ...]) -> None:
        self.prepared.update(sentences)

    async def say(self, sentences: tuple[str, ...], on_start: Callable[[float], None]) -> Line:
        self.said.append(" ".join(sentences))
        self._before_s, self._verdict, self._halt = 0.0, None, asyncio.Event()
        if self.fails:
            raise APIConnectionError
        await asyncio.sleep(self.start_s)
        if self.mute:
            await asyncio.Event().wait()
        on_start(self.now())
        try:
            return await self._play(" ".join(sentences).split())
        finally:
            self._since = None

    async def _play(self, words: list[str]) -> Line:
        whole_s = len(words) * self.s_per_word
        while await self._sounds(whole_s - self._before_s):
            await asyncio.sleep(self.stop_s)
            if self._verdict is None or await self._verdict == "stop":
                heard = int(self._before_s / self.s_per_word)
                return Line(" ".join(words[:heard]), round(self._before_s * 1000), cut_off=True)
            self._verdict, self._halt = None, asyncio.Event()
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
        if self._since is not None and self._verdict is None:
            self._verdict = asyncio.get_running_loop().create_future()
            self._halt.set()

    def go_on(self) -> None:
        if self._verdict is not None and not self._verdict.done():
            self._verdict.set_result("go_on")

    def stop(self) -> None:
        self.hold()
        if self._verdict is not None and not self._verdict.done():
            self._verdict.set_result("stop")
