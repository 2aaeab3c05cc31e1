"""What every test has: the databases of its leg, a PostgreSQL server on demand, workers for a whole run."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from cases.models import audit_guard
from tests.clusters import Cluster, running_cluster
from tests.legs import (
    has_nothing_for_leg,
    is_whole_run,
    pytest_runtest_logreport,
    pytest_runtestloop,
    select_for_leg,
)
from tests.settings import LEG

__all__ = ["pytest_runtest_logreport", "pytest_runtestloop"]

# A shared machine is slow at odd moments; a slow example is not a wrong one.
hypothesis_settings.register_profile("house", deadline=None, print_blob=True)
hypothesis_settings.load_profile("house")

# A run makes and drops millions of objects, few of them in circles: looking for circles less often saves a tenth of it.
gc.set_threshold(100_000, 50, 100)

#: The triggers that refuse to empty the audit, as tests that commit do after themselves.
EMPTYING = {"sqlite": ("audit_no_removal",), "postgresql": ("audit_no_truncation",)}


def pytest_configure(config: pytest.Config) -> None:
    """Leave schemathesis as it is: pytest would rewrite it as a plugin, and the marks of coverage with it break it."""
    config.pluginmanager.rewrite_hook._must_rewrite.discard("schemathesis")  # type: ignore[attr-defined]


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    return has_nothing_for_leg(collection_path) or None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    select_for_leg(config, items)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """A whole run uses the machine, and one worker waits for browsers; a few named files are quicker without workers."""
    return (os.cpu_count() or 1) + 1 if is_whole_run(config) else 0


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """A PostgreSQL server that lives as long as the run."""
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Leave the databases to the end of their server or folder: a server's thread may still hold a connection."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Point the databases of a PostgreSQL leg at the server, which starts only when a test needs it."""
    if LEG == "sqlite":
        return
    cluster = request.getfixturevalue("postgresql")
    for alias in connections:
        connections[alias].settings_dict["HOST"] = str(cluster.folder)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let tests that commit empty the audit after themselves; those of the guard put it back with `guarded`."""
    with django_db_blocker.unblock():
        records = connections["default"]
        audit_guard.remove(records, *EMPTYING[records.vendor])


@pytest.fixture
def guarded(db: None) -> None:
    """Guard the audit in the database as the migrations leave it, until the test ends."""
    audit_guard.install(connections["default"])


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Start each test in English: a request for a Ukrainian page leaves its language behind in the thread."""
    with translation.override("en"):
        yield


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case of bytes by its argument: their contents may hold the time, and every worker collects for itself."""
    return argname if isinstance(val, bytes) else None
