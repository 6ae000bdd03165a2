"""`/v1/listen`: a stream of audio in, words out; or a whole recording at once."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from typing import assert_never

from aiohttp import WSMsgType, web
from pydantic import TypeAdapter

from local.speech.decoders import Decoders
from local.speech.engine import Engine, EngineGone
from local.speech.frames import Frame, Kind
from local.speech.hearing import events
from local.speech.keys import DECODERS, OPEN_STREAMS, REQUEST_ID, SETTINGS
from local.speech.protocol import listen as wire
from local.speech.protocol.refusals import (
    CloseCode,
    Closed,
    Refused,
    bad_request,
    broken,
    idle,
    undecodable,
)
from local.speech.settings import Settings
from local.speech.sound import SAMPLE_BYTES, NotAudio, Recording, read_wav

MAX_FRAME_BYTES = 1 << 20
HEARTBEAT_S = 20.0
PIECE_BYTES = 1 << 15
EVENT: TypeAdapter[events.Event] = TypeAdapter(events.Event)


async def listen_stream(request: web.Request) -> web.StreamResponse:
    """A WebSocket for as long as the client speaks."""
    query = wire.parse_listen_query(request.query, streaming=True)
    async with request.app[DECODERS].lease() as engine:
        await engine.send(
            Frame(Kind.BEGIN, events.packed(_listening(query, request.app[SETTINGS])))
        )
        socket = web.WebSocketResponse(
            heartbeat=HEARTBEAT_S, max_msg_size=MAX_FRAME_BYTES, compress=False
        )
        await socket.prepare(request)
        request.app[OPEN_STREAMS].add(socket)
        stream = ListenStream(socket, engine, query, request[REQUEST_ID], request.app[SETTINGS])
        try:
            await stream.run()
        except Closed as end:
            await socket.close(code=end.code, message=end.reason.encode()[:123])
        return socket


async def listen_file(request: web.Request) -> web.StreamResponse:
    """POST of a WAVE file, or of raw samples when the query names their encoding."""
    query = wire.parse_listen_query(request.query, streaming=False)
    recording = _recording(query, await request.read())
    settings = request.app[SETTINGS]
    how = query.model_copy(
        update={"sample_rate": recording.sample_rate, "channels": recording.channels}
    )
    try:
        words, duration_s = await _all_words(request.app[DECODERS], how, settings, recording.pcm)
    except EngineGone as error:
        raise Refused(500, "INTERNAL_SERVER_ERROR", "Recognition failed; try again.") from error
    digest = hashlib.sha256(recording.pcm).hexdigest()
    summary = wire.metadata(request[REQUEST_ID], duration_s, digest)
    return web.json_response(wire.transcription(summary, words))


class ListenStream:
    """Carries what the client sends to the engine and what the engine hears to the client."""

    def __init__(
        self,
        socket: web.WebSocketResponse,
        engine: Engine,
        query: wire.ListenQuery,
        request_id: str,
        settings: Settings,
    ) -> None:
        self._socket = socket
        self._engine = engine
        self._query = query
        self._request_id = request_id
        self._idle_s = settings.idle_s
        self._digest = hashlib.sha256()

    async def run(self) -> None:
        """Until the client has gone or all is said; raises `Closed` for a fault."""
        sending = asyncio.create_task(self._send_all())
        receiving = asyncio.create_task(self._receive_all())
        try:
            await asyncio.wait((sending, receiving), return_when=asyncio.FIRST_COMPLETED)
            if receiving.done() and receiving.result():
                await sending
            elif sending.done():
                sending.result()
        except EngineGone as error:
            raise broken() from error
        except ConnectionResetError:
            return  # the client has gone without a word
        finally:
            sending.cancel()
            receiving.cancel()
            await asyncio.gather(sending, receiving, return_exceptions=True)

    async def _receive_all(self) -> bool:
        """Whether the client asked for the rest; else it has gone."""
        while True:
            try:
                async with asyncio.timeout(self._idle_s):
                    message = await self._socket.receive()
            except TimeoutError as error:
                raise idle(self._idle_s) from error
            match message.type:
                case WSMsgType.BINARY if message.data:
                    await self._audio(message.data)
                case WSMsgType.BINARY:
                    # An empty frame is the protocol's older way to say CloseStream.
                    return await self._end()
                case WSMsgType.TEXT:
                    if await self._control(message.data):
                        return await self._end()
                case _:
                    return False

    async def _audio(self, pcm: bytes) -> None:
        if len(pcm) % (SAMPLE_BYTES * self._query.channels):
            raise undecodable("the frame does not hold whole linear16 samples")
        self._digest.update(pcm)
        await self._engine.send(Frame(Kind.AUDIO, pcm))

    async def _control(self, text: str) -> bool:
        """Whether this was the end."""
        match control := wire.parse_listen_control(text):
            case wire.KeepAlive():
                return False
            case wire.Finalize():
                await self._engine.send(Frame(Kind.FINALIZE))
                return False
            case wire.CloseStream():
                return True
            case _:
                assert_never(control)

    async def _end(self) -> bool:
        await self._engine.send(Frame(Kind.END))
        return True

    async def _send_all(self) -> None:
        async for event in _heard(self._engine):
            if (message := self._message(event)) is not None:
                await self._socket.send_str(json.dumps(message))
        await self._socket.close(code=CloseCode.NORMAL)

    def _message(self, event: events.Event) -> wire.ListenMessage | None:
        match event:
            case events.SpeechBegan():
                return wire.speech_started(event.at_s) if self._query.vad_events else None
            case events.Heard():
                return self._results(event)
            case events.SpeechOver():
                return wire.utterance_end(event.last_word_end_s)
            case events.StreamEnded():
                return wire.metadata(self._request_id, event.duration_s, self._digest.hexdigest())
            case _:
                assert_never(event)

    def _results(self, heard: events.Heard) -> wire.Results:
        return wire.results(
            self._request_id,
            _words(heard),
            wire.Span(heard.start_s, heard.end_s),
            is_final=heard.is_final,
            speech_final=heard.speech_ended and self._query.endpointing is not None,
            from_finalize=heard.from_finalize,
        )


def _listening(query: wire.ListenQuery, settings: Settings) -> events.Listening:
    return events.Listening(
        sample_rate=query.sample_rate,
        channels=query.channels,
        pause_ms=max(settings.pause_ms, query.endpointing or 0),
        interims=query.interim_results,
        min_confidence=settings.min_confidence,
        utterance_end_ms=query.utterance_end_ms,
    )


async def _heard(engine: Engine) -> AsyncIterator[events.Event]:
    """All that the engine hears, `StreamEnded` included; raises `EngineGone`."""
    while True:
        event = EVENT.validate_json((await engine.receive()).payload)
        yield event
        if isinstance(event, events.StreamEnded):
            return


def _words(heard: events.Heard) -> list[wire.Word]:
    return [wire.Word(w.word, w.start_s, w.end_s, w.confidence) for w in heard.words]


def _recording(query: wire.ListenQuery, content: bytes) -> Recording:
    if content[:4] == b"RIFF" or query.encoding is None:
        try:
            recording = read_wav(content)
        except NotAudio as error:
            raise bad_request(f"corrupt or unsupported data: {error}") from error
    else:
        recording = Recording(content, query.sample_rate, query.channels)
    if not 8_000 <= recording.sample_rate <= 48_000 or not 1 <= recording.channels <= 2:
        raise bad_request("corrupt or unsupported data: one or two channels at 8 to 48 kHz")
    if len(recording.pcm) % (SAMPLE_BYTES * recording.channels):
        raise bad_request("corrupt or unsupported data: not whole linear16 samples")
    return recording


async def _all_words(
    decoders: Decoders, how: wire.ListenQuery, settings: Settings, pcm: bytes
) -> tuple[list[wire.Word], float]:
    """The words of a recording and its length in seconds."""
    quiet = how.model_copy(update={"interim_results": False, "utterance_end_ms": None})
    words: list[wire.Word] = []
    duration_s = 0.0
    async with decoders.lease() as engine:
        feeding = asyncio.create_task(_feed(engine, _listening(quiet, settings), pcm))
        try:
            async for event in _heard(engine):
                if isinstance(event, events.Heard):
                    words += _words(event)
                elif isinstance(event, events.StreamEnded):
                    duration_s = event.duration_s
        finally:
            feeding.cancel()
            await asyncio.gather(feeding, return_exceptions=True)
    return words, duration_s


async def _feed(engine: Engine, how: events.Listening, pcm: bytes) -> None:
    await engine.send(Frame(Kind.BEGIN, events.packed(how)))
    for at in range(0, len(pcm), PIECE_BYTES):
        await engine.send(Frame(Kind.AUDIO, pcm[at : at + PIECE_BYTES]))
    await engine.send(Frame(Kind.END))
