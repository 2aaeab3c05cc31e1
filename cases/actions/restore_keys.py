"""Which sealing keys the sealed values and files of a backup need, and whether those at hand open them."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from cases.domain.backup_reading import Event, Piece, Rows
from cases.domain.sealing import MAGIC, KeyUnknown, SealBroken, file_key_id, is_token, key_id_of
from cases.queries.stored_tables import StoredTable
from cases.sealed import SealedField, keyring, place_of


@dataclass(slots=True)
class KeysNeeded:
    """Watches a backup being read; afterwards tells what cannot be opened here. No opened value is kept."""

    tables: dict[str, StoredTable]
    #: How many sealed values and files each key sealed.
    uses: Counter[str] = field(default_factory=Counter)
    #: Values in sealed columns that are not sealed, and samples that were altered, by column.
    broken: list[str] = field(default_factory=list)
    _samples: dict[tuple[str, str, str], tuple[str, str]] = field(default_factory=dict)

    def watch(self, event: Event) -> None:
        if isinstance(event, Piece) and event.is_first and event.content.startswith(MAGIC):
            self.uses[file_key_id(event.content, event.name)] += 1
        elif isinstance(event, Rows) and event.head.label in self.tables:
            table = self.tables[event.head.label]
            sealed = [(place, f) for place, f in enumerate(table.fields) if isinstance(f, SealedField)]
            for row in event.rows if sealed else ():
                for place, column in sealed:
                    self._note(table, column, row, row[place])

    def missing(self) -> dict[str, int]:
        """Return the keys that are not at hand, and how much each one sealed."""
        here = {key.id for key in keyring()}
        return {key: number for key, number in sorted(self.uses.items()) if key not in here}

    def open_samples(self) -> int:
        """Open one value of each column and key; return how many opened, and note those that do not."""
        opened = 0
        for (label, column, _key), (token, place) in self._samples.items():
            try:
                keyring().open(token, place)
            except KeyUnknown:  # told by `missing`
                continue
            except SealBroken:
                self.broken.append(f"{label}.{column}")
            else:
                opened += 1
        return opened

    def _note(self, table: StoredTable, column: Any, row: list[Any], token: str | None) -> None:
        if not token:
            return
        if not is_token(token):
            self.broken.append(f"{table.label}.{column.name}")
            return
        key = key_id_of(token)
        self.uses[key] += 1
        if (table.label, column.name, key) not in self._samples:
            number = next(row[place] for place, f in enumerate(table.fields) if f.name == "id")
            self._samples[table.label, column.name, key] = token, place_of(table.model(id=number), column)
