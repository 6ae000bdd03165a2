"""What a scorecard must rest on before any store takes it."""

from collections.abc import Iterable

from interview.scoring import Scorecard, check_quote
from interview.turns import Turn, as_corrected


def check_evidence(scorecard: Scorecard, turns: Iterable[Turn]) -> None:
    """Raises `EvidenceInvalid` unless each quote is a verbatim span of a candidate's turn, as it
    was corrected."""
    by_id = {turn.turn_id: turn for turn in as_corrected(turns)}
    for rating in scorecard.ratings:
        for quote in rating.quotes:
            check_quote(quote, by_id)
