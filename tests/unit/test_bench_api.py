"""What `bench api` makes of its slices."""

import json

import pytest

from bench.api.figures import BAR, Figure, figure, last_line, missed, table
from bench.api.load import Slice
from bench.api.seed import EVENTS, MARK, batch_body

pytestmark = pytest.mark.unit


def test_a_ratio_is_that_of_one_round_and_the_middle_one_counts() -> None:
    ours = [Slice(60, 1, 9), Slice(10, 2, 8), Slice(90, 3, 7)]
    floors = [Slice(100, 1, 1), Slice(20, 1, 1), Slice(100, 1, 1)]

    assert Figure(rps=60, floor_rps=100, ratio=0.6, p50_ms=2, p99_ms=8) == figure(ours, floors)


def test_a_call_below_the_bar_is_named() -> None:
    figures = {"join": Figure(6, 10, BAR, 1, 2), "list": Figure(5, 10, 0.59, 1, 2)}

    assert ["list"] == missed(figures)
    said = table(figures).splitlines()
    assert ["holds", "MISSED"] == [line.split()[-1] for line in said[1:]]
    assert {"calls": {"join", "list"}} == {
        k: set(v) for k, v in last_line(figures).items() if isinstance(v, dict)
    }
    assert '"ratio": 0.6' in json.dumps(last_line(figures))


def test_each_batch_has_ids_of_its_own() -> None:
    body = batch_body()
    first, second = (json.loads(body.replace(MARK, f"{n:012x}")) for n in (1, 2))

    ids = [{report["event_id"] for report in each["reports"]} for each in (first, second)]
    assert [EVENTS, EVENTS] == [len(each) for each in ids]
    assert ids[0].isdisjoint(ids[1])
