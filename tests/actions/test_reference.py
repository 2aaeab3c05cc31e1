import json
from pathlib import Path

import pytest
from django.db import models

from cases.actions.fixture_accounts import fixture_author
from cases.actions.fixture_rows import FixtureError
from cases.actions.reference import FILES, Counts, load_reference
from cases.models import Citation, DetentionSite, Organisation, Place, Source
from tests.reference_data import SITES, copy_small_reference, rows

pytestmark = pytest.mark.django_db

TABLES: tuple[type[models.Model], ...] = tuple(model for _name, model, _key in FILES)


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


def test_the_account_that_loads_cannot_sign_in() -> None:
    author = fixture_author()
    stored = type(author).objects.get(pk=author.pk)
    assert not stored.is_active
    assert not stored.has_usable_password()


def test_a_record_entered_at_the_desk_under_the_same_slug_belongs_to_the_desk(tmp_path: Path) -> None:
    Organisation.objects.create(slug="zmina", name_en="Entered by hand", kind="ngo")
    counts = load_reference(fixture_author(), folder=copy_small_reference(tmp_path))
    assert counts["organisations"].unchanged == 1
    assert Organisation.objects.get(slug="zmina").name_en == "Entered by hand"


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
