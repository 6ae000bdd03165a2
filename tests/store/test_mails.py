"""Mails in every store: what waits is found again, what is over keeps no link."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest

from interview.accounts import Invitation, token_digest
from interview.errors import NotFound, Sealed
from interview.ids import InvitationId, MailId
from interview.mails import Calendar, Mail, MailKind
from interview.ports import MAIL, Store
from interview.store.memory import MemoryStore
from interview.store.postgres import PostgresStore
from tests.fakes.clock import NOON
from tests.store.world import Held, hold

pytestmark = pytest.mark.store

HOUR = timedelta(hours=1)


def mail(held: Held, kind: MailKind = MailKind.RESCHEDULED, age: int = 0) -> Mail:
    at = NOON + timedelta(seconds=age)
    return Mail(
        mail_id=MailId(uuid4()),
        interview=held.interview,
        kind=kind,
        created_at=at,
        due_at=at + HOUR,
        useless_after=at + 2 * HOUR,
        next_at=at + HOUR,
    )


async def linked(store: Store, held: Held) -> Mail:
    """A mail with a link, stored."""
    token = f"token-{uuid4()}"
    link = InvitationId(uuid4())
    async with store.transaction(held.tenant) as tx:
        await tx.invitations.add(
            Invitation(link, held.interview, token_digest(token), NOON, NOON + HOUR)
        )
        made = replace(mail(held), invitation=link, token=token)
        await tx.mails.put(held.candidate, [made])
    return made


async def of(store: Store, held: Held) -> tuple[Mail, ...]:
    async with store.transaction(held.tenant) as tx:
        return await tx.mails.of(held.interview)


async def test_a_mail_is_found_as_it_was_put_with_its_link(store: Store, held: Held) -> None:
    made = await linked(store, held)

    async with store.transaction(held.tenant) as tx:
        assert made == await tx.mails.get(made.mail_id)
        assert made == await tx.mails.get(made.mail_id, lock=True)
    assert (replace(made, token=None),) == await of(store, held)


async def test_mails_are_listed_oldest_first_with_what_they_say_to_calendars(
    store: Store, held: Held
) -> None:
    second = mail(held, MailKind.REMINDER_24H, age=1)
    first = replace(mail(held), calendar=Calendar("request", 3, NOON))
    async with store.transaction(held.tenant) as tx:
        await tx.mails.put(held.candidate, [second, first])

    assert (first, second) == await of(store, held)


async def test_nobody_reads_or_changes_the_mails_of_another_tenant(
    store: Store, held: Held, other: Held
) -> None:
    made = await linked(store, held)
    async with store.transaction(other.tenant) as tx:
        assert () == await tx.mails.of(held.interview)
        await tx.mails.drop(held.interview, NOON, "overtaken")
        assert 0 == await tx.mails.wake(NOON + 2 * HOUR, NOON, 10)
        for doing in (tx.mails.get(made.mail_id), tx.mails.end(made.mail_id, NOON, "late")):
            with pytest.raises(NotFound):
                await doing
        with pytest.raises(NotFound):
            await tx.mails.save(made)
    assert (replace(made, token=None),) == await of(store, held)


async def test_a_mail_of_an_interview_that_is_not_there_is_refused(
    store: Store, held: Held, other: Held
) -> None:
    with pytest.raises(NotFound):
        async with store.transaction(held.tenant) as tx:
            await tx.mails.put(held.candidate, [mail(other)])


async def test_what_is_over_keeps_no_link(store: Store, held: Held) -> None:
    sent, ended = await linked(store, held), await linked(store, held)
    async with store.transaction(held.tenant) as tx:
        await tx.mails.save(sent.after(None, NOON + HOUR))
        await tx.mails.end(ended.mail_id, NOON, "erased")

    async with store.transaction(held.tenant) as tx:
        first, second = [await tx.mails.get(each.mail_id) for each in (sent, ended)]
    assert ("sent", NOON + HOUR, None, 1) == (
        first.state,
        first.sent_at,
        first.token,
        first.attempts,
    )
    assert ("dropped", "erased", None, None) == (
        second.state,
        second.trouble,
        second.sent_at,
        second.token,
    )


async def test_a_try_that_failed_keeps_the_link_for_the_next(store: Store, held: Held) -> None:
    made = await linked(store, held)
    tried = replace(
        made.after("busy", NOON),
        may_be_out=True,
        calendar=Calendar("request", 1, NOON + HOUR),
        useless_after=NOON + 3 * HOUR,
    )
    async with store.transaction(held.tenant) as tx:
        await tx.mails.save(tried)

    async with store.transaction(held.tenant) as tx:
        assert tried == await tx.mails.get(made.mail_id)
    assert (made.token, "waiting", "busy") == (tried.token, tried.state, tried.trouble)


async def test_an_erased_candidates_link_cannot_be_opened_but_ended(
    store: Store, held: Held
) -> None:
    made = await linked(store, held)
    async with store.transaction(held.tenant) as tx:
        await tx.keys.destroy_candidate(held.candidate, NOON)

    async with store.transaction(held.tenant) as tx:
        with pytest.raises(Sealed):
            await tx.mails.get(made.mail_id)
        with pytest.raises(Sealed):
            await tx.mails.put(held.candidate, [replace(made, mail_id=MailId(uuid4()))])
    async with store.transaction(held.tenant) as tx:
        await tx.mails.end(made.mail_id, NOON, "erased")
        assert "dropped" == (await tx.mails.get(made.mail_id)).state


async def test_mails_to_who_is_erased_are_found_among_those_asked_for(
    store: Store, held: Held, other: Held
) -> None:
    first, second, unasked = [await linked(store, held) for _ in range(3)]
    foreign = await linked(store, other)
    among = [first.mail_id, second.mail_id, foreign.mail_id, MailId(uuid4())]
    async with store.transaction(held.tenant) as tx:
        assert () == await tx.mails.erased(among)
        await tx.keys.destroy_candidate(held.candidate, NOON)

    async with store.transaction(held.tenant) as tx:
        assert {first.mail_id, second.mail_id} == set(await tx.mails.erased(among))
        assert () == await tx.mails.erased([])
    async with store.transaction(other.tenant) as tx:
        assert () == await tx.mails.erased([*among, unasked.mail_id])


async def test_only_what_waits_and_is_meant_is_dropped(store: Store, held: Held) -> None:
    reminder, cancelled = (
        mail(held, MailKind.REMINDER_1H, 1),
        mail(held, MailKind.CANCELLED, 2),
    )
    sent = mail(held, MailKind.REMINDER_1H, 3).over("sent", None, NOON)
    one, two = await linked(store, held), await linked(store, held)
    async with store.transaction(held.tenant) as tx:
        await tx.mails.put(held.candidate, [reminder, cancelled])
        await tx.mails.put(
            held.candidate, [replace(sent, state="waiting", next_at=NOON, ended_at=None)]
        )
        await tx.mails.save(sent)
        kinds = frozenset({MailKind.REMINDER_1H})
        await tx.mails.drop(held.interview, NOON, "overtaken", kinds=kinds)
        await tx.mails.drop(held.interview, NOON, "overtaken", invitation=one.invitation)

    states = {each.mail_id: each.state for each in await of(store, held)}
    assert {
        reminder.mail_id: "dropped",
        cancelled.mail_id: "waiting",
        sent.mail_id: "sent",
        one.mail_id: "dropped",
        two.mail_id: "waiting",
    } == states


async def test_what_lost_its_job_is_woken_once(store: Store, held: Held) -> None:
    early, late = await linked(store, held), replace(mail(held), next_at=NOON + 3 * HOUR)
    async with store.transaction(held.tenant) as tx:
        await tx.mails.put(held.candidate, [late])
    now = NOON + 2 * HOUR
    async with store.transaction(held.tenant) as tx:
        assert 1 == await tx.mails.wake(now, now, 10)
        assert 0 == await tx.mails.wake(now, now, 10)
        assert replace(early, next_at=now) == await tx.mails.get(early.mail_id)


JOBS = "SELECT entrypoint, payload, execute_after > now() + interval '50 minutes' FROM pgqueuer"


async def test_a_mail_has_a_job_that_waits_until_it_is_due(
    postgres_store: PostgresStore, app: asyncpg.Connection
) -> None:
    held = await hold(postgres_store)
    made = await linked(postgres_store, held)
    order = f'{{"tenant": "{held.tenant}", "mail": "{made.mail_id}"}}'.encode()

    assert [(MAIL, order, True)] == [tuple(row) for row in await app.fetch(JOBS)]


async def test_a_change_that_is_undone_leaves_no_mail_and_no_job(
    postgres_store: PostgresStore, app: asyncpg.Connection
) -> None:
    held = await hold(postgres_store)
    made = mail(held)

    async def put_and_fail() -> None:
        async with postgres_store.transaction(held.tenant) as tx:
            await tx.mails.put(held.candidate, [made])
            await tx.mails.end(MailId(uuid4()), NOON, "late")

    with pytest.raises(NotFound):
        await put_and_fail()

    assert () == await of(postgres_store, held)
    assert 0 == await app.fetchval("SELECT count(*) FROM pgqueuer")


async def test_the_memory_store_posts_a_job_for_when_a_mail_is_due() -> None:
    store = MemoryStore()
    made = await linked(store, await hold(store))

    assert [(made.mail_id, made.due_at)] == [job[1:] for job in store.tables.mail_jobs.values()]
