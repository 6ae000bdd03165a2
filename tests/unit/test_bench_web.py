"""What `bench web` makes of its runs."""

import pytest

from bench.web.candidate import Entered
from bench.web.figures import Figures, figures, last_line, missed, table

pytestmark = pytest.mark.unit

ENTERED = [Entered(120.04, 290.0, sound) for sound in (1.0, 3.0, 1.5)]


def test_the_last_line_has_medians_and_the_heaviest_page() -> None:
    found = figures([*ENTERED, Entered(121.0, 290.0, 1.5)], [0.4, 0.6, 9.0])

    assert {
        "entry_js_gz_kb": 121.0,
        "first_sound_s": 1.5,
        "review_ready_s": 0.6,
    } == last_line(found)


def test_what_is_over_its_bar_is_missed_and_shown() -> None:
    found = Figures(
        entry_js_gz_kb=200.1,
        check_js_gz_kb=300.0,
        first_sound_s=2.0,
        first_sound_worst_s=5.0,
        review_ready_s=1.01,
        review_ready_worst_s=1.2,
    )

    assert ["entry_js_gz_kb", "review_ready_s"] == missed(found)
    assert ["MISSED", "", "holds", "", "MISSED", ""] == [
        next((word for word in ("holds", "MISSED") if word in row), "")
        for row in table(found).splitlines()
    ]
