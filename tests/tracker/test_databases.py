"""How databases are reached."""

from urllib.parse import urlencode

import dj_database_url
import pytest
from django.db import connection

from tracker.settings import with_options


def test_a_server_that_vanished_from_the_network_is_noticed() -> None:
    options = with_options(dict(dj_database_url.parse("postgres://tracker@db.example/cases")))["OPTIONS"]
    assert 0 < options["connect_timeout"] <= 10
    assert 0 < options["tcp_user_timeout"] <= 30_000
    assert options["keepalives_idle"] + options["keepalives_interval"] * options["keepalives_count"] <= 30


@pytest.mark.django_db
def test_questions_are_not_compiled() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW jit")
            assert cursor.fetchone() == ("off",)
    assert with_options(dict(dj_database_url.parse("postgres:///cases")))["OPTIONS"]["options"] == "-c jit=off"


@pytest.mark.parametrize(
    ("name", "value"), [("connect_timeout", 9), ("sslmode", "verify-full"), ("options", "-c jit=on")]
)
def test_what_an_address_says_goes_before(name: str, value: object) -> None:
    address = f"postgres://tracker@db.example/cases?{urlencode({name: value})}"
    assert with_options(dict(dj_database_url.parse(address)))["OPTIONS"][name] == value
