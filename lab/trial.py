"""A rater configuration before the gate."""

import hashlib
import json
import tomllib
from pathlib import Path

from pydantic import ValidationError

from interview.adapters.system import SystemClock, SystemIds
from interview.release import Gate, Reached, Trial
from lab.examination import Examined
from lab.interviews import FOLDER, bases, twins
from local.errors import LocalError

GATE = FOLDER / "gate.toml"


def gate_in(file: Path = GATE) -> Gate:
    """Raises `LocalError` for a file that holds no gate."""
    try:
        return Gate.model_validate(tomllib.loads(file.read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise LocalError(f"{file}: expected the bars of a gate ({_why(error)})") from error


def _why(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{each['loc'][0]}: {each['msg'].lower()}" for each in error.errors())
    return str(error)


def suite_sha256() -> str:
    """Of all answers and twins."""
    told = [base.answer.model_dump(mode="json") for base in bases().values()]
    said = [each.model_dump(mode="json") for each in twins().values()]
    return hashlib.sha256(json.dumps([told, said], sort_keys=True).encode()).hexdigest()


def trial_of(found: Examined, gate: Gate, suite: str) -> Trial:
    """As of now."""
    (configuration,), (counted, moved) = found.signature.configurations, found.demanded
    return Trial(
        trial_id=SystemIds().new(),
        configuration=configuration,
        gate=gate,
        reached=Reached(
            suite=suite,
            twins=counted,
            moved=moved,
            kappa=found.agreements[0].kappa,
            abstained=found.abstained,
            retest=found.retest,
            noticed=found.noticed,
        ),
        at=SystemClock().now(),
    )
