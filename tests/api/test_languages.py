"""What follows from a kit's language: whether it is published, and what its candidates read."""

import pytest

from api.notices import NOTICES
from interview.languages import ENGLISH, SPOKEN
from interview.store.memory import MemoryStore
from tests.api.house import House, Json, opened, settings_with

pytestmark = pytest.mark.api
OWN, CONSENT = "/v1/candidate/interview", "/v1/candidate/consent"


async def published(house: House, language: str) -> Json:
    kit = await house.draft(language=language)
    return await house.post(f"/v1/kits/{kit['id']}/publish", status=200)


async def session_in(house: House, language: str) -> str:
    """The session of a candidate of a kit in that language."""
    kit, candidate = await published(house, language), await house.candidate()
    body = {"kit_id": kit["id"], "candidate_id": candidate["id"]}
    return await house.redeemed(await house.post("/v1/interviews", body))


@pytest.mark.parametrize("language", sorted(SPOKEN))
async def test_the_notice_is_in_the_language_of_the_interview(house: House, language: str) -> None:
    session = await session_in(house, f"{language}-CH")

    notice = (await house.get(OWN, key=session))["notice"]

    assert (NOTICES[language].version, NOTICES[language].text) == (
        notice["version"],
        notice["text"],
    )
    body = {"accepted": True, "notice_version": notice["version"]}
    assert {"state": "ready"} == await house.post(CONSENT, body, status=200, key=session)


@pytest.mark.parametrize("language", sorted(SPOKEN))
async def test_where_observers_may_hide_the_notice_says_so(house: House, language: str) -> None:
    session = await session_in(house, language)
    changes, head = {"observers_may_hide": True}, {"If-Match": "*"}
    assert 200 == (await house.call("PATCH", "/v1/settings", json=changes, headers=head)).status

    notice = (await house.get(OWN, key=session))["notice"]

    more = set(notice["text"].splitlines()) - set(NOTICES[language].text.splitlines())
    assert [True] == [line.startswith("- **") for line in more]
    usual = {"accepted": True, "notice_version": NOTICES[language].version}
    refused = await house.refusal("POST", CONSENT, json=usual, key=session)
    assert (409, "notice_outdated") == refused
    body = {"accepted": True, "notice_version": notice["version"]}
    assert {"state": "ready"} == await house.post(CONSENT, body, status=200, key=session)


async def test_consent_to_the_notice_in_another_language_is_none(house: House) -> None:
    session = await session_in(house, "de")

    body = {"accepted": True, "notice_version": NOTICES[ENGLISH].version}

    assert (409, "notice_outdated") == await house.refusal("POST", CONSENT, json=body, key=session)


async def test_a_kit_in_a_language_that_nobody_hears_here_is_not_published() -> None:
    async with opened(settings_with(VIVAVOCE_LANGUAGES=ENGLISH), MemoryStore()) as house:
        kit = await house.draft(language="de-AT")

        answer = await house.call("POST", f"/v1/kits/{kit['id']}/publish")

        problem = await answer.json(content_type="application/problem+json")
        what = {"field": "language", "detail": "The interviewer speaks en here."}
        assert ("kit_incomplete", [what]) == (problem["code"], problem["errors"])
        assert (await published(house, ENGLISH))["published_at"]
