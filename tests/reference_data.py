"""A small part of the reference data, enough for cases to be written, quick to load."""

import json
from pathlib import Path
from typing import Any

from cases.actions.fixture_accounts import fixture_author
from cases.actions.fixture_rows import FIXTURES
from cases.actions.reference import FILES, load_reference

SITES = ("ua-43-sizo-1", "ua-43-sizo-2", "ru-ros-sizo-1", "ru-ros-sizo-central-4", "ru-vla-ik-2", "ru-mo-ik-7")


def rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of a reference file."""
    return [json.loads(line) for line in (FIXTURES / "reference" / f"{name}.jsonl").read_text().splitlines()]


def write_rows(folder: Path, name: str, written: list[dict[str, Any]]) -> None:
    """Write a reference file of a test's own."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in written)
    (folder / f"{name}.jsonl").write_text(text)


def copy_small_reference(folder: Path) -> Path:
    """Write a folder with all files, the six sites of SITES, and no Russian place that nothing names."""
    for name, _model, _key in FILES:
        write_rows(folder, name, rows(name))
    sites = [site for site in rows("sites") if site["slug"] in SITES]
    needed = {row.get("place") for row in [*sites, *rows("courts")]}
    places = [place for place in rows("places") if place["sovereign"] == "UA" or place["slug"] in {*needed, "ru"}]
    write_rows(folder, "sites", sites)
    write_rows(folder, "places", places)
    return folder


def load_small_reference(folder: Path) -> Path:
    """Load the small part and return the folder it was loaded from."""
    load_reference(fixture_author(), folder=copy_small_reference(folder))
    return folder
