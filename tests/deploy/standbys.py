"""A real streaming standby of the tests' server, which can be held back, stopped and started again."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.clusters import SETTINGS, USER, Cluster, as_account, newest_binaries, unprivileged_account, wheel_binaries


@dataclass(frozen=True)
class Standby:
    """A running standby: a cluster to ask, and how to stop it."""

    cluster: Cluster
    binaries: Path

    def hold_back(self) -> None:
        self.cluster.execute("SELECT pg_wal_replay_pause()")

    def follow(self) -> None:
        self.cluster.execute("SELECT pg_wal_replay_resume()")

    def has_seen(self, statement: str, database: str) -> bool:
        return bool(self.cluster.execute(statement, database=database))

    def promote(self) -> None:
        """Make it a primary of its own."""
        self._ctl("-w", "promote")

    def start(self) -> None:
        folder = self.cluster.folder
        settings = {**SETTINGS, "hot_standby_feedback": "on"}
        options = f"-k {folder} " + " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in settings.items())
        self._ctl("-w", "-l", folder / "log", "-o", options, "start")

    def stop(self) -> None:
        self._ctl("-w", "-m", "immediate", "stop")

    def _ctl(self, *arguments: str | Path) -> None:
        as_account(unprivileged_account(), self.cluster.folder)(
            self.binaries / "pg_ctl", "-D", self.cluster.folder / "data", *arguments
        )


@contextmanager
def running_standby(primary: Cluster) -> Iterator[Standby]:
    """Copy a running server as an administrator would, and have the copy follow it until the end."""
    account = unprivileged_account()
    folder = Path(tempfile.mkdtemp(prefix="tracker-standby-"))
    folder.chmod(0o755)
    if account is not None:
        shutil.chown(folder, account)
    binaries = newest_binaries() or wheel_binaries(folder)
    standby = Standby(Cluster(folder), binaries)
    try:
        as_account(account, folder)(
            binaries / "pg_basebackup",
            *("-h", primary.folder, "-U", USER, "-D", folder / "data"),
            *("--write-recovery-conf", "--checkpoint=fast", "--wal-method=stream", "--no-sync"),
        )
        standby.start()
        try:
            yield standby
        finally:
            standby.stop()
    except subprocess.SubprocessError as problem:  # pragma: no cover - says where to look
        raise RuntimeError((folder / "output").read_text()) from problem
    finally:
        shutil.rmtree(folder, ignore_errors=True)
