"""A standby was made the primary: what still follows the old one is read no more, and neither is the old one itself."""

from pathlib import Path

import pytest

from tests.browser.site import served
from tests.deploy.conftest import DATABASE, KEYS, PublicSide, address_of, asked
from tests.deploy.standbys import running_standby

pytestmark = pytest.mark.two_databases

CASE = "22222B"
PATHS = (f"/en/cases/{CASE}/", f"/api/v1/cases/{CASE}/", "/en/cases/", "/api/v1/cases/", "/en/cases/export.csv")
STATE = f"SELECT state FROM cases_publishedcase WHERE code = '{CASE}'"
READERS = (
    "SELECT count(*)::int FROM pg_stat_activity WHERE application_name = 'site' AND query LIKE '%cases_published%'"
)


def test_what_was_withdrawn_on_the_new_primary_is_gone_whatever_the_old_one_and_its_standby_say(
    public_side: PublicSide, var: Path
) -> None:
    old = public_side.cluster
    with running_standby(old) as new, running_standby(old) as follower:
        new.promote()
        PublicSide(new.cluster).withdraw(CASE)
        # The old one goes on, further in its own log than the new one is in its own.
        old.execute("CREATE TABLE meanwhile AS SELECT * FROM generate_series(1, 100000)", database=DATABASE)
        old.execute("DROP TABLE meanwhile", database=DATABASE)
        said = [one.execute(STATE, database=DATABASE) for one in (new.cluster, old, follower.cluster)]
        assert said == [[("withdrawn",)], [("published",)], [("published",)]]
        copies = (old, follower.cluster)
        with served(
            var,
            PUBLIC_DATABASE_URL=address_of(new.cluster.folder, "reader"),
            PUBLIC_REPLICA_URLS=",".join(f"{address_of(one.folder, 'reader')}?application_name=site" for one in copies),
            **KEYS,
        ) as site:
            for _turn in range(3):
                found = [asked(f"{site.address}{path}") for path in PATHS]
                assert [status for status, _text in found] == [410, 410, 200, 200, 200]
                assert [CASE in text for _status, text in found[2:]] == [False] * 3
            assert [one.execute(READERS) for one in copies] == [[(0,)]] * 2
