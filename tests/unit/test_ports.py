"""Free ports are free, and a taken one is named with its setting."""

import socket

import pytest

from local.errors import LocalError, PortInUse
from local.ports import LOOPBACK, Ports, free_ports, is_free, require_free

pytestmark = pytest.mark.unit


def test_free_ports_are_all_different() -> None:
    assert 50 == len(set(free_ports(50)))


def test_a_port_somebody_listens_on_is_refused_with_the_name_of_its_setting() -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        port = server.getsockname()[1]

        with pytest.raises(PortInUse, match=rf"^VIVAVOCE_API_PORT: port {port} is in use"):
            require_free(port, "VIVAVOCE_API_PORT")


def test_a_port_taken_for_udp_alone_is_not_free() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind((LOOPBACK, 0))

        assert not is_free(taken.getsockname()[1])


def test_a_port_can_be_set_by_its_variable() -> None:
    ports = Ports.from_settings({"VIVAVOCE_API_PORT": "9000"})

    assert (9000, Ports().sfu) == (ports.api, ports.sfu)


@pytest.mark.parametrize("text", ["", "x", "0", "65536", "-1", "8080 ", "²"])
def test_a_port_that_is_none_is_one_clear_line(text: str) -> None:
    with pytest.raises(LocalError, match="^VIVAVOCE_SFU_UDP_PORT: expected a port"):
        Ports.from_settings({"VIVAVOCE_SFU_UDP_PORT": text})


def test_the_first_taken_port_of_an_installation_is_reported() -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        ports = Ports(db=server.getsockname()[1])

        with pytest.raises(PortInUse, match="^VIVAVOCE_DB_PORT"):
            ports.require_free(("db",))
