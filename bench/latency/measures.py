"""From instants to measures: pure, all times in seconds of one monotonic clock."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.latency.plan import StepKind
from local.candidate.ear import Sound


@dataclass(frozen=True)
class Said:
    """What the candidate said, as it left the microphone.

    `kind` is the clip's. `last_loud_at` is the end of its last loud sample, `resumes_at` when it
    went on after a pause, `clicked_at` when *done* was clicked.
    """

    step: StepKind
    kind: str
    id: str
    words: tuple[str, ...]
    began_at: float
    last_loud_at: float
    resumes_at: tuple[float, ...] = ()
    clicked_at: float | None = None


@dataclass(frozen=True)
class Measured:
    """What the agent did about it; None where that did not happen.

    `latency_s`: last loud sample → first sound. `cut_off`: it began to speak while the answer was
    not over. `yield_s`: we went on though it spoke → its last sound. `barge_in_s`: our onset in
    its line → its last sound. `done_s`: click → first sound.
    """

    said: Said
    latency_s: float | None
    cut_off: bool
    yield_s: float | None = None
    barge_in_s: float | None = None
    done_s: float | None = None


def measure(talk: Sequence[Said], sounds: Sequence[Sound]) -> tuple[Measured, ...]:
    """One measure for everything said. `sounds` are the agent's lines in order."""
    ends = [later.began_at for later in talk[1:]] + [float("inf")]
    return tuple(_measured(said, sounds, end) for said, end in zip(talk, ends, strict=True))


def _measured(said: Said, sounds: Sequence[Sound], until: float) -> Measured:
    after = [s.started_at for s in sounds if said.last_loud_at <= s.started_at < until]
    answered_at = after[0] if after else None
    early = [s for s in sounds if said.began_at <= s.started_at < said.last_loud_at]
    return Measured(
        said=said,
        latency_s=_since(said.last_loud_at, answered_at),
        cut_off=bool(early),
        yield_s=_yield_s(early, said.resumes_at),
        barge_in_s=_barge_in_s(said, sounds),
        done_s=_done_s(said, answered_at),
    )


def _since(start: float, end: float | None) -> float | None:
    return None if end is None else end - start


def _yield_s(early: Sequence[Sound], resumes_at: Sequence[float]) -> float | None:
    """Of the first line that we went on against; one that had ended by itself proves nothing."""
    for line in early:
        went_on_at = next((at for at in resumes_at if at >= line.started_at), None)
        if went_on_at is not None and line.ended_at is not None and line.ended_at > went_on_at:
            return line.ended_at - went_on_at
    return None


def _barge_in_s(said: Said, sounds: Sequence[Sound]) -> float | None:
    if said.step != "barge_in":
        return None
    for line in sounds:
        if line.started_at < said.began_at and line.ended_at and line.ended_at > said.began_at:
            return line.ended_at - said.began_at
    return None


def _done_s(said: Said, answered_at: float | None) -> float | None:
    """An answer that came before the click was none to the click."""
    if said.clicked_at is None or answered_at is None or answered_at < said.clicked_at:
        return None
    return answered_at - said.clicked_at
