"""What is stored in place of a model's answer, the same in every store."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from interview.ids import InterviewId, TenantId
from interview.ports import Reply, Spent
from interview.sealing import Place, SealingKey


class Replied(BaseModel):
    """The sealed part: all of it, for models repeat what they were told. Letter by letter, blanks
    at the ends as well: the log names its hash."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    model: str
    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True)
class SealedReply:
    interview: InterviewId
    asked: bytes
    sealed_reply: bytes
    created_at: datetime


def seal_reply(
    key: SealingKey,
    tenant: TenantId,
    interview: InterviewId,
    asked: bytes,
    reply: Reply,
    at: datetime,
) -> SealedReply:
    spent = reply.spent
    said = Replied(
        text=reply.text,
        model=reply.model,
        input_tokens=spent.input_tokens,
        output_tokens=spent.output_tokens,
    )
    sealed = key.seal(said.model_dump_json().encode(), _place(tenant, interview, asked))
    return SealedReply(interview, asked, sealed, at)


def open_reply(key: SealingKey, tenant: TenantId, sealed: SealedReply) -> Reply:
    """Raises `Sealed`."""
    clear = key.open(sealed.sealed_reply, _place(tenant, sealed.interview, sealed.asked))
    said = Replied.model_validate_json(clear)
    return Reply(said.text, said.model, Spent(said.input_tokens, said.output_tokens))


def _place(tenant: TenantId, interview: InterviewId, asked: bytes) -> Place:
    return Place(tenant, "model_replies", f"{interview}/{asked.hex()}", "reply")
