"""One interview in one job process: claims the lease, joins the room, lets the conductor lead."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from interview.adapters.prices import load_prices
from interview.door import Claim, ClaimRequest, Desired, DispatchMetadata
from interview.errors import InterviewError
from interview.events import Report
from interview.floor import at_rest
from interview.ids import EventId
from interview.patience import stretched
from interview.plan import Plan
from interview.session import fold
from interview.turn_taking import TurnTaking
from interview.usage import FactOfUsage, usage_of
from livekit.agents import AgentSession, APIConnectOptions, JobContext, room_io, vad
from livekit.agents import __version__ as agents_version
from livekit.agents.inference import TurnDetector
from livekit.agents.voice.agent_session import SessionConnectOptions

from agent.advisers import advisers_for, versions
from agent.at_side import at_side
from agent.buttons import register_buttons
from agent.captions import Captions
from agent.chronicle import Chronicle
from agent.clock import RecordingClock, new_id
from agent.conductor import Conductor
from agent.counsel import Advisers, Counsel
from agent.door import Door, HttpDoor
from agent.ear import Ear
from agent.errors import DoorClosed
from agent.first_words import HEARD_RATE, FirstWords
from agent.floor_calls import FloorCalls
from agent.interviewer import EndOfTurn, Interviewer, follow, listen
from agent.journal import Journal
from agent.kept import Files, Records
from agent.lease_folder import LeaseFolder
from agent.lexicon import load_lexicon
from agent.listeners import Listeners
from agent.messages import FloorPassed, Message
from agent.meter import Meter
from agent.mouth import Heard, Mouth
from agent.page_news import PageNews
from agent.presence import Presence
from agent.progress import Progress
from agent.provision import waits_for
from agent.reach import Reach
from agent.recogniser import Recogniser
from agent.recording import Recorder
from agent.rehearsal import RehearsalDoor
from agent.script import Script
from agent.services import OUTPUT_RATE, Services, open_services
from agent.settings import Settings
from agent.speech import Speech
from agent.spool import Spool
from agent.sweep import deliver, deliver_before
from agent.synthesis import Synthesis
from agent.typed import Typing, register_typing

log = structlog.get_logger("vivavoce.agent")

CLAIM_TRIES, CLAIM_RETRY_S = 10, 1.0
HAND_OVER_S = 10.0
"""So long a finished job hands over what it has; LiveKit ends it 15 s after its room. What is left
lies on the disk, for the sweep."""

NEVER_GIVE_UP = SessionConnectOptions(
    # What is said while the recogniser is away waits for it, as long as nobody drops the stream.
    stt_conn_options=APIConnectOptions(max_retry=100_000, retry_interval=1.0),
    max_unrecoverable_errors=100_000,
)


class InterviewJob:
    """What one job holds. `run` returns when the interview is over or somebody else leads it."""

    def __init__(self, ctx: JobContext, settings: Settings, voice_activity: vad.VAD) -> None:
        self._ctx = ctx
        self._settings = settings
        self._vad = voice_activity
        self._inbox: asyncio.Queue[Message] = asyncio.Queue()

    async def run(self) -> None:
        order = DispatchMetadata.read(self._ctx.job.metadata)
        structlog.contextvars.bind_contextvars(interview=str(order.interview), epoch=order.epoch)
        key = self._settings.agent_key.get_secret_value()
        async with HttpDoor(str(self._settings.api_url), key) as door:
            if order.rehearsal is None:
                await self._hold(door, order, self._settings.spool_dir)
                return
            with TemporaryDirectory(prefix="vivavoce-rehearsal-") as folder:
                await self._hold(RehearsalDoor(door, order.rehearsal), order, Path(folder))

    async def _hold(self, door: Door, order: DispatchMetadata, root: Path) -> None:
        claim = await self._claim(door, order, root)
        if claim is not None:
            clock = RecordingClock.started(claim.clock_zero, claim.now)
            await self._lead(door, claim, clock, root)

    async def _claim(self, door: Door, order: DispatchMetadata, root: Path) -> Claim | None:
        """None when somebody else leads, or when the API stays away: then another is sent for."""
        request = ClaimRequest(
            interview_id=order.interview, epoch=order.epoch, agent=self._ctx.job.id
        )
        for _ in range(CLAIM_TRIES):
            try:
                # What a dead predecessor on this host could not send belongs before our own claim.
                await deliver_before(door, root, order.interview, order.epoch)
                return await door.claim(request)
            except DoorClosed:
                log.warning("claim_unanswered")
                await asyncio.sleep(CLAIM_RETRY_S)
            except InterviewError as error:
                log.warning("claim_refused", code=error.code)
                return None
        return None

    async def _lead(self, door: Door, claim: Claim, clock: RecordingClock, root: Path) -> None:
        """Talks, and leaves nothing behind when the API takes it."""
        take = LeaseFolder.take
        with await asyncio.to_thread(take, root, claim.interview_id, claim.epoch) as folder:
            last_seq = claim.events[-1].seq if claim.events else 0
            spool = Spool(folder.path)
            journal = Journal(door, spool, claim.interview_id, claim.epoch, last_seq)
            recorder = Recorder(door, claim.interview_id, claim.epoch, folder.path)
            async with background(journal.deliver(), recorder.run()):
                try:
                    await self._serve(claim, clock, journal, recorder)
                finally:
                    sent, drained = await asyncio.gather(
                        recorder.finish(HAND_OVER_S), journal.drained(HAND_OVER_S)
                    )
            is_clear = sent and drained and spool.is_delivered
            if journal.lost.is_set() and not is_clear:
                is_clear = await _delivered_late(door, folder)
            if is_clear:
                await asyncio.to_thread(folder.remove)
            lost = journal.lost.is_set()
            log.info("job_finished", lost=lost, recording_sent=sent, events_sent=drained)

    async def _serve(
        self, claim: Claim, clock: RecordingClock, journal: Files, recorder: Records
    ) -> None:
        """Talks, with who hears, speaks and thinks; what they used is told to the end."""
        held = claim.providers.providers
        so_far = usage_of(event.fact for event in claim.events)

        def write(fact: FactOfUsage) -> Awaitable[object]:
            return journal.write(Report(event_id=EventId(new_id()), at=clock.now(), fact=fact))

        prices, language = load_prices(self._settings.prices_file), claim.plan.language
        meter = Meter(prices, held.budget, so_far, lambda: clock.now().date(), write)
        try:
            async with (
                open_services(self._settings, held, meter, language) as services,
                background(meter.run()),
            ):
                await self._talk(claim, clock, journal, recorder, services)
        finally:
            await meter.flush()

    async def _talk(
        self,
        claim: Claim,
        clock: RecordingClock,
        journal: Files,
        recorder: Records,
        services: Services,
    ) -> None:
        reach = Reach(claim.candidate_identity, self._inbox.put_nowait, clock.instant)
        reach.listen(self._ctx.room)
        post = reach.tell
        first_words = FirstWords(claim.candidate_identity, clock.instant)
        first_words.listen(self._ctx.room)
        await self._ctx.connect()
        end_of_turn = EndOfTurn(TurnDetector(version="v1-mini"), post)
        ear = Ear(clock, recorder.track(claim.candidate_identity), (end_of_turn.push,))
        ear.follow(services.recogniser)
        follow(services.recogniser, post)
        session = self._session(services.recogniser)
        closed = listen(session, end_of_turn, post)
        await self._start(session, Interviewer(ear, post), claim.candidate_identity)
        session.input.audio = first_words.ahead_of(session.input.audio)
        captions = Captions(self._ctx.room, {claim.candidate_identity})
        synthesis = Synthesis(services.voices, OUTPUT_RATE)
        mouth = Mouth(session, synthesis, _into(recorder, claim.agent_identity, clock))
        advisers = advisers_for(claim.plan, services.models)
        conductor, typing, progress, chronicle = self._conductor(
            claim, clock, journal, mouth, captions, advisers
        )
        presence = Presence(self._ctx.room, claim.candidate_identity, post)
        gone = presence.watch()
        listeners = self._listeners(clock, recorder, services, captions)
        floor = self._floor_calls(claim, journal, conductor, chronicle)
        self._take_calls(claim.candidate_identity, typing)
        async with background(
            *(part.run() for part in (captions, progress, floor, listeners)),
            *at_side(self._ctx.room, claim, chronicle, clock, services.models, post),
            journal.beat(lambda desired: _obey(desired, conductor, floor, captions)),
            *(_when(event, conductor) for event in (journal.lost, closed, gone)),
            reach.watch(),
            conductor.pulse.watch(),
            services.recogniser.watch(),
        ):
            await conductor.take_over(claim, self._versions(services, advisers))
            listeners.watch(claim.events)
            conductor.hear_of_floor(FloorPassed(claim.desired.floor, claim.desired.covered))
            presence.look()
            await conductor.run()
        for part in (end_of_turn, synthesis, session):
            await part.aclose()

    def _listeners(
        self, clock: RecordingClock, recorder: Records, services: Services, captions: Captions
    ) -> Listeners:
        another, post = services.another_recogniser, self._inbox.put_nowait
        return Listeners(self._ctx.room, clock, recorder, another, self._vad, captions, post)

    def _floor_calls(
        self, claim: Claim, journal: Files, conductor: Conductor, chronicle: Chronicle
    ) -> FloorCalls:
        calls = FloorCalls(
            self._ctx.room,
            journal,
            conductor.hear_of_floor,
            lambda: conductor.state.floor,
            claim.floor_returns_after_s,
            at_rest=at_rest(claim.plan.assist),
        )
        calls.register()
        chronicle.watchers.append(calls.told)
        return calls

    def _conductor(
        self,
        claim: Claim,
        clock: RecordingClock,
        journal: Files,
        mouth: Mouth,
        captions: Captions,
        advisers: Advisers,
    ) -> tuple[Conductor, Typing, Progress, Chronicle]:
        plan, post, identity = claim.plan, self._inbox.put_nowait, claim.candidate_identity
        chronicle = Chronicle(plan, fold(plan, claim.events), journal, clock, identity)
        script, turns = self._script(plan), self._turns(plan)
        speech = Speech(script, mouth, captions, clock, claim.agent_identity, post)
        conductor = Conductor(
            chronicle=chronicle,
            speech=speech,
            captions=captions,
            turns=turns,
            counsel=Counsel(chronicle, turns, speech.prepare, post, advisers, claim.events),
            clock=clock,
            candidate=identity,
            inbox=self._inbox,
        )
        typing = Typing(post)
        progress = Progress(self._ctx.room, identity, chronicle, speech, turns, clock)
        return conductor, typing, progress, chronicle

    def _script(self, plan: Plan) -> Script:
        return Script.load(plan)

    def _take_calls(self, candidate: str, typing: Typing) -> None:
        PageNews(candidate, self._inbox.put_nowait).listen(self._ctx.room)
        here = self._ctx.room.local_participant
        register_buttons(here, candidate, self._inbox.put_nowait)
        register_typing(here, candidate, typing)

    async def _start(
        self, session: AgentSession[None], interviewer: Interviewer, candidate: str
    ) -> None:
        await session.start(
            interviewer,
            room=self._ctx.room,
            room_options=room_options(candidate),
            session_host=False,
            record=False,
        )

    def _session(self, recogniser: Recogniser) -> AgentSession[None]:
        return AgentSession(
            vad=self._vad,
            stt=recogniser,
            conn_options=NEVER_GIVE_UP,
            turn_handling={
                "turn_detection": "vad",
                "endpointing": {"mode": "fixed", "min_delay": 0.0, "max_delay": 0.0},
                # Our own lines are stopped by turn-taking, which knows what they mean.
                "interruption": {
                    "enabled": False,
                    "discard_audio_if_uninterruptible": False,
                    "resume_false_interruption": False,
                },
                "preemptive_generation": {"enabled": False},
            },
            user_away_timeout=None,
            aec_warmup_duration=0,
        )

    def _turns(self, plan: Plan) -> TurnTaking:
        waits = waits_for(plan.language, self._settings.nudge_s)
        return TurnTaking(load_lexicon(plan.language), stretched(waits, plan.patience))

    def _versions(self, services: Services, advisers: Advisers) -> dict[str, str]:
        return {
            **services.versions(),
            "end_of_turn": "v1-mini",
            "livekit_agents": agents_version,
            **versions(advisers),
        }


def room_options(candidate: str) -> room_io.RoomOptions:
    """Linked to the candidate alone; nothing is broadcast, nothing but audio is listened to."""
    return room_io.RoomOptions(
        participant_identity=candidate,
        close_on_disconnect=False,
        text_input=False,
        text_output=False,
        # First words are the candidate's alone: `first_words.py` takes them.
        audio_input=room_io.AudioInputOptions(sample_rate=HEARD_RATE, pre_connect_audio=False),
        audio_output=room_io.AudioOutputOptions(sample_rate=OUTPUT_RATE),
    )


@asynccontextmanager
async def background(*work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Runs `work` beside the block; a failure ends the block, its end cancels the work."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one) for one in work]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()


async def _delivered_late(door: Door, folder: LeaseFolder) -> bool:
    """Somebody else leads: what this job still has goes the way of what the dead leave."""
    try:
        async with asyncio.timeout(HAND_OVER_S):
            return await deliver(door, folder)
    except (InterviewError, TimeoutError) as error:
        log.warning("left_for_the_sweep", reason=str(error))
        return False


def _into(recorder: Records, identity: str, clock: RecordingClock) -> Heard:
    """A line is a segment of its own: it does not wait in memory for the next."""
    track = recorder.track(identity)

    def heard(at_ms: int, pcm: bytes, rate: int) -> None:
        track.write(clock.ms(at_ms / 1000), pcm, rate)
        track.close()

    return heard


def _obey(desired: Desired, conductor: Conductor, floor: FloorCalls, captions: Captions) -> None:
    floor.wanted(desired)
    captions.shown_to(desired.onlookers)
    if desired.phase == "ended":
        conductor.leave()


async def _when(event: asyncio.Event, conductor: Conductor) -> None:
    await event.wait()
    conductor.leave()
