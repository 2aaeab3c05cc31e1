"""Taking cases out of the desk: few may, nothing sealed comes along, and the audit knows it first."""

import csv
import io

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cases.actions.accounts import ADMINISTRATOR, ANALYST, GROUPS, RESEARCHER, REVIEWER, SUPPORT, ensure_groups
from cases.enums import AuditAction
from cases.models import AuditEntry, Prisoner
from cases.queries.case_lines import COLUMNS, headings
from tests import factories
from tests.admin.conftest import SignIn
from tests.sign_in import signed_in

pytestmark = pytest.mark.django_db

SEALED = "invented secret"
MAY = {RESEARCHER: False, REVIEWER: True, SUPPORT: False, ANALYST: True, ADMINISTRATOR: False}


def lines(client: Client, **asked: str) -> list[dict[str, str]]:
    answer = client.post(reverse("admin:export-cases"), {"export": "csv", **asked})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert "no-store" in answer["Cache-Control"]
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("group", GROUPS)
def test_few_may_take_cases_out(sign_in: SignIn, group: str) -> None:
    factories.case()
    client = sign_in(group)
    assert client.get(reverse("admin:export-cases")).status_code == (200 if MAY[group] else 403)
    assert client.post(reverse("admin:export-cases"), {"export": "csv"}).status_code == (200 if MAY[group] else 403)
    index = client.get(reverse("admin:index")).content.decode()
    assert (reverse("admin:export-cases") in index) == MAY[group]


def test_taking_cases_out_asks_again_who_is_there() -> None:
    ensure_groups()
    client = signed_in(factories.UserFactory(group=REVIEWER), confirmed=False)
    answer = client.post(reverse("admin:export-cases"), {"export": "csv"})
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_reauthenticate"))
    assert not AuditEntry.objects.filter(action=AuditAction.EXPORTED.value).exists()


def test_each_case_is_a_line_and_nothing_sealed_comes_along(reviewer: Client) -> None:
    case = factories.case(health=SEALED, private_notes=SEALED, consent_notes=SEALED)
    defendant = case.defendants.get()
    defendant.counsel = SEALED
    defendant.save()
    draft = factories.PrisonerFactory(kind="historical")
    factories.PersonNameFactory(prisoner=draft, text="=HYPERLINK(1)")
    found = {line["Code"]: line for line in lines(reviewer)}
    assert set(found) == {case.code, draft.code}
    assert found[case.code]["Names"] == "Vyhadan Nikhto; Вигадан Ніхто"
    assert found[case.code]["Provisions"] == defendant.charges.get().provision.number
    assert found[draft.code]["Names"] == "'=HYPERLINK(1)"
    assert SEALED not in str(found)
    assert "▪▪▪" not in str(found)


def test_the_audit_knows_who_took_how_many_of_which(reviewer: Client) -> None:
    factories.case()
    factories.PrisonerFactory(kind="historical")
    assert [line["Kind of case"] for line in lines(reviewer, kind="historical", state="draft")] == ["Historical"]
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.actor_id) == (AuditAction.EXPORTED.value, User.objects.last().pk)
    assert entry.payload == {"what": "cases", "count": 1, "filters": {"kind": "historical", "state": "draft"}}


def test_only_mine_are_mine(reviewer: Client) -> None:
    factories.case()
    mine = factories.PrisonerFactory(assigned_to=User.objects.get(groups__name=REVIEWER))
    assert [line["Code"] for line in lines(reviewer, mine="on")] == [mine.code]


def test_a_word_that_is_no_choice_is_answered_beside_its_box(reviewer: Client) -> None:
    answer = reviewer.post(reverse("admin:export-cases"), {"kind": "everything"})
    assert list(answer.context["form"].errors) == ["kind"]


def test_lines_cost_no_query_each(reviewer: Client, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    factories.case()
    with django_assert_max_num_queries(35) as one:
        assert len(lines(reviewer)) == 1
    factories.case("Inshyi Nikhto")
    factories.case("Tretii Nikhto")
    with django_assert_max_num_queries(len(one)):
        assert len(lines(reviewer)) == 3


def test_the_headings_are_as_many_as_the_columns() -> None:
    assert len(set(headings())) == len(COLUMNS)
    assert not Prisoner.objects.exists()
