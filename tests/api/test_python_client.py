"""The Python client against the real door: a recruiter's whole path, and refusals."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from vivavoce_client import (
    ApiProblem,
    AsyncVivavoce,
    CandidateBody,
    ConsentBody,
    InterviewBody,
    InterviewCreated,
    JobBody,
    KitBody,
    LineStarted,
    RedeemBody,
    State,
    Vivavoce,
    aevery,
    every,
)

from interview.ports import Store
from interview.store.postgres import open_store
from tests.api.house import PEPPER, House, kit_body
from tests.conftest import Database

pytestmark = pytest.mark.api


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    async with open_store(database.app_url, PEPPER) as opened:
        yield opened


def url_of(house: House) -> str:
    return str(house.client.make_url("/"))


@pytest.fixture
async def recruiter(house: House) -> AsyncIterator[AsyncVivavoce]:
    async with AsyncVivavoce(url_of(house), house.key) as client:
        yield client


async def test_a_recruiter_invites_and_reads_what_was_said(
    house: House, recruiter: AsyncVivavoce
) -> None:
    job = await recruiter.create_job(JobBody(title="Engineer"))
    draft = await recruiter.create_kit(KitBody.model_validate(kit_body(str(job.id))))
    kit = await recruiter.publish_kit(draft.id)
    person = await recruiter.create_candidate(CandidateBody(name="Ada", email="ada@example.com"))
    invited = await recruiter.create_interview(InterviewBody(kit_id=kit.id, candidate_id=person.id))
    await comes_in(house, invited.invitation_url)
    claim = await house.claimed({"id": str(invited.id)})
    turn = str(uuid4())
    await house.tell(claim, house.line("Tell me.", turn), house.line_end("Tell me.", turn))
    await house.tell(claim, house.speech("I read the logs"))

    found = await recruiter.get_interview(invited.id)
    transcript = await recruiter.get_transcript(invited.id)
    events = await recruiter.list_events(invited.id, limit=200)

    assert (1, State.INVITED, State.LIVE) == (kit.version, invited.state, found.state)
    assert ["Tell me.", "I read the logs"] == [turn.spoken for turn in transcript.turns]
    assert isinstance(events.items[0].fact, InterviewCreated)
    assert any(isinstance(event.fact, LineStarted) for event in events.items)


async def comes_in(house: House, invitation_url: str) -> None:
    """A candidate follows the link and comes into the room, by the same client."""
    async with AsyncVivavoce(url_of(house)) as anybody:
        redeemed = await anybody.redeem_invitation(
            RedeemBody(token=invitation_url.partition("#")[2])
        )
    async with AsyncVivavoce(url_of(house), redeemed.access_token) as candidate:
        welcome = await candidate.get_own_interview()
        version = welcome.notice.version
        await candidate.answer_notice(ConsentBody(accepted=True, notice_version=version))
        await candidate.join_interview()
    await house.errands_done()


async def test_every_item_of_a_list_comes_page_by_page(
    house: House, recruiter: AsyncVivavoce
) -> None:
    made = [await recruiter.create_job(JobBody(title=f"Job {n}")) for n in range(5)]

    found = [job.id async for job in aevery(recruiter.list_jobs, limit=2)]

    assert [job.id for job in made] == found


async def test_the_blocking_client_says_the_same(house: House) -> None:
    job = await house.post("/v1/jobs", {"title": "Engineer"})

    def blocking() -> list[str]:
        with Vivavoce(url_of(house), house.key) as client:
            return [str(each.id) for each in every(client.list_jobs)]

    assert [job["id"]] == await asyncio.to_thread(blocking)


async def test_a_refusal_is_raised_with_its_code_field_and_request(
    recruiter: AsyncVivavoce,
) -> None:
    with pytest.raises(ApiProblem) as refused:
        await recruiter.create_job(JobBody(title=""))

    assert (422, "invalid", "title") == (
        refused.value.status,
        refused.value.code,
        refused.value.field,
    )
    assert refused.value.request_id


async def test_a_repeat_with_the_same_key_makes_nothing_twice(recruiter: AsyncVivavoce) -> None:
    first = await recruiter.create_job(JobBody(title="Engineer"), idempotency_key="once")
    again = await recruiter.create_job(JobBody(title="Engineer"), idempotency_key="once")

    assert first.id == again.id
    assert "true" == again.response_headers["Idempotent-Replayed"]


async def test_events_are_followed_as_they_happen(house: House, recruiter: AsyncVivavoce) -> None:
    interview = await house.invited()
    stream = recruiter.list_events_stream(interview["id"])

    first = await asyncio.wait_for(anext(stream), 5)

    assert ("1", "interview_created") == (first.id, first.event)


def test_the_kept_client_is_what_the_document_says() -> None:
    from local.client.__main__ import sources

    assert [] == [path.name for path, text in sources().items() if path.read_text() != text]
