"""Reference data that are there: what they say, and what loading them again changes."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cases.actions.fixture_accounts import fixture_author
from cases.actions.reference import Counts, find_reference, load_reference
from cases.models import Court, DetentionSite, LegalCode, Organisation, Penalty, Provision, Source
from tests.lasting import lasting
from tests.reference_data import SITES, load_small_reference, rows, write_rows

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with lasting(django_db_blocker):
        yield load_small_reference(tmp_path_factory.mktemp("reference"))


@pytest.fixture
def folder(loaded: Path, tmp_path: Path) -> Path:
    """The files that were loaded, a copy for one test to change."""
    return shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)


def change(folder: Path, name: str, key: str, **values: Any) -> None:
    """Change one row of a test's own reference file."""
    changed = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text().splitlines()]
    for row in changed:
        if row.get("slug", row.get("key")) == key:
            row.update(values)
    write_rows(folder, name, changed)


def test_history_says_who_loaded_a_row_and_from_where() -> None:
    first = DetentionSite.objects.get(slug="ua-43-sizo-1").history.get()
    assert first.history_user.username == "fixture-author"
    assert first.history_change_reason == "reference data: ua-43-sizo-1"


def test_a_changed_row_changes_the_record_and_counts_as_changed(folder: Path) -> None:
    change(folder, "sites", "ua-43-sizo-1", postal_address="295006, г. Симферополь")
    counts = load_reference(fixture_author(), folder=folder)
    assert counts["sites"] == Counts(changed=1, unchanged=len(SITES) - 1)
    assert DetentionSite.objects.get(slug="ua-43-sizo-1").postal_address == "295006, г. Симферополь"


def test_a_field_edited_at_the_desk_keeps_its_value_while_others_follow_the_fixture(folder: Path) -> None:
    site = DetentionSite.objects.get(slug="ua-43-sizo-1")
    site.name_en = "SIZO-1 on Lenin Boulevard"
    site.save()
    change(folder, "sites", "ua-43-sizo-1", name_en="Another name", number="1a")
    load_reference(fixture_author(), folder=folder)
    load_reference(fixture_author(), folder=folder)
    site.refresh_from_db()
    assert (site.name_en, site.number) == ("SIZO-1 on Lenin Boulevard", "1a")


def test_a_record_or_citation_deleted_at_the_desk_stays_deleted(folder: Path) -> None:
    Organisation.objects.get(slug="express").delete()
    kept = Organisation.objects.get(slug="zmina")
    kept.citations.all().delete()
    counts = load_reference(fixture_author(), folder=folder)
    assert counts["organisations"].added == 0
    assert not Organisation.objects.filter(slug="express").exists()
    assert not kept.citations.exists()


def test_a_source_is_found_by_its_key_whatever_its_title_became(folder: Path) -> None:
    source = Source.objects.get(pk=find_reference(Source, "geonames").pk)
    source.title = "GeoNames"
    source.save()
    count = Source.objects.count()
    load_reference(fixture_author(), folder=folder)
    assert find_reference(Source, "geonames").pk == source.pk
    assert Source.objects.count() == count


def test_a_row_added_to_a_file_is_added(folder: Path) -> None:
    added = {"slug": "new-court", "kind": "district", "name_en": "New court", "place": "ua-40-sevastopol"}
    write_rows(folder, "courts", [*rows("courts"), added])
    assert load_reference(fixture_author(), folder=folder)["courts"] == Counts(added=1, unchanged=11)
    assert Court.objects.get(slug="new-court").place.region == "UA-40"


def test_provisions_know_their_code_and_source() -> None:
    provision = Provision.objects.get(slug="ru-205-5-p2")
    assert provision.number == "205.5(2)"
    assert provision.code == LegalCode.objects.get(slug="criminal-code-ru")
    assert provision.source == find_reference(Source, "law-302-fz")
    assert str(provision.in_force_from) == "2013-11-14"
    assert not provision.verified


def test_penalties_are_loaded_with_their_provision_and_follow_the_fixture(folder: Path) -> None:
    found = Provision.objects.get(slug="ru-205-5-p2").penalties.all()
    told = [(str(row.in_force_from), str(row.in_force_to), row.least_months, row.most_months) for row in found]
    assert told == [("2013-11-14", "2016-07-19", 60, 120), ("2016-07-20", "None", 120, 240)]
    change(folder, "penalties", "205.5-2-2016", most_months=300)
    assert load_reference(fixture_author(), folder=folder)["penalties"].changed == 1


def test_rows_of_a_record_that_the_desk_deleted_are_left_out(folder: Path) -> None:
    Provision.objects.get(slug="ru-276").delete()
    counts = load_reference(fixture_author(), folder=folder)
    assert (counts["provisions"].added, counts["penalties"].added) == (0, 0)
    write_rows(folder, "penalties", [*rows("penalties"), {"key": "new", "provision": "ru-276", "most_months": 12}])
    assert load_reference(fixture_author(), folder=folder)["penalties"].added == 0
    assert not Penalty.objects.filter(provision__article="276").exists()
