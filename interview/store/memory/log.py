"""The event log, its turns and the scorecards in memory."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from interview.chain import Link
from interview.events import Event, Report
from interview.ids import InterviewId, TurnId
from interview.scoring import Scorecard
from interview.sealing import SealingKey
from interview.store.evidence import check_evidence
from interview.store.log import grow, numbered
from interview.store.memory.work import Work
from interview.store.sealed import (
    SILENT,
    SPOKEN,
    SealedTurn,
    open_event,
    open_scorecard,
    open_turn,
    seal_scorecard,
    tell_turns,
)
from interview.turns import Turn, touching, turns_after


@dataclass
class MemoryEvents:
    work: Work

    async def append(
        self, interview: InterviewId, epoch: int, reports: Sequence[Report]
    ) -> tuple[Event, ...]:
        tables, row = self.work.tables, self.work.row(interview)
        held = tables.interviews.find(row)
        key = await self.work.vault.key("interview", interview)
        links = tables.events.get(row, ())
        events = numbered(held, epoch, reports, {link.event_id for link in links})
        if not events:
            return ()
        changes = touching(events)
        turns = turns_after(self._turns(key, interview, changes), changes)
        growth = grow(held, key, events, turns)
        tables.events[row] = links + growth.links
        end = growth.links[-1]
        tables.interviews[row] = replace(held, last_seq=end.seq, head=end.hash)
        for turn, version, speech in growth.turns:
            outline = turn.model_copy(update=dict(SILENT))
            tables.turns[(*row, turn.turn_id)] = SealedTurn(outline, version, speech)
        self.work.woken.add(interview)
        return events

    async def read(
        self,
        interview: InterviewId,
        after: int = 0,
        limit: int | None = None,
        kinds: Collection[str] | None = None,
    ) -> tuple[Event, ...]:
        key = await self.work.vault.key("interview", interview)
        links = self.work.tables.events.get(self.work.row(interview), ())
        newer = [
            link for link in links if link.seq > after and (kinds is None or link.kind in kinds)
        ]
        return tuple(open_event(key, link) for link in newer[:limit])

    async def of_kind(self, interview: InterviewId, kind: str) -> tuple[Event, ...]:
        key = await self.work.vault.key("interview", interview)
        links = self.work.tables.events.get(self.work.row(interview), ())
        return tuple(open_event(key, link) for link in links if link.kind == kind)

    async def links(self, interview: InterviewId) -> tuple[Link, ...]:
        return self.work.tables.events.get(self.work.row(interview), ())

    def _turns(
        self, key: SealingKey, interview: InterviewId, names: Iterable[TurnId]
    ) -> tuple[Turn, ...]:
        work, table = self.work, self.work.tables.turns
        places = [(*work.row(interview), name) for name in names]
        return tuple(
            open_turn(key, work.tenant, table[place]) for place in places if place in table
        )


@dataclass
class MemoryTurns:
    work: Work

    async def of(self, interview: InterviewId) -> tuple[Turn, ...]:
        key = await self.work.vault.key("interview", interview)
        mine = (
            open_turn(key, self.work.tenant, sealed)
            for (tenant, of, _), sealed in self.work.tables.turns.items()
            if (tenant, of) == self.work.row(interview)
        )
        return tuple(sorted(mine, key=lambda turn: turn.seq))

    async def told(self, interview: InterviewId, without: Collection[TurnId] = ()) -> list[bytes]:
        key = await self.work.vault.key("interview", interview)
        mine = [
            sealed
            for (tenant, of, turn), sealed in self.work.tables.turns.items()
            if (tenant, of) == self.work.row(interview) and turn not in without
        ]
        turns = (
            (
                str(turn.outline.turn_id),
                turn.version,
                turn.sealed_speech,
                turn.outline.model_dump_json(exclude=SPOKEN),
            )
            for turn in sorted(mine, key=lambda turn: turn.outline.seq)
        )
        return tell_turns(key, self.work.tenant, turns)


@dataclass
class MemoryScorecards:
    work: Work

    async def add(self, interview: InterviewId, scorecard: Scorecard) -> None:
        key = await self.work.vault.key("interview", interview)
        check_evidence(scorecard, await MemoryTurns(self.work).of(interview))
        sealed = seal_scorecard(key, self.work.tenant, interview, scorecard)
        self.work.tables.scorecards.insert(self.work.row(scorecard.scorecard_id), sealed)

    async def of(self, interview: InterviewId) -> tuple[Scorecard, ...]:
        key = await self.work.vault.key("interview", interview)
        mine = [
            open_scorecard(key, self.work.tenant, sealed)
            for (tenant, _), sealed in self.work.tables.scorecards.items()
            if (tenant, sealed.interview) == self.work.row(interview)
        ]
        return tuple(sorted(mine, key=lambda card: (card.created_at, card.scorecard_id)))
