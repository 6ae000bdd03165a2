"""The rater that is measured: as the shell or the command line says."""

import asyncio
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from interview.adapters.hostile import detector
from interview.adapters.judging import FOLDER, brief_in
from interview.adapters.lexicons import indicator_rater
from interview.adapters.models import Endpoint, OpenAiModels, open_sessions
from interview.rater import Rater
from interview.use_cases.judging import RUNS, Judge, Seat
from lab.replay import Metered
from local.errors import LocalError

BASE_URL, KEY, MODEL = "LLM_BASE_URL", "LLM_API_KEY", "LLM_MODEL"
JUDGES, JUDGE_RUNS = "VIVAVOCE_JUDGE_MODELS", "VIVAVOCE_JUDGE_RUNS"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A judge: its endpoint, models (one a seat), runs, and the folder of its prompt."""

    base_url: str
    key: str | None
    models: tuple[str, ...]
    runs: int
    prompt: Path | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """A rater, and what it spends, if it spends."""

    rater: Rater
    meters: tuple[Metered, ...] = ()


def wanted(
    shell: Mapping[str, str] = os.environ,
    *,
    models: Sequence[str] = (),
    runs: int | None = None,
    prompt: Path | None = None,
) -> Wanted | None:
    """The judge that the worker would have, but for what is given; None without `LLM_BASE_URL`.

    Raises `LocalError` for a judge without a model, or with runs that are no number.
    """
    if not (url := shell.get(BASE_URL, "").strip()):
        return None
    named = models or [name.strip() for name in shell.get(JUDGES, "").split(",") if name.strip()]
    named = named or [name for name in (shell.get(MODEL, "").strip(),) if name]
    if not named:
        raise LocalError(f"{MODEL}: expected the name of a model, for {BASE_URL} is set")
    told = shell.get(JUDGE_RUNS) or str(RUNS)
    if not told.isdecimal():
        raise LocalError(f"{JUDGE_RUNS}: expected a number, not {told!r}")
    return Wanted(url, shell.get(KEY) or None, tuple(named), runs or int(told), prompt)


def indicators() -> Subject:
    return Subject(indicator_rater())


@asynccontextmanager
async def judge(of: Wanted) -> AsyncIterator[Subject]:
    """Raises `LocalError` for a folder that holds no prompt."""
    try:
        told = await asyncio.to_thread(brief_in, of.prompt or FOLDER)
    except (OSError, KeyError) as error:
        raise LocalError(f"{of.prompt}: expected the files of a prompt ({error})") from error
    async with open_sessions() as sessions:
        ends = [Endpoint(of.base_url, model, of.key) for model in of.models]
        meters = tuple(Metered(OpenAiModels(sessions.of(end), end)) for end in ends)
        seats = tuple(Seat(end.model, meter) for end, meter in zip(ends, meters, strict=True))
        flags = await asyncio.to_thread(detector)
        yield Subject(Judge(seats, told, flags, of.runs), meters)
