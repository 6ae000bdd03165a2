"""A whole interview in another language over real WebRTC, the recogniser's words being scripted."""

import json

import pytest

from interview.languages import LANGUAGES
from local.demo.recruiter import Json
from tests.room.house import INDICATOR, Platform, clips, kit, spoken

pytestmark = [pytest.mark.room, pytest.mark.asyncio(loop_scope="module")]

FIRST, SECOND = "Wo haben Sie vorher gearbeitet?", "Was haben Sie dort gelernt?"
BROKEN = "Ich habe lange nachgefragt, weil der Kunde"
REST = "mit der Lieferung sehr unzufrieden war."
NO = "Nein, das ist alles."
WHOLE = "Dort habe ich gelernt, in Ruhe zuzuhören und nachzufragen."


def german() -> Json:
    told = json.dumps(kit(FIRST, SECOND)).replace(INDICATOR, "nachgefragt")
    return {**json.loads(told), "language": "de-AT"}


async def test_an_interview_in_german_is_asked_waited_for_and_rated_in_german(
    platform: Platform,
) -> None:
    broken = spoken(clips()["clause_15_01"], BROKEN, REST)
    whole = spoken(clips()["finished_01"], WHOLE)
    async with platform.talk(german()) as talk:
        await talk.is_asked(FIRST)
        answered = await talk.candidate.answer(talk.will_say(broken))
        assert answered.cut_off is None
        await talk.is_asked(SECOND)
        await talk.candidate.answer(talk.will_say(whole))
        await talk.is_asked("Möchten Sie noch etwas ergänzen")
        await talk.candidate.say(talk.will_say(spoken(clips()["finished_01"], NO)))
        await talk.has("interview_ended")
        await talk.is_in("scored")

        turns = await talk.turns()
        assert str(turns[0]["spoken"]).startswith("Guten Tag, ich bin eine KI")
        assert [f"{BROKEN} {REST}", WHOLE, NO] == await talk.said()
        (rating,) = await talk.ratings()
        assert 3 == rating["level"]
        assert "Alle Indikatoren der Stufe 3 waren zu hören" in str(rating["reason"])
        (joined,) = await talk.has("agent_joined")
        assert f"'tts': '{LANGUAGES['de'].tts_voice}'" in str(joined["versions"])
        await talk.verified()
    assert {"de"} == {asked["language"] for asked in platform.speech.connections}
