"""The embedded SFU: on loopback alone, with its own keys, strict about its configuration."""

import stat
import sys
from pathlib import Path

import pytest
from livekit import api

from local.errors import NotReady
from local.sfu import EmbeddedSfu, SfuPorts
from local.sfu import config as sfu_config

pytestmark = pytest.mark.room


async def test_it_makes_rooms_for_its_own_key_and_for_no_other(sfu: EmbeddedSfu) -> None:
    async with api.LiveKitAPI(sfu.http_url, sfu.api_key, sfu.api_secret) as ours:
        room = await ours.room.create_room(api.CreateRoomRequest(name="one"))
    assert ("one", 150) == (room.name, room.departure_timeout)

    async with api.LiveKitAPI(sfu.http_url, "devkey", "secret" * 8) as theirs:
        with pytest.raises(api.TwirpError, match="status=401"):
            await theirs.room.list_rooms(api.ListRoomsRequest())


async def test_what_is_asked_every_second_fills_no_log(tmp_path: Path) -> None:
    sfu = EmbeddedSfu(tmp_path)
    await sfu.start()
    async with api.LiveKitAPI(sfu.http_url, sfu.api_key, sfu.api_secret) as ours:
        await ours.room.list_rooms(api.ListRoomsRequest())
    await sfu.stop()

    logs = "".join(path.read_text() for path in tmp_path.rglob("*.log"))
    assert ("starting LiveKit server" in logs, "ListRooms" in logs) == (True, False)


async def test_signalling_and_media_listen_on_loopback_alone(sfu: EmbeddedSfu) -> None:
    if sys.platform != "linux":
        pytest.skip("reads /proc/net")
    ports = {f"{port:04X}" for port in (sfu.ports.signal, sfu.ports.udp)}
    sockets = [
        line.split()[1].split(":")
        for name in ("tcp", "tcp6", "udp", "udp6")
        for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]
    ]

    addresses = {address for address, port in sockets if port in ports}

    assert {"0100007F"} == addresses


async def test_the_configuration_holds_the_secret_and_is_nobody_else_s(tmp_path: Path) -> None:
    sfu = EmbeddedSfu(tmp_path)

    path = sfu.write_config()

    assert sfu.api_secret in path.read_text()
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)


async def test_a_key_that_the_server_does_not_know_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = tmp_path / "template.yaml"
    template.write_text(sfu_config.TEMPLATE.read_text() + "\nno_such_key: 1\n")
    monkeypatch.setattr(sfu_config, "TEMPLATE", template)

    with pytest.raises(NotReady, match="no_such_key"):
        await EmbeddedSfu(tmp_path).start()


async def test_a_killed_server_can_be_started_again_on_its_ports(tmp_path: Path) -> None:
    ports = SfuPorts.free()
    first = EmbeddedSfu(tmp_path, ports)
    await first.start()
    first.kill()

    async with EmbeddedSfu(tmp_path, ports) as second:
        assert f"ws://127.0.0.1:{ports.signal}" == second.url
