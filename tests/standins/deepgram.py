"""A scripted stand-in for Deepgram: the same protocol on a socket, words at their true times.

The recogniser does not recognise: a test queues what will be said with the time of each word, the
first loud sample starts that clock, and each word is revealed `delay_s` after it was spoken. Who
queues the sound as well is told when each word was heard, not when it was said: on its way sound
is shortened and stretched (`following.py`). With `by_sound` a stream hears what sounds in it, and
nothing else: where several speak, words are heard wherever their sound really arrives.
"""

import asyncio
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self

import numpy as np
from aiohttp import WSMsgType, web

from local.speech.protocol.listen import Span, Word, results, speech_started
from local.speech.protocol.speak import flushed, parse_speak_body
from tests.standins.following import COARSE, Coarse, Followed, Known, Sound, coarse

LOUD = 150.0
"""Mean absolute sample value above which a chunk of audio counts as sound."""

SILENCE_S = 0.05
INTERIM_EVERY_S = 0.1
CHARACTER_S = 0.065
"""How long a character of a line sounds, as a person would say it."""

CONFIDENCE = 0.97
Trouble = Literal["refuse", "unauthorized", "too_many", "stall"]
STATUS: Mapping[Trouble, int] = {"refuse": 503, "unauthorized": 401, "too_many": 429}

Said = Sequence[tuple[str, float, float]]
"""Words with start and end in seconds of the clip."""

Queued = tuple[Said, Sound | None]

LISTENS_FOR_S = 1.2
"""By so much of what is heard a sound is recognised."""

LISTENS_EVERY_S = 0.1


@dataclass
class Deepgram:
    """An async context manager; `stt_url` and `tts_url` are what the plugin is pointed at. `told`
    is what was understood and when (`time.time()`)."""

    delay_s: float = 0.05
    first_byte_s: float = 0.0
    character_s: float = CHARACTER_S
    spoken: list[str] = field(default_factory=list)
    connections: list[dict[str, str]] = field(default_factory=list)
    told: list[tuple[float, str]] = field(default_factory=list)
    stt_trouble: Trouble | None = None
    tts_trouble: Trouble | None = None
    by_sound: bool = False
    keeps_audio: bool = False

    def __post_init__(self) -> None:
        self._said: deque[Queued] = deque()
        self._known: list[tuple[Queued, Known]] = []
        self.heard: list[list[Coarse]] = []
        self._sockets: set[web.WebSocketResponse] = set()
        self._runner: web.AppRunner | None = None
        self._port = 0

    @property
    def stt_url(self) -> str:
        return f"http://127.0.0.1:{self._port}/v1/listen"

    @property
    def tts_url(self) -> str:
        return f"http://127.0.0.1:{self._port}/v1/speak"

    def settings(self) -> dict[str, str]:
        """The variables that point an agent here."""
        return {
            "DEEPGRAM_API_KEY": "a-key-that-is-not-checked-here",
            "VIVAVOCE_STT_URL": self.stt_url,
            "VIVAVOCE_TTS_URL": self.tts_url,
        }

    def will_hear(self, said: Said, sound: Sound | None = None) -> None:
        """Queues an utterance: it begins with the next sound, or where its own is heard."""
        if self.by_sound:
            assert sound is not None, "a sound is recognised by itself"
            self._known.append(((tuple(said), sound), Known(sound)))
        else:
            self._said.append((tuple(said), sound))

    def forget(self) -> None:
        """Drops what was queued and never said."""
        self._said.clear()
        self._known.clear()

    async def drop_streams(self) -> None:
        """Closes every open recogniser's stream in the middle."""
        for socket in tuple(self._sockets):
            await socket.close(code=1011, message=b"NET-0000")

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/v1/listen", self._listen)
        app.router.add_post("/v1/speak", self._speak)
        app.router.add_get("/v1/speak", self._speak_stream)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _listen(self, request: web.Request) -> web.StreamResponse:
        if refusal := _refusal(self.stt_trouble):
            return refusal
        self.connections.append(dict(request.query))
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.add(socket)
        stream = _Stream(socket, int(request.query["sample_rate"]), self)
        try:
            async for message in socket:
                if message.type is WSMsgType.BINARY and self.stt_trouble != "stall":
                    await stream.hear(np.frombuffer(message.data, dtype=np.int16))
        finally:
            self._sockets.discard(socket)
        return socket

    def next_utterance(self) -> Queued | None:
        return self._said.popleft() if self._said else None

    def recognised(self, heard: Coarse, apart_from: Sequence[Queued]) -> tuple[Queued, int] | None:
        """What sounds in `heard`, and the sample at which it began."""
        for queued, known in self._known:
            is_new = not any(queued is one for one in apart_from)
            if is_new and (began := known.begins(heard)) is not None:
                return queued, began
        return None

    async def _speak(self, request: web.Request) -> web.StreamResponse:
        if refusal := _refusal(self.tts_trouble):
            return refusal
        if self.tts_trouble == "stall":
            await asyncio.sleep(3600)
        text = parse_speak_body(await request.read())
        self.spoken.append(text)
        await asyncio.sleep(self.first_byte_s)
        rate = int(request.query.get("sample_rate", "24000"))
        return web.Response(body=voice(text, rate, self.character_s), content_type="audio/l16")

    async def _speak_stream(self, request: web.Request) -> web.StreamResponse:
        if refusal := _refusal(self.tts_trouble):
            return refusal
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        rate, words, sequence = int(request.query.get("sample_rate", "24000")), "", 0
        async for message in socket:
            control = message.json()
            match control["type"]:
                case "Speak":
                    words += control["text"]
                case "Flush":
                    self.spoken.append(words.strip())
                    await asyncio.sleep(self.first_byte_s)
                    await socket.send_bytes(voice(words.strip(), rate, self.character_s))
                    await socket.send_json(flushed(sequence))
                    words, sequence = "", sequence + 1
                case "Close":
                    await socket.close()
                case _:
                    pass
        return socket


class _Stream:
    """One recogniser's stream; positions are seconds of its audio."""

    def __init__(self, socket: web.WebSocketResponse, rate: int, service: Deepgram) -> None:
        self._socket = socket
        self._rate = rate
        self._service = service
        self._position = 0.0
        self._last_loud = float("-inf")
        self._last_interim = 0.0
        self._said: Said = ()
        self._followed: Followed | None = None
        self._zero = 0.0
        self._words: list[Word] = []
        self._final = 0
        self._shown = 0
        self._recent: Coarse = np.zeros(0)
        self._recognised: list[Queued] = []
        self._listened = 0.0
        self._kept: list[Coarse] = []
        service.heard.append(self._kept)

    async def hear(self, samples: "np.ndarray[tuple[int], np.dtype[np.int16]]") -> None:
        began, self._position = self._position, self._position + len(samples) / self._rate
        if float(np.abs(samples.astype(np.float32)).mean()) > LOUD:
            self._last_loud = self._position
            if not self._said and not self._service.by_sound:
                await self._begin(began)
        if self._followed is not None:
            self._followed.hear(samples)
        if self._service.by_sound:
            await self._listen(coarse(samples, self._rate))
        if self._said:
            self._understand()
            await self._reveal()

    async def _listen(self, arrived: Coarse) -> None:
        """Begins what is recognised by its sound; it may have begun a while before."""
        if self._service.keeps_audio:
            self._kept.append(arrived)
        self._recent = np.concatenate([self._recent, arrived])[-round(LISTENS_FOR_S * COARSE) :]
        is_loud = self._position - self._last_loud < LISTENS_FOR_S
        if self._said or not is_loud or self._position - self._listened < LISTENS_EVERY_S:
            return
        self._listened = self._position
        found = self._service.recognised(self._recent, self._recognised)
        if found is None:
            return
        queued, at = found
        self._recognised.append(queued)
        oldest = self._position - len(self._recent) / COARSE
        await self._hear_begin(queued, oldest + at / COARSE, oldest, self._recent)

    async def _begin(self, at: float) -> None:
        queued = self._service.next_utterance()
        if queued is not None:
            await self._hear_begin(queued, at - queued[0][0][1], at, np.zeros(0))

    async def _hear_begin(self, queued: Queued, zero: float, since: float, heard: Coarse) -> None:
        self._said, sound = queued
        self._zero = zero
        self._followed = Followed(sound, self._rate, since, heard) if sound is not None else None
        self._words, self._final, self._shown = [], 0, 0
        await self._socket.send_json(speech_started(max(zero + self._said[0][1], 0.0)))

    def _understand(self) -> None:
        """Takes in the words that were heard by now, each where it was heard."""
        for word, start, end in self._said[len(self._words) :]:
            if self._zero + end > self._position - self._service.delay_s:
                return
            if self._followed is not None:
                self._zero = self._followed.zero(start, end, self._zero)
            self._words.append(Word(word, self._zero + start, self._zero + end, CONFIDENCE))

    async def _reveal(self) -> None:
        known = self._words
        quiet = self._position - self._last_loud >= SILENCE_S + self._service.delay_s
        if quiet and len(known) > self._final:
            await self._send(known[self._final :], final=True)
            self._final = self._shown = len(known)
        elif len(known) > self._shown and self._position - self._last_interim >= INTERIM_EVERY_S:
            self._last_interim, self._shown = self._position, len(known)
            await self._send(known[self._final :], final=False)
        if self._final == len(self._said):
            self._said, self._followed = (), None

    async def _send(self, words: Sequence[Word], *, final: bool) -> None:
        self._service.told.append((time.time(), " ".join(word.word for word in words)))
        span = Span(words[0].start_s, words[-1].end_s)
        await self._socket.send_json(
            results("stand-in", words, span, is_final=final, speech_final=final)
        )


def _refusal(trouble: Trouble | None) -> web.Response | None:
    if trouble is None or trouble not in STATUS:
        return None
    body = {"err_code": trouble.upper(), "err_msg": trouble, "request_id": "stand-in"}
    return web.json_response(body, status=STATUS[trouble])


def voice(text: str, rate: int, character_s: float = CHARACTER_S) -> bytes:
    """Something like a voice, as long as the text takes to say: loud from its first sample on."""
    seconds = max(0.3, len(text) * character_s)
    t = np.arange(int(seconds * rate)) / rate
    tone = sum(np.sin(2 * np.pi * 120 * k * t) / k for k in range(1, 12))
    syllables = 0.75 + 0.25 * np.sin(2 * np.pi * 4 * t)
    return (tone * syllables * 5000).astype(np.int16).tobytes()
