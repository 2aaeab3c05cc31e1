"""Everything that the databases and the folder of files hold, raw, to look for what should not be there."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

Rows = dict[tuple[str, str], tuple[Any, ...]]


def raw_rows() -> Rows:
    """Return every row of every table of every database, by table and first column."""
    found: Rows = {}
    for alias in connections:
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                for row in cursor.fetchall():
                    found[f"{alias}.{table}", str(row[0])] = tuple(map(_plain, row))
    return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def raw_text(rows: Rows) -> str:
    """Return the rows as one text in lower case; JSON columns are read as they stand, escapes undone."""
    texts = (value if isinstance(value, str) else repr(value) for row in rows.values() for value in row)
    joined = "\n".join(texts)
    return f"{joined}\n{joined.encode().decode('unicode_escape', 'replace')}".lower()


def files() -> dict[str, bytes]:
    """Return every uploaded file."""
    folder = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
