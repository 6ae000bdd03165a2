"""What protects every test does protect it."""

import socket
from collections.abc import Awaitable, Callable

import pytest
from blockbuster import BlockingError

import interview
from tests.conftest import pytest_collection_modifyitems

pytestmark = pytest.mark.unit

BLOCKS = "import time\nasync def block(): time.sleep(0.001)\n"


@pytest.mark.parametrize(
    ("family", "address"),
    [
        (socket.AF_INET, "192.0.2.1"),
        (socket.AF_INET, "198.51.100.7"),
        (socket.AF_INET6, "2001:db8::1"),
    ],
)
def test_no_connection_leaves_the_machine(family: socket.AddressFamily, address: str) -> None:
    with socket.socket(family) as outward, pytest.raises(PermissionError, match="tried to reach"):
        outward.connect((address, 80))


def test_no_name_of_the_outside_is_looked_up() -> None:
    with pytest.raises(PermissionError, match=r"tried to look up example\.com"):
        socket.getaddrinfo("example.com", 80)


async def test_our_code_cannot_block_the_event_loop() -> None:
    made: dict[str, Callable[[], Awaitable[None]]] = {}
    exec(compile(BLOCKS, interview.__file__, "exec"), made)

    with pytest.raises(BlockingError):
        await made["block"]()


def test_a_module_without_exactly_one_marker_is_refused(request: pytest.FixtureRequest) -> None:
    item: pytest.Item = request.node
    item.add_marker("room")

    with pytest.raises(pytest.UsageError, match=r"exactly one of .*tests/unit/test_guards\.py"):
        pytest_collection_modifyitems([item])
