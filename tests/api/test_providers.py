"""Chains of providers over the API: named, never shown in full, called no farther than allowed."""

import pytest

from api.settings import Settings, SettingsWrong, read_settings
from interview.accounts import Role
from interview.ports import Store
from tests.api.house import House, Json, opened, settings_with

pytestmark = pytest.mark.api

PATH = "/v1/settings/providers"
KEY = "sk-proj-0123456789-wxyz"
URL = "https://api.openai.com/v1"
EVER = {"If-Match": "*"}


def llm(**changes: Json) -> dict[str, Json]:
    return {"name": "openai", "url": URL, "model": "gpt-4.1-mini", "key": KEY} | changes


async def put(house: House, **chains: Json) -> tuple[int, Json]:
    answer = await house.call("PUT", PATH, json=chains, headers=EVER)
    return answer.status, await answer.json()


async def test_who_has_named_none_sees_empty_chains(house: House) -> None:
    answer = await house.call("GET", PATH)

    assert '"1"' == answer.headers["ETag"]
    assert {"stt": [], "tts": [], "llm": [], "budget_per_interview": None} == await answer.json()


async def test_a_key_is_taken_and_only_its_end_is_shown(house: House) -> None:
    status, made = await put(
        house, llm=[llm()], budget_per_interview={"amount": "1.50", "currency": "USD"}
    )

    assert 200 == status
    shown = {"name": "openai", "url": URL, "model": "gpt-4.1-mini", "key_hint": "…wxyz"}
    assert [shown] == made["llm"]
    assert {"amount": "1.50", "currency": "USD"} == made["budget_per_interview"]
    assert made == await house.get(PATH)
    assert KEY not in str(made)


async def test_a_short_key_is_not_shown_at_all(house: House) -> None:
    _, made = await put(house, llm=[llm(key="secret-9")])

    assert "…" == made["llm"][0]["key_hint"]


async def test_a_key_that_is_left_out_stays_and_null_takes_it_away(house: House) -> None:
    await put(house, llm=[llm()])
    without = llm(model="gpt-4.1")
    del without["key"]
    _, kept = await put(house, llm=[without])
    _, gone = await put(house, llm=[llm(key=None)])
    _, none = await put(house, llm=[without])

    assert ["…wxyz", None, None] == [each["llm"][0]["key_hint"] for each in (kept, gone, none)]
    assert "gpt-4.1" == kept["llm"][0]["model"]


async def test_a_key_that_is_left_out_stays_with_its_url_under_a_new_name(house: House) -> None:
    await put(house, llm=[llm()])
    renamed = llm(name="our-openai")
    del renamed["key"]
    _, kept = await put(house, llm=[renamed])
    _, gone = await put(house, llm=[llm(name="again", key=None)])

    assert [("our-openai", "…wxyz"), ("again", None)] == [
        (each["llm"][0]["name"], each["llm"][0]["key_hint"]) for each in (kept, gone)
    ]


async def test_which_of_two_keys_stays_under_a_new_name_is_not_guessed(house: House) -> None:
    await put(house, llm=[llm(), llm(name="second", key="sk-proj-0123456789-abcd")])
    renamed = llm(name="third")
    del renamed["key"]

    status, problem = await put(house, llm=[llm(), renamed])

    assert (422, "llm.1.key") == (status, problem["field"])
    assert ["openai", "second"] == [each["name"] for each in (await house.get(PATH))["llm"]]


async def test_a_key_does_not_follow_to_another_url(house: House) -> None:
    """Or whoever may change the chain could have the key sent to a server of their own."""
    await put(house, llm=[llm()])
    elsewhere = llm(url="https://collector.example.com/v1")
    del elsewhere["key"]

    status, problem = await put(house, llm=[elsewhere])

    assert (422, "invalid") == (status, problem["code"])
    assert "llm.0.key" == problem["field"]
    assert URL == (await house.get(PATH))["llm"][0]["url"]


@pytest.mark.parametrize(
    "url",
    [
        "http://api.openai.com/v1",
        "https://127.0.0.1/v1",
        "https://169.254.169.254/latest",
        "https://10.0.0.1/v1",
        "https://metadata.internal/v1",
        "https://me:secret@api.openai.com/v1",
        "https://api.openai.com:22/v1",
        "https://api.openai.com/v1?key=1",
        "file:///etc/passwd",
    ],
)
@pytest.mark.parametrize("purpose", ["stt", "tts", "llm"])
async def test_a_url_that_may_not_be_called_is_named(house: House, purpose: str, url: str) -> None:
    status, problem = await put(house, **{purpose: [llm(), llm(name="second", url=url)]})

    assert (422, "invalid") == (status, problem["code"])
    assert f"{purpose}.1.url" == problem["field"]


@pytest.mark.parametrize(
    ("chain", "field"),
    [
        ([llm(), llm()], "llm.1.name"),
        ([llm(name="Open AI")], "llm.0.name"),
        ([llm(model="")], "llm.0.model"),
        ([llm(model="two words")], "llm.0.model"),
        ([llm(key="")], "llm.0.key"),
        ([llm(key="line\nbreak")], "llm.0.key"),
        ([llm(name=f"n{n}") for n in range(6)], "llm"),
    ],
)
async def test_what_is_wrong_with_a_chain_is_named(
    house: House, chain: list[Json], field: str
) -> None:
    status, problem = await put(house, llm=chain)

    assert (422, "invalid") == (status, problem["code"])
    assert field == problem["field"]
    assert KEY not in str(problem)


@pytest.mark.parametrize(
    ("budget", "field"),
    [
        ({"amount": "-1", "currency": "USD"}, "budget_per_interview.amount"),
        ({"amount": "1.00001", "currency": "USD"}, "budget_per_interview.amount"),
        ({"amount": "1", "currency": "usd"}, "budget_per_interview.currency"),
        ({"amount": "1", "currency": "CHF"}, "budget_per_interview.currency"),
    ],
)
async def test_what_is_wrong_with_a_budget_is_named(house: House, budget: Json, field: str) -> None:
    status, problem = await put(house, budget_per_interview=budget)

    assert 422 == status
    assert field == problem["field"]


async def test_what_changed_is_in_the_audit_trail_without_what_stands_there(house: House) -> None:
    await put(house, llm=[llm()], budget_per_interview={"amount": "1", "currency": "USD"})
    await put(house, llm=[llm()], budget_per_interview={"amount": "1", "currency": "USD"})

    entries = [
        entry
        for entry in (await house.get("/v1/audit"))["items"]
        if entry["action"] == "set_providers"
    ]
    assert ["budget,llm", None] == [entry["facts"].get("fields") for entry in entries]
    assert not [each for each in (KEY, "openai") if each in str(entries)]


async def test_who_read_an_older_one_changes_nothing(house: House) -> None:
    first = {"If-Match": '"1"'}
    assert 200 == (await house.call("PUT", PATH, json={"llm": [llm()]}, headers=first)).status
    assert (412, "precondition_failed") == await house.refusal("PUT", PATH, json={}, headers=first)
    assert (428, "precondition_required") == await house.refusal("PUT", PATH, json={})


async def test_another_tenant_has_its_own(house: House) -> None:
    await put(house, llm=[llm()])

    assert [] == (await house.get(PATH, key=await house.new_tenant("Second")))["llm"]


async def test_private_networks_are_for_the_operator_to_allow(store: Store) -> None:
    near = llm(name="ollama", url="http://ollama:11434/v1", key=None)
    async with opened(settings_with(VIVAVOCE_PROVIDERS_REACH="private"), store) as house:
        status, _ = await put(house, llm=[near])
        refused, _ = await put(house, llm=[llm(url="http://127.0.0.1:9/v1")])
        assert (200, 422) == (status, refused)


@pytest.mark.parametrize("name", ["VIVAVOCE_PROVIDERS_REACH", "VIVAVOCE_SIGN_IN_REACH"])
def test_a_reach_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert name in wrong(monkeypatch, **{name: "far"})


def test_a_wrong_table_of_prices_is_named_by_variable_file_and_field(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pytest.TempPathFactory
) -> None:
    path = f"{tmp_path}/prices.toml"
    with open(path, "w") as file:
        file.write('[[price]]\nprovider = "a"\nmodel = "b"\nsince = 2026-01-01\ncurrency = "€"\n')

    told = wrong(monkeypatch, VIVAVOCE_PRICES=path)

    assert told.startswith("VIVAVOCE_PRICES: ")
    assert "price.0.currency" in told


def wrong(monkeypatch: pytest.MonkeyPatch, **variables: str) -> str:
    good = settings_with()
    for name, field in Settings.model_fields.items():
        value = getattr(good, name)
        shown = value.get_secret_value() if hasattr(value, "get_secret_value") else value
        if shown is not None and field.alias:
            monkeypatch.setenv(field.alias, str(shown))
    for name, text in variables.items():
        monkeypatch.setenv(name, text)
    with pytest.raises(SettingsWrong) as refused:
        read_settings()
    return str(refused.value)


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.REVIEWER, Role.INTERVIEWER])
async def test_who_sets_interviews_up_does_not_see_them(house: House, role: Role) -> None:
    signed_in = await house.signed_in(await house.new_member(role))

    assert (403, "forbidden") == await house.refusal("GET", PATH, key="", headers=signed_in)
