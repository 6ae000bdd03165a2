"""The scripted language model of the benches, over its socket."""

import asyncio
import logging

import aiohttp
import pytest

from tests.standins.openai import OpenAI

pytestmark = pytest.mark.voice

KEY = {"Authorization": "Bearer any"}
BODY = {"model": "any", "stream": True, "messages": [{"role": "user", "content": "Why?"}]}


async def test_a_question_that_is_called_off_is_no_fault(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.ERROR)
    async with (
        OpenAI(lambda _: "Because.", first_token_s=0.2) as model,
        aiohttp.ClientSession(headers=KEY) as client,
    ):
        url = f"{model.base_url}/chat/completions"
        called = asyncio.create_task(client.post(url, json=BODY))
        while not model.asked:
            await asyncio.sleep(0.01)
        called.cancel()
        await asyncio.wait([called])

        async with client.post(url, json=BODY) as answer:
            said = await answer.text()

    assert [] == [record.getMessage() for record in caplog.records]
    assert "Because." in said
