"""What is said in which round, and the corpus that it is taken from."""

from collections import Counter

import pytest

from bench.latency.plan import CORPUS, PAUSED, Step, Utterance, expected_words, steps
from local.candidate.clips import Clip, load_clips
from local.candidate.sound import RATE

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def clips() -> dict[str, Clip]:
    return load_clips(CORPUS)


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
    rounds = [steps(clips, 0), steps(clips, 1)]

    for kind in PAUSED:
        assert sorted(c.id for c in clips.values() if c.entry.kind == kind) == said(rounds, kind)
    finished = Counter(said(rounds, "finished"))
    assert {c.id for c in clips.values() if c.entry.kind == "finished"} == set(finished)
    assert {2} == set(finished.values())


def test_each_round_begins_with_an_answer_and_has_every_kind_of_step(
    clips: dict[str, Clip],
) -> None:
    for number in range(4):
        kinds = [step.kind for step in steps(clips, number)]
        assert "answer" == kinds[0]
        assert {"answer", "goes_on", "barge_in", "done"} == set(kinds)


def test_the_same_round_is_the_same_for_every_peer(clips: dict[str, Clip]) -> None:
    def ids(number: int) -> list[str]:
        return [utterance.id for step in steps(clips, number) for utterance in step.utterances]

    assert ids(1) == ids(1)
    assert ids(0) != ids(2)


def test_one_round_has_more_than_twenty_four_answers(clips: dict[str, Clip]) -> None:
    answers = [step for step in steps(clips, 0) if step.kind == "answer"]

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


def test_questions_expect_the_median_length_of_the_answers(clips: dict[str, Clip]) -> None:
    assert 13 == expected_words(clips)
