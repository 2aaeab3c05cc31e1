"""A server of the benchmarks' own, or one whose databases stay from run to run."""

import os
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.clusters import Cluster, cluster_in, running_cluster


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """A server in the folder `KEPT_SERVER`, which may run already; without it, one that lives as long as the run."""
    kept = Path(os.environ["KEPT_SERVER"]) if "KEPT_SERVER" in os.environ else None
    if kept is None:
        context = running_cluster()
    elif (kept / "data" / "postmaster.pid").exists():
        context = nullcontext(Cluster(kept))
    else:
        context = cluster_in(kept)
    with context as cluster:
        yield cluster
