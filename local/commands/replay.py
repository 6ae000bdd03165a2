"""`vivavoce replay ID`: does the log make the scorecards that are stored?"""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from interview.adapters.hostile import detector
from interview.adapters.judging import brief
from interview.adapters.lexicons import indicator_rater
from interview.adapters.reasons import reason_guard
from interview.errors import NotFound, Sealed
from interview.ids import InterviewId
from interview.indicators import RATER as INDICATORS_NAME
from interview.rater import Rater
from interview.scoring import Stamp
from interview.use_cases import judging
from interview.use_cases.replay import Difference, Replayed, judge_like, replay_interview
from local.commands.connection import opened, say, settings
from local.errors import LocalError

INDICATORS, BRIEF, DETECTOR = indicator_rater(), brief(), detector()
REASONS = reason_guard()


def main(arguments: Sequence[str]) -> None:
    """Make every card again and report."""
    parser = argparse.ArgumentParser(prog="vivavoce replay")
    parser.add_argument("interview", type=UUID, metavar="ID", help="the interview")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    asked = parser.parse_args(arguments)
    report(asyncio.run(_replay(InterviewId(asked.interview))), as_json=asked.json)


def rater_of(stamp: Stamp) -> Rater | None:
    """Those that come with this version."""
    if stamp.rater == INDICATORS_NAME:
        return INDICATORS
    is_judge = stamp.rater == judging.RATER
    return judge_like(stamp, BRIEF, DETECTOR, REASONS) if is_judge else None


def report(replayed: Replayed, *, as_json: bool) -> None:
    """Print what was found; exits with 1 when a card is not what the log makes of it."""
    if as_json:
        found = [asdict(each) for each in replayed.differences]
        print(json.dumps({"cards": replayed.cards, "differences": found}))
    elif not replayed.differences:
        say("replayed", cards=replayed.cards)
    else:
        for each in replayed.differences:
            _say(each)
    if replayed.differences:
        sys.exit(1)


def _say(found: Difference) -> None:
    where = f"{found.competency}.{found.field}" if found.competency else found.field
    told = {"card": found.card, "where": where}
    if found.stored or found.rebuilt:
        say("differs", stored=found.stored, rebuilt=found.rebuilt, **told)
    else:
        say("differs_in_words", **told)


async def _replay(interview: InterviewId) -> Replayed:
    """Raises `LocalError` when there is no such interview, or nothing left of it."""
    async with opened(settings(os.environ)) as store:
        tenant = await store.tenant_of_interview(interview)
        if tenant is None:
            raise LocalError("there is no such interview")
        try:
            return await replay_interview(store, rater_of, tenant, interview)
        except NotFound as error:
            raise LocalError("there is no such interview") from error
        except Sealed as error:
            raise LocalError("its words were erased; nothing can be made of them") from error
