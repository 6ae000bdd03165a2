"""What was answered beside a wish is rated, however short it is."""

import pytest

from interview.asides import without_asides
from interview.events import AnswerEnded
from tests.fakes.leaping import leap
from tests.fakes.stage import asked_first, on_stage

pytestmark = pytest.mark.voice


@pytest.mark.parametrize(
    ("said", "answers_too"),
    [("Can I talk to a person?", False), ("We rebuilt it. Can I talk to a person?", True)],
)
def test_raters_are_given_what_was_answered_beside_a_wish(said: str, answers_too: bool) -> None:
    async def scene() -> None:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.answers(said)
            await stage.until(lambda: bool(stage.facts(AnswerEnded)))

            (ended,) = stage.facts(AnswerEnded)
            turns = stage.candidate_turns()
            assert ("person", answers_too) == (ended.intent, ended.answers_too)
            assert answers_too == bool(without_asides(turns, stage.journal.events))

    leap(scene())
