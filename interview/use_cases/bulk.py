"""Many invitations in one call: each row by itself, or all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from interview.accounts import Candidate, Interview
from interview.errors import Conflict, InterviewError, Invalid, NotFound, Sealed, named_by
from interview.ids import CandidateId, KitId, TenantId
from interview.kit import AssistMode
from interview.ports import Transaction
from interview.use_cases.interviews import agree, check_times, published_version
from interview.use_cases.mailing import writes_mail
from interview.use_cases.world import World


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is not known yet."""

    name: str
    email: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """Who is invited, and when at the earliest and latest."""

    who: CandidateId | Person
    starts_at: datetime | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Invited:
    """What came of a row; the token is shown only here."""

    interview: Interview
    token: str


async def invite_all(
    world: World,
    tenant: TenantId,
    kit: KitId,
    rows: Sequence[Row | InterviewError],
    mail: bool | None = None,
    assist: AssistMode = "ai_leads",
) -> tuple[Invited | InterviewError, ...]:
    """One outcome for each row, in order; a row that was refused before stays so.

    What is wrong with a row is found before anything of it is stored. Raises `NotFound`,
    `KitNotPublished`, `Invalid`, `Unavailable`.
    """
    async with world.transaction(tenant) as tx:
        held_with = kit, await published_version(tx, kit, assist)
        writes = await writes_mail(tx, mail)
        seen: set[CandidateId | str] = set()
        outcomes: list[Invited | InterviewError] = []
        for row in rows:
            try:
                who = await _admitted(world, tx, row, seen)
            except (NotFound, Sealed, Invalid, Conflict) as error:
                outcomes.append(error)
                continue
            candidate = await _known(world, tx, who.who)
            times = who.starts_at, who.expires_at
            agreed = await agree(
                world, tx, held_with, candidate, times, writes=writes, assist=assist
            )
            outcomes.append(Invited(*agreed))
        return tuple(outcomes)


async def _admitted(
    world: World, tx: Transaction, row: Row | InterviewError, seen: set[CandidateId | str]
) -> Row:
    if isinstance(row, InterviewError):
        raise row
    check_times(world.now(), row.starts_at, row.expires_at)
    name = row.who.email.casefold() if isinstance(row.who, Person) else row.who
    if name in seen:
        raise Conflict("An earlier row of this call invites the same person.")
    if not isinstance(row.who, Person):
        with named_by("candidate_id"):
            await tx.candidates.get(row.who)
    seen.add(name)
    return row


async def _known(world: World, tx: Transaction, who: CandidateId | Person) -> CandidateId:
    if not isinstance(who, Person):
        return who
    name = CandidateId(world.ids.new())
    await tx.candidates.add(Candidate(name, who.name, who.email, who.language, world.now()))
    return name
