"""deploy/roles.sql: the public process's account reads the published tables, and can do nothing else anywhere."""

import itertools
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.db import connections

from tests.browser.site import ROOT, served
from tests.clusters import Cluster
from tests.deploy.conftest import DATABASE, KEYS, PublicSide, asked, hung, until
from tracker.patience import ANSWERS_WITHIN
from tracker.routers import is_published
from tracker.serving import THREADS

pytestmark = pytest.mark.two_databases

ROLES = (ROOT / "deploy" / "roles.sql").read_text()
PUBLISHED = sorted(model._meta.db_table for model in apps.get_models() if is_published(model))
PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
REFUSED = (
    "INSERT INTO cases_publishedtotal SELECT * FROM cases_publishedtotal",
    "UPDATE cases_publishedcase SET document = document",
    "DELETE FROM cases_publishedcase",
    "TRUNCATE cases_publishedcase",
    "SELECT * FROM cases_publishedcase FOR UPDATE",
    "CREATE TABLE mine (number int)",
    "CREATE TEMPORARY TABLE mine (number int)",
    "CREATE SCHEMA mine",
    "CREATE ROLE mine",
    "SET ROLE tracker",
    "SELECT lo_create(0)",
    "SELECT * FROM django_migrations",
    "SELECT * FROM pg_authid",
    "COPY cases_publishedcase TO PROGRAM 'true'",
    "COPY cases_publishedcase FROM '/etc/passwd'",
    "SELECT pg_read_file('/etc/passwd')",
)


def reading(folder: Path, database: str) -> psycopg.Connection:
    return psycopg.connect(host=str(folder), user="reader", dbname=database, autocommit=True)


@pytest.fixture(scope="module")
def reader(public_side: PublicSide) -> Iterator[psycopg.Connection]:
    with reading(public_side.cluster.folder, DATABASE) as connection:
        yield connection


def test_the_reader_reads_every_published_table(reader: psycopg.Connection) -> None:
    counted = {name: reader.execute(f"SELECT count(*) FROM {name}").fetchone() for name in PUBLISHED}
    assert counted["cases_publishedcase"] == (2,)
    assert len(counted) > 20


def test_the_reader_may_select_from_the_published_tables_and_has_no_other_right(reader: psycopg.Connection) -> None:
    rights = reader.execute(
        "SELECT relname, p FROM pg_class, unnest(%s::text[]) AS p WHERE relnamespace::regnamespace::text = 'public'"
        " AND CASE relkind WHEN 'r' THEN has_table_privilege(oid, p) WHEN 'S' THEN has_sequence_privilege(oid, 'USAGE')"
        " ELSE false END ORDER BY 1",
        [list(PRIVILEGES)],
    ).fetchall()
    assert rights == [(name, "SELECT") for name in PUBLISHED]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_reader_is_refused(reader: psycopg.Connection, statement: str) -> None:
    """With the setting that it reads only taken away, as whoever stole the account would."""
    reader.execute("SET default_transaction_read_only = off")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        reader.execute(statement)


def test_a_table_that_comes_later_is_closed_until_the_roles_are_given_again(
    public_side: PublicSide, reader: psycopg.Connection
) -> None:
    cluster = public_side.cluster
    cluster.execute(
        "CREATE TABLE cases_publishedlater (n int); CREATE TABLE cases_publication (n int)", database=DATABASE
    )
    try:
        for name in ("cases_publishedlater", "cases_publication"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute(f"SELECT * FROM {name}")
        cluster.execute(ROLES, database=DATABASE)
        assert reader.execute("SELECT * FROM cases_publishedlater").fetchall() == []
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute("SELECT * FROM cases_publication")
    finally:
        cluster.execute("DROP TABLE cases_publishedlater, cases_publication", database=DATABASE)


def test_a_function_that_somebody_made_is_none_of_the_readers(
    public_side: PublicSide, reader: psycopg.Connection
) -> None:
    cluster = public_side.cluster
    cluster.execute("CREATE FUNCTION told() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'", database=DATABASE)
    try:
        cluster.execute(ROLES, database=DATABASE)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute("SELECT told()")
    finally:
        cluster.execute("DROP FUNCTION told()", database=DATABASE)


def test_the_public_site_is_served_by_the_account_that_only_reads(public_side: PublicSide, var: Path) -> None:
    with served(var, PUBLIC_DATABASE_URL=public_side.address("reader"), **KEYS) as site:
        found = {
            path: asked(f"{site.address}{path}")
            for path in (
                "/en/",
                "/en/cases/",
                "/en/cases/22222B/",
                "/uk/cases/?q=Vyhadan",
                "/en/cases/export.csv",
                "/en/statistics/",
                "/en/sites/",
                "/en/data/",
                "/api/v1/cases/",
                "/en/law/",
            )
        }
    assert {path: status for path, (status, _text) in found.items() if status != 200} == {}
    assert "22222B" in found["/en/cases/export.csv"][1]
    assert "22222B" in found["/api/v1/cases/"][1]


def test_connections_that_died_cost_no_reader_a_page(public_side: PublicSide, var: Path) -> None:
    """As after a restart of the server: pages that are kept, and one that is not."""
    pages = ("/en/", "/en/cases/22222B/", "/en/cases/")
    address = f"{public_side.address('reader')}?application_name=site"
    with served(var, PUBLIC_DATABASE_URL=address, **KEYS) as site:
        assert [asked(f"{site.address}{path}")[0] for path in pages[:2]] == [200, 200]
        for path in pages:
            assert public_side.cluster.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'site'"
            )
            assert asked(f"{site.address}{path}")[0] == 200


def test_the_reader_cannot_connect_to_the_records_nor_read_any_table_there(postgresql: Cluster) -> None:
    name = connections["default"].settings_dict["NAME"]
    postgresql.execute(ROLES, database=name)
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        reading(postgresql.folder, name)
    rows = postgresql.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", database=name)
    tables = sorted(str(row[0]) for row in rows)
    assert {"cases_prisoner", "cases_historicalprisoner", "cases_follower", "auth_user", "desk_cache"} <= set(tables)
    with psycopg.connect(host=str(postgresql.folder), user="tracker", dbname=name, autocommit=True) as connection:
        held = connection.execute(
            "SELECT tablename FROM pg_tables, unnest(%s::text[]) AS p WHERE schemaname = 'public'"
            " AND has_table_privilege('reader', quote_ident(tablename), p)",
            [list(PRIVILEGES)],
        )
        assert held.fetchall() == []
        connection.execute("SET ROLE reader")
        for table in tables:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f'SELECT FROM public."{table}" LIMIT 1')


def test_a_server_that_hangs_keeps_no_reader_waiting_for_long(public_side: PublicSide, var: Path) -> None:
    """Its machine still takes what is sent, and nothing answers: 503 after seconds; later everything is as before."""
    pages = ("/en/", "/en/cases/22222B/", "/api/v1/cases/", "/en/cases/export.csv")
    with served(var, PUBLIC_DATABASE_URL=public_side.address("reader"), **KEYS) as site:
        assert [asked(f"{site.address}{path}")[0] for path in pages] == [200] * 4
        with hung(public_side.cluster):
            since = time.monotonic()
            assert [asked(f"{site.address}{path}")[0] for path in pages] == [503] * 4
            assert time.monotonic() - since < 15
        until(lambda: [asked(f"{site.address}{path}")[0] for path in pages] == [200] * 4)


def test_who_was_being_answered_when_a_server_began_to_hang_does_not_wait_for_ever(
    public_side: PublicSide, var: Path
) -> None:
    """As many readers as there are threads, and pages that are not kept: each thread is in the middle of a question."""
    patience = 2 * ANSWERS_WITHIN

    def reads(reader: int) -> int:
        for number in itertools.count():
            status, _text = asked(f"{site.address}/en/cases/?q={reader}-{number}", patience=patience)
            if status != 200:
                return status
        raise AssertionError

    with (
        served(var, PUBLIC_DATABASE_URL=public_side.address("reader"), **KEYS) as site,
        ThreadPoolExecutor(THREADS) as pool,
    ):
        readers = [pool.submit(reads, reader) for reader in range(THREADS)]
        time.sleep(1)
        assert not any(reader.done() for reader in readers)
        with hung(public_side.cluster):
            assert {reader.result() for reader in readers} == {503}
            assert asked(f"{site.address}/en/")[0] == 503
        until(lambda: asked(f"{site.address}/en/")[0] == 200)
