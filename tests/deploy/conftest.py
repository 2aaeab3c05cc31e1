"""One public database with two cases for all tests of how a site is deployed, and a site that is served from it."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import override_settings

from cases.published.state import HOLDS
from tests.browser.site import ROOT, environment
from tests.clusters import Cluster

DATABASE = "public_side"
KEYS = {"TRACKER_SITE": "public", "SECRET_KEY": "only-for-tests-" + "k" * 60, "HTTPS": "false"}


def address_of(folder: Path, account: str, database: str = DATABASE) -> str:
    """Return the address of a database by the socket in a folder, for an account."""
    return f"postgres://{account}@{quote(str(folder), safe='')}/{database}"


@dataclass(frozen=True)
class PublicSide:
    """The database that the desk writes: who may read it, and how a case is withdrawn there."""

    cluster: Cluster

    def address(self, account: str) -> str:
        return address_of(self.cluster.folder, account)

    def withdraw(self, code: str) -> None:
        self.run("withdraw", code)

    def run(self, *arguments: str) -> str:
        """Run tests/deploy/public_side.py and return what it wrote."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.deploy.public_side", *arguments],
            cwd=ROOT,
            env=environment(
                self.cluster.folder / "var",
                DJANGO_SETTINGS_MODULE="tracker.settings",
                PUBLIC_DATABASE_URL=self.address("tracker"),
                **KEYS,
            ),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def public_side(postgresql: Cluster, django_db_setup: None) -> Iterator[PublicSide]:
    """A copy of the leg's public database as it was migrated, its roles as deploy/roles.sql leaves them."""
    side = PublicSide(postgresql)
    connections["public"].close()
    connections["public"].close_pool()
    migrated = connections["public"].settings_dict["NAME"]
    postgresql.execute(f"CREATE DATABASE {DATABASE} TEMPLATE {migrated}")
    side.run("publish")
    postgresql.execute((ROOT / "deploy" / "roles.sql").read_text(), database=DATABASE)
    yield side
    postgresql.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


@pytest.fixture(scope="session")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for VAR_DIR with the static files, by the names they have in production; not compressed, which takes long."""
    folder = tmp_path_factory.mktemp("public") / "var"
    named = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    with override_settings(STATIC_ROOT=folder / "static", STORAGES={**settings.STORAGES, "staticfiles": named}):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


def asked(address: str, *, patience: float = 30) -> tuple[int, str]:
    """Return the status and the text of an answer; wait for it for so long, in seconds."""
    try:
        with urllib.request.urlopen(address, timeout=patience) as answer:  # noqa: S310 - our own address
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


@contextmanager
def hung(cluster: Cluster) -> Iterator[None]:
    """Freeze a server, from when no process takes its word from before any more."""
    with cluster.frozen():
        time.sleep(2 * HOLDS)
        yield


def until(holds: Callable[[], bool], *, within: float = 15) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, "It did not come to be so."
        time.sleep(0.05)
