"""A wish that no rule knows, over real WebRTC: a model reads it, the director offers, the log says
who understood what."""

from pathlib import Path

import pytest

from agent.lexicon import load_lexicon
from interview.meant import intent_of
from local.demo.recruiter import Json
from tests.room.house import ANCHOR, DEFINITION, clips, kit, running_platform, spoken
from tests.standins.models import MODEL, ModelServer

pytestmark = [pytest.mark.room, pytest.mark.asyncio(loop_scope="module")]

FIRST, SECOND = "Where did you work before?", "What did you learn there?"
OFFER = "just say: go on"
WISH = "let somebody real do this please"


def read_by_a_model() -> Json:
    return {**kit(FIRST, SECOND), "wishes": "model"}


async def test_who_asks_in_words_of_their_own_is_offered_a_person_and_goes_on(
    tmp_path: Path,
) -> None:
    assert "answer" == intent_of(WISH, load_lexicon("en"))
    clip = clips()["finished_01"]
    async with ModelServer("good", latency_s=0.2) as model:
        settings = {"LLM_BASE_URL": model.base_url, "LLM_MODEL": MODEL}
        async with (
            running_platform(tmp_path, settings) as platform,
            platform.talk(read_by_a_model()) as talk,
        ):
            await talk.is_asked(FIRST)
            await talk.candidate.answer(talk.will_say(spoken(clip, WISH)))
            await talk.is_asked(OFFER)
            await talk.candidate.answer(talk.will_say(spoken(clip, "go on please")))
            await talk.is_asked(FIRST, times=2)
            await talk.candidate.answer(talk.will_say(clip))
            await talk.is_asked(SECOND)
            await talk.candidate.answer(talk.will_say(clip))
            await talk.finish()

            (read,) = await talk.has("wish_read")
            assert ("q1", "person", "somebody real", MODEL) == tuple(
                read[k] for k in ("question", "wish", "words", "model")
            )
            meant = [fact["intent"] for fact in await talk.facts("answer_ended")]
            assert ["person", "go_on", "answer", "answer"] == meant[:4]
            assert [] == await talk.facts("wish_refused")
            (joined,) = await talk.has("agent_joined")
            assert "'wishes': " in str(joined["versions"])
            (ended,) = await talk.has("interview_ended")
            assert "completed" == ended["reason"]
            await talk.verified()

    assert {"wish"} == {one.name for one in model.asked if one.name != "rating"}
    for secret in (ANCHOR, DEFINITION, SECOND, "Robin", "Engineer"):
        about = [one.content for one in model.asked if one.name == "wish"]
        assert not [content for content in about if secret in content and FIRST in content]
