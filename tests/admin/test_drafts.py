"""Text that was typed and not saved: kept sealed for its author alone, taken up again on top of what is saved now."""

import datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from cases.actions.accounts import GROUPS, RESEARCHER, REVIEWER
from cases.actions.drafts import forget_drafts_of
from cases.models import FormDraft, Prisoner, Proceeding
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.forms import filled
from tests.sign_in import signed_in

pytestmark = pytest.mark.django_db

TYPED = "Typed and not saved: the neighbour saw it"
ADD = "/desk/cases/prisoner/add/"


@pytest.fixture
def prisoner() -> Prisoner:
    return factories.case()


@pytest.fixture
def address(prisoner: Prisoner) -> str:
    return reverse("admin:cases_prisoner_change", args=[prisoner.pk])


def account_of(client: Client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


def keep(client: Client, address: str, boxes: dict[str, Any], **more: Any) -> Any:
    """Keep a draft as the script does: the whole form with `boxes` changed."""
    data = filled(client, address, boxes)
    return client.post(address, {**data, "_draft": "keep", "_account": account_of(client).pk, **more})


def notices(page: Any) -> list[str]:
    return [draft.window for draft in page.context["sitting"].drafts]


def take_up(client: Client, address: str) -> Any:
    (window,) = notices(client.get(address))
    return client.get(address, {"_draft": window})


def test_what_is_kept_is_offered_when_the_form_is_opened_again(researcher: Client, address: str) -> None:
    answer = keep(researcher, address, {"summary_en": TYPED})
    assert answer.json()["kept"]
    page = researcher.get(address)
    assert len(notices(page)) == 1
    text = page.content.decode()
    assert "that was not saved" in text
    assert TYPED not in text
    assert Prisoner.objects.get().summary_en == "An invented teacher."


def test_it_is_taken_up_without_being_saved_and_without_errors_then_saved(
    researcher: Client, address: str, prisoner: Prisoner
) -> None:
    keep(researcher, address, {"summary_en": TYPED, "born": "the other day", "stays-0-started": "2019"})
    page = take_up(researcher, address)
    form = page.context["adminform"].form
    text = page.content.decode()
    assert (form["summary_en"].value(), form["born"].value()) == (TYPED, "the other day")
    assert not page.context["errors"]
    assert "errorlist" not in text
    assert "It is not saved yet" in text
    assert '<details class="row" open' in text
    prisoner.refresh_from_db()
    assert (prisoner.summary_en, str(prisoner.stays.get().started)) == ("An invented teacher.", "2018-05-21")
    assert FormDraft.objects.count() == 1
    data = shown(page) | {"born": "1981"}
    assert researcher.post(address, data).status_code == 302
    prisoner.refresh_from_db()
    assert (prisoner.summary_en, str(prisoner.stays.get().started)) == (TYPED, "2019")
    assert not FormDraft.objects.exists()


def shown(page: Any) -> dict[str, Any]:
    """Return what a browser would send from a page that is open."""

    class Shown:
        def get(self, _address: str) -> Any:
            return page

    return filled(Shown(), "")  # type: ignore[arg-type]


def test_looking_at_a_draft_that_could_be_saved_saves_nothing(
    researcher: Client, address: str, prisoner: Prisoner
) -> None:
    keep(researcher, address, {"summary_en": TYPED})
    histories = prisoner.history.count()
    assert take_up(researcher, address).status_code == 200
    prisoner.refresh_from_db()
    assert (prisoner.summary_en, prisoner.history.count()) == ("An invented teacher.", histories)


def test_a_draft_of_a_new_case_is_taken_up_with_its_rows(researcher: Client) -> None:
    boxes = {"summary_en": TYPED, "names-0-text": "Vyhadan Novyi", "names-0-language": "en"}
    boxes |= {"stays-TOTAL_FORMS": 1, "stays-0-kind": "site", "stays-0-started": "2018"}
    assert keep(researcher, ADD, boxes).json()["kept"]
    page = take_up(researcher, ADD)
    data = shown(page)
    assert (data["summary_en"], data["names-0-text"], data["stays-0-started"]) == (TYPED, "Vyhadan Novyi", "2018")
    assert not Prisoner.objects.exists()
    answer = researcher.post(ADD, data | {"stays-0-site": factories.DetentionSiteFactory().pk})
    assert answer.status_code == 302
    assert Prisoner.objects.get().names.get().text == "Vyhadan Novyi"
    assert not FormDraft.objects.exists()


def test_a_proceeding_begun_for_one_person_is_not_offered_for_another(researcher: Client, prisoner: Prisoner) -> None:
    other = factories.case("Taras Vydumanyi")
    add = reverse("admin:cases_proceeding_add")
    keep(researcher, f"{add}?prisoner={prisoner.pk}", {"title_en": TYPED})
    assert len(notices(researcher.get(f"{add}?prisoner={prisoner.pk}"))) == 1
    assert notices(researcher.get(f"{add}?prisoner={other.pk}")) == []
    window = FormDraft.objects.get().window
    page = researcher.get(f"{add}?prisoner={prisoner.pk}&_draft={window}")
    assert page.context["adminform"].form["title_en"].value() == TYPED


def test_rows_in_rows_are_taken_up(researcher: Client, prisoner: Prisoner) -> None:
    proceeding: Proceeding = prisoner.defendants.get().proceeding
    address = reverse("admin:cases_proceeding_change", args=[proceeding.pk])
    keep(researcher, address, {"decisions-0-sentences-0-term": "many"})
    data = shown(take_up(researcher, address))
    assert data["decisions-0-sentences-0-term"] == "many"
    assert proceeding.decisions.get().sentences.get().years == 14


def test_a_draft_comes_back_on_top_of_what_others_saved_since(
    sign_in: SignIn, researcher: Client, address: str, prisoner: Prisoner
) -> None:
    keep(researcher, address, {"summary_en": TYPED})
    other = sign_in(REVIEWER)
    other.post(address, filled(other, address, {"sex": "female", "events-0-DELETE": "on"}))
    data = shown(take_up(researcher, address))
    assert (data["summary_en"], data["sex"], data["events-TOTAL_FORMS"]) == (TYPED, "female", "0")
    assert researcher.post(address, data).status_code == 302
    prisoner.refresh_from_db()
    assert (prisoner.summary_en, prisoner.sex, prisoner.events.count()) == (TYPED, "female", 0)


def test_a_draft_that_others_wrote_over_leads_to_the_merge_page(
    sign_in: SignIn, researcher: Client, address: str, prisoner: Prisoner
) -> None:
    keep(researcher, address, {"summary_en": TYPED})
    other = sign_in(REVIEWER)
    other.post(address, filled(other, address, {"summary_en": "Theirs."}))
    page = take_up(researcher, address)
    (conflict,) = page.context["merged"].conflicts
    assert (conflict.opened, conflict.theirs, conflict.mine) == ("An invented teacher.", "Theirs.", TYPED)
    sitting = page.context["sitting"]
    data = {
        "_version": sitting.version,
        "_window": sitting.window.key,
        "_merge": "1",
        f"_choice-{conflict.key}": "mine",
    }
    assert researcher.post(address, data).status_code == 302
    prisoner.refresh_from_db()
    assert prisoner.summary_en == TYPED


def test_each_window_keeps_its_own_and_saving_one_leaves_the_other(researcher: Client, address: str) -> None:
    keep(researcher, address, {"summary_en": TYPED})
    data = filled(researcher, address, {"sex": "female"})
    assert researcher.post(address, {**data, "_draft": "keep", "_account": account_of(researcher).pk}).json()["kept"]
    assert FormDraft.objects.count() == 2
    assert researcher.post(address, data).status_code == 302
    assert TYPED in FormDraft.objects.get().payload.open()


def test_a_draft_is_thrown_away_by_its_author(researcher: Client, address: str) -> None:
    keep(researcher, address, {"summary_en": TYPED})
    (window,) = notices(researcher.get(address))
    assert researcher.post(address, {"_draft": "discard", "_window": window}).status_code == 302
    assert not FormDraft.objects.exists()


# Whose it is ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", [*GROUPS, "superuser"])
def test_nobody_else_reads_or_throws_away_a_draft(
    sign_in: SignIn, researcher: Client, address: str, group: str
) -> None:
    keep(researcher, address, {"summary_en": TYPED})
    window = FormDraft.objects.get().window
    other = Client() if group == "superuser" else sign_in(group)
    if group == "superuser":
        signed_in(User.objects.create_superuser("root"), other)
    pages = [other.get(address), other.get(address, {"_draft": window}, follow=True)]
    # What they asked for themselves stands in the box that changes the language.
    texts = [page.content.decode().replace(page.wsgi_request.get_full_path(), "") for page in pages]
    assert all(TYPED not in text and window not in text for text in texts)
    other.post(address, {"_draft": "discard", "_window": window})
    merge = other.post(address, {"_merge": "1", "_window": window, "_version": ""}, follow=True)
    assert TYPED not in merge.content.decode()
    assert TYPED in FormDraft.objects.get().payload.open()


def test_a_stranger_keeps_and_reads_nothing(researcher: Client, address: str) -> None:
    keep(researcher, address, {"summary_en": TYPED})
    window = FormDraft.objects.get().window
    stranger = Client()
    for answer in (
        stranger.get(address, {"_draft": window}),
        stranger.post(address, {"_draft": "keep", "_window": "x", "summary_en": "x"}),
        stranger.post(address, {"_draft": "discard", "_window": window}),
    ):
        assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("admin:login"))
    assert FormDraft.objects.count() == 1


@pytest.mark.parametrize("group", [group for group in GROUPS if group not in (RESEARCHER, REVIEWER)])
def test_whoever_may_not_change_a_record_keeps_no_draft_of_it(sign_in: SignIn, address: str, group: str) -> None:
    client = sign_in(group)
    data = {"_draft": "keep", "_window": "x", "_account": account_of(client).pk, "summary_en": TYPED}
    assert client.post(address, data).status_code == 403
    assert not FormDraft.objects.exists()


def test_text_of_one_account_is_not_kept_for_another_that_signed_in_meanwhile(
    sign_in: SignIn, researcher: Client, address: str
) -> None:
    data = filled(researcher, address, {"summary_en": TYPED, "_draft": "keep", "_account": account_of(researcher).pk})
    assert sign_in(RESEARCHER).post(address, data).status_code == 409
    assert not FormDraft.objects.exists()


def test_the_table_holds_no_word_of_what_was_typed(researcher: Client, address: str) -> None:
    keep(researcher, address, {"summary_en": TYPED, "health": TYPED})
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_formdraft")
        (row,) = cursor.fetchall()
    stored = " ".join(str(value) for value in row)
    assert not any(word in stored for word in TYPED.split() if len(word) > 4)


def test_a_draft_survives_signing_out_and_in(researcher: Client, address: str) -> None:
    account = account_of(researcher)
    keep(researcher, address, {"summary_en": TYPED})
    researcher.logout()
    assert researcher.get(address).status_code == 302
    signed_in(account, researcher)
    assert shown(take_up(researcher, address))["summary_en"] == TYPED


def test_a_form_sent_after_the_session_ended_is_there_as_it_was_last_kept(researcher: Client, address: str) -> None:
    account = account_of(researcher)
    keep(researcher, address, {"summary_en": TYPED})
    data = filled(researcher, address, {"summary_en": TYPED})
    researcher.session.delete()
    assert researcher.post(address, data).url.startswith(reverse("admin:login"))
    signed_in(account, researcher)
    assert shown(take_up(researcher, address))["summary_en"] == TYPED


# Sealed text ------------------------------------------------------------------------------------------------------


def test_a_draft_shows_no_sealed_text_that_was_copied_into_it_while_the_record_was_open(
    researcher: Client, address: str, prisoner: Prisoner
) -> None:
    prisoner.health = "A secret of the physician"
    prisoner.save()
    keep(researcher, address, {"health": "A secret of the physician, and more", "summary_en": TYPED})
    page = take_up(researcher, address)
    assert page.context["adminform"].form["summary_en"].value() == TYPED
    assert "secret of the physician" not in page.content.decode()


def test_a_draft_without_a_sealed_text_shows_the_stored_one_where_it_is_open_and_keeps_it(
    researcher: Client, address: str, prisoner: Prisoner
) -> None:
    prisoner.health, prisoner.assigned_to = "A secret of the physician", account_of(researcher)
    prisoner.save()
    keep(researcher, address, {"summary_en": TYPED})
    assert "physician" not in FormDraft.objects.get().payload.open()
    opened = reverse("admin:unseal", args=["prisoner", prisoner.pk])
    assert researcher.post(opened, {"reason": "the lawyer asks for it"}).status_code == 302
    data = shown(take_up(researcher, address))
    assert (data["summary_en"], data["health"]) == (TYPED, "A secret of the physician")
    assert researcher.post(address, data).status_code == 302
    prisoner.refresh_from_db()
    assert (prisoner.summary_en, prisoner.health.open()) == (TYPED, "A secret of the physician")


def test_sealed_text_sent_after_the_seal_closed_is_kept_as_a_draft(
    researcher: Client, address: str, prisoner: Prisoner
) -> None:
    prisoner.health = "Sealed"
    prisoner.save()
    answer = researcher.post(address, filled(researcher, address, {"health": "Typed while open", "sex": "female"}))
    assert answer.status_code == 302
    prisoner.refresh_from_db()
    assert (prisoner.health.open(), prisoner.sex) == ("Sealed", "female")
    assert "Typed while open" in FormDraft.objects.get().payload.open()
    assert any("Not saved, because it is sealed" in str(message) for message in answer.wsgi_request._messages)


# Limits -----------------------------------------------------------------------------------------------------------


def test_a_draft_has_a_greatest_size(researcher: Client, address: str, settings: Any) -> None:
    settings.DRAFT_MOST_BYTES = 5000
    answer = keep(researcher, address, {"summary_en": "x" * 6000})
    assert (answer.status_code, answer.json()["kept"]) == (413, False)
    assert "save it now" in answer.json()["why"]
    assert not FormDraft.objects.exists()


def test_a_form_that_was_sent_is_kept_for_merging_whatever_its_size(
    sign_in: SignIn, researcher: Client, address: str, settings: Any
) -> None:
    settings.DRAFT_MOST_BYTES = 10
    mine = filled(researcher, address, {"summary_en": TYPED})
    other = sign_in(REVIEWER)
    other.post(address, filled(other, address, {"summary_en": "Theirs."}))
    assert researcher.post(address, mine).context["merged"].conflicts
    assert TYPED in FormDraft.objects.get().payload.open()


def test_one_form_keeps_twenty_windows_and_the_oldest_go(researcher: Client, address: str) -> None:
    data = {**filled(researcher, address), "_draft": "keep", "_account": account_of(researcher).pk}
    for number in range(22):
        answer = researcher.post(address, {**data, "summary_en": str(number), "_window": f"window{number}"})
        assert answer.json()["kept"]
    assert {draft.window for draft in FormDraft.objects.all()} == {f"window{number}" for number in range(2, 22)}


def test_drafts_expire_after_the_days_of_the_setting(researcher: Client, address: str) -> None:
    keep(researcher, address, {"summary_en": TYPED})
    kept_at = FormDraft.objects.get().updated_at
    assert not FormDraft.objects.expired(kept_at + datetime.timedelta(days=7)).exists()
    assert FormDraft.objects.expired(kept_at + datetime.timedelta(days=7, seconds=1)).count() == 1


def test_an_erasure_forgets_every_draft_of_the_record_and_no_other(
    sign_in: SignIn, researcher: Client, address: str, prisoner: Prisoner
) -> None:
    other = factories.case("Taras Vydumanyi")
    elsewhere = reverse("admin:cases_prisoner_change", args=[other.pk])
    begun = f"{reverse('admin:cases_proceeding_add')}?prisoner={prisoner.pk}"
    for client in (researcher, sign_in(REVIEWER)):
        for place in (address, elsewhere):
            keep(client, place, {"summary_en": TYPED})
        for place in (begun, f"{begun}&title_uk=1", f"{begun}&kind=criminal"):
            keep(client, place, {"title_en": TYPED})
    assert forget_drafts_of(prisoner) == 8
    assert {draft.object_id for draft in FormDraft.objects.all()} == {other.pk}


def test_a_notice_costs_no_query_for_each_draft(researcher: Client, address: str) -> None:
    with time_machine.travel("2026-11-22", tick=False):
        keep(researcher, address, {"summary_en": "1"})
        few = len(researcher.get(address).context["sitting"].drafts)
        keep(researcher, address, {"summary_en": "2"})
        more = researcher.get(address).context["sitting"].drafts
    assert (few, len(more)) == (1, 2)
    assert "payload" in more[0].get_deferred_fields()
