"""What the agent logs holds nothing that anybody said."""

import logging

import pytest

from agent.logs import LIVEKIT, WithoutPersonal

pytestmark = pytest.mark.unit

CANARY = "i worked there for three years"


def test_what_the_sdk_attaches_of_a_persons_words_is_stripped_and_the_rest_stays() -> None:
    record = logging.makeLogRecord({"lk.pii.user_input": CANARY, "msg": "skipping", "job": "AJ_1"})

    assert WithoutPersonal().filter(record)

    assert CANARY not in str(vars(record))
    assert "AJ_1" == vars(record)["job"]


def test_the_sdk_logs_under_the_names_that_are_filtered() -> None:
    from livekit.agents.log import logger as agents
    from livekit.plugins.deepgram.log import logger as deepgram
    from livekit.plugins.silero.log import logger as silero

    assert {agents.name, deepgram.name, silero.name} <= set(LIVEKIT)
