"""How much each may ask: token buckets per key, tenant and address, and calls in flight."""

from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv6Address
from math import ceil
from typing import Protocol

from aiohttp import web
from interview.errors import RateLimited, Unavailable

WINDOW_S = 60
MOST_BUCKETS = 100_000
"""A full bucket says nothing, so the one that was not asked for longest may be forgotten."""

POLICY, LEFT = "RateLimit-Policy", "RateLimit"


@dataclass(frozen=True, slots=True)
class Policy:
    """At most `quota` calls a minute, evenly refilled; 0 for no limit."""

    name: str
    quota: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands with a policy: calls left, and seconds until there is one more."""

    policy: Policy
    left: int
    next_s: int
    is_over: bool = False


class AskedTooOften(RateLimited):
    """You are asking too often; wait as long as Retry-After says."""

    def __init__(self, standings: list[Standing]) -> None:
        over = standings[-1]
        super().__init__(
            f"This {over.policy.name} may make {over.policy.quota} calls in {WINDOW_S} seconds."
        )
        self.standings = standings


class TooManyStreams(RateLimited):
    """You follow too many logs at once; end one first."""

    retry_after_s = 15


class Buckets(Protocol):
    """Where it is kept how much was asked. Several processes may share one."""

    def take(self, policy: Policy, who: str, now: datetime) -> Standing:
        """Takes a token of `who`; with none left, nothing is taken."""
        ...


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: datetime


@dataclass
class ProcessBuckets:
    """Port `Buckets`, in the memory of one process."""

    most: int = MOST_BUCKETS
    _buckets: OrderedDict[tuple[str, str], _Bucket] = field(default_factory=OrderedDict)

    def take(self, policy: Policy, who: str, now: datetime) -> Standing:
        bucket = self._bucket(policy, who, now)
        refill = policy.quota / WINDOW_S
        passed_s = max((now - bucket.at).total_seconds(), 0.0)
        bucket.tokens = min(bucket.tokens + passed_s * refill, float(policy.quota))
        bucket.at = max(bucket.at, now)
        if bucket.tokens < 1:
            return Standing(policy, 0, ceil((1 - bucket.tokens) / refill), is_over=True)
        bucket.tokens -= 1
        missing = 1 - bucket.tokens % 1
        return Standing(policy, int(bucket.tokens), ceil(missing / refill))

    def _bucket(self, policy: Policy, who: str, now: datetime) -> _Bucket:
        name = (policy.name, who)
        if name not in self._buckets:
            if len(self._buckets) >= self.most:
                self._buckets.popitem(last=False)
            self._buckets[name] = _Bucket(float(policy.quota), now)
        self._buckets.move_to_end(name)
        return self._buckets[name]


@dataclass(frozen=True)
class Policies:
    """Calls a minute of one key, of one tenant, of one address, and guesses at a secret from one
    address; `in_flight` calls at once that hold a transaction, `streams` that one key follows."""

    key: int
    tenant: int
    address: int
    guess: int
    in_flight: int
    streams: int


@dataclass
class Limits:
    """What is checked for each call."""

    policies: Policies
    buckets: Buckets = field(default_factory=ProcessBuckets)
    _flying: int = 0
    _streams: Counter[str] = field(default_factory=Counter)

    def of_address(self, who: str, now: datetime, *, guesses: bool) -> list[Standing]:
        """For those who have proved nothing yet. Raises `AskedTooOften`."""
        wanted = [(Policy("address", self.policies.address), who)]
        return self._take([*wanted, *([self._guess(who)] if guesses else [])], now)

    def of_failure(self, who: str, now: datetime) -> list[Standing]:
        """For a proof that was none. Raises `AskedTooOften`."""
        return self._take([self._guess(who)], now)

    def of_staff(self, tenant: str, key: str, now: datetime) -> list[Standing]:
        """For a proven key or member and its tenant. Raises `AskedTooOften`."""
        key_policy = Policy("key", self.policies.key)
        return self._take(
            [(key_policy, key), (Policy("tenant", self.policies.tenant), tenant)], now
        )

    @contextmanager
    def flight(self) -> Iterator[None]:
        """A place among the calls that are served now. Raises `Unavailable` at once when all are
        taken: who waits in a line that grows is answered too late anyway."""
        if self._flying >= self.policies.in_flight:
            raise Unavailable("too many calls at once")
        self._flying += 1
        try:
            yield
        finally:
            self._flying -= 1

    @contextmanager
    def stream(self, key: str) -> Iterator[None]:
        """One of the logs that a key or a member follows at once. Raises `TooManyStreams`."""
        if self._streams[key] >= self.policies.streams:
            raise TooManyStreams
        self._streams[key] += 1
        try:
            yield
        finally:
            self._streams[key] -= 1
            if not self._streams[key]:
                del self._streams[key]

    def _guess(self, who: str) -> tuple[Policy, str]:
        return Policy("guess", self.policies.guess), who

    def _take(self, wanted: list[tuple[Policy, str]], now: datetime) -> list[Standing]:
        standings = []
        for policy, who in wanted:
            if not policy.quota:
                continue
            standings.append(self.buckets.take(policy, who, now))
            if standings[-1].is_over:
                raise AskedTooOften(standings)
        return standings


def headers(standings: list[Standing]) -> dict[str, str]:
    """`RateLimit-Policy` has every policy, `RateLimit` the one that is nearest to its end.

    As in draft-ietf-httpapi-ratelimit-headers-10.
    """
    if not standings:
        return {}
    nearest = min(standings, key=lambda one: one.left / one.policy.quota)
    policies = ", ".join(f'"{s.policy.name}";q={s.policy.quota};w={WINDOW_S}' for s in standings)
    return {POLICY: policies, LEFT: f'"{nearest.policy.name}";r={nearest.left};t={nearest.next_s}'}


def address_of(request: web.Request, proxies: int) -> str:
    """Who sent it: the peer, or what the outermost of our own `proxies` saw in front of it.

    Of IPv6 the first 64 bits: whoever has one address there has all that begin like it (RFC 6177).
    """
    seen = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(seen) >= proxies and seen[-proxies]:
        return _neighbourhood(seen[-proxies])
    return _neighbourhood(request.remote or "")


def _neighbourhood(said: str) -> str:
    if ":" not in said:
        return said
    try:
        address = IPv6Address(said.partition("%")[0])
    except ValueError:
        return said
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return f"{IPv6Address(int(address) >> 64 << 64)}/64"
