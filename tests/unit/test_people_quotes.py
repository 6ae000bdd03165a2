"""What a person cites as evidence are whole words of the candidate, as what a model cites."""

import unicodedata

import pytest

from interview.by_people import By
from interview.errors import EvidenceInvalid
from interview.ids import TurnId
from interview.scoring import Quote
from interview.use_cases.ratings import Cited, Judged, rate_by_person
from tests.fakes.judging import of, talk

pytestmark = pytest.mark.unit

MAYA = By(kind="key", id="k1", name="Maya")
SAID = "The batch was non-compliant; I can't deny it. Later it was compliant for 5\u202f000 euros."


async def cited(text: str, start: int | None = None, said: str = SAID) -> Quote:
    """The quote as it is stored."""
    room = await talk(("pressure", said))
    async with room.store.transaction(room.tenant) as tx:
        turns = await tx.turns.of(room.interview)
    (turn,) = [each for each in turns if each.speaker == "candidate"]
    form = [
        Judged("care", None, "no_evidence", (), ""),
        Judged("calm", 5, None, (Cited(TurnId(turn.turn_id), text, start),), "as it was said"),
    ]
    card = await rate_by_person(room.world, room.tenant, MAYA, room.interview, form)
    (quote,) = of(card, "calm").quotes
    return quote


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("compli", None),
        ("can", None),
        ("a", None),
        (";", None),
        ("compliant", 18),
        ("atch", None),
        ("000 euros", None),
    ],
)
async def test_half_a_word_is_no_evidence(text: str, start: int | None) -> None:
    with pytest.raises(EvidenceInvalid, match="whole words"):
        await cited(text, start)


async def test_words_that_were_never_said_are_refused_as_such() -> None:
    with pytest.raises(EvidenceInvalid, match="is not what was said"):
        await cited("I denied it")


@pytest.mark.parametrize("text", ["I can't deny it", "non-compliant", SAID, "it"])
async def test_whole_words_are(text: str) -> None:
    assert text == (await cited(text)).text


async def test_a_quote_is_kept_composed_however_it_was_sent() -> None:
    apart = unicodedata.normalize("NFD", "was in Zürich")

    quote = await cited(apart, said="The batch was in Zürich.")

    assert ("was in Zürich", 10) == (quote.text, quote.start)


async def test_without_a_place_it_is_the_first_where_it_stands_as_whole_words() -> None:
    assert SAID.rindex("compliant") == (await cited("compliant")).start
