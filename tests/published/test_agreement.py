"""Page, export, API, count and the numbers beside options agree: the same people by every way, whatever is asked for."""

import csv
import datetime as dt
import io
import itertools
import json
from collections.abc import Iterator

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.http import QueryDict
from django.test import Client

from cases.enums import Status
from cases.published.counts import Counts, How
from cases.published.filters import CaseFilter
from cases.published.lists import page_of, rows_of
from cases.published.models import Facet, PublishedCase
from cases.published.selection import Selection
from cases.views.presentation.panels import FACETS_OF, panels_of
from tests.lasting import lasting
from tests.published import samples
from tests.published.samples import FACT, TODAY

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC)
#: A case was published on each day from then on.
FIRST_DAY = dt.datetime(2025, 12, 1, 12, tzinfo=dt.UTC)
SIZES = (2, 25)

#: How a story comes to each status; a test holds it complete.
STORIES: dict[Status, dict] = {
    Status.MISSING: {"events": [samples.event("disappearance", "2022-04")]},
    Status.IN_TRANSIT: {"stays": [samples.stay("2025-11-28", kind="in_transit") | {"site": None}]},
    Status.HOUSE_ARREST: {"stays": [samples.stay("2025-06", kind="house_arrest") | {"site": None}]},
    Status.PRETRIAL: {"stays": [samples.stay("2025-03-01")]},
    Status.ON_TRIAL: {
        "proceedings": [
            samples.proceeding(charges=[samples.charge("275", "")])
            | {"hearings": [{"instance": "first", "held_on": "2025-11-02", "court": None, "note": {}, **FACT}]}
        ],
        "events": [samples.event("arrest", "2025-01", place=samples.place("yalta"))],
    },
    Status.AWAITING_APPEAL: {
        "proceedings": [
            samples.proceeding(
                samples.decision("convicted", "2025-11-29", sentence=samples.sentence(years=6)),
                charges=[samples.charge("207.3", "2")],
            )
        ],
        "events": [samples.event("arrest", "2024/2025")],
    },
    Status.SERVING: {},
    Status.RELEASED: {"events": [samples.event("arrest", "2017"), samples.event("release", "2019")]},
    Status.EXCHANGED: {"events": [samples.event("arrest", "2018-05"), samples.event("exchange", "2024-08-01")]},
    Status.EXILED: {"events": [samples.event("arrest", "1948~"), samples.event("exile", "1949")], "kind": "historical"},
    Status.ACQUITTED: {
        "proceedings": [samples.proceeding(samples.decision("acquitted", "2021-05-01"))],
        "events": [samples.event("arrest", "2020-02-03")],
    },
    Status.DEAD_IN_CUSTODY: {
        "events": [samples.event("arrest", "../1937"), samples.event("execution", "1938")],
        "kind": "historical",
    },
    Status.DEAD: {
        "events": [samples.event("arrest", "1937"), samples.event("release", "1946"), samples.event("death", "1970")],
        "kind": "historical",
    },
    Status.UNKNOWN: {"events": []},
}


def role(word: str) -> dict:
    return {"role": word, "detail": {}, "since": "", "until": "", **FACT}


def assessment(body: str, decision: str) -> dict:
    return {
        "body": samples.organisation(body, name={"en": body.title()}),
        "scheme": "pace",
        "criteria": [],
        "decision": decision,
        "decided_on": "2020",
        "document_number": "",
        "reasoning": {},
        **FACT,
    }


def rehabilitation(outcome: str, year: str) -> dict:
    own = {"body": samples.organisation("prosecutor"), "law": {}, "document_number": "", "reasoning": {}}
    return {"outcome": outcome, "decided_on": year, **own, **FACT}


def publish_the_world() -> None:
    """Publish two people of each status, and others of whom little is known, hidden or withdrawn."""
    numbers = itertools.count(1)
    sexes, ethnicities = (
        itertools.cycle(["male", "female", "male"]),
        itertools.cycle(["crimean_tatar", "ukrainian", "", "karaite", "ukrainian"]),
    )
    births = itertools.cycle(["1986-05-05", "2004", "", "1950~", "1999/2008", "2008-02"])
    for _round in range(2):
        for status, story in STORIES.items():
            number = next(numbers)
            extra = {
                "name": {"en": f"Some{'aeiou'[number % 5]} Person{number:02}", "uk": f"{'АҐЄІЇ'[number % 5]}нна Особа"},
                "sex": next(sexes),
                "ethnicity": next(ethnicities),
                "born": next(births),
                "religion": "muslim" if number % 3 else "",
                "roles": [role("journalist"), role("activist")][: number % 3],
                "assessments": [
                    assessment("memorial", "political_prisoner"),
                    assessment("wgad", "arbitrary" if number % 2 else "no_decision"),
                ][: number % 4],
            }
            base = samples.full_case if status is Status.SERVING else samples.case
            document = base(samples.code_of(number), **{**extra, **story})
            if story.get("kind") == "historical" and number % 2:
                document["rehabilitations"] = [rehabilitation("granted", "1991"), rehabilitation("rescinded", "2024")]
            samples.publish(document, at=FIRST_DAY + dt.timedelta(days=number))
    for number, sentence in enumerate([{"life": True}, {"death": True}, {"suspended": True, "years": 3}, {}], start=40):
        verdict = samples.decision("convicted", "2021-01-01", sentence=samples.sentence(**sentence))
        trials = [samples.proceeding(verdict, charges=[samples.charge("58-10", "")])]
        samples.publish(samples.case(samples.code_of(number), proceedings=trials, sex="unknown"))
    samples.publish(samples.full_case(samples.code_of(50)), show_until=dt.date(2026, 12, 31))
    samples.publish(samples.full_case(samples.code_of(52)))
    samples.withdraw(samples.code_of(52))


@pytest.fixture(scope="module", autouse=True)
def _world(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    with lasting(django_db_blocker), time_machine.travel(NOW, tick=False):
        publish_the_world()
        yield


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


#: One of each filter and more, and some together.
QUERIES = [
    "",
    *(f"status={status}" for status in Status),
    "status=in_custody",
    "status=serving&status=missing",
    "article=205.5",
    "article=205.5(2)&article=275",
    "provision=rf-205-5-2",
    "region=UA-43",
    "region=RU-ROS&region=UA-40",
    "home_region=UA-43",
    "arrest_region=UA-43",
    "site_region=RU-ROS",
    "site=colony-1",
    "site_ever=sizo-1",
    "site_ever=sizo-1&site_ever=colony-1",
    "role=journalist",
    "role=journalist&role=activist",
    "ethnicity=ukrainian&ethnicity=karaite",
    "sex=female",
    "kind=historical",
    "religion=muslim",
    "age=under_18",
    "age=under_18&certainty=certain",
    "age=under_18&age=18_29&certainty=certain",
    "age=30_44&age=60_and_over",
    "arrest_year=2018",
    "arrest_year=2024&certainty=certain",
    "arrest_year=2024&arrest_year=2025&certainty=certain",
    "arrested_after=2018",
    "arrested_after=2018&certainty=certain",
    "arrested_before=1940",
    "arrested_before=1940&certainty=certain",
    "arrested_after=2024-06&arrested_before=2025-02",
    "arrested_after=2024-06&arrested_before=2025-02&certainty=certain",
    "sentence=life&sentence=death",
    "sentence=suspended",
    "sentence=term",
    "sentence_at_least=10",
    "sentence_at_most=6",
    "sentence_at_least=3&sentence_at_most=6",
    "assessed=political_prisoner",
    "assessed=arbitrary&assessed_by=wgad",
    "assessed=arbitrary&assessed_by=memorial",
    "assessed_by=memorial&assessed_by=wgad",
    "organisation=prosecutor",
    "organisation=memorial&organisation=wgad&sex=female",
    "rehabilitation=rescinded",
    "rescinded=yes",
    "sentence_length=10-14",
    "sentence_length=life&sentence_length=not_custodial",
    "time_held=5-9&time_held=unknown",
    "death_year=1938",
    "death_year=unknown",
    "status_on=2020-01-01",
    "status_on=2025-06-15&status=in_custody",
    "status_on=2025-06-15&status=serving&status=pretrial&sex=male",
    "published_since=2025-12-15",
    "updated_since=2025-12-20",
    "q=person01",
    "q=особа&status=serving",
    "q=somi+persen02",
    "q=Q.+Person&role=journalist&role=activist",
    "q=yalta&sex=female",
    "q=275",
    "q=nobody+whatever",
    "place=yalta",
    "place=yalta&place=simferopol",
    "status=in_custody&sex=female&role=journalist",
    "kind=contemporary&role=activist&region=UA-43&assessed_by=wgad",
    "sex=male&sentence_at_least=10&article=205.5&arrested_after=2018-05&site=colony-1",
    "kind=historical&status=serving",
]
#: Where the numbers beside options come from totals, from those of cells, and from the cases one by one.
TALLIED = [
    "",
    "status=in_custody",
    "status=serving&sex=female",
    "article=205.5",
    "role=journalist&kind=contemporary",
    "role=journalist&role=activist",
    "region=UA-43&site_ever=sizo-1",
    "arrest_year=2024&certainty=certain",
    "assessed=arbitrary&assessed_by=wgad",
    "q=person01",
    "q=особа&status=serving",
    "q=yalta&sex=female",
    "place=yalta",
    "kind=historical&status=serving",
    "status=in_custody&status_on=2025-06-15",
]
ORDERS = ["name", "-name", "updated", "-updated", "arrested", "-arrested", "sentence", "-sentence", "held", "-held"]


def asked(query: str, ordering: str = "") -> CaseFilter:
    found = CaseFilter(QueryDict("&".join(filter(None, [query, ordering and f"ordering={ordering}"]))), on=TODAY)
    assert found.is_valid(), found.problems
    return found


def walked(found: CaseFilter, size: int, *, back: bool = False) -> list[str]:
    """Return the codes of every page from the first to the last, or from the last to the first and turned round."""
    pages, cursor = [], ""
    while True:
        page = page_of(found.qs, ordering=found.ordering, cursor=cursor, size=size)
        pages.append(page)
        cursor = page.next_cursor
        if not cursor:
            break
    if not back:
        return [row.code for page in pages for row in page.rows]
    codes, page = [row.code for row in reversed(pages[-1].rows)], pages[-1]
    while page.previous_cursor:
        page = page_of(found.qs, ordering=found.ordering, cursor=page.previous_cursor, size=size)
        codes += [row.code for row in reversed(page.rows)]
    return codes[::-1]


def plainly(found: CaseFilter) -> list[str]:
    """Return the codes that match by the facets and columns of each case, read one by one: no index, no total, no mark."""
    wanted = found.asked
    codes = []
    for case in PublishedCase.objects.visible(TODAY).order_by("code"):
        facets = set(case.facets.values_list("facet", "value"))
        alone = PublishedCase.objects.filter(pk=case.pk)
        if (
            all(getattr(case, name) in words for name, words in wanted.words.items())
            and all(facets & set(one.pairs) for one in wanted.one_of)
            and all(alone.filter(one.condition).exists() for one in wanted.ranges)
        ):
            codes.append(case.code)
    return codes


def test_the_world_has_every_status_and_every_facet() -> None:
    shown = PublishedCase.objects.visible(TODAY)
    assert set(shown.values_list("status", flat=True)) == {str(status) for status in Status}
    assert {facet for case in shown for facet in case.facets.values_list("facet", flat=True)} == {
        str(facet) for facet in Facet if facet is not Facet.ACT
    }


@pytest.mark.parametrize("query", QUERIES)
def test_every_way_shows_the_same_people(client: Client, query: str) -> None:
    found = asked(query)
    codes = sorted(row.code for row in rows_of(found.qs, ordering=found.ordering))
    if found.asked.found is None:
        assert codes == plainly(found)
    exported = b"".join(client.get(f"/en/cases/export.csv?{query}").streaming_content).decode("utf-8-sig")
    assert sorted(row["code"] for row in csv.DictReader(io.StringIO(exported, newline=""))) == codes
    lines = b"".join(client.get(f"/en/cases/export.jsonl?{query}").streaming_content).decode()
    assert [json.loads(line)["code"] for line in lines.split("\n") if line] == codes
    assert sorted(_of_the_api(client, query)) == codes
    counted = Counts(found.asked, TODAY).people()
    assert (counted.number, counted.how) == (len(codes), How.EXACTLY)
    assert sorted(walked(found, 4)) == codes
    if found.asked.found is not None:
        assert sorted(case.code for case, _hit in found.best.rows) == codes
    for beginning in (None, Selection(found.asked, TODAY).rarest_of_all):
        assert sorted(Selection(found.asked, TODAY).cases(beginning).values_list("pk", flat=True)) == codes


def _of_the_api(client: Client, query: str) -> list[str]:
    codes, address = [], f"/api/v1/cases/?{query}"
    while address:
        answer = client.get(address).json()
        codes += [row["code"] for row in answer["results"]]
        address = answer["next"]
    return codes


@pytest.mark.parametrize("ordering", ORDERS)
@pytest.mark.parametrize("query", ["", "status=serving&status=missing", "role=journalist&kind=contemporary"])
def test_pages_go_forward_and_back_through_the_same_people_in_every_order(query: str, ordering: str) -> None:
    found = asked(query, ordering)
    in_order = [row.code for row in rows_of(found.qs, ordering=found.ordering, chunk=4)]
    for size in SIZES:
        assert walked(found, size) == in_order
        assert walked(found, size, back=True) == in_order


@pytest.mark.parametrize("query", TALLIED)
def test_the_number_beside_each_option_is_that_of_its_list(query: str) -> None:
    """With the option as the only choice of its parameter; in so small a world every number is known."""
    found = asked(query)
    panels = panels_of(found, Counts(found.asked, TODAY))
    for panel in (*panels.first, *(panel for section in panels.more for panel in section.panels)):
        name = panel.field.name
        if name in ("assessed", "assessed_by") and "assessed" in query:
            assert not panel.is_counted
            continue
        if name == "status" and "status_on" in query:  # totals count the status of today
            assert not panel.is_counted
            continue
        assert panel.is_counted
        others = [part for part in query.split("&") if part and not part.startswith(f"{name}=")]
        # the certainty of a year or an age is asked of the cases, not of the option
        if name in ("age", "arrest_year") and "certainty=certain" in query:
            continue
        for option in panel.options:
            list_of_it = asked("&".join([*others, f"{name}={option.value}"]))
            assert int(option.people) == list_of_it.qs.count(), (name, option)


def test_the_page_says_the_same_number_and_shows_the_same_people(client: Client) -> None:
    for query in ("", "status=serving", "role=journalist&sex=female", "sentence_at_least=10"):
        codes, address = [], f"/en/cases/?{query}" if query else "/en/cases/"
        while address:
            page = BeautifulSoup(client.get(address).content, "html5lib")
            said = page.select_one(".count-line strong").get_text()
            codes += [link["href"].split("/")[3] for link in page.select(".people .who a")]
            following = page.select_one("a[rel=next]")
            address = following["href"] if following else ""
        expected = [row.code for row in rows_of(asked(query).qs, ordering=asked(query).ordering)]
        assert codes == expected
        assert said.split()[0] == str(len(expected))


def test_every_parameter_of_the_form_is_asked_for_here() -> None:
    asked_for = {part.split("=")[0] for query in QUERIES for part in query.split("&") if part}
    assert asked_for | {"ordering"} == set(asked("").form.fields)
    assert set(FACETS_OF) <= asked_for
