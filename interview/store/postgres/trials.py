"""Rater configurations before the gate, in PostgreSQL."""

from interview.release import Configuration, Gate, Reached, Trial
from interview.store.postgres.session import Session

ADD_TRIAL = """
    INSERT INTO rater_trials (
        trial_id, rater, rater_version, model, prompt_hash, endpoint, gate, reached, created_at
    ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""

LATEST_TRIAL = """
    SELECT trial_id, gate, reached, created_at FROM rater_trials
    WHERE rater = $1 AND rater_version = $2
        AND model IS NOT DISTINCT FROM $3 AND prompt_hash IS NOT DISTINCT FROM $4
        AND endpoint IS NOT DISTINCT FROM $5
    ORDER BY created_at DESC, trial_id DESC LIMIT 1
"""


async def add_trial(session: Session, trial: Trial) -> None:
    await session.execute(
        ADD_TRIAL,
        trial.trial_id,
        *_named(trial.configuration),
        trial.gate.model_dump_json(),
        trial.reached.model_dump_json(),
        trial.at,
    )


async def latest_trial(session: Session, of: Configuration) -> Trial | None:
    row = await session.row_or_none(LATEST_TRIAL, *_named(of))
    if row is None:
        return None
    return Trial(
        trial_id=row["trial_id"],
        configuration=of,
        gate=Gate.model_validate_json(row["gate"]),
        reached=Reached.model_validate_json(row["reached"]),
        at=row["created_at"],
    )


def _named(of: Configuration) -> tuple[str | None, ...]:
    return of.rater, of.version, of.model, of.prompt_hash, of.endpoint
