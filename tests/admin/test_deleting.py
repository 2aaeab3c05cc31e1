"""Before something is deleted the desk names all of it, in the reader's language; going back deletes nothing."""

import pytest
from django.urls import reverse
from django.utils import translation

from cases.actions.accounts import SUPPORT
from cases.models import Relative
from tests import factories
from tests.admin.conftest import SignIn

pytestmark = pytest.mark.django_db


def test_one_record_is_named_before_it_is_deleted(sign_in: SignIn) -> None:
    client, relative = sign_in(SUPPORT), factories.RelativeFactory()
    client.post(reverse("admin:choose-language"), {"language": "uk"})
    address = reverse("admin:cases_relative_delete", args=[relative.pk])
    page = client.get(address).content.decode()
    assert "Усе це буде видалено" in page
    with translation.override("uk"):
        assert str(relative) in page
    assert f'href="{reverse("admin:cases_relative_change", args=[relative.pk])}">Назад' in page
    assert client.post(address, {"post": "yes"}).status_code == 302
    assert not Relative.objects.exists()


def test_several_records_are_named_before_they_are_deleted(sign_in: SignIn) -> None:
    client, (one, other, kept) = sign_in(SUPPORT), [factories.RelativeFactory() for _number in range(3)]
    address = reverse("admin:cases_relative_changelist")
    chosen = {"action": "delete_selected", "_selected_action": [one.pk, other.pk]}
    page = client.post(address, chosen).content.decode()
    assert "<h1>Delete these records</h1>" in page
    assert page.count('name="_selected_action"') == 2
    assert Relative.objects.count() == 3
    client.post(address, {**chosen, "post": "yes"})
    assert list(Relative.objects.all()) == [kept]
