"""Filling the public copy with an invented crowd, in batches that are whole or not there, in several processes.

The desk gets no records of it: a hundred rows a case, each with its history and its place in the audit's chain, would
take weeks at 3.5 million. `actions/demo.py` makes records, where few cases are asked for.
"""

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.context import BaseContext
from pathlib import Path

import django
from django.contrib.auth.models import User
from django.db import models, router, transaction
from django.utils import timezone

from cases.actions.demo import invented_body, invented_sources, read_world
from cases.actions.fixture_rows import FIXTURES, read_object
from cases.actions.permissions import ActionRefused
from cases.domain.crowd_cases import BLOCK, MOST_CASES, MOST_SEEDS, OWN_LIVES
from cases.enums import AuditAction, PublicationState
from cases.models import AuditEntry, Prisoner
from cases.publication.crowd import read_reference
from cases.publication.crowd_rows import Crowd
from cases.publication.crowd_writing import Lives, Written, write_range
from cases.published import courses
from cases.published.case_tables import CASE_TABLES, CASE_TOTALS
from cases.published.engine import close_connections, refresh_statistics, writes_alone
from cases.published.models import PublishedCase, PublishedVersion
from cases.published.name_models import PublishedNameMiss, PublishedNameWord
from cases.published.name_vocabulary import count_what_waits, note_complete

#: Cases in one transaction. Those who share lives are written in whole blocks, so that sums are added to once for each
#: life, but not where a transaction keeps all others from writing.
BATCH, BATCH_OF_SHARED_LIVES = 500, BLOCK

#: Who writes makes millions of objects and hardly one in a circle: looking for circles less often saves a tenth of its time.
SELDOM = (100_000, 50, 100)

Tell = Callable[[Written, float], None]


def make_crowd(
    author: User,
    *,
    count: int,
    seed: int,
    at: datetime,
    processes: int = 1,
    beside_real_cases: bool = False,
    tell: Tell = lambda _written, _seconds: None,
) -> Written:
    """Write the first `count` cases of the crowd of a seed that are not there yet; `tell` hears of every batch.

    Stopped half-way it leaves whole batches, with their totals, and goes on when run again. Raises ActionRefused,
    DemoNeedsReference.
    """
    _refuse(count=count, seed=seed, beside_real_cases=beside_real_cases)
    with transaction.atomic():
        world, sources = read_world(), invented_sources(author)
        invented_body(author)
        crowd = Crowd(seed=seed, on=timezone.localdate(at), at=at, reference=read_reference(world, sources))
        # Before the first case, so that `verify_audit` knows those of a run that was stopped.
        AuditEntry.objects.append(AuditAction.CROWD_MADE, actor=author, payload={"seed": seed, "count": count}, at=at)
    began, done = time.monotonic(), Written()
    alias = router.db_for_write(PublishedCase)
    with writers(crowd, processes) as write:
        for batch in write(_ranges(count, using=alias)):
            done.cases, done.kept, done.rows = (
                done.cases + batch.cases,
                done.kept + batch.kept,
                done.rows + batch.rows,
            )
            tell(done, time.monotonic() - began)
    count_what_waits(alias)
    note_complete(at=at, using=alias)
    tables: list[type[models.Model]] = [PublishedCase, PublishedVersion, PublishedNameWord, PublishedNameMiss]
    tables += [*(one.model for one in CASE_TABLES), *(one.model for one in CASE_TOTALS), *courses.TABLES]
    refresh_statistics(tables, using=alias)
    return done


def _refuse(*, count: int, seed: int, beside_real_cases: bool) -> None:
    if not 1 <= count <= MOST_CASES:
        raise ActionRefused(f"--cases: ask for 1 to {MOST_CASES} cases.")
    if not 0 <= seed < MOST_SEEDS:
        raise ActionRefused(f"--seed: give a number from 0 to {MOST_SEEDS - 1}.")
    if not beside_real_cases and has_real_cases():
        raise ActionRefused(
            "There are cases of real people here beside those of fixtures/cases. A crowd of invented ones would stand "
            "between them in every list, search and export, and is not easily taken out again. Use another database, "
            "or say --beside-real-cases."
        )


def _ranges(count: int, *, using: str) -> Iterator[range]:
    start = 1
    while start <= count:
        size = BATCH if start <= OWN_LIVES or writes_alone(using) else BATCH_OF_SHARED_LIVES
        yield range(start, min(start + size, count + 1))
        start += size


def has_real_cases(folder: Path = FIXTURES / "cases") -> bool:
    """Tell whether anybody real is recorded or public, beside the documented cases that come with the program."""
    known = [read_object(path)[1]["prisoner"]["code"] for path in folder.glob("*.json")]
    public = PublishedCase.objects.filter(is_invented=False, state=PublicationState.PUBLISHED.value)
    recorded = Prisoner.objects.filter(is_invented=False)
    return public.exclude(code__in=known).exists() or recorded.exclude(code__in=known).exists()


# Sharing the work out ----------------------------------------------------------------------------------------------

_lives: list[Lives] = []  # of this process, where it is a worker


@contextmanager
def writers(crowd: Crowd, processes: int) -> Iterator[Callable[[Iterable[range]], Iterator[Written]]]:
    """Hand out what writes ranges, in this process or in several, each with its own connection.

    In a transaction nobody else would see what was written, so there all is done here.
    """
    if processes == 1 or transaction.get_connection().in_atomic_block:
        lives, threshold = Lives(crowd), gc.get_threshold()
        gc.set_threshold(*SELDOM)
        try:
            yield lambda ranges: (write_range(lives, numbers) for numbers in ranges)
        finally:
            gc.set_threshold(*threshold)
        return
    close_connections()  # a worker must not inherit one
    with _context().Pool(processes, initializer=_begin, initargs=(crowd,)) as pool:
        yield lambda ranges: pool.imap_unordered(_write, ranges)


def _context() -> BaseContext:
    """Return a way to start processes; a forked one has the settings already."""
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if "fork" in methods else "spawn")


def _begin(crowd: Crowd) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends the others
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    django.setup()
    _lives[:] = [Lives(crowd)]


def _end_with(parent: int) -> None:
    """End this worker where the process that started it was killed and cannot: whole batches stay."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _write(numbers: range) -> Written:
    return write_range(_lives[0], numbers)
