"""Secrets are made once, stay the same, and are nobody else's."""

import json
import stat
from base64 import urlsafe_b64decode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import pytest

from local.errors import LocalError, SecretsExposed
from local.secrets import FILE, load_or_create

pytestmark = pytest.mark.unit


def test_secrets_are_the_same_at_the_second_call(tmp_path: Path) -> None:
    assert load_or_create(tmp_path / "a") == load_or_create(tmp_path / "a")


def test_two_installations_share_no_secret(tmp_path: Path) -> None:
    one, other = (asdict(load_or_create(tmp_path / name)) for name in ("a", "b"))

    assert not set(one.values()) & set(other.values())


def test_nobody_but_the_owner_can_read_the_file_or_enter_its_folder(tmp_path: Path) -> None:
    load_or_create(tmp_path / "a")

    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "a", tmp_path / "a" / FILE)]
    assert [0o700, 0o600] == modes


def test_a_file_that_others_can_read_is_refused_with_what_to_do(tmp_path: Path) -> None:
    load_or_create(tmp_path)
    (tmp_path / FILE).chmod(0o640)

    with pytest.raises(SecretsExposed, match=rf"mode 0640\): chmod 600 {tmp_path / FILE}"):
        load_or_create(tmp_path)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '"x"'])
def test_a_damaged_file_is_one_clear_line(tmp_path: Path, content: str) -> None:
    load_or_create(tmp_path)
    (tmp_path / FILE).write_text(content)

    with pytest.raises(LocalError, match="is damaged"):
        load_or_create(tmp_path)


def test_many_processes_that_start_at_once_get_the_same_secrets(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: load_or_create(tmp_path), range(32)))

    assert [made[0]] * 32 == made
    assert [FILE] == [path.name for path in tmp_path.iterdir()]


def test_a_secret_that_an_older_release_did_not_know_is_added_and_kept(tmp_path: Path) -> None:
    first = load_or_create(tmp_path)
    kept = json.loads((tmp_path / FILE).read_text())
    del kept["speech_key"]
    (tmp_path / FILE).write_text(json.dumps(kept))

    second = load_or_create(tmp_path)

    assert (first.agent_key, second) == (second.agent_key, load_or_create(tmp_path))
    assert first.speech_key != second.speech_key


def test_the_sealing_key_is_32_bytes_of_base64url(tmp_path: Path) -> None:
    assert 32 == len(urlsafe_b64decode(load_or_create(tmp_path).installation_key))


def test_no_secret_is_in_the_repr(tmp_path: Path) -> None:
    assert "Secrets()" == repr(load_or_create(tmp_path))
