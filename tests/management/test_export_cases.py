"""The command that writes the list into a file: whole or not at all, with a manifest, by the filters of the page."""

import csv
import hashlib
import json

import pytest
from django.core.management import CommandError, call_command

from cases.exports.reading import Batch
from tests.published.samples import case, code_of, full_case, publish, publish_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://example.org"


def export(path, file_format="csv", *more):
    call_command("export_cases", "--format", file_format, "--output", str(path), *more)


def test_a_file_has_its_manifest_beside_it_and_progress_goes_to_standard_error(tmp_path, capsys):
    publish(full_case(code_of(1)))
    publish(case(code_of(2), kind="historical"))
    path = tmp_path / "cases.csv"

    export(path, "csv", "--language", "uk", "--filter", "kind=contemporary")

    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["url"] for row in rows] == [f"https://example.org/uk/cases/{code_of(1)}/server-mustafayev/"]
    manifest = json.loads((tmp_path / "cases.csv.manifest.json").read_text())
    (file,) = manifest["files"]
    assert (file["rows"], file["sha256"]) == (1, hashlib.sha256(path.read_bytes()).hexdigest())
    assert (manifest["filter"], manifest["language"]) == ("kind=contemporary", "uk")
    said = capsys.readouterr()
    assert said.err.startswith("1 rows, ")
    assert said.out.startswith(f"{path}: 1 rows, ")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["cases.csv", "cases.csv.manifest.json"]


@pytest.mark.parametrize("file_format", ["xlsx", "jsonl", "geojson"])
def test_every_format_is_written(tmp_path, file_format):
    publish_site("sizo-1")
    publish(case())

    export(tmp_path / "file", file_format)

    (file,) = json.loads((tmp_path / "file.manifest.json").read_text())["files"]
    assert (file["rows"], file["bytes"]) == (1, (tmp_path / "file").stat().st_size)


def test_a_file_that_breaks_off_leaves_the_one_that_was_there(tmp_path, monkeypatch):
    publish(case())
    path = tmp_path / "cases.jsonl"
    path.write_text("yesterday")

    def breaks(_chosen):
        yield Batch(b"half", 1)
        raise OSError("no space left")

    monkeypatch.setattr("cases.management.commands.export_cases.json_lines_of", breaks)
    with pytest.raises(OSError, match="no space"):
        export(path, "jsonl")
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("cases.jsonl", "yesterday")]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--filter", "status=jailed"], "--filter is not understood. status: .*jailed"),
        (["--filter", "colour=red"], "colour"),
        (["--format", "geojson", "--filter", "kind=historical"], "geojson"),
        (["--format", "jsonl", "--headings", "words"], "--headings"),
        (["--site", "example.org"], "SITE_URL"),
        (["--output", "/nowhere/at/all.csv"], "/nowhere/at/all.csv"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(tmp_path, arguments, message):
    with pytest.raises(CommandError, match=message):
        call_command("export_cases", *_completed(tmp_path, arguments))
    assert list(tmp_path.iterdir()) == []


def _completed(folder, arguments):
    given = dict(zip(arguments[::2], arguments[1::2], strict=True))
    return [part for pair in ({"--format": "csv", "--output": str(folder / "file")} | given).items() for part in pair]
