"""`/v1/speak`: text in, speech out; over a WebSocket sentence by sentence, or at once."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

import structlog
from aiohttp import WSMsgType, web

from local.speech.keys import OPEN_STREAMS, REQUEST_ID, SPEAKERS, SYNTHESIZER
from local.speech.protocol import speak as wire
from local.speech.protocol.refusals import CloseCode, Closed, Refused, broken, unexpected_binary
from local.speech.sentences import SentenceBuffer, sentences
from local.speech.sound import SAMPLE_BYTES, as_wav
from local.speech.synthesizer import SynthesisFailed, Synthesizer
from local.speech.talking.request import Utterance
from local.speech.voices import WORDS_PER_MINUTE, voice_of

MAX_FRAME_BYTES = 1 << 16
HEARTBEAT_S = 20.0
CHUNK_S = 0.1
BETWEEN_SENTENCES_S = 0.25

log = structlog.get_logger("vivavoce.speech")


@dataclass(frozen=True)
class Manner:
    """How a request wants its text to be spoken."""

    voice: str
    words_per_minute: int
    sample_rate: int

    @classmethod
    def of(cls, query: wire.SpeakQuery) -> "Manner":
        """Raises `Refused` (400) for a language that nobody here can speak."""
        speed = round(WORDS_PER_MINUTE * query.speed)
        return cls(voice_of(query.model), speed, query.sample_rate)

    def utterance(self, text: str) -> Utterance:
        return Utterance(text, self.voice, self.words_per_minute, self.sample_rate)

    def silence(self, length_s: float) -> bytes:
        return bytes(round(length_s * self.sample_rate) * SAMPLE_BYTES)


async def speak_text(request: web.Request) -> web.StreamResponse:
    """POST `{"text"}`: the whole text as one body."""
    query = wire.parse_speak_query(request.query)
    manner = Manner.of(query)
    text = wire.parse_speak_body(await request.read())
    try:
        spoken = [
            await request.app[SYNTHESIZER].say(manner.utterance(sentence))
            for sentence in sentences(text)
        ]
    except SynthesisFailed as error:
        raise Refused(500, "INTERNAL_SERVER_ERROR", "Synthesis failed; try again.") from error
    pcm = manner.silence(BETWEEN_SENTENCES_S).join(spoken)
    is_wav = query.container == "wav"
    return web.Response(
        body=as_wav(pcm, query.sample_rate) if is_wav else pcm,
        content_type="audio/wav" if is_wav else "audio/l16",
        headers={"dg-model-name": query.model, "dg-char-count": str(len(text))},
    )


async def speak_stream(request: web.Request) -> web.StreamResponse:
    """A WebSocket; clients keep it open between their sentences, for an hour and longer."""
    query = wire.parse_speak_query(request.query)
    manner = Manner.of(query)
    with request.app[SPEAKERS].place():
        socket = web.WebSocketResponse(
            heartbeat=HEARTBEAT_S, max_msg_size=MAX_FRAME_BYTES, compress=False
        )
        await socket.prepare(request)
        request.app[OPEN_STREAMS].add(socket)
        hello = wire.speak_metadata(request[REQUEST_ID], query.model)
        try:
            await SpeakStream(socket, request.app[SYNTHESIZER], manner).run(hello)
        except Closed as end:
            await socket.close(code=end.code, message=end.reason.encode()[:123])
        return socket


@dataclass(frozen=True)
class Say:
    sentence: str


@dataclass(frozen=True)
class Mark:
    """Everything before this has been sent."""


class SpeakStream:
    """Reads on while it speaks, so that `Clear` takes effect at once."""

    def __init__(
        self, socket: web.WebSocketResponse, synthesizer: Synthesizer, manner: Manner
    ) -> None:
        self._socket = socket
        self._synthesizer = synthesizer
        self._manner = manner
        self._text = SentenceBuffer()
        self._work: asyncio.Queue[Say | Mark] = asyncio.Queue(maxsize=256)
        self._sequence = 0
        self._cleared = 0
        self._is_first = True

    async def run(self, hello: wire.SpeakMetadata) -> None:
        """Until the client has gone or said Close; raises `Closed` for a fault."""
        speaking = asyncio.create_task(self._speak_all(hello))
        receiving = asyncio.create_task(self._receive_all())
        try:
            await asyncio.wait((speaking, receiving), return_when=asyncio.FIRST_COMPLETED)
            if speaking.done():
                speaking.result()
            receiving.result()
            if not self._socket.closed:
                await self._socket.close(code=CloseCode.NORMAL)
        except SynthesisFailed as error:
            log.warning("synthesis_failed")
            raise broken() from error
        except ConnectionResetError:
            return  # the client has gone without a word
        finally:
            speaking.cancel()
            receiving.cancel()
            await asyncio.gather(speaking, receiving, return_exceptions=True)

    async def _receive_all(self) -> None:
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT:
                raise unexpected_binary()
            if await self._control(wire.parse_speak_control(message.data)):
                return

    async def _control(self, control: wire.SpeakControl) -> bool:
        """Whether this was the end."""
        match control:
            case wire.Speak():
                for sentence in self._text.feed(control.text):
                    await self._work.put(Say(sentence))
            case wire.Flush():
                await self._flush()
            case wire.Clear():
                await self._clear()
            case wire.Close():
                await self._flush()
                await self._work.join()
                return True
            case _:
                assert_never(control)
        return False

    async def _flush(self) -> None:
        for sentence in self._text.rest():
            await self._work.put(Say(sentence))
        await self._work.put(Mark())

    async def _clear(self) -> None:
        self._text.clear()
        self._cleared += 1
        while not self._work.empty():
            self._work.get_nowait()
            self._work.task_done()
        self._is_first = True
        await self._socket.send_json(wire.cleared(self._next()))

    async def _speak_all(self, hello: wire.SpeakMetadata) -> None:
        await self._socket.send_json(hello)
        while True:
            work = await self._work.get()
            match work:
                case Say(sentence):
                    await self._say(sentence)
                case Mark():
                    self._is_first = True
                    await self._socket.send_str(json.dumps(wire.flushed(self._next())))
                case _:
                    assert_never(work)
            self._work.task_done()

    async def _say(self, sentence: str) -> None:
        before = self._cleared
        pcm = await self._synthesizer.say(self._manner.utterance(sentence))
        for chunk in self._chunks(pcm):
            if self._cleared != before:
                return
            await self._socket.send_bytes(chunk)

    def _chunks(self, pcm: bytes) -> Iterator[bytes]:
        if not self._is_first:
            yield self._manner.silence(BETWEEN_SENTENCES_S)
        self._is_first = False
        size = round(CHUNK_S * self._manner.sample_rate) * SAMPLE_BYTES
        for at in range(0, len(pcm), size):
            yield pcm[at : at + size]

    def _next(self) -> int:
        sequence, self._sequence = self._sequence, self._sequence + 1
        return sequence
