"""The legal clock of a case at the desk, and the buttons by which a reviewer lets a finding be published."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cases.actions.accounts import RESEARCHER
from cases.actions.review import submit
from cases.models import Decision, FindingTick, Prisoner
from tests.factories import UserFactory
from tests.legal_world import fourteen_years

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def at_noon():
    with time_machine.travel(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def strict(reviewer: Client) -> Prisoner:
    return fourteen_years()


def law_page(prisoner: Prisoner) -> str:
    return reverse("admin:cases_prisoner_law", args=[prisoner.pk])


def read(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html5lib")


def words(element) -> str:
    return " ".join(element.get_text(" ").split())


def press(client: Client, page: BeautifulSoup, do: str, number: int = 0):
    """Press the button of a finding as a browser does."""
    form = [one for one in page.select("#law form") if one.select_one(f"button[value={do}]")][number]
    boxes = {one["name"]: one["value"] for one in form.select("input") if one["name"] != "csrfmiddlewaretoken"}
    return client.post(form["action"], {**boxes, "do": do})


def test_the_clock_tells_the_last_day_what_is_left_and_the_working(strict: Prisoner, reviewer: Client) -> None:
    page = read(reviewer, law_page(strict))
    clock = words(page.select_one("section[aria-labelledby=clock-title]"))
    assert "14 years: last day 20 May 2032. 2,006 days are left." in clock
    assert "Legal data awaiting review. This is not legal advice." in clock
    assert "last day 13 July 2018, 54 days: a day counts for a day; 54 days are taken off." in clock
    form = read(reviewer, reverse("admin:cases_prisoner_change", args=[strict.pk]))
    assert words(form.select_one("#clock")) == "The legal clock 14 years: last day 20 May 2032. 2,006 days are left."


def test_the_clock_says_which_fact_is_missing(strict: Prisoner, reviewer: Client) -> None:
    Decision.objects.filter(outcome="upheld").delete()
    form = read(reviewer, reverse("admin:cases_prisoner_change", args=[strict.pk]))
    assert words(form.select_one("#clock")) == (
        "The legal clock The term cannot be counted yet. The day the sentence entered force is not recorded."
    )


def test_a_reviewer_ticks_and_takes_back_from_the_page_of_the_case(strict: Prisoner, reviewer: Client) -> None:
    answer = press(reviewer, read(reviewer, law_page(strict)), "tick")
    assert (answer.status_code, answer.url) == (302, f"{law_page(strict)}#law")
    ticked = FindingTick.objects.get()
    assert ticked.key.startswith("term:")
    preview = read(reviewer, reverse("admin:cases_prisoner_preview", args=[strict.pk]) + "?language=en")
    assert "the last day of the term of 14 years is 20 May 2032" in words(preview.select_one("#law"))
    press(reviewer, read(reviewer, law_page(strict)), "untick")
    assert FindingTick.objects.count() == 0


def test_from_the_page_of_a_submission_one_comes_back_to_it_and_its_difference_shows_the_finding(
    strict: Prisoner, reviewer: Client, settings
) -> None:
    author = UserFactory(group=RESEARCHER)
    waiting = submit(author, strict, at=dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC))
    page = reverse("admin:submission", args=[waiting.pk])
    answer = press(reviewer, read(reviewer, page), "tick")
    assert answer.url == f"{page}#law"
    changes = {change.key: change for change in reviewer.get(page).context["changes"]}
    assert changes["findings.0"].after.startswith("Term of imprisonment\nin English: By the captor’s own law")
    assert not reviewer.get(page).context["is_stale"]


def test_who_may_not_tick_reads_and_sees_no_button(strict: Prisoner, researcher: Client) -> None:
    page = read(researcher, law_page(strict))
    assert page.select("#law form") == []
    assert len(page.select("#law article")) == 4
    refused = researcher.post(reverse("admin:tick-finding", args=[strict.pk]), {"do": "tick", "key": "distance"})
    assert (refused.status_code, FindingTick.objects.count()) == (403, 0)


def test_a_tick_is_posted_and_what_is_no_tick_does_nothing(strict: Prisoner, reviewer: Client) -> None:
    address = reverse("admin:tick-finding", args=[strict.pk])
    assert reviewer.get(address).status_code == 405
    assert reviewer.post(address, {"do": "publish", "key": "distance", "back": "x"}).status_code == 302
    stale = reviewer.post(address, {"do": "tick", "key": "distance", "seen": "0" * 64}, follow=True)
    assert "It says something else by now" in stale.content.decode()
    assert FindingTick.objects.count() == 0


def test_what_follows_from_a_hidden_fact_has_no_button_and_names_the_fact(strict: Prisoner, reviewer: Client) -> None:
    Decision.objects.filter(outcome="upheld").update(is_public=False)
    article = read(reviewer, law_page(strict)).select_one("#law article")
    assert article.select("form") == []
    assert "Not shown: Appeal: upheld, 14 March 2022, Invented court" in words(article)


def test_a_lapsed_tick_is_an_alarm_and_asks_to_be_looked_at_again(strict: Prisoner, reviewer: Client) -> None:
    press(reviewer, read(reviewer, law_page(strict)), "tick")
    sentence = strict.defendants.get().sentences.get()
    sentence.years = 15
    sentence.save()
    article = words(read(reviewer, law_page(strict)).select_one("#law article"))
    assert "It says something else since" in article
    alarms = read(reviewer, reverse("admin:index")).select_one("#alarms")
    assert "What the law says has changed since it was ticked: look at it again." in words(alarms)
    assert f"{law_page(strict)}#law" in {link["href"] for link in alarms.select("a")}
    assert User.objects.filter(finding_ticks__isnull=False).count() == 1
