"""Nothing that is not public can be fetched: a mark in every private field, and not one of them in any public byte."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from cases.actions.releases import make_release
from cases.domain.name_matching import Reason
from cases.models import FindingTick, Prisoner
from cases.publication.policy_table import POLICY
from cases.published.models import PublishedCase
from tests.canary.crawl import NOBODY, Answer, crawl, fetch, filtered
from tests.canary.marks import Mark, plantable, unmarked
from tests.canary.world import World, build_world
from tests.lasting import lasting

#: Private fields that could hold a mark and hold something else, with the reason.
NOT_MARKED = {
    "citation.field": "names a column, nothing a person wrote",
    "prisoner.consent_expires": "decides whether the case is shown: empty, or past in the expired case",
    "aid.currency": "three letters of a currency",
    "need.currency": "three letters of a currency",
    "household.code": "random, made by the program; it stands on no page but the desk's",
    "submission.sha256": "computed from the document, and public as the hash of its version",
    "publication.sha256": "the hash of the public version",
    "findingtick.key": "names a computed finding and its row, nothing a person wrote",
    "findingtick.sha256": "computed from what the law says",
}
#: One search a format; the crawl above has every list in every language.
SEARCHES = ("/uk/cases/", "/en/cases/export.csv", "/api/v1/cases/")
#: What the crawl must have found for its silence to mean anything: fields of the case published in full and of reference.
MUST_BE_FOUND = [
    ("full", "prisoner", "summary"),
    ("full", "prisoner", "photo_credit"),
    ("full", "personname", "text"),
    ("full", "event", "title"),
    ("full", "event", "happened"),
    ("full", "source", "title"),
    ("full", "proceeding", "number"),
    ("full", "decision", "judges"),
    ("full", "sentence", "fine_amount"),
    ("initials", "event", "title"),
    ("initials", "prisoner", "summary"),
    ("reference", "detentionsite", "postal_address"),
    ("reference", "provision", "title"),
]


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with lasting(django_db_blocker):
        built = build_world()
        make_release(note="", address="https://example.org", at=timezone.now(), say=lambda _text: None)
        yield built


@pytest.fixture
def codes(world: World) -> list[str]:
    return [prisoner.code for prisoner in world.prisoners.values()]


def found(marks: list[Mark], answers: list[Answer]) -> dict[Mark, str]:
    """Return the marks that occur in an answer, each with the address of the first one.

    Pages are much alike, so each line is looked through once, however many answers have it; no form of a mark has two.
    """
    first: dict[str, str] = {}
    for answer in answers:
        for line in answer.text.split("\n"):
            first.setdefault(line, answer.path)
    everything = "\n".join(first)
    seen = [mark for mark in marks if any(form in everything for form in mark.forms)]
    return {
        mark: next(path for line, path in first.items() if any(form in line for form in mark.forms)) for mark in seen
    }


def test_every_private_field_that_can_hold_a_mark_holds_one(world: World) -> None:
    records = [apps.get_model("cases", name) for name in POLICY]
    assert set(unmarked(world.planter.marks, records)) == set(NOT_MARKED)


def test_no_private_mark_is_in_any_public_byte(world: World, codes: list[str], client: Client) -> None:
    answers = crawl(client, codes)
    assert {answer.status for answer in answers} <= {200, 301, 302, 400, 404, 410}
    leaks = {str(mark): path for mark, path in found(world.private, answers).items()}
    assert leaks == {}
    shown = {(mark.case, mark.model, mark.field) for mark in found(world.public, answers)}
    assert [place for place in MUST_BE_FOUND if place not in shown] == []


def test_searching_for_a_private_mark_answers_as_for_a_word_that_nobody_wrote(
    world: World, codes: list[str], client: Client
) -> None:
    nonsense = "zqxvtatatatan"

    def answers(word: str) -> list[tuple[int, bytes]]:
        fetched = (fetch(client, path) for path in filtered({"q": word}, SEARCHES))
        return [(answer.status, answer.content.replace(word.encode(), b"WORD")) for answer in fetched]

    expected = answers(nonsense)
    assert [status for status, _content in expected] == [200] * len(SEARCHES)
    one_of_each = {(mark.case, mark.model, mark.field): mark for mark in world.private if mark.kind == "word"}
    searched = [mark for (case, *_rest), mark in one_of_each.items() if case in ("full", "initials", "draft", "desk")]
    told = {mark: answers(mark.forms[0]) for mark in searched}
    near = [mark for mark, given in told.items() if given != expected and _is_like_a_public_name(mark, world, client)]
    assert [str(mark) for mark, given in told.items() if given != expected and mark not in near] == []
    name = next(mark for mark in world.public if (mark.case, mark.field) == ("full", "text"))
    assert all(given != empty for given, empty in zip(answers(name.forms[0]), expected, strict=True))


def _is_like_a_public_name(mark: Mark, world: World, client: Client) -> bool:
    """Tell whether a search finds only public names that are written nearly like the mark, for marks are much alike."""
    rows = client.get("/api/v1/cases/", {"q": mark.forms[0]}).json()["results"]
    public = {form for one in world.public for form in one.forms}
    return bool(rows) and all(
        row["match"]["reason"] in (Reason.ONE_LETTER.value, Reason.LETTERS.value)
        and public.intersection(row["match"]["name"].lower().split())
        and mark.forms[0] not in row["match"]["name"].lower()
        for row in rows
    )


@pytest.mark.parametrize(("name", "shown"), [("full", []), ("initials", ["before_occupation"])])
def test_what_follows_from_a_hidden_fact_is_not_published_although_it_is_ticked(
    world: World, name: str, shown: list[str]
) -> None:
    code = world.prisoners[name].code
    document = PublishedCase.objects.get(code=code).document
    ticks = FindingTick.objects.filter(prisoner__code=code)
    assert (ticks.count(), [finding["kind"] for finding in document.get("findings", [])]) == (2, shown)


@pytest.mark.parametrize("name", ["draft", "waiting"])
def test_the_code_of_an_unpublished_case_answers_exactly_like_a_code_that_does_not_exist(
    world: World, client: Client, name: str
) -> None:
    draft = world.prisoners[name].code

    def answers(code: str) -> list[tuple[int, str]]:
        addresses = [
            f"/api/v1/cases/{code}/",
            *(f"/{language}/cases/{code}/{rest}" for language in ("en", "uk") for rest in ("", "some-name/", "v/1/")),
        ]
        return [
            (answer.status, answer.text.replace(code.lower(), "code"))
            for answer in (fetch(client, a) for a in addresses)
        ]

    assert answers(draft) == answers(NOBODY["code"])
    assert {status for status, _text in answers(draft)} == {404}


@pytest.mark.parametrize("name", ["withdrawn", "expired"])
def test_a_case_that_is_gone_answers_410_everywhere(world: World, client: Client, name: str) -> None:
    code = world.prisoners[name].code
    addresses = [
        f"/api/v1/cases/{code}/",
        *(f"/{language}/cases/{code}/{rest}" for language in ("en", "uk") for rest in ("", "some-name/", "v/1/")),
    ]
    assert [fetch(client, address).status for address in addresses] == [410] * len(addresses)


def test_the_desk_shows_strangers_nothing_but_its_login(world: World, client: Client) -> None:
    draft = world.prisoners["draft"]
    photo = Prisoner.objects.get(pk=draft.pk).photo
    addresses = ["/desk/", f"/desk/cases/prisoner/{draft.pk}/change/", f"/desk/files/{photo.name}"]
    answers = [fetch(client, address) for address in addresses]
    assert [answer.status for answer in answers] == [302, 302, 302]
    assert found(world.planter.marks, [answer for answer in answers if photo.name not in answer.path]) == {}


def test_the_marks_reach_every_kind_of_field(world: World) -> None:
    """Each record has marks in all of its texts, days and amounts, in every language."""
    assert {mark.kind for mark in world.private} == {"word", "day", "amount", "hash"}
    summaries = [
        mark for mark in world.planter.marks if (mark.case, mark.model, mark.field) == ("draft", "prisoner", "summary")
    ]
    assert len(summaries) == len([field for field in plantable(Prisoner) if field.name.startswith("summary_")])
