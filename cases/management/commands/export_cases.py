"""Write the list of cases, or of places, into a file."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import router
from django.http import QueryDict
from django.utils import timezone, translation

from cases.exports.csv import csv_of
from cases.exports.geojson import sites_of
from cases.exports.json_lines import json_lines_of
from cases.exports.manifest import Measured, citation_text, manifest_of, text_of
from cases.exports.reading import Batch, Chosen
from cases.exports.xlsx import xlsx_of
from cases.management.commands.release import site_address
from cases.published.engine import stood_still
from cases.published.filters import CaseFilter
from cases.published.models import PublishedCase, PublishedSite
from tracker.commands import SiteCommand

FORMATS = ("csv", "xlsx", "jsonl", "geojson")
SECONDS = 2.0


class Command(SiteCommand):
    help = (
        "Write the published cases, or those of a filter, into a file, with a manifest beside it (FILE.manifest.json: rows, "
        "bytes, SHA-256). The file gets its name when it is whole. Progress goes to standard error."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=FORMATS, required=True, help="geojson: the places of detention")
        parser.add_argument(
            "--output", type=Path, required=True, help="The file; one that is there is replaced at the end"
        )
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="en")
        parser.add_argument(
            "--filter",
            default="",
            help='As in the address of the list: "status=serving&region=UA-43&ordering=-arrested"',
        )
        parser.add_argument("--headings", choices=("names", "words"), default="names", help="Of CSV")
        parser.add_argument("--site", default="", help="The public address, if not SITE_URL")

    def handle(self, *_args: Any, output: Path, language: str, **options: Any) -> None:
        if output.is_dir() or not output.parent.is_dir():
            raise CommandError(f"{output} cannot be written: name a file in a folder that is there.")
        now, address = timezone.now(), site_address(options["site"])
        with stood_still(router.db_for_read(PublishedCase), only_reading=True), translation.override(language):
            chosen = self._chosen(options["filter"], language, address)
            batches = self._batches(options, chosen)
            file = Measured(output.name, self._told(batches), kind=options["format"])
            self._write(output, file)
        total = file.total()
        cited = citation_text(language, on=chosen.on, cases=file.rows, address=f"{address}/{language}/")
        further = {"language": language, "filter": options["filter"], "citation": cited}
        manifest = manifest_of([total], at=now, on=chosen.on, cases=file.rows, address=address, **further)
        self._write(output.with_name(f"{output.name}.manifest.json"), [text_of(manifest).encode()])
        self.stdout.write(f"{output}: {total.rows} rows, {total.bytes} bytes, SHA-256 {total.sha256}")

    def _chosen(self, asked: str, language: str, address: str) -> Chosen:
        today = timezone.localdate()
        found = CaseFilter(QueryDict(asked.removeprefix("?")), on=today, language=language)
        if not found.is_valid():
            problems = "; ".join(f"{name}: {' '.join(messages)}" for name, messages in found.problems.items())
            raise CommandError(f"--filter is not understood. {problems}")
        return Chosen(
            found=None if found.is_everybody else found.qs,
            ordering=found.ordering_asked_for,
            on=today,
            language=language,
            address=address,
        )

    def _batches(self, options: dict[str, Any], chosen: Chosen) -> Iterator[Batch]:
        if options["format"] == "geojson":
            if options["filter"]:
                raise CommandError("--filter chooses cases; geojson holds every place of detention.")
            return sites_of(PublishedSite.objects.all(), on=chosen.on, language=chosen.language, address=chosen.address)
        if options["format"] == "csv":
            return csv_of(chosen, in_words=options["headings"] == "words")
        if options["headings"] == "words":
            raise CommandError("--headings is for csv: xlsx always has words, jsonl never.")
        return xlsx_of(chosen) if options["format"] == "xlsx" else json_lines_of(chosen)

    def _told(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """Say how far it is, every few seconds and at the end."""
        began = told = time.monotonic()
        rows = 0
        for batch in batches:
            rows += batch.lines
            yield batch
            if time.monotonic() - told >= SECONDS:
                told = time.monotonic()
                self._say(rows, told - began)
        self._say(rows, time.monotonic() - began)

    def _say(self, rows: int, seconds: float) -> None:
        self.stderr.write(f"{rows} rows, {rows / max(seconds, 0.001):.0f} a second")
        self.stderr.flush()

    def _write(self, path: Path, pieces: Any) -> None:
        """Write a file beside the one that is meant, and give it its name when it is whole."""
        partial = path.with_name(f"{path.name}.partial")
        try:
            with partial.open("wb") as stream:
                for piece in pieces:
                    stream.write(piece)
                stream.flush()
                os.fsync(stream.fileno())
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
