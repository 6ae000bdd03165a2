"""The simulated candidate in a real room, against an agent that is no more than an echo."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from livekit import api, rtc

from local.candidate.candidate import SimulatedCandidate
from local.candidate.captions import TOPIC
from local.candidate.clips import Clip, load_clips
from local.candidate.ear import Ear
from local.candidate.script import DEMO_VOICES, demo_script
from local.candidate.sound import RATE, Pcm, silence
from local.candidate.talk import Happened, hold
from local.candidate.voice import Voice
from local.sfu import EmbeddedSfu
from tests.room.house import WITHIN_S

TOLERANCE_S = 0.06

pytestmark = [pytest.mark.room, pytest.mark.exact(TOLERANCE_S)]

CLIPS = load_clips(DEMO_VOICES)
NUMBERS = count()


def token(sfu: EmbeddedSfu, room: str, identity: str, *, agent: bool = False) -> str:
    made = (
        api.AccessToken(sfu.api_key, sfu.api_secret)
        .with_identity(identity)
        .with_grants(api.VideoGrants(room_join=True, room=room, agent=agent))
    )
    return (made.with_kind("agent") if agent else made).to_jwt()


def tone(seconds: float) -> Pcm:
    """A sound whose first and last samples are loud."""
    return (np.sin(np.arange(round(seconds * RATE)) * 2 * np.pi * 440 / RATE) * 8000).astype(
        np.int16
    )


@dataclass
class EchoAgent:
    """Plays `line` when a person has been silent for `waits_s`, and answers the three buttons."""

    room: rtc.Room
    voice: Voice
    ear: Ear
    line: Pcm
    waits_s: float = 0.8
    pressed: list[tuple[str, str]] = field(default_factory=list)
    spoken_at: list[float] = field(default_factory=list)

    def register(self) -> None:
        for button in ("done", "think", "repeat"):
            self.room.local_participant.register_rpc_method(
                f"candidate.{button}", self._handler(button)
            )

    def _handler(self, button: str) -> Callable[[rtc.RpcInvocationData], str]:
        def handle(call: rtc.RpcInvocationData) -> str:
            self.pressed.append((button, call.caller_identity))
            return "ok"

        return handle

    async def say(self, text: str) -> None:
        """The line aloud, and its caption as our agent sends it."""
        caption = {"segment": text, "speaker": "ai", "text": text}
        await self.caption({**caption, "final": False})
        self.spoken_at.append((await self.voice.play(self.line)).started_at)
        await self.caption({**caption, "final": True})

    async def caption(self, line: dict[str, object]) -> None:
        await self.room.local_participant.send_text(json.dumps(line), topic=TOPIC)

    async def hear_and_answer(self, times: int) -> None:
        """Waits for a sound and for silence after it; speaks once the silence lasts `waits_s`."""
        for _ in range(times):
            await self.ear.wait_for_sound(after=time.monotonic())
            last_loud_at = await self.ear.wait_until_quiet(self.waits_s)
            self.spoken_at.append((await self.voice.play(self.line)).started_at)
            assert last_loud_at < self.spoken_at[-1]


@asynccontextmanager
async def echo_agent(
    sfu: EmbeddedSfu, room_name: str, line: Pcm | None = None, identity: str = "agent-1"
) -> AsyncIterator[EchoAgent]:
    room, voice, ear = rtc.Room(), Voice(), Ear()

    def on_track(
        track: rtc.Track, _: rtc.RemoteTrackPublication, who: rtc.RemoteParticipant
    ) -> None:
        ear.listen(track, who.identity)

    room.on("track_subscribed", on_track)
    await room.connect(sfu.url, token(sfu, room_name, identity, agent=True))
    voice.start()
    await room.local_participant.publish_track(voice.new_track())
    agent = EchoAgent(room, voice, ear, tone(0.5) if line is None else line)
    agent.register()
    yield agent
    await room.disconnect()
    await ear.forget_all()
    await voice.aclose()


@pytest.fixture
async def room_name(sfu: EmbeddedSfu) -> AsyncIterator[str]:
    name = f"candidate-{next(NUMBERS)}"
    async with api.LiveKitAPI(sfu.http_url, sfu.api_key, sfu.api_secret) as server:
        await server.room.create_room(api.CreateRoomRequest(name=name))
        yield name
        await server.room.delete_room(api.DeleteRoomRequest(room=name))


@pytest.fixture
async def candidate(sfu: EmbeddedSfu, room_name: str) -> AsyncIterator[SimulatedCandidate]:
    async with SimulatedCandidate() as candidate:
        await candidate.connect(sfu.url, token(sfu, room_name, "candidate"))
        yield candidate


async def transit(candidate: SimulatedCandidate, agent: EchoAgent) -> float:
    """How long a sound takes from the agent's microphone to the candidate's ear."""
    took = []
    for _ in range(3):
        spoken = await agent.voice.play(tone(0.2))
        heard_at = await candidate.ear.wait_for_sound(after=spoken.started_at - 0.01)
        took.append(heard_at - spoken.started_at)
        await candidate.ear.wait_until_quiet(0.4)
    return median(took)


@pytest.mark.timeout(60)
async def test_the_measured_latency_is_the_true_one(
    candidate: SimulatedCandidate, sfu: EmbeddedSfu, room_name: str
) -> None:
    async with echo_agent(sfu, room_name) as agent:
        await candidate.wait_for_agent()
        one_way_s = await transit(candidate, agent)
        answering = asyncio.create_task(agent.hear_and_answer(3))
        measured = []
        for clip in (CLIPS["done"], CLIPS["okay"], CLIPS["ready"]):
            measured.append(await candidate.answer(clip))
            await candidate.ear.wait_until_quiet(1.0)
        await answering

        true_s = [
            at - answered.spoken.last_loud_at + one_way_s
            for at, answered in zip(agent.spoken_at, measured, strict=True)
        ]
        errors_s = [
            (answered.latency_s or 0) - true
            for answered, true in zip(measured, true_s, strict=True)
        ]

    assert max(abs(error) for error in errors_s) < TOLERANCE_S
    assert all(answered.cut_off is None for answered in measured)


async def test_an_agent_that_speaks_into_a_pause_is_a_cut_off(
    candidate: SimulatedCandidate, sfu: EmbeddedSfu, room_name: str
) -> None:
    two_parts = np.concatenate([tone(0.4), silence(1.2), tone(0.4)])
    async with echo_agent(sfu, room_name, tone(0.3)) as agent:
        await candidate.wait_for_agent()
        agent.waits_s = 0.4
        answering = asyncio.create_task(agent.hear_and_answer(2))
        answered = await candidate.answer(two_parts)
        await answering

    assert answered.cut_off is not None
    assert answered.spoken.started_at < answered.cut_off.started_at < answered.spoken.last_loud_at
    assert answered.yield_s == pytest.approx(0.3, abs=TOLERANCE_S)
    assert answered.latency_s is not None


async def test_an_interruption_is_timed_from_our_first_sound_to_the_agents_last(
    candidate: SimulatedCandidate, sfu: EmbeddedSfu, room_name: str
) -> None:
    async with echo_agent(sfu, room_name, tone(8.0)) as agent:
        await candidate.wait_for_agent()
        speaking = asyncio.create_task(agent.voice.play(agent.line))

        async def stop_at_first_sound() -> float:
            await agent.ear.wait_for_sound(after=time.monotonic())
            agent.voice.stop()
            return time.monotonic()

        stopping = asyncio.create_task(stop_at_first_sound())
        interrupted = await candidate.interrupt(CLIPS["wait"], after_s=0.5)
        stopped_at = await stopping
        await speaking

    assert interrupted.agent_stopped_at is not None
    assert 0 < interrupted.agent_stopped_at - stopped_at < 0.2
    assert interrupted.stop_s is not None
    assert interrupted.stop_s < 0.5


async def test_the_buttons_reach_the_agent_under_the_candidates_name(
    candidate: SimulatedCandidate, sfu: EmbeddedSfu, room_name: str
) -> None:
    async with echo_agent(sfu, room_name) as agent:
        await candidate.wait_for_agent()

        presses = [
            await candidate.press_done(),
            await candidate.press_think(),
            await candidate.press_repeat(),
        ]

    assert [(b, "candidate") for b in ("done", "think", "repeat")] == agent.pressed
    assert {"ok"} == {press.answer for press in presses}
    assert all(press.answered_at - press.at < 0.5 for press in presses)


async def test_a_candidate_who_left_comes_back_and_is_heard(
    candidate: SimulatedCandidate, sfu: EmbeddedSfu, room_name: str
) -> None:
    async with echo_agent(sfu, room_name) as agent:
        await candidate.wait_for_agent()
        await candidate.leave()
        assert not candidate.is_connected

        await candidate.come_back()
        await candidate.wait_for_agent()
        answering = asyncio.create_task(agent.hear_and_answer(1))
        answered = await candidate.answer(CLIPS["okay"])
        await answering

    assert answered.latency_s is not None


async def test_the_loss_of_the_agent_is_noted_and_a_new_one_is_heard(
    candidate: SimulatedCandidate, sfu: EmbeddedSfu, room_name: str
) -> None:
    async with echo_agent(sfu, room_name):
        await candidate.wait_for_agent()
    gone_at = time.monotonic()
    async with asyncio.timeout(WITHIN_S):
        while not candidate.agent_lost_at:
            await asyncio.sleep(0.01)
    assert candidate.agent is None
    assert candidate.agent_lost_at[0] - gone_at < 1.0

    async with echo_agent(sfu, room_name, identity="agent-2") as second:
        await candidate.wait_for_agent()
        spoken = await second.voice.play(second.line)
        assert await candidate.ear.wait_for_sound(after=spoken.started_at) > spoken.started_at


async def test_a_muted_microphone_is_silent_and_the_room_knows(
    candidate: SimulatedCandidate, sfu: EmbeddedSfu, room_name: str
) -> None:
    async with echo_agent(sfu, room_name) as agent:
        await candidate.wait_for_agent()
        candidate.voice.mute()
        await candidate.say(CLIPS["okay"])
        (publication,) = agent.room.remote_participants["candidate"].track_publications.values()
        assert publication.muted
        assert not agent.ear.sounds()

        candidate.voice.unmute()
        spoken = await candidate.say(CLIPS["okay"])
        assert await agent.ear.wait_for_sound(after=spoken.started_at - 0.1) > 0


async def test_data_on_any_topic_is_kept(
    candidate: SimulatedCandidate, sfu: EmbeddedSfu, room_name: str
) -> None:
    async with (
        api.LiveKitAPI(sfu.http_url, sfu.api_key, sfu.api_secret) as server,
        echo_agent(sfu, room_name) as agent,
    ):
        await candidate.wait_for_agent()
        speaker = agent.room.local_participant
        await speaker.send_text("a text", topic="nobody.thought.of", attributes={"a": "hint"})
        await speaker.send_bytes(b"some bytes", topic="lk.agent.session")
        await speaker.publish_data("a packet", topic="of its own")
        await server.room.update_room_metadata(
            api.UpdateRoomMetadataRequest(room=room_name, metadata='{"floor": "ai"}')
        )
        expected = {
            ("text_stream", "agent-1", "nobody.thought.of", "a text"),
            ("byte_stream", "agent-1", "lk.agent.session", "some bytes"),
            ("data_packet", "agent-1", "of its own", "a packet"),
            ("room_metadata", None, "", '{"floor": "ai"}'),
        }
        received = candidate.captions.received
        async with asyncio.timeout(WITHIN_S):
            while not expected <= {(r.kind, r.sender, r.topic, r.content) for r in received}:
                await asyncio.sleep(0.02)

    assert {'{"a": "hint"}'} == {r.attributes for r in received if r.topic == "nobody.thought.of"}


@pytest.mark.timeout(90)
async def test_a_scripted_interview_is_held_to_its_goodbye(
    candidate: SimulatedCandidate, sfu: EmbeddedSfu, room_name: str
) -> None:
    script = demo_script()
    topic = replace(script.topics[3], answer=CLIPS["ready"])
    script = replace(script, topics=(topic,))
    lines = [
        "Hello. I am an AI interviewer.",
        topic.question,
        topic.probes[0],
        "Thank you. Is there anything you would like to add or ask?",
        "Thank you for your time. Goodbye.",
    ]
    told: list[Happened] = []
    async with echo_agent(sfu, room_name, tone(1.0)) as agent:
        await candidate.wait_for_agent()
        holding = asyncio.create_task(hold(candidate, script, told.append, agent_grace_s=0.5))
        await agent.say(lines[0])
        for line in lines[1:]:
            await asyncio.sleep(1.2)
            await agent.say(line)
            if line != lines[-1]:
                await agent.ear.wait_for_sound(after=time.monotonic())
                await agent.ear.wait_until_quiet(1.0)
    talk = await holding

    assert "goodbye" == talk.ended
    said = [clip.id for clip, _ in talk.answers]
    assert ["ready", "work_alone", "no_more"] == said
    assert lines == [happened.text for happened in told if happened.who == "ai"]
    assert 0 == talk.cut_offs
    assert 3 == len(talk.latencies_s)


async def test_what_was_heard_can_be_kept_as_a_file(
    sfu: EmbeddedSfu, room_name: str, tmp_path: Path
) -> None:
    async with SimulatedCandidate(keep_audio_in=tmp_path) as candidate:
        await candidate.connect(sfu.url, token(sfu, room_name, "candidate"))
        async with echo_agent(sfu, room_name) as agent:
            await candidate.wait_for_agent()
            spoken = await agent.voice.play(tone(0.5))
            await candidate.ear.wait_for_sound(after=spoken.started_at)
            await candidate.ear.wait_until_quiet(0.3)

    (kept,) = tmp_path.glob("*.wav")
    assert "heard-01-agent-1.wav" == kept.name
    assert kept.stat().st_size > RATE


def test_the_fixture_clips_are_decodable() -> None:
    clip: Clip = CLIPS["okay"]

    assert len(clip.pcm) == pytest.approx(clip.entry.duration_s * RATE, abs=RATE * 0.01)
