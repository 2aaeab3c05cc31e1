"""Files against `psql COPY` of the same rows in one run: rows a second, bytes, and how much the process grows.

EXPORTS_CASES=100000 says how many people; copies of some made-up ones under codes of their own, they exist in a PostgreSQL
server of this run alone. Run it with TEST_DATABASES=postgresql.
"""

import json
import os
import resource
import subprocess
import time
from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from cases.exports.reading import CSV, JSON
from cases.published.documents import canonical, sha256
from cases.published.lines_index import ROW, rows_of, shown
from cases.published.models import PublishedCase
from tests.clusters import newest_binaries
from tests.published import samples
from tests.published.test_agreement import STORIES

CASES = int(os.environ.get("EXPORTS_CASES", "20000"))
ROUNDS = int(os.environ.get("EXPORTS_ROUNDS", "3"))
LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
CODE = "9999ZZZZ"
VERSION = ["kind", "key", "number", "text", "sha256", "published_at"]


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
        with transaction.atomic():
            case = samples.publish(document)
        templates.append((case, canonical(document), rows_of(case, document, on)))
    columns = [field.column for field in PublishedCase._meta.concrete_fields]
    PublishedCase.objects.all().delete()
    with connection.cursor() as cursor:
        for start in range(0, count, 10_000):
            numbers = range(start, min(start + 10_000, count))
            made = [(code_of(number), *templates[number % len(templates)]) for number in numbers]
            _copy(
                cursor,
                "cases_publishedcase",
                columns,
                ([_cell(case, column, code) for column in columns] for code, case, _text, _lines in made),
            )
            _copy(
                cursor,
                "cases_publishedversion",
                VERSION,
                (
                    ["case", code, 1, text.replace(CODE, code), sha256(text), case.published_at]
                    for code, case, text, _lines in made
                ),
            )
            _copy(
                cursor,
                "cases_publishedline",
                ROW,
                (
                    [_of_line(column, value, code) for column, value in zip(ROW, line, strict=True)]
                    for code, _case, _text, lines in made
                    for line in lines
                ),
            )
        cursor.execute("VACUUM (ANALYZE)")


def _cell(case: PublishedCase, column: str, code: str):
    if column == "code":
        return code
    if column.startswith("sort_"):
        return code[::-1]  # nobody has the name of another
    value = getattr(case, column)
    return json.dumps(value) if column in ("document", "card") else value


def _of_line(column: str, value, code: str):
    if column == "version":
        return 1
    return value.replace(CODE, code) if isinstance(value, str) else value


def _copy(cursor, table: str, columns: Sequence[str], rows) -> None:
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


def memory() -> int:
    """Return the most memory that this process ever had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def select_of(shape) -> str:
    """Return the same rows as one statement."""
    texts = shape.texts(shown("en", timezone.localdate()), timezone.localdate()).values_list("text")
    with connection.cursor() as cursor:
        return cursor.mogrify(*texts.query.sql_with_params())


FIFTEEN_COLUMNS, LINES, DOCUMENTS = "psql COPY, 15 columns", "psql COPY, lines of CSV", "psql COPY, lines of JSON"
FIFTEEN = (
    "code, version, sha256, slug, published_at, kind, sex, ethnicity, status, in_custody, arrested_earliest, name_en, "
    "name_uk, sort_en, sort_uk"
)


@pytest.mark.django_db(transaction=True)
def test_exports():
    load(CASES)
    settings.SITE_URL = "https://example.org"
    for ending in ("csv", "xlsx", "jsonl"):
        ours(f"/en/cases/export.{ending}?sentence_at_least=60")
    acts = {
        FIFTEEN_COLUMNS: lambda: psql(f"COPY (SELECT {FIFTEEN} FROM cases_publishedcase) TO STDOUT CSV"),
        LINES: lambda: psql(f"COPY ({select_of(CSV)}) TO STDOUT"),
        "CSV": lambda: ours("/en/cases/export.csv"),
        "CSV, filtered": lambda: ours("/en/cases/export.csv?sentence_at_least=1"),
        "CSV, by name": lambda: ours("/en/cases/export.csv?ordering=name"),
        DOCUMENTS: lambda: psql(f"COPY ({select_of(JSON)}) TO STDOUT"),
        "JSON Lines": lambda: ours("/en/cases/export.jsonl"),
        "XLSX": lambda: ours("/en/cases/export.xlsx"),
        "ZIP": lambda: ours("/en/cases/export.zip"),
    }
    base, took, busy, sizes, grown = memory(), defaultdict(list), defaultdict(list), {}, {}
    for _round in range(ROUNDS):  # side by side, for the machine is not the same for long
        for name, act in acts.items():
            start, own = time.perf_counter(), time.process_time()
            sizes[name] = act()
            took[name].append(time.perf_counter() - start)
            busy[name].append(time.process_time() - own)
            grown.setdefault(name, memory() - base)
    for name, seconds in took.items():
        line = f"{name:26} {CASES / median(seconds):9.0f} rows/s {sizes[name] / 1e6:7.1f} MB, grown by {grown[name]} MB"
        print(f"{line}; {CASES / median(busy[name]):9.0f} rows a second of its own processor time")  # noqa: T201

    def ratio(one: str, other: str) -> float:
        return median(theirs / own for own, theirs in zip(took[one], took[other], strict=True))

    ratios = {"the same lines": LINES, "15 columns": FIFTEEN_COLUMNS}
    print(*(f"CSV {ratio('CSV', other):.2f} of psql COPY of {words};" for words, other in ratios.items()))  # noqa: T201
    print(f"JSON Lines {ratio('JSON Lines', DOCUMENTS):.2f} of psql COPY of the same lines")  # noqa: T201
