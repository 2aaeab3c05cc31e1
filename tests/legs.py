"""One run of pytest, every database: a whole run repeats on the other databases the tests that depend on which it is.

The further legs run in processes of their own beside this one, write their reports to a file, and this process counts
them as its own tests, with the leg's name behind theirs. A run of named files uses SQLite alone; `TEST_DATABASES=two
pytest tests/actions` chooses.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.settings import FOLDER, LEG, THEIRS

#: The further legs, each in one process: beside those of the whole run, they keep two cores busy.
FURTHER_LEGS = ("postgresql", "two")
#: What takes long and waits for processes of its own comes first, in one worker; the others take from its end.
FIRST = ("browser", "management")
#: What crosses from the records to the public copy, or looks at both: repeated on PostgreSQL with two databases, which
#: asks all that one database would, and more.
CROSSING = (
    "actions/test_backup.py",
    "actions/test_consent.py",
    "actions/test_crowd.py",
    "actions/test_erasure.py",
    "actions/test_publication.py",
    "actions/test_restored_files.py",
    "actions/test_retention.py",
    "actions/test_review.py",
    "actions/test_seed_cases.py",
    "actions/test_withdrawals.py",
    "publication",
    "queries/test_held_back.py",
    "queries/test_published_copies.py",
    "test_canary.py",
)
#: What is repeated on no other database, for what it looks at is decided in Python; beside each, where PostgreSQL does the
#: same. Whatever is not named here and uses the database is repeated: rules, locks, order, search, queries, commands.
ON_SQLITE_ALONE = (
    "actions/test_demo.py",  # which cases are invented: actions/test_seed_cases.py writes cases the same way
    "admin/test_drafts.py",  # what is typed is kept and taken up: admin/test_merging.py keeps and reads drafts
    "admin/test_erasure.py",  # pages: actions/test_erasure.py
    "admin/test_files.py",  # which bytes are taken and sent: queries/test_files.py, actions/test_restored_files.py
    "admin/test_language.py",
    "admin/test_legal_findings.py",  # pages: actions/ and publication/test_legal_findings.py
    "admin/test_proceedings.py",  # boxes of forms: admin/test_merging.py saves proceedings, admin/test_gate.py opens them
    "admin/test_review_comments.py",  # pages: actions/test_comments.py
    "admin/test_roles.py",  # who may: admin/test_gate.py asks every address as every role
    "admin/test_rows.py",  # boxes of forms: admin/test_merging.py saves rows, models/test_checks.py holds every rule
    "admin/test_typing.py",  # how a day is read
    "admin/test_unsealing.py",  # which boxes are shut: actions/test_unsealing.py
    "management/test_quickstart.py",  # browser/test_two_databases.py runs it on PostgreSQL
    "test_translations.py",
    # Pages and files of the public: test_canary.py fetches every address, published/ asks every question of them.
    "api/test_documentation.py",
    "api/test_schema.py",
    "exports/test_csv.py",
    "views/presentation",
    "views/test_addresses.py",
    "views/test_calendar.py",
    "views/test_gone.py",
    "views/test_legal_findings.py",
    "views/test_profile.py",
    "views/test_rehabilitations.py",
    "views/test_templates.py",
)
#: What uses no database of a leg: the layer that imports no Django, and the site in a process of its own.
IN_NO_DATABASE = ("browser", "domain")
REPORTS = "TRACKER_TESTS_REPORTS"


def is_whole_run(config: pytest.Config) -> bool:
    return config.args_source is not pytest.Config.ArgsSource.ARGS


def uses_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return bool(item.get_closest_marker("django_db")) or not {"db", "transactional_db", "live_server"}.isdisjoint(
        fixtures
    )


def select_for_leg(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what this leg is for, what takes long first; with two databases, let every test use both."""
    unwanted = [item for item in items if not _belongs(item)]
    if unwanted:
        config.hook.pytest_deselected(items=unwanted)
        items[:] = [item for item in items if _belongs(item)]
    items.sort(key=lambda item: not _is_among(item.path, FIRST))
    if LEG != "two":
        return
    for item in items:
        marker = item.get_closest_marker("django_db")
        options = {} if marker is None else {**marker.kwargs}
        if marker is not None and marker.args:
            options["transaction"] = marker.args[0]
        item.add_marker(pytest.mark.django_db(**{**options, "databases": "__all__"}), append=False)


def has_nothing_for_leg(path: Path) -> bool:
    """Tell whether the PostgreSQL leg takes no test of a file, which it then need not read."""
    return LEG == "postgresql" and _is_among(path, (*CROSSING, *ON_SQLITE_ALONE, *IN_NO_DATABASE))


def _belongs(item: pytest.Item) -> bool:
    if item.get_closest_marker("two_databases"):
        return LEG == "two"
    if LEG == "sqlite":
        return True
    crosses, stays = (_is_among(item.path, places) for places in (CROSSING, ON_SQLITE_ALONE))
    return uses_database(item) and (crosses if LEG == "two" else not crosses and not stays)


def _is_among(path: Path, places: tuple[str, ...]) -> bool:
    place = path.relative_to(Path(__file__).parent)
    return any(place.is_relative_to(one) for one in places)


class Leg(threading.Thread):
    """One further leg, in a process of its own."""

    def __init__(self, config: pytest.Config, name: str, folder: Path) -> None:
        super().__init__(daemon=True)
        self.name, self.path, self.output = name, folder / f"{name}.jsonl", folder / f"{name}.txt"
        option = config.option
        self.arguments = ["-n0", "-q", f"-k={option.keyword}", f"-m={option.markexpr}"]
        if config.pluginmanager.hasplugin("randomly"):
            self.arguments.append(f"--randomly-seed={option.randomly_seed}")
        self.code: int | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in (FOLDER, *THEIRS) and not name.startswith("SLIPCOVER_")  # this process measures alone
        }
        environment |= {"TEST_DATABASES": self.name, REPORTS: str(self.path)}
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "pytest", *self.arguments],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            self.code = self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def reports(self, config: pytest.Config) -> Iterator[pytest.TestReport]:
        """Yield every report of the leg, and a failure for a leg that did not end as test runs end."""
        for line in self.path.read_text().splitlines() if self.path.exists() else []:
            report = config.hook.pytest_report_from_serializable(config=config, data=json.loads(line))
            report.nodeid = f"{report.nodeid} [{self.name}]"
            yield report
        if self.code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            output = self.output.read_text()[-5000:]
            yield _failure(self.name, f"The leg ended with exit code {self.code}:\n{output}")


def _failure(leg: str, text: str) -> pytest.TestReport:
    return pytest.TestReport(
        nodeid=f"tests [{leg}]",
        location=("tests", 0, leg),
        keywords={},
        outcome="failed",
        longrepr=text,
        when="call",
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> Iterator[None]:
    config = session.config
    is_controller = "PYTEST_XDIST_WORKER" not in os.environ
    if not is_controller or "TEST_DATABASES" in os.environ or not is_whole_run(config) or config.option.collectonly:
        return (yield)
    folder = Path(tempfile.mkdtemp(prefix="legs-", dir=os.environ[FOLDER]))
    legs = [Leg(config, name, folder) for name in FURTHER_LEGS]
    for leg in legs:
        leg.start()
    try:
        result = yield
        for leg in legs:
            leg.join()
    finally:
        for leg in legs:
            leg.stop()
    for report in (report for leg in legs for report in leg.reports(config)):
        session.testscollected += report.when == "call"
        config.hook.pytest_runtest_logreport(report=report)
    return result


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """In a further leg: write the report down, once, for the process that started it."""
    if REPORTS not in os.environ or "PYTEST_XDIST_WORKER" in os.environ:
        return
    data = report._to_json()
    data.pop("node", None)  # the worker, which nobody can ask any more when the report is read
    data["$report_type"] = "TestReport"
    with Path(os.environ[REPORTS]).open("a") as stream:
        stream.write(json.dumps(data, default=str) + "\n")
