"""A quote is what the candidate said in the turn that it names, or it is nothing."""

import json
import random
import unicodedata

import pytest

from interview.hostile import Flag, kept
from interview.judgement import Refused, content, read
from interview.lexicon import nfc
from interview.rater import Material
from interview.scoring import Quote, check_quote
from interview.spans import span
from interview.turns import Speaker
from tests.fakes.interviews import KIT
from tests.fakes.judging import rating
from tests.fakes.turns import turn

pytestmark = pytest.mark.unit

MUTATIONS = 10_000
SAID: tuple[tuple[Speaker, str], ...] = (
    ("ai", "What happened at the café on that evening, and what did you do?"),
    ("candidate", "We wrote it down in the café, and I didn't tell them at first."),
    ("ai", "What came of it in the end?"),
    ("candidate", "Über Nacht haben wir alles geprüft — c'était l'idée de Zoë, naïve or not."),
    ("interviewer", "So you told the customer before your manager?"),
    ("candidate", "Sí, señora: primero el cliente, después mi jefe. We shipped on Friday."),
    ("candidate", "I did´nt tell, it`s non–compliant, I can\u00adnot pay 5\u202f000 eu\u200bros."),
)
ONE_EACH = ("did´nt", "it`s", "non–compliant", "can\u00adnot", "5\u202f000", "eu\u200bros")
"""Words of the last answer that look like two to whoever knows letters and spaces only."""

LOOK_ALIKES = dict(zip("aeiopcxyh'-", "аеіорсхуһ’‐", strict=True))
HIDDEN = ("\u200b", "\u200d", "\u00ad", "\ufeff", "\u0301", "\u202e")


TURNS = tuple(turn(text, who, at) for at, (who, text) in enumerate(SAID, start=1))
BY_ID = {each.turn_id: each for each in TURNS}
FLAG = Flag(turn_id=TURNS[1].turn_id, start=28, end=61, rule="overrule")


def material(*flags: Flag) -> Material:
    return Material(KIT.competencies[0], "en", TURNS, flags)


def piece(dice: random.Random, text: str) -> str:
    if dice.random() < 0.5:
        start = dice.randrange(len(text))
        return text[start : start + dice.randint(1, 40)]
    words = text.split(" ")
    first = dice.randrange(len(words))
    return " ".join(words[first : first + dice.randint(1, 6)])


def half(dice: random.Random) -> tuple[int, str]:
    """Words up to somewhere inside of one of those, or from there on."""
    _, text = SAID[-1]
    word = dice.choice(ONE_EACH)
    start = text.index(word)
    cut = start + dice.randrange(1, len(word))
    if dice.random() < 0.5:
        return len(SAID), text[dice.randrange(start + 1) : cut]
    return len(SAID), text[cut : dice.randrange(start + len(word), len(text) + 1)]


def is_cut(quote: Quote, said: str) -> bool:
    """Whether it has a part of one of those and lacks another."""
    places = ((said.find(word), len(word)) for word in ONE_EACH if word in said)
    return any(
        start < edge < start + long
        for start, long in places
        for edge in (quote.start, quote.start + len(quote.text))
    )


def mutated(dice: random.Random) -> tuple[int, str]:
    """A turn's number, and words that are almost those of a turn."""
    at = dice.randrange(len(SAID))
    _, text = SAID[at]
    number = at + 1 if dice.random() < 0.7 else dice.randrange(-1, len(SAID) + 3)
    _, other = SAID[dice.randrange(len(SAID))]
    words = piece(dice, text)
    at = dice.randrange(len(words) + 1)
    match dice.randrange(10):
        case 0:
            words = "".join(LOOK_ALIKES.get(c, c) if dice.random() < 0.4 else c for c in words)
        case 1:
            words = words[:at] + dice.choice(HIDDEN) + words[at:]
        case 2:
            words = f"{words}{dice.choice(['', ' ', ' … ', ' […] '])}{piece(dice, other)}"
        case 3:
            words = dice.choice([words.upper(), words.lower(), words.title(), words.casefold()])
        case 4:
            words = words[:at] + words[at + 1 :]
        case 5:
            words = unicodedata.normalize(dice.choice(["NFD", "NFKD", "NFKC"]), words)
        case 6:
            words = words.replace(" ", dice.choice(["  ", "\u00a0", "\n", ""]))
        case 7:
            words = f"{dice.choice(['“', ' ', '...'])}{words}{dice.choice(['”', ' ', '!'])}"
        case 8:
            parts = words.split()
            dice.shuffle(parts)
            words = " ".join(parts)
        case _:
            pass
    return number, words or " "


def test_no_quote_is_taken_that_the_candidate_did_not_say_in_that_turn() -> None:
    """Ten thousand almost-quotes; what is taken stands letter by letter in the turn's NFC."""
    dice, taken = random.Random(5), 0
    for _ in range(MUTATIONS):
        number, words = half(dice) if dice.random() < 0.1 else mutated(dice)
        flags = (FLAG,) if dice.random() < 0.5 else ()
        try:
            run = read(rating(3, (number, words)), material(*flags), flagged=not flags)
        except Refused:
            continue
        (quote,) = run.quotes
        taken += 1
        speaker, text = SAID[number - 1]
        assert "candidate" == speaker
        assert 1 <= number <= len(SAID)
        assert nfc(words).strip() == quote.text
        assert nfc(text)[quote.start :].startswith(quote.text)
        assert quote.turn_id == TURNS[number - 1].turn_id
        check_quote(quote, BY_ID)
        assert not is_cut(quote, nfc(text))
        if flags and number == 2:
            assert quote.start + len(quote.text) <= FLAG.start or quote.start >= FLAG.end
    assert 100 < taken < MUTATIONS / 4


def test_every_run_of_whole_words_of_a_candidate_is_taken() -> None:
    for number, (speaker, text) in enumerate(SAID, start=1):
        words = text.split(" ")
        for first in range(len(words)):
            for last in range(first + 1, len(words) + 1):
                quoted = " ".join(words[first:last])
                if not any(c.isalnum() for c in quoted):
                    continue
                if speaker == "candidate":
                    run = read(rating(3, (number, quoted)), material(), flagged=True)
                    assert [quoted] == [quote.text for quote in run.quotes]
                else:
                    with pytest.raises(Refused, match="not_the_candidate"):
                        read(rating(3, (number, quoted)), material(), flagged=True)


@pytest.mark.parametrize(
    ("text", "quoted", "at"),
    [
        ("I didn't do it", "I did", None),
        ("I didn't do it", "I didn't", 0),
        ("I didn’t do it", "I didn", None),
        ("often ten", "ten", 6),
        ("tenth ten", "ten", 6),
        ("c'est l'idée", "idée", 8),
        ("a cafe\u0323\u0301 b", "cafe", None),
        ("the end.", "end", 4),
        ("we are non-compliant", "compliant", None),
        ("we are non-compliant", "non", None),
        ("we are non‑compliant", "compliant", None),
        ("we are non-compliant", "non-compliant", 7),
        ("we are non-compliant", "non-", None),
        ("we are non-compliant", "-compliant", None),
        ("I can't do it", "t do it", None),
        ("I can’t do it", "t do it", None),
        ("I can't do it", "'t do it", None),
        ("I can't do it", "I can'", None),
        ("I can't do it", "can't do it", 2),
        ("I led 1.5 people", "I led 1", None),
        ("I led 1.5 people", "I led 1.", None),
        ("I led 1.5 people", "5 people", None),
        ("I led 1.5 people", ".5 people", None),
        ("I led 5,000 people", "I led 5", None),
        ("I led 5,000 people", "000 people", None),
        ("I led 5, 6 or 7 people", "I led 5", 0),
        ("I led 5. Then 6", "I led 5", 0),
        ("3.And 4", "3", 0),
        ("je n’ai rien fait", "ai rien fait", 5),
        ("je l'ai fait", "je l", None),
        ("lorsqu'il est venu", "il est venu", 7),
        ("aujourd'hui", "hui", None),
        ("she won't. It's done", "s done", None),
        ("the teams' work", "work", 11),
        ("the teams' work", "teams", 4),
        ("he said 'yes' to it", "yes", 9),
        ("he said - yes", "yes", 10),
        ("he came—yes", "yes", 8),
        ("I did—nothing", "I did", 0),
        ("I did´nt tell them", "I did", None),
        ("I did´nt tell them", "did´nt", 2),
        ("I did`nt tell them", "I did", None),
        ("I did′nt tell them", "I did", None),
        ("I did`nt tell them", "nt tell them", None),
        ("I did `nothing` then", "nothing", 7),
        ("je l´ai fait", "ai fait", 5),
        ("aujourd`hui", "hui", None),
        ("rock´n´roll", "roll", None),
        ("I can\u00adnot say", "I can", None),
        ("I can\u00adnot say", "I can\u00ad", None),
        ("I can\u00adnot say", "not say", None),
        ("I can\u00adnot say", "I can\u00adnot", 0),
        ("I can\u200bnot say", "I can", None),
        ("I can\u200cnot say", "I can", None),
        ("I can\u200dnot say", "I can", None),
        ("I can\u200b\u2060not say", "I can\u200b", None),
        ("I did\u200b'\u200bnt say", "I did", None),
        ("I did\u200b \u200bsay", "I did", 0),
        ("\ufeffI did say", "I did", 1),
        ("I did say\u200b", "did say", 2),
        ("j\u200b’ai fait", "ai fait", 3),
        ("5\u202f000 euros", "5", None),
        ("5\u202f000 euros", "000 euros", None),
        ("5\u00a0000 euros", "000 euros", None),
        ("5\u2009000 euros", "5", None),
        ("5\u202f000 euros", "5\u202f000", 0),
        ("5\u202feuros", "5", 0),
        ("du vin\u00a05 fois", "5 fois", 7),
        ("we are non–compliant", "compliant", None),
        ("we are non–compliant", "non", None),
        ("we are non\u2010compliant", "compliant", None),
        ("we are non\u2212compliant", "compliant", None),
        ("we are non–compliant", "non–compliant", 7),
        ("he said – yes", "yes", 10),
        ("he came --yes", "yes", 10),
        ("he came--yes", "he came", 0),
        ("x\u030c\u0323y z", "y z", None),
        ("snake_case", "case", None),
        ("no", "no", 0),
    ],
)
def test_half_a_word_is_no_evidence(text: str, quoted: str, at: int | None) -> None:
    assert at == span(nfc(text), nfc(quoted), [(0, len(nfc(text)))])


def test_a_quote_may_be_composed_otherwise_than_what_was_said() -> None:
    apart = unicodedata.normalize("NFD", "in the café")

    (quote,) = read(rating(3, (2, apart)), material(), flagged=True).quotes

    assert ("in the café", 17) == (quote.text, quote.start)


def test_a_quote_across_a_cut_is_none() -> None:
    assert [(0, 28), (61, 62)] == [*kept(SAID[1][1], [FLAG])]
    with pytest.raises(Refused, match="not_verbatim"):
        read(rating(3, (2, "in the café, and")), material(FLAG), flagged=False)


def test_what_was_quoted_without_a_level_is_not_kept() -> None:
    assert () == read(rating(None, (2, "We wrote it down")), material(), flagged=True).quotes


def test_a_quote_that_is_given_twice_is_kept_once() -> None:
    twice = rating(3, (2, "We wrote it down"), (2, "We wrote it down "))

    assert 1 == len(read(twice, material(), flagged=True).quotes)


@pytest.mark.parametrize("text", ["", "null", "{", "\ud800", '{"level": NaN}', "[" * 100_000])
def test_no_answer_breaks_the_reader(text: str) -> None:
    with pytest.raises(Refused):
        read(text, material(), flagged=True)


def test_an_answer_of_one_thing_twice_is_read_as_any_reader_of_json_would() -> None:
    doubled = json.loads(rating(7, (2, "We wrote it down")))
    text = json.dumps(doubled)[:-1] + ', "level": 3}'

    assert 3 == read(text, material(), flagged=True).level


def test_a_model_is_shown_who_asked_a_person_or_the_ai() -> None:
    shown = json.loads(content(material(), flagged=True))["turns"]

    assert [
        "AI interviewer",
        "candidate",
        "AI interviewer",
        "candidate",
        "human interviewer",
        "candidate",
        "candidate",
    ] == [each["speaker"] for each in shown]
