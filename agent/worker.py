"""The agent's composition root: `python -m livekit.agents start agent/worker.py`."""

import asyncio
import sys

from interview.door import DispatchMetadata
from interview.ids import InterviewId, agent_identity
from interview.turn_taking import VAD_SILENCE_S
from livekit.agents import AgentServer, JobContext, JobProcess, JobRequest, WorkerPermissions
from livekit.plugins import silero

from agent.errors import SettingsWrong
from agent.interview_job import InterviewJob
from agent.logs import configure_logs
from agent.practice import PracticeJob
from agent.settings import AGENT_NAME, Settings, read_settings
from agent.sweep import sweep_for_ever
from agent.warmth import warm


def _settings() -> Settings:
    try:
        return read_settings()
    except SettingsWrong as error:
        print(error.detail, file=sys.stderr)
        raise SystemExit(2) from None


settings = _settings()


def prepare(process: JobProcess) -> None:
    """Runs once in each job process, before it is given an interview."""
    configure_logs()
    process.userdata["vad"] = silero.VAD.load(min_silence_duration=VAD_SILENCE_S)
    warm()


def load(server: AgentServer) -> float:
    """A job count: the CPU load of a job's start made the SFU drop every fourth dispatch."""
    return min(len(server.active_jobs) / settings.max_jobs, 1.0)


server = AgentServer(
    setup_fnc=prepare,
    load_fnc=load,
    load_threshold=0.99,
    num_idle_processes=1,
    initialize_process_timeout=60.0,
    shutdown_process_timeout=60.0,
    job_memory_limit_mb=1500,
    host="127.0.0.1",
    port=settings.port,
    permissions=WorkerPermissions(can_update_metadata=False),
)


beside_the_jobs: set[asyncio.Task[None]] = set()


@server.once("worker_started")
def sweep_up() -> None:
    """In the server's own process: no job is needed to bring what a dead one left."""
    configure_logs()
    beside_the_jobs.add(asyncio.create_task(sweep_for_ever(settings), name="sweep"))


async def accept(request: JobRequest) -> None:
    """Each lease has an identity of its own, so that an heir is not taken for a zombie."""
    order = DispatchMetadata.read(request.job.metadata)
    await request.accept(
        identity=agent_identity(InterviewId(order.interview), order.epoch),
        name="AI interviewer",
        attributes={"role": "ai"},
    )


@server.rtc_session(agent_name=AGENT_NAME, on_request=accept)
async def hold_interview(ctx: JobContext) -> None:
    order = DispatchMetadata.read(ctx.job.metadata)
    job = InterviewJob if order.practice is None else PracticeJob
    await job(ctx, settings, ctx.proc.userdata["vad"]).run()
    ctx.shutdown("interview over")
