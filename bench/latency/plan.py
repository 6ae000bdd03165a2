"""What the candidate says in which round, the same for every peer."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from bench.latency.corpora import Clips, Corpus
from local.candidate.clips import Clip
from local.candidate.sound import RATE, Pcm, loud_spans

StepKind = Literal["answer", "goes_on", "barge_in", "done"]

PAUSE_S = 1.0
"""A shorter silence within an answer is a breath."""

CLICKS_AFTER_S = (0.1, 0.3, 0.5)
"""So long after the last sound *done* is clicked, on answers that end inside a clause."""


@dataclass(frozen=True)
class Utterance:
    """Something to say in one go: sound and its words with their times in it."""

    id: str
    kind: str
    pcm: Pcm
    words: tuple[tuple[str, float, float], ...]

    @classmethod
    def of(cls, clip: Clip) -> "Utterance":
        return cls(clip.id, clip.entry.kind, clip.pcm, clip.entry.words)

    @classmethod
    def head_of(cls, clip: Clip) -> "Utterance":
        """A clip up to its first pause: an answer that does not end like one."""
        start_s = clip.entry.pauses[0][0]
        words = tuple(word for word in clip.entry.words if word[2] <= start_s + 0.1)
        return cls(f"{clip.id}:head", "head", clip.pcm[: round((start_s + 0.05) * RATE)], words)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(text for text, _, _ in self.words)

    @cached_property
    def resumes_s(self) -> tuple[float, ...]:
        """Where it goes on after a pause, in seconds from its first loud sample."""
        spans = loud_spans(self.pcm)
        return tuple(
            after.start_s - spans[0].start_s
            for before, after in pairwise(spans)
            if after.start_s - before.end_s >= PAUSE_S
        )


@dataclass(frozen=True)
class Step:
    """One thing the candidate does. `goes_on` has two utterances, everything else one."""

    kind: StepKind
    utterances: tuple[Utterance, ...]
    click_after_s: float = 0.0


def steps(corpus: Corpus, clips: Clips, number: int) -> tuple[Step, ...]:
    """Round `number` (from 0): every second of everything, and every finished answer where the
    corpus wants that.

    The order is shuffled, but the same for the same number. It begins with an answer: nobody is
    interrupted in a greeting.
    """
    half = number % 2
    finished = _of_kind(clips, "finished")
    chosen = _answers(finished if corpus.says_all_finished else finished[half::2])
    for kind in corpus.paused:
        chosen += _answers(_of_kind(clips, kind)[half::2])
    chosen += [Step("barge_in", (Utterance.of(c),)) for c in _of_kind(clips, "barge_in")[half::2]]
    if corpus.goes_on:
        chosen += [
            Step("goes_on", (Utterance.of(clips[first]), Utterance.of(clips[then])))
            for first, then in corpus.goes_on[half]
        ]
    heads = _of_kind(clips, corpus.done_on)[half::2] if corpus.done_on else []
    chosen += [
        Step("done", (Utterance.head_of(clip),), after_s)
        for clip, after_s in zip(heads, CLICKS_AFTER_S, strict=False)
    ]
    return _mixed(chosen, number)


def _answers(clips: Sequence[Clip]) -> list[Step]:
    return [Step("answer", (Utterance.of(clip),)) for clip in clips]


def _of_kind(clips: Clips, kind: str) -> list[Clip]:
    return [clip for clip in clips.values() if clip.entry.kind == kind]


def _mixed(chosen: Sequence[Step], seed: int) -> tuple[Step, ...]:
    mixed = list(chosen)
    random.Random(seed).shuffle(mixed)
    first = next(n for n, step in enumerate(mixed) if step.kind == "answer")
    return (mixed[first], *mixed[:first], *mixed[first + 1 :])
