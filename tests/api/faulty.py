"""An API with faults inside, run by the tests as a process of its own for the sake of its log."""

import asyncio
import sys
from typing import NoReturn, get_args
from uuid import UUID

from api.logs import configure_logs
from api.tags import DESK
from interview.adapters.logs import Form, log_stray_failures
from interview.adapters.system import SystemIds
from interview.store.memory import MemoryStore
from tests.api.house import House, opened, settings_with

NAME = "Canary Quill"
EMAIL = "canary@example.com"
WORDS = "canary words"


class FaultyIds(SystemIds):
    """Ids that run out."""

    is_faulty = False

    def new(self) -> UUID:
        if self.is_faulty:
            raise ValueError(f"no id for {NAME}")
        return super().new()


async def fail(house: House, path: str, body: dict[str, str], key: str | None = None) -> None:
    headers = {"X-Request-Id": "trace-0001"}
    answer = await house.call("POST", path, json=body, headers=headers, key=key)
    assert 500 == answer.status, await answer.text()


async def stumble(said: str) -> NoReturn:
    raise ValueError(said)


async def main(form: Form) -> None:
    """Faults in requests that hold a name, an address and a token; beside one; and unseen ones."""
    configure_logs("info", form)
    log_stray_failures(asyncio.get_running_loop())
    ids = FaultyIds()
    async with opened(settings_with(), MemoryStore(), ids=ids) as house:
        interview = await house.invited()
        token = interview["invitation_url"].partition("#")[2]
        sys.stdout.write(token)
        ids.is_faulty = True
        await fail(house, "/v1/candidates", {"name": NAME, "email": EMAIL})
        await fail(house, "/v1/invitations/redeem", {"token": token}, key="")
        house.client.app[DESK].errands.send("stumble", stumble(WORDS))
        await house.errands_done()
        forgotten = asyncio.create_task(stumble(WORDS))
        await asyncio.wait([forgotten])
        del forgotten


if __name__ == "__main__":
    chosen = next(form for form in get_args(Form) if form == sys.argv[1])
    asyncio.run(main(chosen))
