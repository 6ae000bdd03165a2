"""The rater that is measured: as the shell or the command line says."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from interview.adapters.hostile import detector
from interview.adapters.judging import FOLDER, brief_in
from interview.adapters.lexicons import indicator_rater
from interview.adapters.models import Endpoint, OpenAiModels, open_sessions
from interview.adapters.prices import PricesWrong, load_prices
from interview.adapters.reasons import reason_guard
from interview.kit import Kit
from interview.prices import Prices, Used
from interview.providers import named_after
from interview.rater import Rater, Signature
from interview.release import Member
from interview.use_cases.judging import FEWEST_RUNS, MOST_RUNS, RUNS, Judge, Seat
from lab.replay import Metered
from local.errors import LocalError

BASE_URL, KEY, MODEL = "LLM_BASE_URL", "LLM_API_KEY", "LLM_MODEL"
JUDGES, JUDGE_RUNS = "VIVAVOCE_JUDGE_MODELS", "VIVAVOCE_JUDGE_RUNS"
PRICES = "VIVAVOCE_PRICES"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A judge: its endpoint, models (one a seat), runs, and the folder of its prompt."""

    base_url: str
    key: str | None
    models: tuple[str, ...]
    runs: int
    prompt: Path | None = None
    prices: Path | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """A rater, and what it spends, if it spends. `provider` is what prices go by."""

    rater: Rater
    meters: tuple[Metered, ...] = ()
    provider: str = ""
    prices: Prices = field(default_factory=Prices)

    def signature(self, kits: Iterable[Kit]) -> Signature:
        """Of a rater that has versions by language: all of them."""
        found = dict.fromkeys(self.rater.signature(kit) for kit in kits)
        version = ", ".join(dict.fromkeys(each.version for each in found))
        return replace(next(iter(found)), version=version)

    @property
    def used(self) -> tuple[Used, ...]:
        """By each model since it was made."""
        return tuple(
            Used(
                "llm",
                self.provider,
                meter.model,
                meter.calls,
                meter.input_tokens,
                meter.output_tokens,
            )
            for meter in self.meters
        )


def wanted(
    shell: Mapping[str, str] = os.environ,
    *,
    models: Sequence[str] = (),
    runs: int | None = None,
    prompt: Path | None = None,
) -> Wanted | None:
    """The judge that the worker would have, but for what is given; None without `LLM_BASE_URL`.

    Raises `LocalError` for a judge without a model, or with runs that the worker would refuse.
    """
    if not (url := shell.get(BASE_URL, "").strip()):
        return None
    named = models or [name.strip() for name in shell.get(JUDGES, "").split(",") if name.strip()]
    named = named or [name for name in (shell.get(MODEL, "").strip(),) if name]
    if not named:
        raise LocalError(f"{MODEL}: expected the name of a model, for {BASE_URL} is set")
    prices = Path(shell[PRICES]) if shell.get(PRICES) else None
    return Wanted(url, shell.get(KEY) or None, tuple(named), runs or _runs(shell), prompt, prices)


def _runs(shell: Mapping[str, str]) -> int:
    told = shell.get(JUDGE_RUNS) or str(RUNS)
    try:
        return runs_in(told)
    except ValueError as error:
        raise LocalError(f"{JUDGE_RUNS}: {error}, not {told!r}") from error


def runs_in(text: str) -> int:
    """How often a judge rates each competency. Raises `ValueError` with what was expected."""
    if not text.isdecimal() or not FEWEST_RUNS <= int(text) <= MOST_RUNS:
        raise ValueError(f"expected a number from {FEWEST_RUNS} to {MOST_RUNS}")
    return int(text)


def indicators() -> Subject:
    return Subject(indicator_rater())


@asynccontextmanager
async def judge(of: Wanted) -> AsyncIterator[Subject]:
    """Raises `LocalError` for a folder that holds no prompt, or a file without prices."""
    try:
        told = await asyncio.to_thread(brief_in, of.prompt or FOLDER)
    except OSError as error:
        raise LocalError(f"{of.prompt}: expected the files of a prompt ({error})") from error
    try:
        prices = await asyncio.to_thread(load_prices, of.prices)
    except PricesWrong as error:
        raise LocalError(f"{PRICES}: {error}") from error
    async with open_sessions() as sessions:
        ends = [Endpoint(of.base_url, model, of.key) for model in of.models]
        meters = tuple(Metered(OpenAiModels(sessions.of(end), end), end.model) for end in ends)
        seats = tuple(
            Seat(end.model, meter, (Member(end.model, end.base_url),))
            for end, meter in zip(ends, meters, strict=True)
        )
        flags = await asyncio.to_thread(detector)
        by = Judge(seats, told, flags, await asyncio.to_thread(reason_guard), of.runs)
        yield Subject(by, meters, named_after(of.base_url), prices)
