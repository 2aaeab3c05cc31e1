"""Nothing of the desk is reachable or guessable without a second factor: every address, as stranger and as each role."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions import accounts
from cases.actions.invitations import invite
from cases.actions.second_factors import make_recovery_codes
from cases.admin.gate import OPEN, Standing
from cases.admin.site import desk
from cases.models import Publication, Submission
from tests import factories
from tests.admin.addresses import Address, addresses
from tests.admin.conftest import SignIn
from tests.sign_in import signed_in, with_app, with_password_only

pytestmark = pytest.mark.django_db

TABLE = addresses()
UNKNOWN = (
    "/desk/no/such/page/",
    "/desk/cases/prisoner",
    "/desk/files/photos/x.jpg",
    "/desk/.env",
    "/desk/login",
    "/desk//",
)
SIGN_IN = "/desk/login/"


def behind(standing: Standing) -> list[str]:
    """A path for every address that is not open to `standing`, and paths that exist nowhere."""
    opened = OPEN[standing]
    shared = {found.path() for found in TABLE if found.name in opened}
    return [path for found in TABLE if (path := found.path()) not in shared] + list(UNKNOWN)


def leads_to(answer: Any) -> tuple[int, str]:
    return answer.status_code, urlsplit(answer.headers.get("Location", "")).path


def test_the_url_table_has_the_desk_in_it() -> None:
    names = {found.name for found in TABLE}
    assert {"account_login", "mfa_index", "admin:index", "admin:cases_relative_change", "admin:private-file"} <= names
    assert len(TABLE) > 100


@pytest.mark.parametrize("method", ["get", "post", "head", "put", "delete", "options"])
def test_a_stranger_gets_one_answer_from_every_address_that_exists_or_not(method: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    paths = behind(Standing.STRANGER)
    for path in paths:
        answer = getattr(strict, method)(path)
        assert leads_to(answer) == (302, SIGN_IN), path
        assert parse_qs(urlsplit(answer.headers["Location"]).query) == {"next": [path]}
        assert (answer.content, answer.headers.get("Set-Cookie")) == (b"", None)
    assert len(paths) > 100


def test_a_stranger_finds_no_sign_up_no_mail_and_no_reset_of_passwords() -> None:
    names = {found.name for found in TABLE if not found.name.startswith("admin:")}
    ours = {name for opened in OPEN.values() for name in opened if not name.startswith("admin:")}
    management = {
        "account_change_password",
        "mfa_deactivate_totp",
        "mfa_remove_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
    }
    assert names == ours | management


def test_a_script_of_a_page_is_told_to_sign_in_and_is_not_led_away() -> None:
    answer = Client().post("/desk/cases/prisoner/add/", headers={"X-Requested-With": "desk"})
    assert answer.status_code == 401
    assert answer.json() == {"error": "sign-in", "address": f"{SIGN_IN}?next=%2Fdesk%2Fcases%2Fprisoner%2Fadd%2F"}


def test_who_has_no_second_factor_is_led_to_enrolment_from_every_address() -> None:
    accounts.ensure_groups()
    client = with_password_only(factories.UserFactory(group=accounts.REVIEWER))
    for path in behind(Standing.WITHOUT_FACTOR):
        assert leads_to(client.get(path)) == (302, reverse("mfa_index")), path
    assert client.get(reverse("mfa_index")).status_code == 200


def test_a_superuser_without_a_second_factor_is_led_to_enrolment_and_not_locked_out() -> None:
    client = with_password_only(User.objects.create_superuser("root", password="a long one of my own"))
    assert leads_to(client.get("/desk/")) == (302, reverse("mfa_index"))
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_who_has_not_used_their_second_factor_is_led_to_it_from_every_address() -> None:
    account = factories.UserFactory()
    with_app(account)
    client = with_password_only(account)
    for path in behind(Standing.BEFORE_SECOND_STEP):
        assert leads_to(client.get(path)) == (302, reverse("mfa_reauthenticate")), path


def test_recovery_codes_that_were_not_used_let_nobody_enrol() -> None:
    account = factories.UserFactory()
    make_recovery_codes(account)
    client = with_password_only(account)
    assert leads_to(client.get(reverse("mfa_activate_totp"))) == (302, SIGN_IN)
    assert leads_to(client.get("/desk/")) == (302, SIGN_IN)


def test_a_page_of_a_half_signed_in_person_shows_nothing_of_the_desk() -> None:
    accounts.ensure_groups()
    page = with_password_only(factories.UserFactory(group=accounts.ADMINISTRATOR)).get(reverse("mfa_index"))
    assert reverse("admin:auth_user_changelist") not in page.content.decode()
    assert page.context["available_apps"] == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_a_closed_account_is_a_stranger_at_once(change: dict[str, bool]) -> None:
    account = factories.UserFactory()
    client = signed_in(account)
    assert client.get("/desk/").status_code == 200
    User.objects.filter(pk=account.pk).update(**change)
    assert leads_to(client.get("/desk/")) == (302, SIGN_IN)


def test_a_session_that_was_signed_in_around_the_gate_is_over() -> None:
    account = factories.UserFactory()
    with_app(account)
    client = Client()
    client.force_login(account)
    assert leads_to(client.get("/desk/")) == (302, SIGN_IN)


# Each role ---------------------------------------------------------------------------------------------------------


def records() -> dict[str, Model]:
    """One record of every table that the desk shows, by its name."""
    prisoner = factories.case(photo_is_public=False)
    proceeding = prisoner.defendants.get().proceeding
    household = factories.HouseholdFactory()
    reviewer = factories.UserFactory()
    provision = prisoner.defendants.get().charges.get().provision
    found: dict[str, Model] = {
        "cases_prisoner": prisoner,
        "cases_proceeding": proceeding,
        "cases_household": household,
        "cases_relative": factories.RelativeFactory(household=household),
        "cases_need": factories.NeedFactory(household=household),
        "cases_aid": factories.AidFactory(household=household),
        "cases_source": factories.SourceFactory(),
        "cases_organisation": factories.OrganisationFactory(),
        "cases_official": factories.OfficialFactory(),
        "cases_place": factories.PlaceFactory(),
        "cases_detentionsite": factories.DetentionSiteFactory(),
        "cases_provision": provision,
        "cases_legalcode": provision.code,
        "cases_court": factories.CourtFactory(),
        "cases_assessment": factories.AssessmentFactory(prisoner=prisoner),
        "auth_user": reviewer,
        "auth_group": Group.objects.get(name=accounts.ANALYST),
    }
    assert {f"{model._meta.app_label}_{model._meta.model_name}" for model in desk._registry} == set(found)
    return found


#: What Django's page of a record needs: one of these permissions.
NEEDS = {
    "changelist": ("view", "change"),
    "change": ("view", "change"),
    "history": ("view", "change"),
    "add": ("add",),
    "delete": ("delete",),
    "restore": ("change",),
    "moment": ("change",),
}
#: Pages that are not found without saying when.
NOT_FOUND = {"moment"}
EVERYONE, NOBODY = "everyone", "nobody"
#: Every other address: the permission that it needs, and what who has it gets from GET.
RULES: dict[str, tuple[str, int]] = {
    "account_login": (EVERYONE, 302),
    "mfa_authenticate": (EVERYONE, 302),
    "account_logout": (EVERYONE, 200),
    "accept-invitation": (EVERYONE, 302),
    "account_change_password": (EVERYONE, 200),
    "account_reauthenticate": (EVERYONE, 200),
    "mfa_reauthenticate": (EVERYONE, 200),
    "mfa_reauthenticate_webauthn": (EVERYONE, 302),  # to the page of a factor that the account has
    "mfa_index": (EVERYONE, 200),
    "mfa_activate_totp": (EVERYONE, 302),  # there is an app already
    "mfa_deactivate_totp": (EVERYONE, 200),
    "mfa_add_webauthn": (EVERYONE, 200),
    "mfa_remove_webauthn": (EVERYONE, 404),  # one's own passkeys alone
    "mfa_view_recovery_codes": (EVERYONE, 302),
    "mfa_generate_recovery_codes": (EVERYONE, 200),
    "mfa_download_recovery_codes": (EVERYONE, 302),
    "admin:choose-language": (EVERYONE, 405),
    "admin:sessions": (EVERYONE, 200),
    "admin:invitations": ("cases.invite_account", 200),
    "admin:reset-account": ("cases.reset_account", 200),
    "admin:review": ("cases.review_submission", 200),
    "admin:submission": ("cases.review_submission", 200),
    "admin:bulk-approval": ("cases.review_submission", 200),
    "admin:held-back": ("cases.review_submission", 200),
    "admin:assign-submission": ("cases.review_submission", 405),
    "admin:submission-priority": ("cases.review_submission", 405),
    "admin:comment": ("cases.review_submission", 405),
    "admin:settle-comment": ("cases.review_submission", 405),
    "admin:cases_prisoner_held_back": ("cases.view_prisoner", 200),
    "admin:erasures": ("cases.ask_erasure", 200),
    "admin:erasure": ("cases.ask_erasure", 404),  # nobody has asked
    "admin:ask-erasure": ("cases.ask_erasure", 200),
    "admin:together": (EVERYONE, 404),  # without saying which record
    "admin:audit": ("cases.view_auditentry", 200),
    "admin:audit-export": (EVERYONE, 405),
    "admin:export-cases": ("cases.export_prisoner", 200),
    "admin:unseal": ("cases.review_submission", 200),  # the case is assigned to nobody
    "admin:close-seals": (EVERYONE, 405),
    "admin:publish-reference": ("cases.publish_reference", 200),
    "admin:webhooks": ("cases.manage_webhook", 200),
    "admin:private-file": (EVERYONE, 404),
    "admin:index": (EVERYONE, 200),
    "admin:login": (EVERYONE, 302),
    "admin:logout": (EVERYONE, 200),
    "admin:password_change": (EVERYONE, 200),
    "admin:password_change_done": (EVERYONE, 302),
    "admin:autocomplete": (NOBODY, 403),  # without saying what is looked for
    "admin:jsi18n": (EVERYONE, 200),
    "admin:view_on_site": (EVERYONE, 404),
    "admin:cases_prisoner_preview": ("cases.view_prisoner", 200),
    "admin:cases_prisoner_law": ("cases.view_prisoner", 200),
    "admin:cases_prisoner_resembling": ("cases.view_prisoner", 200),
    "admin:tick-finding": ("cases.publish_finding", 405),
    "admin:cases_prisoner_photo": ("cases.view_prisoner", 404),
    "admin:cases_prisoner_submit": ("cases.add_submission", 200),
    "admin:cases_prisoner_recall": ("cases.add_submission", 200),
    "admin:cases_prisoner_withdraw": ("cases.withdraw_publication", 200),
    "admin:cases_prisoner_republish": ("cases.republish_publication", 200),
    "admin:cases_prisoner_close_earlier": ("cases.withdraw_publication", 200),
    "admin:None": (EVERYONE, 0),  # old addresses lead on, unknown ones are not found
    "admin:app_list": (EVERYONE, 200),
}


def rule(address: Address, found: dict[str, Model]) -> tuple[tuple[str, ...], int, str]:
    """Return the permissions of which one is needed, what it gives, and the path."""
    name = address.name.removeprefix("admin:")
    model, _line, page = name.rpartition("_")
    if model in found and page in NEEDS:
        app, _line, kind = model.partition("_")
        permissions = tuple(f"{app}.{verb}_{kind}" for verb in NEEDS[page])
        status = 404 if page in NOT_FOUND else 200
        return permissions, status, address.path(object_id=found[model].pk, pk=found[model].pk)
    permission, status = RULES[address.name]
    pk = {"submission": Submission, "reset-account": User}.get(name)
    number = (pk or type(found["cases_prisoner"])).objects.latest("pk").pk
    return (permission,), status, address.path(pk=number, object_id=found["cases_prisoner"].pk, kind="prisoner")


@pytest.mark.parametrize("group", accounts.GROUPS)
def test_each_role_reaches_what_the_permission_table_gives_it_and_nothing_else(sign_in: SignIn, group: str) -> None:
    client = sign_in(group)
    me = User.objects.get(groups__name=group)
    found = records()
    prisoner = found["cases_prisoner"]
    factories.SubmissionFactory(prisoner=prisoner)
    Publication.objects.create(
        prisoner=prisoner, state="published", version=1, published_by=me, published_at=timezone.now()
    )
    wrong = []
    for address in TABLE:
        permissions, status, path = rule(address, found)
        may = EVERYONE in permissions or any(me.has_perm(permission) for permission in permissions)
        answer = client.get(path).status_code
        expected = ({status} if status else {302, 404}) if may else {403}
        if answer not in expected:
            wrong.append((address.name, path, answer, expected))
    assert wrong == []


def test_a_link_of_an_invitation_that_is_not_good_is_answered_like_an_address_that_does_not_exist() -> None:
    accounts.ensure_groups()
    at = timezone.now()
    token = invite(None, "maryna", group=accounts.ANALYST, at=at)
    good, bad = (reverse("accept-invitation", args=[one]) for one in (token, token[::-1]))
    assert Client().get(good).status_code == 200
    unknown, nowhere = Client().get(bad), Client().get("/desk/nowhere/")
    assert leads_to(unknown) == leads_to(nowhere) == (302, SIGN_IN)
    assert {*unknown.headers} == {*nowhere.headers}


def test_no_factor_of_another_account_can_be_removed() -> None:
    other = with_app(factories.UserFactory())
    Authenticator.objects.filter(pk=other.pk).update(type="webauthn")
    client = signed_in(factories.UserFactory())
    assert client.post(reverse("mfa_remove_webauthn", args=[other.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=other.pk).exists()
