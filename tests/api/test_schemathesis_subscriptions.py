"""Whatever schemathesis subscribes to: no fault of ours, and events that keep to the schema.

Documents are drawn from the kept schema as in `test_schemathesis_graphql.py`, and asked over a
socket. A subscription that is added is asked for by itself.
"""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientWebSocketResponse
from schemathesis import GenerationMode

from api.graph.socket import MAX_SUBSCRIPTIONS
from tests.api.graph import judged_by_everybody
from tests.api.house import House, Json
from tests.api.roads import subscriptions
from tests.api.test_graphql_socket import connected
from tests.api.test_schemathesis_graphql import FAULTS, Asked, codes, codes_of, drawn, shown

pytestmark = [pytest.mark.api, pytest.mark.timeout(120)]
THINGS = {road.field: road.things for road in subscriptions()}
FIELDS = {name for road in subscriptions() for name in road.shows}
ROUNDS = 4
ANSWERS_WITHIN_S = 10
QUIET_S = 0.1
"""Nothing more is to come: what was has been told, and nothing happens."""


async def follow_all(
    house: House,
    of: dict[str, str],
    key: str,
    mode: GenerationMode = GenerationMode.POSITIVE,
) -> Asked:
    """Subscribes with all documents, and hears all that is said. Fails for what has not the form
    of an answer."""
    asked = Asked()
    for number in range(ROUNDS):
        for name, things in THINGS.items():
            questions = drawn(name, [of[thing] for thing in things], mode, number)
            for start in range(0, len(questions), MAX_SUBSCRIPTIONS):
                await follow(house, questions[start : start + MAX_SUBSCRIPTIONS], key, asked)
    assert set() == asked.codes & FAULTS
    return asked


async def follow(house: House, questions: list[str], key: str, asked: Asked) -> None:
    documents = {str(n): f"subscription {each}" for n, each in enumerate(questions)}
    async with connected(house, key=key) as ws:
        for name, document in documents.items():
            said = {"id": name, "type": "subscribe", "payload": {"query": document}}
            await ws.send_json(said)
        async for message in answers(ws, set(documents)):
            asked.said.append(json.dumps(message))
            take(message, documents[message["id"]], asked)


async def answers(ws: ClientWebSocketResponse, waiting: set[str]) -> AsyncIterator[Json]:
    """All that is said; fails for a document that is left without any answer."""
    while True:
        try:
            wait_s = ANSWERS_WITHIN_S if waiting else QUIET_S
            message = await asyncio.wait_for(ws.receive_json(), wait_s)
        except TimeoutError:
            assert set() == waiting
            return
        waiting.discard(message["id"])
        yield message


def take(message: Json, document: str, asked: Asked) -> None:
    """What one message says, which has the form that the protocol gives it."""
    match message["type"]:
        case "next":
            assert {"id", "type", "payload"} == set(message)
            payload = message["payload"]
            if payload.get("data") is None:  # what events come from is at no path of an answer
                assert {"data", "errors"} == set(payload), payload
                asked.codes |= set(codes_of(payload["errors"], ran=False))
            else:
                asked.codes |= codes(payload)
                asked.shown |= set(shown(document, payload["data"]))
        case "error":
            assert {"id", "type", "payload"} == set(message)
            assert message["payload"], message
            asked.codes |= set(codes_of(message["payload"], ran=False))
        case kind:
            assert ("complete", {"id", "type"}) == (kind, set(message))


async def test_every_event_is_as_the_schema_says_whatever_is_asked(house: House) -> None:
    of = await judged_by_everybody(house)

    asked = await follow_all(house, of, house.key)

    assert set() == FIELDS - asked.shown
    assert {"not_found"} <= asked.codes <= {"invalid", "not_found", "too_large"}


async def test_subscriptions_that_break_the_schema_are_refused_with_a_code(house: House) -> None:
    of = await judged_by_everybody(house)

    asked = await follow_all(house, of, house.key, GenerationMode.NEGATIVE)

    assert {"invalid"} <= asked.codes <= {"invalid", "too_large"}
    assert set() == asked.shown


async def test_a_foreign_key_follows_nothing_of_ours_whatever_it_asks(house: House) -> None:
    of = await judged_by_everybody(house)
    stranger = await house.new_tenant("Second")

    asked = await follow_all(house, of, stranger)

    assert {"not_found"} <= asked.codes <= {"invalid", "not_found", "too_large"}
    assert set() == asked.shown
    assert [] == [said for said in asked.said if any(each in said for each in of.values())]
