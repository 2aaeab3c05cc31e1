"""Partners' programs at the desk: the secret is shown once, and only Administrators see the page."""

import datetime as dt
import re

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from cases.actions import accounts
from cases.enums import Told
from cases.models import Webhook, WebhookEvent
from cases.publication.outbox import queue
from tests import factories
from tests.sign_in import signed_in

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:webhooks")
TYPED = {"name": "Archive", "address": "https://partner.example.org/hook", "followed": ""}
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]{44}")


@pytest.fixture
def head():
    cache.clear()
    accounts.ensure_groups()
    return signed_in(factories.UserFactory(username="head", group=accounts.ADMINISTRATOR))


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def hook(head):
    head.post(PAGE, TYPED)
    return Webhook.objects.get()


def test_a_secret_is_shown_once(head):
    answer = text(head.post(PAGE, TYPED))
    assert len(SECRET.findall(answer)) == 1
    assert SECRET.findall(text(head.get(PAGE))) == []
    assert "https://partner.example.org/hook" in text(head.get(PAGE))


@pytest.mark.parametrize(
    ("followed", "query"),
    [
        (
            "https://cases.example.org/uk/cases/?sex=male&ordering=-held&status=serving&cursor=x",
            "sex=male&status=serving",
        ),
        ("status=serving", "status=serving"),
        ("https://cases.example.org/en/cases/", ""),
    ],
)
def test_a_list_is_copied_from_the_browser(head, followed, query):
    head.post(PAGE, {**TYPED, "followed": followed})
    assert Webhook.objects.get().query == query


@pytest.mark.parametrize(
    "typed", [{"address": "http://partner.example.org/"}, {"followed": "colour=red"}, {"name": ""}]
)
def test_what_cannot_be_registered_is_said_on_the_page(head, typed):
    answer = head.post(PAGE, TYPED | typed)
    assert 'class="errorlist' in text(answer)
    assert Webhook.objects.count() == 0


def test_a_refused_address_is_told_beside_its_field(head):
    answer = BeautifulSoup(head.post(PAGE, TYPED | {"address": "http://partner.example.org/"}).content, "html5lib")
    row = answer.select_one("[name=address]").find_parent(class_="form-row")
    assert row.select_one(".errorlist").get_text(strip=True).startswith("Write an address that begins with https://")


def test_every_form_carries_its_token(head, hook):
    forms = BeautifulSoup(head.get(PAGE).content, "html5lib").select("main form, #content form")
    assert len(forms) == 2
    assert all(form.select_one("[name=csrfmiddlewaretoken]") for form in forms)


def test_buttons_try_pause_and_remove(head, hook):
    head.post(PAGE, {"test": hook.pk})
    assert [(event.kind, event.code) for event in WebhookEvent.objects.all()] == [("test", "")]
    head.post(PAGE, {"pause": hook.pk})
    assert Webhook.objects.get().is_active is False
    head.post(PAGE, {"resume": hook.pk})
    assert Webhook.objects.get().is_active is True
    head.post(PAGE, {"remove": hook.pk})
    assert Webhook.objects.count() == 0
    assert head.post(PAGE, {"remove": hook.pk}).status_code == 404


def test_the_first_page_tells_of_a_partner_who_does_not_take_what_it_is_told(head, hook):
    assert "does not take what it is told" not in text(head.get("/desk/"))
    queue(Told.PUBLISHED, "K7Q4M2", [hook.pk], version=1, at=timezone.now() - dt.timedelta(hours=2))
    assert "1 does not take what it is told" in text(head.get("/desk/"))
    shown = text(head.get(PAGE))
    assert "Case published K7Q4M2" in shown
    assert "1 message waits." in shown


def test_nobody_else_sees_the_page_or_the_way_to_it(head):
    other = signed_in(factories.UserFactory(username="other", group=accounts.REVIEWER))
    assert other.get(PAGE).status_code == 403
    assert PAGE not in text(other.get("/desk/"))


def test_the_page_asks_again_who_is_there(head):
    idle = signed_in(factories.UserFactory(username="idle", group=accounts.ADMINISTRATOR), confirmed=False)
    assert idle.get(PAGE).url.startswith("/desk/confirm/")
