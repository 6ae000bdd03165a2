"""Which rater configurations may rate: those that passed a gate, kept with what they reached."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AwareDatetime, Field

from interview.kit import Frozen

RaterGate = Literal["mark", "require"]
"""What becomes of a model's configuration that was not released: its cards say so, or it does not
rate. The indicators need no release: they are the same everywhere, and tests are their gate."""

Bar = Literal["twins", "moved", "kappa", "abstained", "retest", "noticed"]
Share = Annotated[float, Field(ge=0, le=1)]


@dataclass(frozen=True, slots=True)
class Member:
    """A model, and the base URL at which it is asked."""

    model: str
    url: str


class Panel(Frozen):
    """The models of a rater, one for each of its seats, and where they are asked: `endpoint` is the
    SHA-256 (hexadecimal) of their addresses, for those may tell of somebody's network."""

    model: str
    endpoint: str

    @classmethod
    def of(cls, members: Sequence[Member]) -> "Panel":
        asked = "\n".join(_plain(each.url) for each in members)
        named = ", ".join(each.model for each in members)
        return cls(model=named, endpoint=hashlib.sha256(asked.encode()).hexdigest())


def _plain(url: str) -> str:
    """One spelling of a base URL."""
    parts = urlsplit(url.strip())
    default = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in (None, default) else f":{parts.port}"
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path.rstrip('/')}"


@dataclass(frozen=True, slots=True)
class Configuration:
    """A rater in one version, which counts its runs, with one prompt and one or several models that
    are asked at an `endpoint` (see `Panel`). A model's name alone is whatever a server says."""

    rater: str
    version: str
    model: str | None
    prompt_hash: str | None
    endpoint: str | None = None


class Gate(Frozen):
    """What is demanded, all of it; shares from 0 to 1."""

    twins_at_least: Annotated[int, Field(ge=1)]
    moved_at_most: Annotated[int, Field(ge=0)]
    kappa_at_least: Annotated[float, Field(ge=-1, le=1)]
    abstained_at_most: Share
    retest_at_least: Share
    noticed_at_least: Share


BARS = Gate(
    twins_at_least=200,
    moved_at_most=0,
    kappa_at_least=0.60,
    abstained_at_most=0.25,
    retest_at_least=0.95,
    noticed_at_least=0.80,
)
"""Nobody is released below these, which are those of `lab/gate.toml`: a gate of one's own may ask
for more."""

SUITE = "bed0283d7d327da8c4d9b9bd955d5d81ad6f90b3b859be705aadc57a933ff429"
"""The digest of the bundled answers. A trial on others says nothing of today's."""


class Reached(Frozen):
    """What a configuration did with the suite whose digest is `suite`.

    `twins` differ in irrelevant words alone; `moved` counts those with another level. `kappa` is
    with people, quadratically weighted. `retest` is the share of equal levels the second time,
    `noticed` that of answers which lost their level with their evidence; None: there were none.
    """

    suite: str
    twins: int
    moved: int
    kappa: float | None
    abstained: Share
    retest: Share
    noticed: Share | None


def missed(reached: Reached, gate: Gate) -> tuple[Bar, ...]:
    """The bars that were not reached; what could not be measured was not."""

    def found() -> Iterator[Bar]:
        if reached.twins < gate.twins_at_least:
            yield "twins"
        if reached.moved > gate.moved_at_most:
            yield "moved"
        if reached.kappa is None or reached.kappa < gate.kappa_at_least:
            yield "kappa"
        if reached.abstained > gate.abstained_at_most:
            yield "abstained"
        if reached.retest < gate.retest_at_least:
            yield "retest"
        if reached.noticed is None or reached.noticed < gate.noticed_at_least:
            yield "noticed"

    return tuple(found())


class Trial(Frozen):
    """A configuration before the gate. The latest one of a configuration counts: who has passed may
    fail later, for a model changes behind its name."""

    trial_id: UUID
    configuration: Configuration
    gate: Gate
    reached: Reached
    at: AwareDatetime

    @property
    def missed(self) -> tuple[Bar, ...]:
        """Of its own gate, and of the bars below which nobody is released."""
        return tuple(dict.fromkeys((*missed(self.reached, self.gate), *missed(self.reached, BARS))))

    @property
    def passed(self) -> bool:
        return self.reached.suite == SUITE and not self.missed


class NotReleased(Exception):
    """This rater configuration has not passed the gate."""
