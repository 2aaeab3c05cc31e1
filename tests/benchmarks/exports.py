"""Files against `psql COPY` of the same rows in one run: rows a second, bytes, and how much the process grows.

EXPORTS_CASES=100000 says how many people; copies of some made-up ones under codes of their own, they exist in a PostgreSQL
server of this run alone. Run it with TEST_DATABASES=postgresql.
"""

import json
import os
import resource
import subprocess
import time
from collections.abc import Callable
from statistics import median
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from cases.exports.reading import CSV, JSON
from cases.published.lines_index import rows_of, shown
from cases.published.documents import canonical, sha256
from cases.published.models import PublishedCase
from tests.clusters import newest_binaries
from tests.published import samples
from tests.published.test_agreement import STORIES

CASES = int(os.environ.get("EXPORTS_CASES", "20000"))
ROUNDS = int(os.environ.get("EXPORTS_ROUNDS", "3"))
LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
CODE = "9999ZZZZ"
LINE = ["before", "after", "json_before", "json_after", "days_least", "least_grows", "days_most", "most_grows"]


def code_of(number: int) -> str:
    digits = []
    for _place in range(8):
        number, digit = divmod(number, len(LETTERS))
        digits.append(LETTERS[digit])
    return "".join(reversed(digits))


def load(count: int) -> None:
    """Copy the people in: cases, versions, lines and facets, as publication would have written them."""
    on, templates = timezone.localdate(), []
    for place, story in enumerate([{}, *STORIES.values()]):
        document = samples.full_case(CODE, **story) if place % 2 else samples.case(CODE, **story)
        case = samples.publish(document)
        templates.append((case, canonical(document), rows_of(case, document, on)))
    columns = [field.column for field in PublishedCase._meta.concrete_fields]
    PublishedCase.objects.all().delete()
    with connection.cursor() as cursor:
        for start in range(0, count, 10_000):
            made = [(code_of(number), *templates[number % len(templates)]) for number in range(start, min(start + 10_000, count))]
            _copy(cursor, "cases_publishedcase", columns, (
                [code if column == "code" else json.dumps(value) if column in ("document", "card") else value
                 for column, value in ((one, getattr(case, one)) for one in columns)]
                for code, case, _text, _lines in made
            ))
            _copy(cursor, "cases_publishedversion", ["kind", "key", "number", "text", "sha256", "published_at"], (
                ["case", code, 1, text.replace(CODE, code), sha256(text), case.published_at] for code, case, text, _lines in made
            ))
            _copy(cursor, "cases_publishedline", ["case_id", "language", "version", *LINE], (
                [code, line.language, 1, *(value.replace(CODE, code) if isinstance(value := getattr(line, name), str) else value for name in LINE)]
                for code, _case, _text, lines in made for line in lines
            ))
        cursor.execute("VACUUM (ANALYZE)")


def _copy(cursor, table: str, columns: list[str], rows) -> None:
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copying:
        for row in rows:
            copying.write_row(row)


def psql(statement: str) -> int:
    """Run COPY … TO STDOUT with psql; return how many bytes came out."""
    database = connection.settings_dict
    command = [
        *(str(newest_binaries() / "psql"), "-X", "-q", "-h", unquote(database["HOST"]), "-U", database["USER"]),
        *("-d", database["NAME"], "-c", statement),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as running:
        return sum(len(piece) for piece in iter(lambda: running.stdout.read(1 << 16), b""))


def ours(path: str) -> int:
    return sum(len(piece) for piece in Client().get(path).streaming_content)


def timed(act: Callable[[], int]) -> tuple[float, int]:
    took, size = [], 0
    for _round in range(ROUNDS):
        start = time.perf_counter()
        size = act()
        took.append(time.perf_counter() - start)
    return median(took), size


def memory() -> int:
    """Return the most memory that this process ever had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def select_of(shape) -> str:
    """Return the same rows as one statement."""
    texts = shape.texts(shown("en", timezone.localdate()), timezone.localdate()).values_list("text")
    with connection.cursor() as cursor:
        return cursor.mogrify(*texts.query.sql_with_params())


FIFTEEN = (
    "code, version, sha256, slug, published_at, kind, sex, ethnicity, status, in_custody, arrested_earliest, name_en, name_uk, "
    "sort_en, sort_uk"
)


@pytest.mark.django_db(transaction=True)
def test_exports():
    load(CASES)
    settings.SITE_URL = "https://example.org"
    for ending in ("csv", "xlsx", "jsonl"):
        ours(f"/en/cases/export.{ending}?sentence_at_least=60")
    base = memory()
    results = []
    for name, act in {
        "psql COPY, 15 columns of the cases": lambda: psql(f"COPY (SELECT {FIFTEEN} FROM cases_publishedcase) TO STDOUT CSV"),
        "psql COPY, the lines of CSV": lambda: psql(f"COPY ({select_of(CSV)}) TO STDOUT"),
        "CSV": lambda: ours("/en/cases/export.csv"),
        "CSV, filtered": lambda: ours("/en/cases/export.csv?sentence_at_least=1"),
        "CSV, by name": lambda: ours("/en/cases/export.csv?ordering=name"),
        "psql COPY, the lines of JSON": lambda: psql(f"COPY ({select_of(JSON)}) TO STDOUT"),
        "JSON Lines": lambda: ours("/en/cases/export.jsonl"),
        "XLSX": lambda: ours("/en/cases/export.xlsx"),
        "ZIP": lambda: ours("/en/cases/export.zip"),
    }.items():
        took, size = timed(act)
        results.append((name, CASES / took))
        print(f"{name:36} {CASES / took:9.0f} rows/s  {size / 1e6:8.1f} MB  process grown by {memory() - base} MB")  # noqa: T201
    rate = dict(results)
    print(f"CSV {rate['CSV'] / rate['psql COPY, the lines of CSV']:.2f} of psql COPY of the same lines, "  # noqa: T201
          f"{rate['CSV'] / rate['psql COPY, 15 columns of the cases']:.2f} of 15 columns; JSON Lines "
          f"{rate['JSON Lines'] / rate['psql COPY, the lines of JSON']:.2f}")
