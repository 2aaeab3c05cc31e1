"""What the law says about a case: computed from what is recorded, published only as far as public facts carry it."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils.translation import gettext

from cases.enums import EventKind
from cases.models import Decision, Event, FindingTick, Prisoner, Stay
from cases.publication.casefile import hides_rows, read_case, read_cases, read_public_case
from cases.publication.document import build_case
from cases.publication.findings import case_findings
from cases.publication.legal_answers import findings_from
from cases.publication.legal_findings import Findings, Standing, findings_by_law, offered_findings
from cases.publication.legal_shapes import LegalFinding
from cases.publication.publish import Published
from cases.publication.shown_rows import shown_keys
from cases.published.documents import FindingDocument
from cases.published.last_days import computed_ends
from cases.published.models import PublishedVersion
from tests.factories import EventFactory, PlaceFactory
from tests.lasting import lasting
from tests.legal_world import fourteen_years

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    with lasting(django_db_blocker):
        yield fourteen_years().pk


@pytest.fixture
def strict(written: int) -> Prisoner:
    return Prisoner.objects.get(pk=written)


def offered(prisoner: Prisoner) -> Findings:
    return offered_findings(read_case(prisoner))


def of_kind(prisoner: Prisoner, kind: str) -> LegalFinding:
    (found,) = (one for one in findings_by_law(read_case(prisoner)) if one.document["kind"] == kind)
    return found


def standings(prisoner: Prisoner) -> dict[str, str]:
    return {one.finding.document["kind"]: one.standing.value for one in offered(prisoner).offered}


def tick(prisoner: Prisoner, kind: str) -> FindingTick:
    """Tick a finding as it stands now, as the action does."""
    found = of_kind(prisoner, kind)
    account = User.objects.get_or_create(username="reviewer")[0]
    made, _new = FindingTick.objects.update_or_create(
        prisoner=prisoner, key=found.key, defaults={"sha256": found.digest, "ticked_by": account, "ticked_at": AT}
    )
    return made


def published(prisoner: Prisoner) -> list[FindingDocument]:
    return build_case(prisoner).get("findings", [])


def test_the_findings_of_a_case_each_with_its_answer_in_both_languages(strict: Prisoner) -> None:
    documents = [one.document for one in findings_by_law(read_case(strict))]
    found = {one["kind"]: (one["answer"], one["says"]) for one in documents}
    assert {kind: answer for kind, (answer, _text) in found.items()} == {
        "term": "figure",
        "transfer": "yes",
        "court": "yes",
        "distance": "figure",
    }
    assert found["term"][1]["en"] == "By the captor’s own law, the last day of the term of 14 years is 20 May 2032."
    assert found["distance"][1]["en"] == ("Held about 1,016 km from home, in a straight line: Simferopol – Tambov.")
    assert all(set(text) == {"en", "uk"} and text["en"] != text["uk"] for _answer, text in found.values())


def test_a_finding_carries_its_working_the_rules_it_applies_and_the_facts_it_was_computed_from(
    strict: Prisoner,
) -> None:
    document = of_kind(strict, "term").document
    assert [step["rule"] for step in document["working"]] == [
        "72", "72", "72(3.2)", "72(3)", "72(3.1)", "72", "72",
    ]  # fmt: skip
    assert [(row["rule"], row["since"], row["verified"]) for row in document["law"]] == [
        ("72", "1997-01-01", False),
        ("72(3.2)", "2018-07-14", False),
        ("72(3)", "", False),
        ("72(3.1)", "2018-07-14", False),
        ("79(3)", "", False),
    ]
    assert (document["last_day"], document["law_as_of"]) == (["2032-05-20", "2032-05-20"], "2026-11-26")
    assert [words["en"] for words in document["computed_from"]] == [
        "First instance: convicted, 14 years, 16 September 2020, Invented court",
        "Appeal: upheld, 14 March 2022, Invented court",
        "Arrest, 21 May 2018, Simferopol",
        "Invented SIZO, 21 May 2018 – 1 April 2022",
        "Charge under 205.5(2), alleged act: January 2016 – 20 May 2018",
    ]
    transfer = of_kind(strict, "transfer").document
    assert [row["rule"] for row in transfer["law"]] == ["49", "76", "4"]
    assert {row["verified"] for row in transfer["law"]} == {False}


def test_without_a_tick_the_document_says_nothing_and_is_what_it_was(strict: Prisoner) -> None:
    assert "findings" not in build_case(strict)
    assert {one.standing for one in offered(strict).offered} == {Standing.OPEN}


def test_what_is_ticked_enters_the_document_and_nothing_else(strict: Prisoner) -> None:
    tick(strict, "term")
    assert [one["kind"] for one in published(strict)] == ["term"]
    (end,) = computed_ends(build_case(strict))
    assert (end.proceeding, end.last_day.latest, end.is_verified) == (0, dt.date(2032, 5, 20), False)
    keys = set(shown_keys(read_case(strict)))
    assert f"finding:{of_kind(strict, 'term').key}" in keys


def test_a_public_finding_tells_no_keys_of_rows(strict: Prisoner) -> None:
    for kind in ("term", "transfer", "court", "distance"):
        tick(strict, kind)
    text = str(published(strict))
    keys = [key for one in findings_by_law(read_case(strict)) for key in (one.key, *(used.ref for used in one.used))]
    assert [key for key in keys if ":" in key and key in text] == []


def test_a_tick_lapses_when_the_finding_says_something_else_and_a_reviewer_is_told(strict: Prisoner) -> None:
    tick(strict, "term")
    sentence = strict.defendants.get().sentences.get()
    sentence.years = 15
    sentence.save()
    assert (standings(strict)["term"], published(strict)) == ("lapsed", [])
    told = [finding.message for finding in case_findings(strict, on=AT.date()) if finding.field == "findings"]
    assert told == [
        "What the law says has changed since it was ticked: it is not published until a reviewer looks again."
    ]
    tick(strict, "term")
    assert [one["last_day"] for one in published(strict)] == [["2033-05-20", "2033-05-20"]]


def test_a_tick_of_something_that_no_longer_follows_is_gone(strict: Prisoner) -> None:
    ticked = tick(strict, "term")
    Decision.objects.all().delete()
    assert (offered(strict).gone, published(strict)) == ((ticked,), [])


def test_a_finding_from_a_fact_that_is_not_shown_cannot_be_published_and_says_which(strict: Prisoner) -> None:
    tick(strict, "term")
    Decision.objects.filter(outcome="upheld").update(is_public=False)
    (found,) = (one for one in offered(strict).offered if one.finding.document["kind"] == "term")
    assert (found.standing, [fact.words["en"] for fact in found.withheld]) == (
        Standing.WITHHELD,
        ["Appeal: upheld, 14 March 2022, Invented court"],
    )
    assert published(strict) == []


def test_a_hidden_fact_that_changes_nothing_does_not_keep_a_finding_from_the_public(strict: Prisoner) -> None:
    Stay.objects.filter(site__name_en="Invented SIZO").update(is_public=False)
    assert standings(strict)["term"] == "open"
    tick_of_public = offered(strict).of(of_kind(strict, "term").key)
    assert tick_of_public is not None
    FindingTick.objects.create(
        prisoner=strict,
        key=tick_of_public.finding.key,
        sha256=tick_of_public.finding.digest,
        ticked_by=User.objects.create(username="bob"),
        ticked_at=AT,
    )
    (document,) = published(strict)
    assert "Invented SIZO" not in str(document)


def test_a_hidden_release_makes_what_public_facts_say_untrue_so_nothing_is_published(strict: Prisoner) -> None:
    hidden = EventFactory(prisoner=strict, kind=EventKind.RELEASE.value, happened="2019-05-21", is_public=False)
    EventFactory(prisoner=strict, kind=EventKind.ARREST.value, happened="2020-05-21", is_public=False)
    assert standings(strict)["term"] == "withheld"
    Event.objects.filter(pk=hidden.pk).update(is_public=True)
    assert standings(strict)["term"] == "withheld"


def test_home_is_read_only_as_the_public_page_shows_it(strict: Prisoner) -> None:
    secret = PlaceFactory(name_en="Zatayne", name_uk="Затайне", latitude="45.5", longitude="33.5")
    strict.home, strict.home_is_public = secret, False
    strict.save()
    document = of_kind(strict, "distance").document
    assert document["says"]["en"] == (
        "Held about 1,016 km from the place of arrest, in a straight line: Simferopol – Tambov."
    )
    assert "Zatayne" not in str(findings_by_law(read_case(strict)))
    strict.home_is_public, strict.consent = True, "initials"
    strict.save()
    PlaceFactory(kind="region", name_en="Crimea", name_uk="Крим", latitude="45", longitude="34")
    rough = of_kind(strict, "distance").document
    assert rough["says"]["en"].endswith("from home, in a straight line: Crimea – Tambov.")
    assert "middle of a region" in str(of_kind(strict, "distance").document["working"])
    assert "Zatayne" not in str(findings_by_law(read_case(strict)))


def test_there_is_no_distance_once_the_person_is_free(strict: Prisoner) -> None:
    EventFactory(prisoner=strict, kind=EventKind.EXCHANGE.value, happened="2024-08-01")
    assert "distance" not in standings(strict)


def test_the_public_reading_has_no_row_that_is_not_shown(strict: Prisoner) -> None:
    Stay.objects.update(is_public=False)
    Decision.objects.filter(outcome="convicted").update(is_public=False)
    EventFactory(prisoner=strict, kind=EventKind.VISIT.value, happened="2020")
    case = read_public_case(strict)
    (trial,) = case.trials
    assert (list(case.prisoner.stays.all()), trial.sentences) == ([], {})
    assert [row.outcome for row in trial.decisions] == ["upheld"]
    assert [row.kind for row in case.prisoner.events.all()] == ["arrest"]


def test_many_cases_read_at_once_show_what_each_shows_read_alone(strict: Prisoner) -> None:
    Stay.objects.filter(site__name_en="Invented SIZO").update(is_public=False)
    Decision.objects.filter(outcome="upheld").update(is_public=False)
    EventFactory(prisoner=strict, kind=EventKind.VISIT.value, happened="2020")
    (many,) = read_cases(Prisoner.objects.filter(pk=strict.pk), shown_only=True)
    alone = read_public_case(strict)
    assert [list(one.prisoner.stays.all()) for one in (many, alone)] == [list(Stay.objects.filter(is_public=True))] * 2
    assert [one.digest for one in findings_by_law(many)] == [one.digest for one in findings_by_law(alone)]
    whole = read_case(strict)
    assert (hides_rows(whole), hides_rows(alone)) == (True, False)
    assert [one.standing for one in offered_findings(whole, shown_part=many).offered] == [
        one.standing for one in offered_findings(whole).offered
    ]


def test_a_withheld_day_in_a_finding_forbids_publication(strict: Prisoner) -> None:
    strict.born, strict.born_detail = "2032-05-20", "year"  # no birth date, but the same day as the computed one
    strict.save()
    tick(strict, "term")
    blocking = [finding for finding in case_findings(strict, on=AT.date()) if finding.blocks]
    assert "findings.0.says.en" in {finding.field for finding in blocking}


def test_taking_a_tick_back_closes_the_versions_that_show_the_finding(
    strict: Prisoner, approve: Callable[..., Published]
) -> None:
    ticked = tick(strict, "term")
    approve(strict, at=AT)
    ticked.delete()
    approve(strict, at=AT + dt.timedelta(days=1))
    first, second = PublishedVersion.objects.filter(key=strict.code).order_by("number")
    assert ("findings" in first.text, first.closed_at is not None, "findings" in second.text) == (False, True, False)


def test_a_version_stays_readable_when_a_tick_lapses_because_the_facts_moved_on(
    strict: Prisoner, approve: Callable[..., Published]
) -> None:
    tick(strict, "term")
    approve(strict, at=AT)
    sentence = strict.defendants.get().sentences.get()
    sentence.years = 15
    sentence.save()
    approve(strict, at=AT + dt.timedelta(days=1))
    first, second = PublishedVersion.objects.filter(key=strict.code).order_by("number")
    assert ("20 May 2032" in first.text, first.closed_at, "findings" in second.text) == (True, None, False)
    assert hashlib.sha256(first.text.encode()).hexdigest() == first.sha256


@dataclass(frozen=True)
class Line:
    label: str
    source: str
    verified: bool


@dataclass(frozen=True)
class Said:
    """An answer in words of its own, as another computation gives it."""

    key: str
    answer: str
    kind: str = "retroactive"
    law: tuple[Line, ...] = (Line("205.5(2): 10 to 20 years", "375-FZ", verified=True),)

    @property
    def from_facts(self) -> list[str]:
        return [gettext("Arrest")]

    @property
    def text(self) -> str:
        return gettext("Possibly")


def test_answers_in_words_of_their_own_become_findings_and_what_nobody_knows_is_none() -> None:
    (found,) = findings_from(
        [Said("retroactive:1", "possibly"), Said("retroactive:2", "unknown")], law_as_of="2026-11-26"
    )
    document = found.document
    assert (found.key, document["kind"], document["answer"]) == ("retroactive:1", "retroactive", "possibly")
    assert (document["says"], document["computed_from"]) == (
        {"en": "Possibly", "uk": "Можливо"},
        [{"en": "Arrest", "uk": "Арешт"}],
    )
    assert [(row["name"]["en"], row["verified"]) for row in document["law"]] == [
        ("205.5(2): 10 to 20 years, 375-FZ", True)
    ]
