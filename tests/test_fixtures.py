"""What the committed fixtures say: counts, non-recognition, and a source for every fact of the real cases."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from cases.actions.fixture_rows import FIXTURES
from cases.domain.partial_dates import parse
from tests.reference_data import rows

OCCUPIED = {"UA-43", "UA-40"}
CASES = sorted(FIXTURES.glob("cases/*.json"))
#: Ways in which ready-made data present occupied territory as Russia.
FORBIDDEN = (
    "Республика Крым",
    "Республіка Крим",
    "Republic of Crimea",
    "Россия, Крым",
    "Росія, Крим",
    "Crimea, Russia",
    "Севастополь, Россия",
    "Sevastopol, Russia",
    "RU-CR",
    "RU-SEV",
    "народная республика",
    "народна республіка",
)

#: Field notes, section 4, with every part that it mentions, and section 5.
PROVISIONS = {
    "205": ("1", "2", "3"),
    "205.1": ("1", "3"),
    "205.2": ("1", "2"),
    "205.3": ("",),
    "205.4": ("1", "2"),
    "205.5": ("1", "2"),
    "207.3": ("1", "2", "3"),
    "208": ("1", "2"),
    "222.1": ("1",),
    "223.1": ("1", "2", "3"),
    "275": ("",),
    "275.1": ("",),
    "276": ("",),
    "276.1": ("",),
    "278": ("",),
    "280.1": ("",),
    "280.3": ("1", "2"),
    "280.4": ("",),
    "281": ("1", "2", "3"),
    "281.1": ("1", "2"),
    "281.2": ("",),
    "281.3": ("",),
    "282.2": ("1", "2", "3"),
    "330": ("2",),
    "361": ("1",),
    "58-10": ("",),
    "54-10": ("",),
}
#: Rows whose introducing law and day in force the field notes mark as read in a source.
VERIFIED = {
    "207.3(1)",
    "207.3(2)",
    "207.3(3)",
    "275.1",
    "280.3(1)",
    "280.3(2)",
    "281.1(1)",
    "281.1(2)",
    "281.2",
    "281.3",
}


def test_all_facilities_of_the_list_are_there_once() -> None:
    sites = rows("sites")
    assert len(sites) == 834
    assert len({site["slug"] for site in sites}) == 834


def test_facilities_in_occupied_territory_are_in_ukraine() -> None:
    regions = {place["slug"]: place["region"] for place in rows("places")}
    occupied = Counter(regions[site["place"]] for site in rows("sites") if regions[site["place"]].startswith("UA-"))
    assert occupied == {"UA-43": 6, "UA-14": 1, "UA-09": 1}


@pytest.mark.parametrize("region", sorted(OCCUPIED))
def test_places_of_crimea_and_sevastopol_are_ukraine_under_russian_control(region: str) -> None:
    places = [place for place in rows("places") if place["region"] == region]
    assert len(places) > 3
    assert {place["sovereign"] for place in places} == {"UA"}
    assert {place["controlled_by"] for place in places} == {"RU"}
    assert {place["controlled_since"] for place in places} == {"2014-03-18"}


def test_nothing_on_the_peninsula_is_russia() -> None:
    inside = [
        place
        for place in rows("places")
        if "latitude" in place and 44.3 < float(place["latitude"]) < 46.2 and 32.4 < float(place["longitude"]) < 36.55
    ]
    assert len(inside) > 30
    assert {place["sovereign"] for place in inside} == {"UA"}


@pytest.mark.parametrize(
    ("slug", "latitude", "longitude"),
    [
        ("ua-43-simferopol", 44.95, 34.10),
        ("ua-40-sevastopol", 44.60, 33.52),
        ("ua-43-kerch", 45.36, 36.47),
    ],
)
def test_towns_of_the_peninsula_are_where_they_are(slug: str, latitude: float, longitude: float) -> None:
    place = next(place for place in rows("places") if place["slug"] == slug)
    assert float(place["latitude"]) == pytest.approx(latitude, abs=0.02)
    assert float(place["longitude"]) == pytest.approx(longitude, abs=0.02)


def test_days_of_control_are_given_only_where_a_source_gives_them() -> None:
    dated = {place["region"] for place in rows("places") if "controlled_since" in place}
    assert dated == OCCUPIED


def test_regions_are_codes_of_their_sovereign() -> None:
    assert [p["slug"] for p in rows("places") if p["region"] and not p["region"].startswith(p["sovereign"] + "-")] == []


@pytest.mark.parametrize("path", sorted(FIXTURES.rglob("*.json*")), ids=lambda path: path.name)
def test_no_fixture_presents_occupied_territory_as_russia(path: Any) -> None:
    text = path.read_text(encoding="utf-8").lower()
    assert [words for words in FORBIDDEN if words.lower() in text] == []


def test_every_site_has_a_place_coordinates_and_a_source() -> None:
    places = {place["slug"]: place for place in rows("places")}
    for site in rows("sites"):
        assert {"latitude", "longitude", "name_en", "name_uk", "name_ru"} <= site.keys(), site["slug"]
        assert site["coordinate_precision"] in {"settlement", "region"}, site["slug"]
        kind = places[site["place"]]["kind"]
        assert kind == site["coordinate_precision"], site["slug"]
        assert site["citations"][0]["source"] == "russian-prison-facilities", site["slug"]


def test_provisions_are_those_of_the_field_notes() -> None:
    found: dict[str, list[str]] = {}
    for row in rows("provisions"):
        found.setdefault(row["article"], []).append(row.get("part", ""))
    assert {article: tuple(parts) for article, parts in found.items()} == PROVISIONS


def test_provisions_are_verified_only_where_the_notes_say_so() -> None:
    verified = {
        f"{row['article']}({row['part']})" if row.get("part") else row["article"]
        for row in rows("provisions")
        if row["verified"]
    }
    assert verified == VERIFIED


#: Field notes, section 4: for each provision its penalties in time as (first day, least and most years, life).
#: None: not recorded. "?" for a penalty that is not known.
PENALTIES: dict[str, list[Any]] = {
    "205(1)": [(None, 10, 15, False), ("2023-04-28/2023-05-16", 10, 20, False)],
    "205(2)": [(None, 12, 20, False)],
    "205(3)": [(None, 15, 20, True)],
    "205.1(1)": ["?", ("2023-04-28/2023-05-16", 7, 15, True)],
    "205.1(3)": ["?", ("2023-04-28/2023-05-16", 12, 20, False)],
    "205.2(1)": [(None, 2, 5, False)],
    "205.2(2)": [(None, 5, 7, False)],
    "205.3": [("2013-11-14", 15, 20, False), ("2014-05-05/2014-05-23", 15, 20, True)],
    "205.4(1)": [(None, 15, 20, True)],
    "205.4(2)": [("2013-11-14", 5, 10, False), ("2023-04-28/2023-05-16", 10, 15, False)],
    "205.5(1)": [("2013-11-14", 15, 20, False), ("2014-05-05/2014-05-23", 15, 20, True)],
    "205.5(2)": [("2013-11-14", 5, 10, False), ("2016-07-20", 10, 20, False)],
    "207.3(1)": [("2022-03-04", None, 5, False)],
    "207.3(2)": [("2022-03-04", 5, 10, False)],
    "207.3(3)": [("2022-03-04", 10, 15, False)],
    "208(1)": ["?", ("2016-07-20", 10, 20, False)],
    "208(2)": ["?", ("2016-07-20", 8, 15, False)],
    "222.1(1)": ["?", ("2021-07-01/2021-07-19", 6, 8, False)],
    "223.1(1)": ["?", ("2021-07-01/2021-07-19", 8, 10, False)],
    "223.1(2)": ["?", ("2021-07-01/2021-07-19", 10, 15, False)],
    "223.1(3)": ["?", ("2021-07-01/2021-07-19", 15, 20, False)],
    "275": [(None, 12, 20, False), ("2023-04-28/2023-05-16", 12, 20, True)],
    "275.1": [("2022-07-14", 3, 8, False)],
    "276": [(None, 10, 20, False)],
    "276.1": [("2023-12", 10, 15, False)],
    "278": [("1997-01-01", 12, 20, False)],
    "280.3(1)": [("2022-03-04", None, 5, False)],
    "280.3(2)": [("2022-03-04", None, 7, False)],
    "281(1)": ["?", ("2023-04-28/2023-05-16", 10, 20, False)],
    "281(2)": ["?", ("2023-04-28/2023-05-16", 12, 20, False)],
    "281(3)": ["?", ("2023-04-28/2023-05-16", 15, 20, True)],
    "281.1(1)": [("2022-12-29", 8, 15, True)],
    "281.1(2)": [("2022-12-29", 10, 20, False)],
    "282.2(1)": [(None, 6, 10, False)],
    "282.2(2)": [(None, 2, 6, False)],
    "282.2(3)": [(None, 7, 12, False)],
    "330(2)": [(None, None, 5, False)],
    "361(1)": [("2016-07-20", 10, 20, None), ("2023-04-28/2023-05-16", 12, 20, True)],
}


def years(months: int | None) -> int | None:
    return None if months is None else months // 12


def test_penalties_are_those_of_the_field_notes() -> None:
    numbers = {row["slug"]: number_of(row) for row in rows("provisions")}
    found: dict[str, list[Any]] = {}
    for row in rows("penalties"):
        least, most = years(row.get("least_months")), years(row.get("most_months"))
        told = "?" if row.get("is_unknown") else (row.get("in_force_from"), least, most, row["life"])
        found.setdefault(numbers[row["provision"]], []).append(told)
    assert found == PENALTIES


def test_penalties_are_verified_only_where_the_notes_say_so_of_the_penalty_and_its_day() -> None:
    numbers = {row["slug"]: number_of(row) for row in rows("provisions")}
    verified = {numbers[row["provision"]] for row in rows("penalties") if row["verified"]}
    assert verified == {"275.1", "281.1(1)", "281.1(2)"}


def test_wordings_of_a_provision_follow_one_another_without_a_gap() -> None:
    last: dict[str, Any] = {}
    for row in rows("penalties"):
        ended, first = last.get(row["provision"]), row.get("in_force_from")
        if ended is not None:
            days = zip(bounds(ended), bounds(first), strict=True)
            assert [(after - before).days for before, after in days] == [1, 1], row["key"]
        last[row["provision"]] = row.get("in_force_to")


def bounds(text: Any) -> tuple[Any, Any]:
    day = parse(text)
    return day.earliest, day.latest


def test_designations_are_those_of_the_field_notes() -> None:
    found = {row["organisation"]: (row["kind"], row["designated"], row["verified"]) for row in rows("designations")}
    assert found == {
        "hizb-ut-tahrir": ("terrorist", "2003-02-14", False),
        "jehovahs-witnesses": ("extremist", "2017-04-20", True),
        "noman-celebicihan-battalion": ("terrorist", "2022-06-01", True),
    }


def number_of(row: Any) -> str:
    return f"{row['article']}({row['part']})" if row.get("part") else str(row["article"])


@pytest.mark.parametrize(
    "name", ["places", "organisations", "designations", "codes", "provisions", "penalties", "courts", "sites"]
)
def test_reference_rows_cite_sources_that_exist(name: str) -> None:
    keys = {row["key"] for row in rows("sources")}
    for row in rows(name):
        cited = [citation["source"] for citation in row.get("citations", [])]
        assert set(cited) <= keys
        assert cited or row.get("kind") == "country", row.get("slug", row.get("key"))


def test_courts_of_crimea_are_in_ukraine_and_imposed() -> None:
    courts = [court for court in rows("courts") if court.get("place", "").startswith("ua-")]
    assert len(courts) == 3
    for court in courts:
        assert "imposed by the occupying power" in court["name_en"]
        assert "державою-окупантом" in court["name_uk"]


# The real cases ----------------------------------------------------------------------------------------------------

#: Fields of the desk's own work, which no source asserts.
OWN_WORK = {"code", "consent", "consent_given_by", "is_preferred", "citations"}


def read(path: Any) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def records(document: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every record of a case with its path, however deep."""
    if isinstance(document, dict):
        if path:
            yield path, document
        for name, part in document.items():
            if name not in {"citations", "notes"}:
                yield from records(part, f"{path}/{name}")
    elif isinstance(document, list):
        for number, part in enumerate(document):
            yield from records(part, f"{path}/{number}")


def stated(record: dict[str, Any]) -> set[str]:
    """Return the names of the fields in which a record states something."""
    plain = {name for name, value in record.items() if not isinstance(value, dict | list)}
    return {name.removesuffix("_en").removesuffix("_uk").removesuffix("_ru") for name in plain - OWN_WORK}


def test_there_are_three_real_cases() -> None:
    names = [path.stem for path in CASES]
    assert names == ["ihor-kozlovskyi", "oleksandra-radchenko", "server-mustafayev"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_fact_of_a_real_case_is_cited_with_its_words(path: Any) -> None:
    keys = {row["key"] for row in rows("sources")}
    seen = 0
    for where, record in records(read(path), ""):
        citations = record.get("citations", [])
        assert citations, f"{where} cites nothing"
        for citation in citations:
            assert citation["source"] in keys, where
            assert len(citation["quote"]) > 20, where
        whole = any("field" not in citation for citation in citations)
        uncited = stated(record) - {citation.get("field") for citation in citations}
        assert whole or not uncited, f"{where}: {uncited}"
        seen += 1
    assert seen > 8


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_real_cases_say_what_was_left_out_and_why(path: Any) -> None:
    assert len(read(path)["notes"]) >= 3


def test_imprisoned_since_2020_is_kept_beside_the_day_of_arrest() -> None:
    case = read(FIXTURES / "cases" / "server-mustafayev.json")
    arrest = next(event for event in case["events"] if event["kind"] == "arrest")
    said = {(citation["source"], citation.get("value", "")) for citation in arrest["citations"]}
    assert arrest["happened"] == "2018-05-21"
    assert said == {("field-notes", ""), ("freedom-house-crimea", "2020")}


def test_no_provision_is_recorded_where_no_text_names_one() -> None:
    proceedings = [row for path in CASES for row in read(path).get("proceedings", [])]
    assert len(proceedings) == 2
    assert [row for row in proceedings if "charges" in row] == []


def test_an_unknown_year_of_death_stays_a_range() -> None:
    case = read(FIXTURES / "cases" / "ihor-kozlovskyi.json")
    died = parse(case["prisoner"]["died"])
    assert died.text == "2023/2025"
