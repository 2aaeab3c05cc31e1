"""The audit at the desk: who reads it, what it tells to whom, how it is searched, and how it leaves."""

import csv
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.actions.accounts import ADMINISTRATOR, GROUPS
from cases.enums import AuditAction
from cases.models import AuditEntry
from cases.queries import audit_search
from tests import factories
from tests.admin.conftest import SignIn
from tests.sign_in import signed_in

pytestmark = pytest.mark.django_db

SECRET = "Vyhadana Taiemna"


@pytest.fixture
def admin(sign_in: SignIn) -> Client:
    return sign_in(ADMINISTRATOR)


def page(client: Client, **wanted: Any) -> Any:
    return client.get(reverse("admin:audit"), wanted)


def numbers(answer: Any) -> list[int]:
    return [entry.number for entry, _address in answer.context["rows"]]


def append(**said: Any) -> AuditEntry:
    return AuditEntry.objects.append(said.pop("action", AuditAction.EXPORTED), **said)


# Who ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["audit", "audit-export"])
def test_a_stranger_is_sent_to_the_sign_in_page(name: str) -> None:
    for ask in (Client().get, Client().post):
        answer = ask(reverse(f"admin:{name}"))
        assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("admin:login"))


@pytest.mark.parametrize("group", GROUPS)
def test_the_audit_is_for_administrators_alone(sign_in: SignIn, group: str) -> None:
    client = sign_in(group)
    expected = 200 if group == ADMINISTRATOR else 403
    assert page(client).status_code == expected
    assert client.post(reverse("admin:audit-export")).status_code == expected
    assert (reverse("admin:audit") in client.get(reverse("admin:index")).content.decode()) == (expected == 200)


def test_reading_does_not_mean_taking_away() -> None:
    reader = factories.UserFactory()
    reader.user_permissions.add(Permission.objects.get(codename="view_auditentry"))
    client = signed_in(reader)
    answer = page(client)
    assert (answer.status_code, answer.context["may_export"]) == (200, False)
    assert client.post(reverse("admin:audit-export")).status_code == 403
    assert client.get(reverse("admin:audit-export")).status_code == 405


# What -----------------------------------------------------------------------------------------------------------


def test_an_entry_tells_who_what_which_record_and_each_field_before_and_after(admin: Client) -> None:
    prisoner = factories.case()
    decision = prisoner.defendants.get().proceeding.decisions.get()
    decision.outcome, decision.decided_on = "acquitted", "2020-05"
    decision.save()
    (entry, address) = page(admin).context["rows"][0]
    assert (entry.what, entry.record, entry.subject_id) == ("Changed", "Decision", decision.pk)
    told = {(one.label, one.after) for one in entry.fields}
    assert told >= {("Outcome", "Acquitted"), ("Decided on", "May 2020")}
    assert ("Outcome", "Convicted", "Acquitted") in [(one.label, one.before, one.after) for one in entry.fields]
    assert address == ""


def test_rows_of_a_case_lead_to_its_history_and_records_to_their_page(admin: Client) -> None:
    prisoner = factories.case()
    addresses = {entry.kind: address for entry, address in page(admin, case=prisoner.code).context["rows"]}
    assert addresses["stay"] == reverse("admin:cases_prisoner_history", args=[prisoner.pk])
    assert addresses["prisoner"] == reverse("admin:cases_prisoner_change", args=[prisoner.pk])
    assert admin.get(addresses["stay"]).status_code == 200


def test_sealed_values_are_told_as_sealed_and_nothing_else(admin: Client) -> None:
    prisoner = factories.case()
    prisoner.health = SECRET
    prisoner.save()
    answer = page(admin)
    (entry, _address) = answer.context["rows"][0]
    assert [(one.label, one.before, one.after) for one in entry.fields] == [("Health (private)", "", "sealed")]
    assert SECRET not in answer.content.decode()


def family(prisoner: Any) -> list[str]:
    """Change a family in every way; return what an administrator must not learn of it."""
    household = factories.HouseholdFactory(label=SECRET)
    household.prisoners.add(prisoner)
    relative = factories.RelativeFactory(household=household, full_name=SECRET, prisoner=prisoner, kinship="mother")
    need = factories.NeedFactory(household=household, amount="7361.00", currency="UAH", kind="medicine")
    need.amount = "7362.00"
    need.save()
    append(action=AuditAction.UNSEALED, subject=relative, payload={"reason": "calling about medicine"})
    return [household.code, "7361", "7362", "Mother", "calling about medicine", SECRET]


def test_of_families_an_administrator_learns_only_which_fields_changed(admin: Client) -> None:
    prisoner = factories.case()
    secrets = family(prisoner)
    for kind in ("household", "relative", "need"):
        answer = page(admin, kind=kind)
        content = answer.content.decode().split('<ol class="history">')[1]
        assert [one for one in secrets if one in content] == []
        assert all(entry.is_closed and not entry.fields and not entry.facts for entry, _a in answer.context["rows"])
    needs = page(admin, kind="need").context["rows"]
    assert needs[0][0].changed == ["Amount"]
    assert prisoner.code not in page(admin, kind="household").content.decode().split('<ol class="history">')[1]


def test_a_reason_that_may_not_be_read_cannot_be_searched_for(admin: Client) -> None:
    family(factories.case())
    mine = append(payload={"reason": "calling the printer"})
    assert numbers(page(admin, text="calling")) == [mine.number]


def test_families_are_closed_in_the_export_too(admin: Client) -> None:
    secrets = family(factories.case())
    rows = exported(admin)
    details = " ".join(row["details"] for row in rows if row["kind"] in ("household", "relative", "need"))
    assert [one for one in secrets if one in details] == []
    assert '{"fields":["amount"]}' in details


def test_an_erased_entry_says_so(admin: Client) -> None:
    entry = append(payload={"reason": SECRET})
    AuditEntry.objects.filter(pk=entry.pk).update(payload=None)
    answer = page(admin)
    assert "erased at lawful request" in answer.content.decode()
    assert SECRET not in answer.content.decode()


def test_what_somebody_wrote_into_an_entry_is_shown_as_text(admin: Client) -> None:
    append(payload={"reason": "<script>alert(1)</script>", "fields": "odd", "links": [1]})
    answer = page(admin)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


# Searching ------------------------------------------------------------------------------------------------------


def test_each_filter_finds_its_entries_and_no_others(admin: Client) -> None:
    alice = factories.UserFactory(username="alice")
    stay = factories.case().stays.get()
    old = datetime(2020, 5, 17, 12, tzinfo=UTC)
    by_alice = append(actor=alice)
    of_case = append(action=AuditAction.WITHDRAWN, case="7XK2VD")
    of_stay = append(action=AuditAction.UNSEALED, subject=stay, payload={"reason": "Дзвінок Родині"})
    long_ago = append(at=old)
    assert numbers(page(admin, who="alice")) == [by_alice.number]
    assert numbers(page(admin, action="withdrawn")) == [of_case.number]
    assert numbers(page(admin, case="7xk2vd")) == [of_case.number]
    assert numbers(page(admin, kind="stay", action="unsealed")) == [of_stay.number]
    assert numbers(page(admin, since="2020-05-17", until="2020-05-17")) == [long_ago.number]
    assert numbers(page(admin, until="2020-05-16")) == []
    assert numbers(page(admin, since="2099-01-01")) == []


def test_words_of_a_reason_are_found_in_either_case(admin: Client) -> None:
    entry = append(payload={"reason": "Дзвінок журналіста"})
    append(payload={"reason": "another"})
    assert numbers(page(admin, text="дзвінок")) == [entry.number]
    assert numbers(page(admin, text="ДЗВІНОК")) == [entry.number]


def test_a_wrong_value_is_told_beside_its_field_and_shows_no_entries(admin: Client) -> None:
    append()
    wrong = {
        "case": ("AEIOU", "A code is made of"),
        "action": ("flown", "Select a valid choice"),
        "kind": ("dragon", "Select a valid choice"),
        "since": ("yesterday", "Enter a valid date"),
        "text": ("\0", "Null characters are not allowed"),
    }
    for name, (value, message) in wrong.items():
        answer = page(admin, **{name: value})
        assert list(answer.context["form"].errors) == [name]
        assert message in answer.content.decode()
        assert "rows" not in answer.context
    answer = page(admin, since="2026-02-02", until="2026-02-01")
    assert list(answer.context["form"].errors) == ["until"]


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "１２", ""])
def test_a_page_that_is_none_is_the_newest_one(admin: Client, before: str) -> None:
    entry = append()
    assert numbers(page(admin, before=before))[0] == entry.number


def walk(client: Client, **wanted: Any) -> list[list[int]]:
    """Follow "older" to the end, and "newer" back again; return the pages of the way there."""
    there, query = [], ""
    answer = page(client, **wanted)
    while True:
        there.append(numbers(answer))
        query = answer.context["older"]
        if not query:
            break
        answer = client.get(f"{reverse('admin:audit')}?{query}")
    back = [numbers(answer)]
    while query := answer.context["newer"]:
        answer = client.get(f"{reverse('admin:audit')}?{query}")
        back.append(numbers(answer))
    assert sorted({one for shown in back for one in shown}) == sorted({one for shown in there for one in shown})
    return there


def test_older_and_newer_lead_through_everything_once(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_search, "SHOWN", 4)
    expected = [append(payload={"reason": "found"}).number for _one in range(9)][::-1]
    there = walk(admin, action="exported")
    assert [one for shown in there for one in shown] == expected
    assert max(map(len, there)) == 4


def test_a_search_for_words_goes_on_where_a_page_stopped_looking(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_search, "READ_THROUGH", 3)
    first = append(payload={"reason": "needle"})
    for _one in range(8):
        append(payload={"reason": "hay"})
    there = walk(admin, text="needle")
    assert [one for shown in there for one in shown] == [first.number]


def test_the_page_asks_as_often_for_many_entries_as_for_few(admin: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert page(admin).status_code == 200
        return len(asked)

    def change() -> None:
        stay = factories.case().stays.get()
        stay.site = factories.DetentionSiteFactory()
        stay.save()

    change()
    queries()
    few = queries()
    for _more in range(3):
        change()
    assert queries() == few


# Leaving --------------------------------------------------------------------------------------------------------


def exported(client: Client, **wanted: Any) -> list[dict[str, str]]:
    answer: Any = client.post(reverse("admin:audit-export", query=wanted) if wanted else reverse("admin:audit-export"))
    assert answer.streaming
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_an_export_holds_what_was_looked_for_and_itself(admin: Client) -> None:
    alice = factories.UserFactory(username="alice")
    mine = append(actor=alice, action=AuditAction.WITHDRAWN, case="7XK2VD", payload={"reason": "asked for"})
    (row,) = exported(admin, who="alice")
    assert (row["number"], row["account"], row["action"], row["case"]) == (
        str(mine.number),
        "alice",
        "withdrawn",
        "7XK2VD",
    )
    assert (row["details"], row["seal"]) == ('{"reason":"asked for"}', mine.seal)
    itself = AuditEntry.objects.first()
    assert itself is not None
    assert (itself.action, itself.payload) == ("exported", {"what": "audit", "filters": {"who": "alice"}})
    assert exported(admin)[-1]["number"] == str(itself.number + 1)


def test_no_cell_of_an_export_is_a_formula(admin: Client) -> None:
    alice = factories.UserFactory(username="+cmd@x")
    append(actor=alice, case="7XK2VD", payload={"reason": "=1+1"})
    row = next(row for row in exported(admin) if row["case"] == "7XK2VD")
    assert row["account"] == "'+cmd@x"
    assert not any(value.startswith(("=", "+", "-", "@")) for value in row.values())


def test_an_export_of_a_wrong_search_goes_back_to_the_form_and_is_no_export(admin: Client) -> None:
    answer = admin.post(f"{reverse('admin:audit-export')}?case=AEIOU")
    assert (answer.status_code, answer.url) == (302, f"{reverse('admin:audit')}?case=AEIOU")
    assert not AuditEntry.objects.filter(action="exported").exists()
