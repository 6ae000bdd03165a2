"""The bundled answers are whole, and their twins are what their relation says."""

import re
from collections import Counter
from itertools import pairwise, product
from random import Random

import jiwer
import pytest

from api.starter_kits import STARTER_KITS
from interview.adapters.lexicons import indicator_rater
from interview.doubt import doubtful
from interview.lexicon import hear, spot, stems_of
from lab.interviews import BY_HAND, KITS, Base, Relation, Twin, bases, kit_named, twins
from lab.making.__main__ import files, main
from lab.making.noise import misheard
from lab.making.relations import MAKERS, swapped
from lab.making.words import words_in
from lab.replay import turns_of

pytestmark = pytest.mark.unit

BASES = list(bases().values())
LEXICONS = indicator_rater().lexicons
LANGUAGES = ["de", "en", "es", "fr"]
IRRELEVANT = [r for r, each in twins().items() if each.only_irrelevant]
WIDEST = 6
"""Times as many words as the evidence has may stand between its first and its last."""


def named(base: Base) -> str:
    return base.answer.id


def words(text: str) -> list[str]:
    return re.findall(r"\w+(?:['’-]\w+)*", text.lower())


def told(twin: Twin) -> str:
    return " ".join(said.text for said in twin.said)


def stands_in(text: str, evidence: str) -> bool:
    """Whether the words of `evidence` stand in `text` in their order, close to each other."""
    wanted, said = words(evidence), words(text)
    for start, word in enumerate(said):
        at, found = start, 0
        if word != wanted[0]:
            continue
        while found < len(wanted) and at < min(len(said), start + WIDEST * len(wanted)):
            found, at = found + (said[at] == wanted[found]), at + 1
        if found == len(wanted):
            return True
    return False


def test_there_are_answers_at_every_level_in_four_languages_and_over_200_twins() -> None:
    levels = Counter(base.answer.level for base in BASES)
    demanded = sum(len(twins()[relation].twins) for relation in IRRELEVANT)

    assert len(BASES) >= 24
    assert {1, 2, 3, 4, 5} == set(levels)
    assert set(LANGUAGES) == {base.language for base in BASES}
    assert demanded >= 200


@pytest.mark.parametrize("base", BASES, ids=named)
def test_an_answer_serves_its_competency_and_holds_the_words_that_its_level_rests_on(
    base: Base,
) -> None:
    text = " ".join(said.text for said in base.answer.said)
    probes = {question.key: question.probes for question in base.kit.questions}

    assert base.answer.competency == base.competency.key
    assert str(base.answer.level) in base.competency.anchors
    assert {said.question for said in base.answer.said} == set(probes)
    assert [] == [s for s in base.answer.said if s.probe and s.probe >= len(probes[s.question])]
    assert [] == [each for each in base.answer.evidence if each not in text]
    for change in (*base.answer.rewordings, *base.answer.swaps):
        assert change.was in text
    for change in base.answer.rewordings:
        assert not any(each in change.was for each in base.answer.evidence)


def test_the_files_of_the_twins_are_what_the_generator_makes() -> None:
    assert set(MAKERS) == set(twins()) - BY_HAND
    assert [] == [path.name for path, text in files().items() if text != path.read_text()]
    assert 0 == main(["--check"])


@pytest.mark.parametrize("relation", list(twins()))
def test_each_twin_says_it_otherwise(relation: Relation) -> None:
    same = [t.base for t in twins()[relation].twins if t.said == bases()[t.base].answer.said]

    assert [] == same


@pytest.mark.parametrize("relation", sorted(set(twins()) - BY_HAND))
def test_a_relation_has_one_twin_of_every_answer(relation: Relation) -> None:
    assert list(bases()) == [twin.base for twin in twins()[relation].twins]


@pytest.mark.parametrize("relation", IRRELEVANT)
def test_where_only_irrelevant_words_changed_what_the_level_rests_on_is_still_said(
    relation: Relation,
) -> None:
    lost = [
        (twin.base, evidence)
        for twin in twins()[relation].twins
        for evidence in evidence_of(bases()[twin.base], relation)
        if not stands_in(told(twin), evidence)
    ]

    assert [] == lost


def evidence_of(base: Base, relation: Relation) -> list[str]:
    """With the names and pronouns that the twin has, and without articles if it may lack them."""
    if relation == "dialect":
        return [_bare(each, base.language) for each in base.answer.evidence]
    if relation != "names_and_pronouns":
        return list(base.answer.evidence)
    text = " ".join(said.text for said in base.answer.said)
    maker = MAKERS[relation]
    other = " ".join(said.text for said in maker(base, Random(0)))
    before, after = re.split(r"\s+", text), re.split(r"\s+", other)
    if len(before) != len(after):  # a longer name: the words around it are looked for
        return [swapped(each, words_in(base.language)) for each in base.answer.evidence]
    return [_at(text, each, after) for each in base.answer.evidence]


def _bare(evidence: str, language: str) -> str:
    articles = words_in(language).articles
    return " ".join(word for word in evidence.split() if word not in articles)


def _at(text: str, evidence: str, after: list[str]) -> str:
    first = len(text[: text.index(evidence)].split())
    return " ".join(after[first : first + len(evidence.split())])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_put_into_answers_holds_nothing_that_a_kit_listens_for(language: str) -> None:
    added = words_in(language)
    lexicon = LEXICONS[language]
    talk = [*added.talk, *added.prestige, *added.flattery, *added.pleas, added.again, *added.tags]
    own = [kit_named(file.stem) for file in KITS.glob("*.yaml")]
    kits = [*own, *(starter.kit for starter in STARTER_KITS.values())]
    phrases = {
        phrase
        for kit in kits
        if kit.language[:2] == language
        for competency in kit.competencies
        for indicators in competency.indicators.values()
        for indicator in indicators
        for phrase in indicator
    }

    assert phrases
    heard = [
        (phrase, sentence)
        for sentence in talk
        for phrase in phrases
        if any(spot(stems_of(phrase, lexicon), hear(sentence, lexicon), lexicon))
    ]
    assert [] == heard


@pytest.mark.parametrize(("relation", "share"), [("asr_10", 0.1), ("asr_20", 0.2), ("asr_30", 0.3)])
def test_noise_gets_as_many_words_wrong_as_it_says(relation: Relation, share: float) -> None:
    clean = {twin.base: told(twin) for twin in twins()["asr_00"].twins}
    noisy = {twin.base: told(twin) for twin in twins()[relation].twins}

    found = jiwer.wer(list(clean.values()), [noisy[base] for base in clean])
    assert share - 0.02 <= found <= share + 0.02


def test_without_noise_a_recogniser_leaves_out_commas_and_no_word() -> None:
    text = "I did not know, and told them: I’ll check."

    assert "i did not know and told them i’ll check" == misheard(text, "en", 0.0, Random(1))[0]


def test_noise_is_the_same_every_time_and_mostly_sounds_alike() -> None:
    text = "we moved a few customers at a time and could go back at any time"

    first, second = (misheard(text, "en", 0.3, Random("seed")) for _ in range(2))

    assert first == second
    assert first[0] != text


@pytest.mark.parametrize(
    ("relation", "share"), [("asr_00", 0.125), ("asr_10", 0.18), ("asr_20", 0.23), ("asr_30", 0.29)]
)
def test_noise_has_the_doubts_that_the_embedded_recogniser_has(
    relation: Relation, share: float
) -> None:
    """Of two in three wrong words, and of one in eight right ones."""
    said = [each for twin in twins()[relation].twins for each in twin.said]
    doubts = sum(len(each.unsure or ()) for each in said)

    assert share - 0.03 <= doubts / sum(len(each.text.split()) for each in said) <= share + 0.03
    assert all(at < len(each.text.split()) for each in said for at in each.unsure or ())


def test_a_noisy_twin_is_put_before_a_rater_with_its_doubts() -> None:
    twin = twins()["asr_20"].twins[0]
    answers = [t for t in turns_of(bases()[twin.base], twin.said) if t.speaker == "candidate"]

    assert [each.unsure for each in twin.said] == [doubtful(turn) for turn in answers]
    assert [each.text for each in twin.said] == [
        " ".join(word.text for word in turn.words) for turn in answers
    ]


def test_what_no_recogniser_wrote_is_sure() -> None:
    base = BASES[0]

    assert all(not turn.words for turn in turns_of(base, base.answer.said))


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("I told her what I saw.", "I told him what I saw."),
        ("She had her list.", "He had his list."),
        ("I called her back, and he wrote to her.", "I called him back, and she wrote to him."),
        ("Mr Osei asked himself.", "Mrs Johnson asked herself."),
    ],
)
def test_names_and_pronouns_are_those_of_somebody_else(text: str, other: str) -> None:
    assert other == swapped(text, words_in("en"))


def test_who_learned_the_language_far_away_ends_sentences_and_leaves_out_articles() -> None:
    clean = [said.text for base in BASES for said in base.answer.said]
    spoken = [said.text for twin in twins()["dialect"].twins for said in twin.said]

    for language in LANGUAGES:
        assert any(_bare(text, language) != text for text in clean)
    assert [] == [text for text in spoken if not any(_ends_so(text, each) for each in LANGUAGES)]
    assert sum(" the " in text for text in spoken) < sum(" the " in text for text in clean)


def _ends_so(text: str, language: str) -> bool:
    return any(text.rstrip(".!?").endswith(f", {tag}") for tag in words_in(language).tags)


def test_a_few_stay_a_few() -> None:
    few = [base for base in BASES if " a few " in " ".join(s.text for s in base.answer.said)]

    assert few
    for base, seed in product(few, range(8)):
        said = " ".join(each.text for each in MAKERS["dialect"](base, Random(seed)))
        assert " a few " in said


def test_the_pauses_of_fillers_fall_also_into_the_words_that_matter() -> None:
    def split(base: Base, twin: Twin) -> bool:
        return any(each.lower() not in told(twin).lower() for each in base.answer.evidence)

    parted = [split(bases()[twin.base], twin) for twin in twins()["fillers"].twins]

    assert sum(parted) > len(parted) / 2


def test_the_order_of_answers_is_another() -> None:
    for twin in twins()["order"].twins:
        before = [said.text for said in bases()[twin.base].answer.said]
        assert sorted(before) == sorted(said.text for said in twin.said)
        assert any(a != b for a, b in pairwise([before, [s.text for s in twin.said]]))
