"""What candidates ask for and say afterwards."""

from typing import Protocol

from interview.ids import InterviewId, RequestId
from interview.ports.lists import RequestsWanted
from interview.ports.shapes import Page
from interview.requests import Feedback, Request


class Requests(Protocol):
    """Words of the candidate and of who answers, sealed under the interview's key."""

    async def add(self, request: Request) -> None:
        """Raises `NotFound` for a turn that is none of the interview's, `Sealed`."""
        ...

    async def get(self, request: RequestId, *, lock: bool = False) -> Request:
        """`lock` holds the row until the transaction ends. Raises `NotFound`."""
        ...

    async def settle(self, request: Request) -> None:
        """Stores what it was answered with. Raises `NotFound`, `Sealed`."""
        ...

    async def of(self, interview: InterviewId) -> tuple[Request, ...]:
        """Oldest first."""
        ...

    async def page(self, limit: int, after: str | None, wanted: RequestsWanted) -> Page[Request]:
        """Of the whole tenant."""
        ...


class Feedbacks(Protocol):
    async def put(self, feedback: Feedback) -> None:
        """In the place of what was said before. Raises `Sealed`."""
        ...

    async def of(self, interview: InterviewId) -> Feedback | None:
        """Raises `Sealed`."""
        ...
