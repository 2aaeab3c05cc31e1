"""Which of the captured queries read a table: not those that open a transaction, or say how it is to read."""

import re
from collections.abc import Iterable

from cases.published.state import READ

OF_A_TABLE = re.compile(r'\bFROM "?cases_')


def of_tables(queries: Iterable[dict[str, str]]) -> list[str]:
    """Return the texts of the queries that read a table of ours; not the mark, of which a process asks now and then."""
    return [query["sql"] for query in queries if OF_A_TABLE.search(query["sql"]) and query["sql"] != READ]
