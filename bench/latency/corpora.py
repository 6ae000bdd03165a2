"""The sets of answers that can be said: the one the policy was made on, and one it never saw."""

from dataclasses import dataclass
from pathlib import Path
from statistics import median

from local.candidate.clips import Clip, load_clips

BENCH = Path(__file__).parents[1]

Clips = dict[str, Clip]
Pair = tuple[str, str]


@dataclass(frozen=True)
class Corpus:
    """A folder of clips and what is done with them.

    `paused` are the kinds of answers with a pause in them. `says_all_finished`: in every round, not
    half of them. `goes_on`: answers that seem over, and what follows them after all; one row a
    round. `done_on`: the kind whose heads end in a click on *done*.
    """

    name: str
    folder: Path
    paused: tuple[str, ...]
    says_all_finished: bool = False
    goes_on: tuple[tuple[Pair, ...], ...] = ()
    done_on: str | None = None

    def load(self) -> Clips:
        """All clips, decoded now and not in the middle of a talk."""
        clips = load_clips(self.folder)
        for clip in clips.values():
            assert len(clip.pcm)
        return clips

    def expected_words(self) -> int:
        """The median length of its answers."""
        answers = (c.entry for c in load_clips(self.folder).values())
        kinds = ("finished", *self.paused)
        return round(median(len(entry.words) for entry in answers if entry.kind in kinds))


STANDARD = Corpus(
    name="standard",
    folder=BENCH / "corpus",
    paused=("clause_1.5", "clause_2.5", "sentence_1.5", "sentence_2.5"),
    says_all_finished=True,
    goes_on=(
        (("finished_01", "finished_02"), ("finished_07", "finished_12")),
        (("finished_05", "finished_10"), ("finished_04", "finished_06")),
    ),
    done_on="clause_2.5",
)

HELD_OUT = Corpus(
    name="held-out",
    folder=BENCH / "held_out",
    paused=(
        "clause_1.2-1.8",
        "clause_1.8-2.4",
        "clause_2.4-3.0",
        "sentence_1.2-1.8",
        "sentence_1.8-2.4",
        "sentence_2.4-3.0",
    ),
)

CORPORA = {corpus.name: corpus for corpus in (STANDARD, HELD_OUT)}
