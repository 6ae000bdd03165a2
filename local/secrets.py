"""The secrets of one installation: made once, kept in one file that only its owner can read."""

import json
import os
import secrets
import stat
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from local.errors import LocalError, SecretsExposed

FILE = "secrets.json"


def _token() -> str:
    return secrets.token_urlsafe(32)


def _key() -> str:
    """32 random bytes as base64url with padding, the form in which the sealing code reads keys."""
    return urlsafe_b64encode(secrets.token_bytes(32)).decode()


@dataclass(frozen=True)
class Secrets:
    """Everything an embedded installation has to keep to itself; `repr` shows none of it."""

    livekit_api_key: str = field(default_factory=lambda: f"viv{secrets.token_hex(8)}", repr=False)
    livekit_api_secret: str = field(default_factory=_token, repr=False)
    speech_key: str = field(default_factory=_token, repr=False)
    agent_key: str = field(default_factory=_token, repr=False)
    installation_key: str = field(default_factory=_key, repr=False)
    key_pepper: str = field(default_factory=_key, repr=False)
    db_admin_password: str = field(default_factory=_token, repr=False)
    db_owner_password: str = field(default_factory=_token, repr=False)
    db_app_password: str = field(default_factory=_token, repr=False)


def load_or_create(folder: Path) -> Secrets:
    """The secrets kept in `folder`, made at the first call; two callers at once get the same.

    Raises `SecretsExposed` when others may read the file, `LocalError` when it is damaged.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / FILE
    if not path.exists():
        _write_once(path, Secrets())
    kept = _read(path)
    secrets_of_today = replace(Secrets(), **kept)
    if len(kept) < len(fields(Secrets)):
        _replace(path, secrets_of_today)
    return secrets_of_today


def _read(path: Path) -> dict[str, str]:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise SecretsExposed(f"{path} can be read by others (mode {mode:04o}): chmod 600 {path}")
    known = {f.name for f in fields(Secrets)}
    try:
        content = json.loads(path.read_text())
        return {name: str(value) for name, value in content.items() if name in known}
    except (ValueError, AttributeError) as error:
        raise LocalError(f"{path} is damaged: restore it, or remove it with its folder") from error


def _write_once(path: Path, made: Secrets) -> None:
    """Put a complete file in place unless another process was quicker."""
    fresh = _written_beside(path, made)
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _replace(path: Path, made: Secrets) -> None:
    _written_beside(path, made).replace(path)


def _written_beside(path: Path, made: Secrets) -> Path:
    fresh = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(made), file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    return fresh
