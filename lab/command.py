"""`vivavoce lab`: how a rater agrees with people and with itself, what it takes, and the gate."""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, redirect_stdout
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

from interview.ids import TenantId
from interview.release import Gate, Trial
from interview.use_cases.rescoring import judge_once_released
from lab import display
from lab.configurations import BASE_URL, Subject, Wanted, indicators, judge, runs_in, wanted
from lab.evals import Suite, every_nth
from lab.examination import Examined, examine
from lab.replay import Silent
from lab.stored import examine_stored, stored
from lab.trial import GATE, gate_in, suite_sha256, trial_of
from local.commands.connection import opened, settings
from local.errors import LocalError

LAST = 50


def main(arguments: Sequence[str]) -> None:
    """Measure and report; exits with 1 when a configuration was tried and not released."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.release and asked.tenant_id:
        parser.error("--release is decided on the bundled answers: leave out --tenant-id")
    if asked.gate and not asked.release:
        parser.error("--gate goes with --release")
    of = _configuration(asked)
    gate = gate_in(asked.gate or GATE) if asked.release else None
    suite = every_nth(1) if asked.twins or asked.release else (every_nth(1)[0], {})
    try:
        with redirect_stdout(sys.stderr):  # whatever the log says of the model
            found = asyncio.run(_measured(of, suite, asked.tenant_id, asked.last))
    except Silent as error:
        raise LocalError("the model gave no answer") from error
    trial = trial_of(found, gate, suite_sha256()) if gate else None
    if trial is not None:
        asyncio.run(_keep(trial))
    print(_as_json(found, trial) if asked.json else _as_text(found, trial))
    if trial is not None and not trial.passed:
        sys.exit(1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="vivavoce lab")
    add = parser.add_argument
    add("--rater", choices=("indicators", "judge"), help=f"default: judge if {BASE_URL} is set")
    add("--model", action="append", default=[], metavar="NAME", help="of a judge; may be repeated")
    add("--runs", type=_runs, metavar="N", help="of a judge, for each competency")
    add("--prompt", type=Path, metavar="FOLDER", help="of a judge: other instructions")
    add("--tenant-id", type=UUID, metavar="ID", help="its stored interviews, not the bundled ones")
    add("--last", type=_count, default=LAST, metavar="N", help=f"stored interviews; {LAST}")
    add("--twins", action="store_true", help="put the twins of the bundled answers before it, too")
    add("--release", action="store_true", help="put it before the gate and keep what it reached")
    add("--gate", type=Path, metavar="FILE", help="other bars than lab/gate.toml")
    add("--json", action="store_true", help="one line of JSON")
    return parser


def _runs(text: str) -> int:
    try:
        return runs_in(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError("expected a number from 1 to 1000")
    return int(text)


def _configuration(asked: argparse.Namespace) -> Wanted | None:
    """None for the indicators. Raises `LocalError`."""
    is_judge = asked.model or asked.runs or asked.prompt or asked.rater == "judge"
    if asked.rater == "indicators":
        if is_judge:
            raise LocalError("--model, --runs and --prompt are a judge's")
        return None
    of = wanted(os.environ, models=asked.model, runs=asked.runs, prompt=asked.prompt)
    if of is None and is_judge:
        raise LocalError(f"{BASE_URL}: expected the address of a model, to measure a judge")
    return of


@asynccontextmanager
async def _subject(of: Wanted | None) -> AsyncIterator[Subject]:
    if of is None:
        yield await asyncio.to_thread(indicators)
        return
    async with judge(of) as subject:
        yield subject


async def _measured(of: Wanted | None, suite: Suite, tenant: UUID | None, last: int) -> Examined:
    """Raises `Silent`, `LocalError`."""
    async with _subject(of) as subject:
        if tenant is None:
            return await examine(subject, *suite)
        by = ", ".join(of.models) if of else "indicators"
        async with opened(settings(os.environ)) as store:
            interviews = await stored(store, TenantId(tenant), last, by)
        return await examine_stored(subject, interviews)


async def _keep(trial: Trial) -> None:
    """Whom the configuration was kept from it judges once it is released."""
    async with opened(settings(os.environ)) as store:
        await store.add_trial(trial)
        if trial.passed:
            await judge_once_released(store, trial.configuration)


def _as_text(found: Examined, trial: Trial | None) -> str:
    told = display.examined(found)
    if trial is None:
        return told
    bars = ", ".join(trial.missed)
    verdict = display.say("not_released", bars=bars) if bars else display.say("released")
    return f"{told}\n{verdict}"


def _as_json(found: Examined, trial: Trial | None) -> str:
    """Shares and coefficients are numbers, money is text."""
    (by,) = found.signature.configurations
    told = asdict(found) | {"signature": asdict(by)} | {"trial": _trial(trial) if trial else None}
    return json.dumps(told)


def _trial(trial: Trial) -> dict[str, object]:
    gate: Gate = trial.gate
    return {
        "id": str(trial.trial_id),
        "gate": gate.model_dump(),
        "reached": trial.reached.model_dump(),
        "missed": list(trial.missed),
        "released": trial.passed,
    }
