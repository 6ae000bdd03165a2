"""How people and positions may be called: as they are spelled, and nothing that deceives."""

import pytest

from tests.api.house import House

pytestmark = pytest.mark.api


@pytest.mark.parametrize(
    "name", ["علی\u200cرضا", "क्\u200dष", "👩\u200d🚒 Ada", "Anne\u00a0Marie"], ids=ascii
)
async def test_what_spells_a_name_is_no_control_character(house: House, name: str) -> None:
    made = await house.post("/v1/candidates", {"name": name, "email": "ada@example.com"})

    assert name == made["name"]


@pytest.mark.parametrize("control", ["\u202e", "\u0007", "\u200b", "\ufeff", "\u2028"], ids=ascii)
async def test_what_turns_or_hides_a_name_is_refused(house: House, control: str) -> None:
    body = {"name": f"A{control}da", "email": "ada@example.com"}
    answer = await house.call("POST", "/v1/candidates", json=body)

    assert 422 == answer.status
    assert "name" == (await answer.json())["field"]
