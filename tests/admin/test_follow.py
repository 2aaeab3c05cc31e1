"""The pages on which readers follow a list: nobody is known, no cookie is set, and no address is told apart."""

import html5lib
import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory

from cases.actions.digests import send_questions
from cases.actions.following import confirm_following
from cases.admin.follow import network_of
from cases.models import Follower
from cases.views.presentation.letters import question
from tests.actions.test_following import NOON, secret_in

pytestmark = pytest.mark.django_db

FOLLOW = "/en/follow/?sex=male"
TYPED = {"address": "reader@example.org", "frequency": "daily"}


@pytest.fixture(autouse=True)
def sending(settings):
    cache.clear()
    settings.FOLLOWS, settings.SITE_URL = True, "https://cases.example.org"
    settings.DEFAULT_FROM_EMAIL = "news@example.org"
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def reader():
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def secret(reader):
    reader.post(FOLLOW, TYPED)
    send_questions(mail.get_connection(), question, at=NOON)
    return secret_in(mail.outbox.pop())


def shown(response):
    text = response.content.decode()
    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    assert response.cookies == {}
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    return BeautifulSoup(text, "html5lib")


def heading(response):
    return shown(response).h1.text


def test_the_list_leads_to_its_form_and_the_form_names_the_list(reader):
    page = BeautifulSoup(reader.get("/en/cases/?ordering=-held&sex=male").content, "html5lib")
    assert page.select_one(f'a[href="{FOLLOW}"]').text == "Get an e-mail when this list changes"
    form = shown(reader.get(FOLLOW))
    assert (form.h1.text, form.select_one("header strong").text) == (
        "Get an e-mail when this list changes",
        "Sex: Male",
    )
    assert form.select_one("form.follow")["action"] == FOLLOW


def test_asking_is_answered_the_same_for_every_address(reader, secret):
    confirm_following(secret, at=NOON)
    known, unknown = reader.post(FOLLOW, TYPED), reader.post(FOLLOW, {**TYPED, "address": "nobody@example.org"})
    assert (known.status_code, known["Location"], known.headers) == (
        unknown.status_code,
        unknown["Location"],
        unknown.headers,
    )
    assert heading(reader.get(known["Location"])) == "Look into your mailbox"


@pytest.mark.parametrize("typed", [{**TYPED, "address": "reader"}, {**TYPED, "frequency": "hourly"}, {}])
def test_what_is_typed_wrongly_is_said_beside_its_box(reader, typed):
    response = reader.post(FOLLOW, typed)
    assert response.status_code == 400
    page = shown(response)
    assert page.select("[aria-invalid]") != []
    assert [one.text for one in page.select(".problems li")] == [
        f"{box.label.text} {box.select_one('.error').text}" for box in page.select(".field:has(.error)")
    ]
    assert Follower.objects.count() == 0


def test_a_list_that_is_none_leads_back_to_its_errors(reader):
    response = reader.get("/en/follow/?status=nonsense")
    assert (response.status_code, response["Location"]) == (302, "/en/cases/?status=nonsense")


def test_opening_the_link_confirms_nothing_until_its_button_is_pressed(reader, secret):
    address = f"/en/follow/{secret}/confirm/"
    assert heading(reader.get(address)) == "Get an e-mail when this list changes?"
    assert Follower.objects.get().confirmed_on is None
    confirmed = shown(reader.post(address))
    assert confirmed.h1.text == "You will get an e-mail when the list changes"
    assert confirmed.select_one("header strong").text == "Sex: Male"
    assert confirmed.select_one("main a.action").get("href") == "/en/cases/?sex=male"
    assert Follower.objects.get().confirmed_on == NOON.date()


def test_a_list_that_cannot_be_shown_any_more_is_not_called_all_cases(reader, secret):
    Follower.objects.update(query="site=closed-long-ago")
    told = shown(reader.get(f"/en/follow/{secret}/confirm/")).select_one("header strong").text
    assert told == "A list that cannot be shown any more: something that it asks for is no longer published"


def test_one_click_of_a_mail_program_leaves(reader, secret):
    address = f"/en/follow/{secret}/leave/"
    assert heading(reader.get(address)) == "Stop these e-mails?"
    assert Follower.objects.count() == 1
    response = reader.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert (response.status_code, Follower.objects.count()) == (200, 0)
    assert heading(reader.post(address)) == "You will get no more of these e-mails"
    assert reader.get(f"/en/follow/{secret}/confirm/").status_code == 410


def test_a_search_brings_no_link_and_no_line_of_its_own_into_somebody_elses_mailbox(reader):
    reader.post("/en/follow/?q=Visit+http://evil.example/now%0a%0aat+205.5(2)+" + "x" * 50, TYPED)
    send_questions(mail.get_connection(), question, at=NOON)

    said = next(line for line in mail.outbox.pop().body.splitlines() if line.startswith("Name, place or article: "))
    assert said == "Name, place or article: Visit httpevilexamplenow at 205.5(2) " + "x" * 23


def test_many_questions_from_one_network_are_refused(reader):
    for number in range(20):
        reader.post(FOLLOW, {**TYPED, "address": f"a{number}@example.org"}, REMOTE_ADDR=f"192.0.2.{number}")
    response = reader.post(FOLLOW, TYPED, REMOTE_ADDR="192.0.2.99")
    assert (response.status_code, Follower.objects.count()) == (429, 20)
    assert heading(response) == "Too many questions from your network"
    assert reader.post(FOLLOW, TYPED, REMOTE_ADDR="198.51.100.1").status_code == 302


@pytest.mark.parametrize(
    ("address", "network"), [("192.0.2.77", "192.0.2.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48"), ("", "unknown")]
)
def test_a_network_is_a_neighbourhood_of_addresses(address, network):
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def test_where_nothing_can_be_sent_nothing_is_offered(reader, settings):
    settings.FOLLOWS = False
    assert reader.get(FOLLOW).status_code == 404
    assert b"/follow/" not in reader.get("/en/cases/").content


def test_the_public_site_leads_to_where_addresses_are_kept(reader, settings):
    settings.FOLLOWS, settings.FOLLOW_URL = False, "https://follow.example.org"
    assert b'href="https://follow.example.org/en/follow/?sex=male"' in reader.get("/en/cases/?sex=male").content
