"""Words are heard alike, whoever else listens."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from interview.adapters.lexicons import indicator_rater

pytestmark = pytest.mark.unit

STEMS = ["measur", "explain", "organis", "interview", "convers", "happen", "custom", "responsibl"]
PREFIXES = ["", "re", "un", "over", "dis", "mis", "pre", "out", "under", "inter", "co", "de"]
ENDINGS = ["s", "ed", "ing", "edly", "er", "ation", "ational", "iveness", "fully"]


def test_words_are_the_same_from_however_many_threads_they_are_asked_for() -> None:
    forms = [f"{front}{stem}{end}" for front in PREFIXES for stem in STEMS for end in ENDINGS]
    alone = [*map(indicator_rater().lexicons["en"].stem, forms)]
    stem = indicator_rater().lexicons["en"].stem

    every = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            assert alone == [*threads.map(stem, forms)]
    finally:
        sys.setswitchinterval(every)
