"""Log lines in JSON: whatever is to be said fits on one, and costs nobody an answer."""

import json
from uuid import UUID

import pytest

from interview.adapters.logs import as_json
from tests.fakes.clock import NOON

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "odd", ["name of a file \udcff", b"\xff", "\n\x00", "ä 😀", NOON, ("a", 1)]
)
def test_a_line_is_made_of_whatever_there_is_to_say(odd: object) -> None:
    line = as_json(None, "info", {"event": "part_unavailable", "reason": odd})

    assert "part_unavailable" == json.loads(line)["event"]
    assert "\n" not in line
    line.encode()


def test_ids_and_numbers_are_said_as_they_are_written() -> None:
    name = UUID(int=1)

    line = as_json(None, "info", {"interview": name, "status": 200, "duration_s": 0.0123})

    assert {"interview": str(name), "status": 200, "duration_s": 0.0123} == json.loads(line)
