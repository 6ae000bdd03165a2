"""The peer, an ordinary worker: `python -m livekit.agents start bench/stock_agent.py`.

Voice activity, end-of-turn model and providers are the ones that we use too; all the rest is left
at its default.
"""

import os

from livekit.agents import Agent, AgentServer, AgentSession, JobContext, JobProcess
from livekit.agents.inference import TurnDetector
from livekit.plugins import deepgram, openai, silero


def prepare(process: JobProcess) -> None:
    """Runs once in each job process, before it is given a room."""
    process.userdata["vad"] = silero.VAD.load()


def load(server: AgentServer) -> float:
    """A job count: with the default, a dispatch is lost whenever the machine is busy."""
    return min(len(server.active_jobs) / 10, 1.0)


server = AgentServer(
    setup_fnc=prepare,
    load_fnc=load,
    host="127.0.0.1",
    port=int(os.environ.get("STOCK_PORT", "0")),
)


@server.rtc_session(agent_name="stock")
async def talk(ctx: JobContext) -> None:
    """One conversation, which the agent opens."""
    session: AgentSession[None] = AgentSession(
        vad=ctx.proc.userdata["vad"],
        stt=deepgram.STT(base_url=os.environ["STOCK_STT_URL"]),
        llm=openai.LLM(base_url=os.environ["STOCK_LLM_URL"]),
        tts=deepgram.TTS(base_url=os.environ["STOCK_TTS_URL"]),
        turn_handling={"turn_detection": TurnDetector(version="v1-mini")},
    )
    await session.start(Agent(instructions=""), room=ctx.room)
    await ctx.connect()
    await session.generate_reply()
