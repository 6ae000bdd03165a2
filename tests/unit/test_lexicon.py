"""How people speak when they stumble, and whom they speak of: neither changes what is heard."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from interview.adapters.lexicons import indicator_rater
from interview.lexicon import hear, nfc, spot, stems_of
from interview.restarts import begun_anew

pytestmark = pytest.mark.unit

LEXICONS = indicator_rater().lexicons
STEMS = ["measur", "explain", "organis", "interview", "convers", "happen", "custom", "responsibl"]
PREFIXES = ["", "re", "un", "over", "dis", "mis", "pre", "out", "under", "inter", "co", "de"]
ENDINGS = ["s", "ed", "ing", "edly", "er", "ation", "ational", "iveness", "fully"]


def hears(phrase: str, text: str, language: str = "en") -> bool:
    lexicon = LEXICONS[language]
    return any(spot(stems_of(phrase, lexicon), hear(nfc(text), lexicon), lexicon))


@pytest.mark.parametrize(
    "text",
    [
        "We moved a few few customers at at a a time.",
        "We moved a few cust- customers at a ti- time.",
        "We moved a few, sorry, a few customers at a time.",
        "We moved a few customers at, I mean, customers at a time.",
        "We moved a few, no, wait, a few customers at a time.",
        "We moved a few, um, a few, how shall I say, customers at a time.",
    ],
)
def test_who_stumbles_is_heard_like_who_does_not(text: str) -> None:
    assert hears("a few customers at a time", text)


@pytest.mark.parametrize(
    "text",
    [
        "It has not, it has not happened again.",
        "it has not it has not happened again",
        "It has not, I mean, not happened again.",
    ],
)
def test_a_denial_that_belongs_to_the_phrase_may_be_begun_twice(text: str) -> None:
    assert hears("has not happened again", text)


@pytest.mark.parametrize(
    "text",
    [
        "We did not, did not write it down.",
        "we did not we did not write it down",
        "We wrote it, no, we did not write it down.",
        "It has not been written. It has not been written down.",
    ],
)
def test_a_denial_that_is_begun_twice_denies_all_the_same(text: str) -> None:
    assert not hears("write it down", text)
    assert not hears("been written down", text)


def test_words_are_the_same_from_however_many_threads_they_are_asked_for() -> None:
    forms = [f"{front}{stem}{end}" for front in PREFIXES for stem in STEMS for end in ENDINGS]
    alone = [*map(LEXICONS["en"].stem, forms)]
    stem = indicator_rater().lexicons["en"].stem

    every = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            assert alone == [*threads.map(stem, forms)]
    finally:
        sys.setswitchinterval(every)


def test_what_is_taken_back_was_not_said() -> None:
    forms = ["i", "did", "no", "i", "did", "it", "it", "was", "it"]

    assert {0, 1, 2, 5} == begun_anew([forms], frozenset(), {("no",)})


def test_a_beginning_is_taken_back_within_its_sentence_alone() -> None:
    assert frozenset() == begun_anew([["we", "wrote"], ["we", "wrote"]], frozenset(), set())


def test_a_phrase_that_says_a_word_twice_is_heard_from_whoever_says_it() -> None:
    assert hears("very very good", "It was very very good.")


@pytest.mark.parametrize("whom", ["him", "her", "them"])
@pytest.mark.parametrize("phrase", ["told him what happens", "told them what happens"])
def test_it_does_not_matter_for_whom_something_was_done(phrase: str, whom: str) -> None:
    assert hears(phrase, f"I told {whom} then exactly what happens.")


def test_a_pronoun_of_a_phrase_must_be_said() -> None:
    assert not hears("told him what happens", "I told what happens.")


@pytest.mark.parametrize("name", ["Ann", "Mrs Gonçalves da Silva Pereira", "Dr Al Hashimi"])
def test_nobodys_name_is_too_long_for_a_phrase(name: str) -> None:
    assert hears("called her back", f"Then I called {name} back.")


@pytest.mark.parametrize(
    "text",
    [
        "i did not panic i wrote it down",
        "i was not amused and it was late we wrote it down",
        "nobody helped me he wrote it down",
        "no we wrote it down",
    ],
)
def test_without_a_comma_a_subject_ends_what_a_denial_reaches(text: str) -> None:
    assert hears("wrote it down", text)


@pytest.mark.parametrize(
    "text",
    [
        "i don't think we wrote it down",
        "i am not sure that we wrote it down",
        "never have we wrote it down",
        "i can't remember whether i wrote it down",
        "i don't know, um, if we wrote it down",
    ],
)
def test_without_a_comma_a_denial_is_carried_into_what_was_thought_or_said(text: str) -> None:
    assert not hears("wrote it down", text)


def test_a_comma_before_a_filler_alone_parts_clauses() -> None:
    assert hears("told them", "I did not know, um and told them.")
    assert not hears("told them", "I did not, um, tell them or told them.")


@pytest.mark.parametrize(
    ("language", "phrase", "text"),
    [
        ("de", "habe ihm erklärt", "Ich habe ihr, sagen wir mal, erk- erklärt, wie es geht."),
        ("es", "lo apunté", "La, perdón, la apunté."),
        ("fr", "restée avec lui", "Je suis restée, pardon, restée avec elle."),
    ],
)
def test_other_languages_hear_through_it_as_well(language: str, phrase: str, text: str) -> None:
    assert hears(phrase, text, language)
