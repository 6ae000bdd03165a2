"""A model's probe over real WebRTC: asked where it may be, and never heard where it may not."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from local.demo.recruiter import Json
from tests.room.house import ANCHOR, DEFINITION, Platform, Talk, clips, kit, running_platform
from tests.standins.answers import CHILDREN_PROBE, PROBES, Personality
from tests.standins.models import MODEL, ModelServer

pytestmark = [pytest.mark.room, pytest.mark.asyncio(loop_scope="module")]

FIRST, SECOND = "Where did you work before?", "What did you learn there?"
OWN = "Please say a little more."
GUIDANCE = "Find out what was the candidate's own part."


def probing() -> Json:
    """A kit whose first question has one probe."""
    base = kit(FIRST, SECOND)
    questions = base["questions"]
    assert isinstance(questions, list)
    questions[0] |= {"probes": [OWN], "max_probes": 1, "guidance": GUIDANCE}
    return {**base, "probing": "model"}


@asynccontextmanager
async def with_model(
    folder: Path, personality: Personality
) -> AsyncIterator[tuple[Platform, ModelServer]]:
    async with ModelServer(personality, latency_s=0.2) as model:
        settings = {"LLM_BASE_URL": model.base_url, "LLM_MODEL": MODEL}
        async with running_platform(folder, settings) as platform:
            yield platform, model


def probes_shown(talk: Talk) -> list[object]:
    """What the candidate's page was told of probes, each once."""
    received = talk.candidate.captions.received
    told = [json.loads(one.content) for one in received if one.topic == "viv.progress"]
    return list(dict.fromkeys(one["probe"] for one in told))


async def test_a_models_probe_is_asked_shown_stored_and_vouched_for(tmp_path: Path) -> None:
    answer = clips()["finished_01"]
    async with with_model(tmp_path, "good") as (platform, model), platform.talk(probing()) as talk:
        await talk.is_asked(FIRST)
        await talk.candidate.answer(talk.will_say(answer))
        await talk.is_asked(PROBES["en"])
        await talk.candidate.answer(talk.will_say(answer))
        await talk.is_asked(SECOND)
        await talk.candidate.answer(talk.will_say(answer))
        await talk.finish()

        (offered,) = await talk.has("probe_offered")
        assert (PROBES["en"], "q1", MODEL) == tuple(
            offered[k] for k in ("text", "question", "model")
        )
        probes = [turn["spoken"] for turn in await talk.turns("ai") if turn["line"] == "probe"]
        assert [PROBES["en"]] == probes
        assert [None, PROBES["en"]] == probes_shown(talk)
        (joined,) = await talk.has("agent_joined")
        assert "'probes': " in str(joined["versions"])
        await talk.verified()

    asked = [one.content for one in model.asked if one.name == "probe"]
    assert all(GUIDANCE in content and FIRST in content for content in asked)
    for secret in (ANCHOR, DEFINITION, SECOND, "Robin", "Engineer"):
        assert not [content for content in asked if secret in content]


async def test_a_forbidden_probe_is_written_down_and_heard_by_nobody(tmp_path: Path) -> None:
    answer = clips()["finished_01"]
    async with (
        with_model(tmp_path, "asks_about_children") as (platform, _),
        platform.talk(probing()) as talk,
    ):
        await talk.is_asked(FIRST)
        await talk.candidate.answer(talk.will_say(answer))
        await talk.is_asked(SECOND)
        await talk.candidate.answer(talk.will_say(answer))
        await talk.finish()

        refused = await talk.has("probe_refused")
        assert {("protected", "family", CHILDREN_PROBE)} == {
            (fact["reason"], fact["matter"], fact["text"]) for fact in refused
        }
        assert [] == await talk.facts("probe_offered")
        assert not any("children" in spoken for spoken in platform.speech.spoken)
        await talk.verified()
