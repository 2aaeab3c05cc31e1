"""The language of the desk is kept in the session, and the public side never learns of it."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from tests import factories

pytestmark = pytest.mark.django_db

CHOOSE = "admin:choose-language"


def test_the_desk_speaks_the_language_that_was_chosen(researcher: Client) -> None:
    back = reverse("admin:cases_prisoner_changelist")
    answer = researcher.post(reverse(CHOOSE), {"language": "uk", "back": back})
    assert (answer.status_code, answer.url) == (302, back)
    page = researcher.get(back)
    assert '<html lang="uk"' in page.content.decode()
    assert page.headers["Content-Language"] == "uk"
    assert 'value="en"' in page.content.decode()


def test_the_browser_decides_until_something_is_chosen(researcher: Client) -> None:
    page = researcher.get(reverse("admin:index"), headers={"accept-language": "uk"})
    assert '<html lang="uk"' in page.content.decode()


def test_no_cookie_but_the_session_is_set_and_the_public_side_sees_none(researcher: Client) -> None:
    answer = researcher.post(reverse(CHOOSE), {"language": "uk"})
    assert {name: cookie["path"] for name, cookie in answer.cookies.items()} == {"sessionid": "/desk/"}
    public = researcher.get("/", headers={"accept-language": "en"})
    assert (public.url, dict(public.cookies)) == ("/en/", {})


@pytest.mark.parametrize("back", ["https://elsewhere.example/desk/", "//elsewhere.example", "/en/", ""])
def test_the_way_back_stays_at_the_desk(researcher: Client, back: str) -> None:
    answer = researcher.post(reverse(CHOOSE), {"language": "uk", "back": back})
    assert answer.url == reverse("admin:index")


def test_an_unknown_language_changes_nothing(researcher: Client) -> None:
    researcher.post(reverse(CHOOSE), {"language": "xx"})
    assert '<html lang="en' in researcher.get(reverse("admin:index")).content.decode()


def test_looking_does_not_choose(researcher: Client) -> None:
    assert researcher.get(reverse(CHOOSE), {"language": "uk"}).status_code == 405


def test_a_stranger_chooses_in_the_address_and_stays_with_it_inside(db: None) -> None:
    client, maryna = Client(), factories.UserFactory(username="maryna", password="long enough to be one", is_staff=True)
    page = client.get(reverse("admin:login"), {"next": "/desk/audit/"}, headers={"accept-language": "en"})
    assert 'href="?next=%2Fdesk%2Faudit%2F&amp;language=uk"' in page.content.decode()
    address = f"{reverse('admin:login')}?next=%2Fdesk%2Faudit%2F&language=uk"
    page = client.get(address, headers={"accept-language": "en"})
    assert '<html lang="uk"' in page.content.decode()
    answer = client.post(address, {"login": maryna.username, "password": "long enough to be one"})
    assert answer.status_code == 302
    inside = client.get(answer.url, headers={"accept-language": "en"}, follow=True)
    assert '<html lang="uk"' in inside.content.decode()


@pytest.mark.parametrize("language", ["xx", "", "../uk"])
def test_a_language_in_the_address_that_is_none_is_left_alone(db: None, language: str) -> None:
    page = Client().get(reverse("admin:login"), {"language": language}, headers={"accept-language": "en"})
    assert (page.status_code, '<html lang="en"' in page.content.decode()) == (200, True)


def test_a_moment_is_written_alike_in_both_languages() -> None:
    moment = datetime(2026, 11, 26, 2, 14, tzinfo=UTC)
    shown = {}
    for language in ("en", "uk"):
        with translation.override(language):
            shown[language] = (date_format(moment, "DATE_FORMAT"), date_format(moment, "DATETIME_FORMAT"))
    assert shown == {
        "en": ("26 November 2026", "26 November 2026, 02:14"),
        "uk": ("26 листопада 2026", "26 листопада 2026, 02:14"),
    }
