"""A path that another one would also match answers for itself alone."""

from dataclasses import replace

import pytest

from api import contract
from api.routing import overshadowed
from api.settings import Settings
from interview.ports import Store
from tests.api.house import opened

pytestmark = pytest.mark.api


async def test_a_method_of_the_pattern_is_not_one_of_the_literal_path(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`GET /v1/jobs/bulk` is no job named bulk."""
    create = next(o for o in contract.ALL if o.name == "create_job")
    bulk = replace(create, name="create_jobs", path="/v1/jobs/bulk")
    monkeypatch.setattr(contract, "ALL", (*contract.ALL, bulk))
    async with opened(settings, store) as house:
        refused = await house.call("GET", "/v1/jobs/bulk")
        made = await house.call("POST", "/v1/jobs/bulk", json={"title": "x"})

    assert (405, "POST", 201) == (refused.status, refused.headers["Allow"], made.status)


def test_a_path_with_ids_of_its_own_is_no_literal() -> None:
    create = next(o for o in contract.ALL if o.name == "create_job")
    other = replace(create, path="/v1/jobs/{other_id}")

    assert {} == overshadowed([create, other, replace(other, path="/v1/jobs/{job_id}")])
