import json
from pathlib import Path
from typing import Any

import pytest
from django.db import models

from cases.actions.fixture_accounts import fixture_author
from cases.actions.fixture_rows import FixtureError
from cases.actions.reference import FILES, Counts, find_reference, load_reference
from cases.models import Citation, Court, DetentionSite, LegalCode, Organisation, Penalty, Place, Provision, Source
from tests.reference_data import SITES, copy_small_reference, load_small_reference, rows, write_rows

pytestmark = pytest.mark.django_db

TABLES: tuple[type[models.Model], ...] = tuple(model for _name, model, _key in FILES)


def change(folder: Path, name: str, key: str, **values: Any) -> None:
    """Change one row of a test's own reference file."""
    changed = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text().splitlines()]
    for row in changed:
        if row.get("slug", row.get("key")) == key:
            row.update(values)
    write_rows(folder, name, changed)


def test_all_reference_data_load_and_load_again_without_a_change() -> None:
    author = fixture_author()
    first = load_reference(author)
    again = load_reference(author)
    sizes = {name: len(rows(name)) for name, _model, _key in FILES}
    assert first == {name: Counts(added=size) for name, size in sizes.items()}
    assert again == {name: Counts(unchanged=size) for name, size in sizes.items()}
    assert DetentionSite.objects.count() == 834
    occupied = Place.objects.filter(region__in=["UA-43", "UA-40"])
    assert set(occupied.values_list("sovereign", "controlled_by")) == {("UA", "RU")}
    assert Citation.objects.filter(prisoner=None).count() == sum(
        len(row.get("citations", [])) for name, _model, _key in FILES for row in rows(name)
    )


def test_history_says_who_loaded_a_row_and_from_where(tmp_path: Path) -> None:
    load_small_reference(tmp_path)
    first = DetentionSite.objects.get(slug="ua-43-sizo-1").history.get()
    assert first.history_user.username == "fixture-author"
    assert first.history_change_reason == "reference data: ua-43-sizo-1"


def test_the_account_that_loads_cannot_sign_in() -> None:
    author = fixture_author()
    stored = type(author).objects.get(pk=author.pk)
    assert not stored.is_active
    assert not stored.has_usable_password()


def test_a_changed_row_changes_the_record_and_counts_as_changed(tmp_path: Path) -> None:
    folder = load_small_reference(tmp_path)
    change(folder, "sites", "ua-43-sizo-1", postal_address="295006, г. Симферополь")
    counts = load_reference(fixture_author(), folder=folder)
    assert counts["sites"] == Counts(changed=1, unchanged=len(SITES) - 1)
    assert DetentionSite.objects.get(slug="ua-43-sizo-1").postal_address == "295006, г. Симферополь"


def test_a_field_edited_at_the_desk_keeps_its_value_while_others_follow_the_fixture(tmp_path: Path) -> None:
    folder = load_small_reference(tmp_path)
    site = DetentionSite.objects.get(slug="ua-43-sizo-1")
    site.name_en = "SIZO-1 on Lenin Boulevard"
    site.save()
    change(folder, "sites", "ua-43-sizo-1", name_en="Another name", number="1a")
    load_reference(fixture_author(), folder=folder)
    load_reference(fixture_author(), folder=folder)
    site.refresh_from_db()
    assert (site.name_en, site.number) == ("SIZO-1 on Lenin Boulevard", "1a")


def test_a_record_entered_at_the_desk_under_the_same_slug_belongs_to_the_desk(tmp_path: Path) -> None:
    Organisation.objects.create(slug="zmina", name_en="Entered by hand", kind="ngo")
    counts = load_reference(fixture_author(), folder=copy_small_reference(tmp_path))
    assert counts["organisations"].unchanged == 1
    assert Organisation.objects.get(slug="zmina").name_en == "Entered by hand"


def test_a_record_or_citation_deleted_at_the_desk_stays_deleted(tmp_path: Path) -> None:
    folder = load_small_reference(tmp_path)
    Organisation.objects.get(slug="express").delete()
    kept = Organisation.objects.get(slug="zmina")
    kept.citations.all().delete()
    counts = load_reference(fixture_author(), folder=folder)
    assert counts["organisations"].added == 0
    assert not Organisation.objects.filter(slug="express").exists()
    assert not kept.citations.exists()


def test_a_source_is_found_by_its_key_whatever_its_title_became(tmp_path: Path) -> None:
    folder = load_small_reference(tmp_path)
    source = Source.objects.get(pk=find_reference(Source, "geonames").pk)
    source.title = "GeoNames"
    source.save()
    count = Source.objects.count()
    load_reference(fixture_author(), folder=folder)
    assert find_reference(Source, "geonames").pk == source.pk
    assert Source.objects.count() == count


def test_a_row_added_to_a_file_is_added(tmp_path: Path) -> None:
    folder = load_small_reference(tmp_path)
    added = {"slug": "new-court", "kind": "district", "name_en": "New court", "place": "ua-40-sevastopol"}
    write_rows(folder, "courts", [*rows("courts"), added])
    assert load_reference(fixture_author(), folder=folder)["courts"] == Counts(added=1, unchanged=11)
    assert Court.objects.get(slug="new-court").place.region == "UA-40"


BROKEN = [
    ("sites", "{no json", "sites.jsonl, line 7, column 2: not JSON"),
    ("sites", json.dumps({"slug": "x", "kind": "sizo", "place": "nowhere"}), "line 7, field place: there is no Place"),
    (
        "sites",
        json.dumps({"slug": "x", "kind": "sizo", "place": "ua-43", "roof": 1}),
        "field roof: DetentionSite has no",
    ),
    ("sites", json.dumps({"kind": "sizo", "place": "ua-43"}), "line 7, field slug: is missing"),
    (
        "sites",
        json.dumps({"slug": SITES[0], "kind": "sizo", "place": "ua-43"}),
        "field slug: 'ua-43-sizo-1' is also in",
    ),
    ("sites", json.dumps({"slug": "x", "kind": "palace", "place": "ua-43"}), "line 7, field kind:"),
    ("sites", json.dumps({"slug": "x", "kind": "sizo", "place": "ua-43", "opened": "soon"}), "line 7, field opened:"),
    ("sites", json.dumps(["slug"]), "line 7: this is not a JSON object"),
    (
        "places",
        json.dumps({"slug": "x", "kind": "settlement", "sovereign": "RU", "region": "UA-43"}),
        "Crimea and Sevastopol are UA-43 and UA-40.",
    ),
    (
        "courts",
        json.dumps({"slug": "x", "kind": "other", "name_en": "X", "citations": [{"source": "nobody"}]}),
        "citations, field source: there is no Source 'nobody'",
    ),
    (
        "courts",
        json.dumps(
            {"slug": "x", "kind": "other", "name_en": "X", "citations": [{"source": "geonames", "field": "roof"}]}
        ),
        "field citations: 'roof' is no field of the record",
    ),
]


@pytest.mark.parametrize(("name", "line", "message"), BROKEN)
def test_a_bad_row_is_named_and_nothing_is_half_written(tmp_path: Path, name: str, line: str, message: str) -> None:
    author = fixture_author()
    folder = copy_small_reference(tmp_path)
    with (folder / f"{name}.jsonl").open("a") as file:
        file.write(line + "\n")
    with pytest.raises(FixtureError) as refusal:
        load_reference(author, folder=folder)
    assert message in str(refusal.value)
    left = {model.__name__: model._default_manager.count() for model in (*TABLES, Citation, Source.history.model)}
    assert set(left.values()) == {0}


def test_provisions_know_their_code_and_source(tmp_path: Path) -> None:
    load_small_reference(tmp_path)
    provision = Provision.objects.get(slug="ru-205-5-p2")
    assert provision.number == "205.5(2)"
    assert provision.code == LegalCode.objects.get(slug="criminal-code-ru")
    assert provision.source == find_reference(Source, "law-302-fz")
    assert str(provision.in_force_from) == "2013-11-14"
    assert not provision.verified


def test_penalties_are_loaded_with_their_provision_and_follow_the_fixture(tmp_path: Path) -> None:
    folder = load_small_reference(tmp_path)
    found = Provision.objects.get(slug="ru-205-5-p2").penalties.all()
    told = [(str(row.in_force_from), str(row.in_force_to), row.least_months, row.most_months) for row in found]
    assert told == [("2013-11-14", "2016-07-19", 60, 120), ("2016-07-20", "None", 120, 240)]
    change(folder, "penalties", "205.5-2-2016", most_months=300)
    assert load_reference(fixture_author(), folder=folder)["penalties"].changed == 1


def test_rows_of_a_record_that_the_desk_deleted_are_left_out(tmp_path: Path) -> None:
    folder = load_small_reference(tmp_path)
    Provision.objects.get(slug="ru-276").delete()
    counts = load_reference(fixture_author(), folder=folder)
    assert (counts["provisions"].added, counts["penalties"].added) == (0, 0)
    write_rows(folder, "penalties", [*rows("penalties"), {"key": "new", "provision": "ru-276", "most_months": 12}])
    assert load_reference(fixture_author(), folder=folder)["penalties"].added == 0
    assert not Penalty.objects.filter(provision__article="276").exists()
