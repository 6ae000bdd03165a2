"""What is said in which round, and the corpus that it is taken from."""

from collections import Counter

import pytest

from bench.latency.corpora import HELD_OUT, STANDARD, Corpus
from bench.latency.plan import Step, Utterance, steps
from local.candidate.clips import Clip, load_clips
from local.candidate.sound import RATE

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def clips() -> dict[str, Clip]:
    return load_clips(STANDARD.folder)


def said(rounds: list[tuple[Step, ...]], kind: str) -> list[str]:
    return sorted(
        step.utterances[0].id
        for one in rounds
        for step in one
        if step.kind == "answer" and step.utterances[0].kind == kind
    )


def test_two_rounds_say_every_answer_of_the_corpus_and_the_finished_ones_twice(
    clips: dict[str, Clip],
) -> None:
    rounds = [steps(STANDARD, clips, 0), steps(STANDARD, clips, 1)]

    for kind in STANDARD.paused:
        assert sorted(c.id for c in clips.values() if c.entry.kind == kind) == said(rounds, kind)
    finished = Counter(said(rounds, "finished"))
    assert {c.id for c in clips.values() if c.entry.kind == "finished"} == set(finished)
    assert {2} == set(finished.values())


def test_each_round_begins_with_an_answer_and_has_every_kind_of_step(
    clips: dict[str, Clip],
) -> None:
    for number in range(4):
        kinds = [step.kind for step in steps(STANDARD, clips, number)]
        assert "answer" == kinds[0]
        assert {"answer", "goes_on", "barge_in", "done"} == set(kinds)


def test_the_same_round_is_the_same_for_every_peer(clips: dict[str, Clip]) -> None:
    def ids(number: int) -> list[str]:
        return [
            utterance.id for step in steps(STANDARD, clips, number) for utterance in step.utterances
        ]

    assert ids(1) == ids(1)
    assert ids(0) != ids(2)


def test_one_round_has_more_than_twenty_four_answers(clips: dict[str, Clip]) -> None:
    answers = [step for step in steps(STANDARD, clips, 0) if step.kind == "answer"]

    assert 24 <= len(answers)


def test_the_head_of_a_clip_is_its_sound_and_words_up_to_the_pause(clips: dict[str, Clip]) -> None:
    clip = clips["clause_25_01"]

    head = Utterance.head_of(clip)

    assert ("it", "was", "difficult", "for", "me", "because") == head.texts
    assert 0.0 < len(head.pcm) / RATE - clip.entry.pauses[0][0] < 0.1


def test_where_an_answer_goes_on_is_heard_in_its_sound(clips: dict[str, Clip]) -> None:
    paused, finished = Utterance.of(clips["clause_15_01"]), Utterance.of(clips["finished_05"])
    start_s, lasts_s, _ = clips["clause_15_01"].entry.pauses[0]

    (resume_s,) = paused.resumes_s

    assert start_s + lasts_s == pytest.approx(resume_s, abs=0.1)
    assert () == finished.resumes_s


def test_questions_expect_the_median_length_of_the_standard_answers() -> None:
    assert 13 == STANDARD.expected_words()


@pytest.fixture(scope="module")
def unheard() -> dict[str, Clip]:
    return load_clips(HELD_OUT.folder)


def test_two_rounds_say_every_held_out_answer_once_and_nothing_else(
    unheard: dict[str, Clip],
) -> None:
    rounds = [steps(HELD_OUT, unheard, 0), steps(HELD_OUT, unheard, 1)]

    assert {"answer"} == {step.kind for one in rounds for step in one}
    assert sorted(unheard) == sorted(step.utterances[0].id for one in rounds for step in one)
    assert all(24 <= len(one) for one in rounds)


@pytest.mark.parametrize("kind", HELD_OUT.paused)
def test_held_out_pauses_stand_and_last_as_their_kind_says_and_no_two_are_alike(
    kind: str, unheard: dict[str, Clip]
) -> None:
    stands, _, lasts = kind.partition("_")
    shortest, longest = map(float, lasts.split("-"))

    pauses = [c.entry.pauses for c in unheard.values() if c.entry.kind == kind]
    lengths = {length_s for ((_, length_s, _),) in pauses}

    assert 6 == len(pauses) == len(lengths)
    assert {stands} == {where for ((_, _, where),) in pauses}
    assert all(shortest <= length < longest or length == 3.0 for length in lengths)


def test_a_held_out_pause_is_as_long_in_the_sound_as_in_the_index(
    unheard: dict[str, Clip],
) -> None:
    for clip in unheard.values():
        if clip.entry.kind in HELD_OUT.paused:
            ((start_s, lasts_s, _),) = clip.entry.pauses
            (resumes_s,) = Utterance.of(clip).resumes_s
            assert start_s + lasts_s - clip.entry.first_loud_s == pytest.approx(resumes_s, abs=0.1)


def test_no_held_out_answer_is_said_in_the_standard_corpus(
    clips: dict[str, Clip], unheard: dict[str, Clip]
) -> None:
    assert not {c.text for c in clips.values()} & {c.text for c in unheard.values()}


@pytest.mark.parametrize("corpus", [STANDARD, HELD_OUT])
def test_both_voices_say_finished_and_paused_answers_of_each_corpus(corpus: Corpus) -> None:
    said = {(c.entry.voice, c.entry.kind) for c in load_clips(corpus.folder).values()}

    for kind in ("finished", *corpus.paused):
        assert {("rms", kind), ("slt", kind)} <= said
