"""What a candidate said on the way back comes before what the room hears; nothing else does."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import cast

import av
import numpy as np
import pytest
from livekit import rtc
from livekit.agents.voice.io import AudioInput
from livekit.rtc._proto.track_pb2 import AudioTrackFeature

from agent.ear import ARRIVED
from agent.first_words import (
    HEARD_RATE,
    LARGEST,
    LONGEST_S,
    MIME,
    OPENS_WITHIN_S,
    TOPIC,
    WHOLE_WITHIN_S,
    FirstWords,
)
from tests.fakes.leaping import leap

pytestmark = pytest.mark.voice

ME, TRACK, OPUS_RATE = "cand-1", "TR_mic", 48_000
AT = 100.0
KEPT_S = 1.4
LIVE = 7


def webm(seconds: float, loudness: float = 0.3, codec: str = "libopus") -> bytes:
    """A tone as a browser keeps it."""
    target = io.BytesIO()
    kind = "webm" if codec == "libopus" else "matroska"
    with av.open(target, "w", format=kind) as container:
        stream = cast(av.AudioStream, container.add_stream(codec, rate=OPUS_RATE))
        stream.layout = "mono"
        tone = np.sin(np.arange(round(seconds * OPUS_RATE)) * 2 * np.pi * 440 / OPUS_RATE)
        samples = (tone * loudness * 32_767).astype(np.int16).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate = OPUS_RATE
        resampler = av.AudioResampler(
            "fltp" if codec == "vorbis" else "s16", "mono", OPUS_RATE, 960
        )
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return target.getvalue()


@dataclass
class Reader:
    """A byte stream: its chunks, and then perhaps an error, or no end."""

    chunks: list[bytes]
    attributes: dict[str, str] = field(default_factory=lambda: {"trackId": TRACK})
    mime_type: str = MIME
    error: Exception | None = None
    is_endless: bool = False
    is_closed: bool = False

    @property
    def info(self) -> "Reader":
        return self

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            yield chunk
        if self.error is not None:
            raise self.error
        if self.is_endless:
            await asyncio.Event().wait()

    def close(self) -> None:
        self.is_closed = True


class Room(rtc.EventEmitter[str]):
    def register_byte_stream_handler(
        self, topic: str, handler: Callable[[Reader, str], None]
    ) -> None:
        self.topic, self.opened = topic, handler


class Microphone(AudioInput):
    """What the room hears: frames of a known loudness."""

    def __init__(self) -> None:
        super().__init__(label="microphone")

    async def __anext__(self) -> rtc.AudioFrame:
        return rtc.AudioFrame(
            np.full(HEARD_RATE // 20, LIVE, np.int16).tobytes(), HEARD_RATE, 1, 1200
        )


@dataclass
class Scene:
    """A room that a candidate comes back to."""

    room: Room = field(default_factory=Room)

    def __post_init__(self) -> None:
        words = FirstWords(ME, lambda: AT)
        words.listen(cast(rtc.Room, self.room))
        self.heard = words.ahead_of(Microphone())

    def is_published(self, by: str = ME, *, is_kept: bool = True, is_new: bool = True) -> None:
        features = [AudioTrackFeature.TF_PRECONNECT_BUFFER] if is_kept else []
        publication = SimpleNamespace(sid=TRACK, audio_features=features)
        person = SimpleNamespace(identity=by)
        if is_new:
            self.room.emit("track_published", publication, person)
        self.room.emit("track_subscribed", None, publication, person)

    async def ahead(self) -> list[rtc.AudioFrame]:
        """What comes before the first frame that the room heard."""
        frames = []
        while (frame := await anext(self.heard)).userdata or frame.data[0] != LIVE:
            frames.append(frame)
        return frames


def played(scene: Callable[[Scene], Awaitable[list[rtc.AudioFrame]]]) -> list[rtc.AudioFrame]:
    async def run() -> list[rtc.AudioFrame]:
        return await scene(Scene())

    return leap(run())


def passed_s(began: float) -> float:
    return asyncio.get_running_loop().time() - began


def test_what_was_said_on_the_way_comes_first_and_lies_where_it_was_said() -> None:
    async def scene(scene: Scene) -> list[rtc.AudioFrame]:
        kept = webm(KEPT_S)
        scene.is_published()
        scene.room.opened(Reader([kept[:100], kept[100:]]), ME)
        return await scene.ahead()

    frames = played(scene)

    assert pytest.approx(KEPT_S, abs=0.03) == sum(frame.duration for frame in frames)
    assert min(np.abs(np.frombuffer(f.data, np.int16)).max() for f in frames[2:-2]) > 5_000
    ends = [frame.userdata[ARRIVED] for frame in frames]
    assert pytest.approx(AT) == ends[-1]
    assert pytest.approx(AT - KEPT_S + 0.05, abs=0.03) == ends[0]
    assert sorted(ends) == ends


def test_what_comes_before_the_room_tells_of_the_microphone_is_kept_for_it() -> None:
    async def scene(scene: Scene) -> list[rtc.AudioFrame]:
        scene.room.opened(Reader([webm(KEPT_S)]), ME)
        scene.is_published()
        return await scene.ahead()

    assert played(scene)


def test_it_is_what_livekits_clients_send() -> None:
    async def topic() -> str:
        return Scene().room.topic

    assert TOPIC == leap(topic())


class Refusals:
    """Each with what it is, and the identity it comes from."""

    def __iter__(self) -> Iterator[tuple[str, Callable[[], Reader], str]]:
        yield "another_persons", lambda: Reader([webm(KEPT_S)]), "int-1"
        yield "of_no_track", lambda: Reader([webm(KEPT_S)], {}), ME
        yield "of_another_form", lambda: Reader([webm(KEPT_S)], mime_type="video/mp4"), ME
        yield "of_another_codec", lambda: Reader([webm(KEPT_S, codec="pcm_s16le")]), ME
        yield "nothing", lambda: Reader([]), ME
        yield "garbled", lambda: Reader([b"\x1a\x45\xdf\xa3", bytes(range(256)) * 40]), ME
        yield "not_even_webm", lambda: Reader([b"#EXTM3U\nhttp://127.0.0.1/\n"]), ME
        yield "too_large", lambda: Reader([webm(KEPT_S), bytes(LARGEST)]), ME
        yield "too_long", lambda: Reader([webm(LONGEST_S + 1, loudness=0.0)]), ME
        yield "broken_off", lambda: Reader([webm(KEPT_S)], error=rtc.StreamError("torn")), ME


@pytest.mark.parametrize(
    ("reader", "by"), [pytest.param(reader, by, id=name) for name, reader, by in Refusals()]
)
def test_what_is_not_the_candidates_voice_is_refused_and_the_talk_goes_on(
    reader: Callable[[], Reader], by: str
) -> None:
    given = reader()

    async def scene(scene: Scene) -> list[rtc.AudioFrame]:
        began = asyncio.get_running_loop().time()
        scene.is_published()
        scene.room.opened(given, by)
        frames = await scene.ahead()
        assert passed_s(began) <= OPENS_WITHIN_S
        return frames

    assert [] == played(scene)
    assert given.is_closed


def test_what_is_small_and_lasts_for_hours_is_not_unpacked() -> None:
    silence = webm(LONGEST_S + 1, loudness=0.0)

    assert len(silence) < LARGEST


def test_a_page_that_sends_nothing_is_not_waited_for() -> None:
    async def scene(scene: Scene) -> list[rtc.AudioFrame]:
        began = asyncio.get_running_loop().time()
        scene.is_published()
        frames = await scene.ahead()
        assert OPENS_WITHIN_S == pytest.approx(passed_s(began))
        return frames

    assert [] == played(scene)


def test_what_does_not_end_is_not_waited_for() -> None:
    reader = Reader([webm(KEPT_S)], is_endless=True)

    async def scene(scene: Scene) -> list[rtc.AudioFrame]:
        began = asyncio.get_running_loop().time()
        scene.is_published()
        scene.room.opened(reader, ME)
        frames = await scene.ahead()
        assert WHOLE_WITHIN_S == pytest.approx(passed_s(began))
        return frames

    assert [] == played(scene)
    assert reader.is_closed


@pytest.mark.parametrize(
    ("by", "is_kept", "is_new"),
    [
        pytest.param(ME, False, True, id="a_page_that_keeps_nothing"),
        pytest.param(ME, True, False, id="who_was_there_before_us"),
        pytest.param("int-1", True, True, id="another_person"),
    ],
)
def test_nobody_is_waited_for_who_sends_nothing(by: str, is_kept: bool, is_new: bool) -> None:
    async def scene(scene: Scene) -> list[rtc.AudioFrame]:
        began = asyncio.get_running_loop().time()
        scene.is_published(by, is_kept=is_kept, is_new=is_new)
        frames = await scene.ahead()
        assert 0.0 == passed_s(began)
        return frames

    assert [] == played(scene)


def test_of_two_the_later_one_counts() -> None:
    first = Reader([webm(0.5)], is_endless=True)

    async def scene(scene: Scene) -> list[rtc.AudioFrame]:
        scene.room.opened(first, ME)
        await asyncio.sleep(0)
        scene.room.opened(Reader([webm(KEPT_S)]), ME)
        scene.is_published()
        return await scene.ahead()

    assert pytest.approx(KEPT_S, abs=0.03) == sum(frame.duration for frame in played(scene))
    assert first.is_closed
