"""What both peers are asked to say, and the stand-in for a language model that says it."""

import json

import pytest
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from bench.latency.peers import kit, phrase, question, reply
from interview.kit import Kit, gaps
from tests.standins.openai import Completion, Message, chunks, whole

pytestmark = pytest.mark.unit


def test_our_kit_can_be_published_and_asks_no_follow_ups() -> None:
    ours = Kit.model_validate(kit(expected_words=13))

    assert [] == list(gaps(ours))
    assert {(0, 13)} == {(q.max_probes, q.expected_words) for q in ours.questions}


def test_the_peer_greets_first_and_then_says_what_we_say() -> None:
    system, answer = Message(role="system", content=""), Message(role="user", content="Yes.")

    first, second = reply([system]), reply([system, answer])

    assert first.startswith("Hello, I am an AI interviewer.")
    assert first.endswith(question(1))
    assert f"{phrase('lead_thanks')} {question(2)}" == second


def asked(*, usage: bool) -> Completion:
    body = {
        "model": "any",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": [{"type": "text", "text": "Who are you?"}]},
        ],
        "stream": True,
        "stream_options": {"include_usage": usage},
        "temperature": 0.2,
    }
    return Completion.model_validate_json(json.dumps(body))


def test_a_streamed_completion_has_the_form_that_the_client_knows() -> None:
    sent = [ChatCompletionChunk.model_validate(c) for c in chunks(asked(usage=True), "I am here.")]

    text = "".join(c.choices[0].delta.content or "" for c in sent if c.choices)
    assert "I am here." == text
    assert "assistant" == sent[0].choices[0].delta.role
    assert ["stop"] == [c.choices[0].finish_reason for c in sent if c.choices][-1:]
    assert sent[-1].usage is not None
    assert (5, 3) == (sent[-1].usage.prompt_tokens, sent[-1].usage.completion_tokens)


def test_usage_is_told_only_to_whom_asks_for_it() -> None:
    sent = list(chunks(asked(usage=False), "I am here."))

    assert all(chunk["choices"] for chunk in sent)


def test_a_whole_completion_has_the_form_that_the_client_knows() -> None:
    sent = ChatCompletion.model_validate(whole(asked(usage=True), "I am here."))

    assert "I am here." == sent.choices[0].message.content


def test_the_text_of_a_message_is_that_of_its_parts() -> None:
    system, user = asked(usage=True).messages

    assert ("Be brief.", "Who are you?") == (system.text, user.text)
