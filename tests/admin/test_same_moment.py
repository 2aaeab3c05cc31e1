"""Two presses of "Save" at the very same moment: one is saved, the other gets the merge page."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from cases.actions.accounts import RESEARCHER, REVIEWER, ensure_groups
from cases.models import Prisoner
from tests import factories
from tests.admin.forms import filled
from tests.sign_in import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def editors() -> Iterator[list[Client]]:
    ensure_groups()
    clients = []
    for group in (RESEARCHER, REVIEWER):
        client = Client()
        signed_in(factories.UserFactory(group=group), client)
        clients.append(client)
    yield clients
    connections.close_all()


def at_once(sendings: list[tuple[Client, str, dict[str, Any]]], gate: threading.Barrier) -> list[int]:
    """Send all of them in threads that start together; return the status of each answer."""
    statuses = [0] * len(sendings)

    def send(place: int) -> None:
        client, address, data = sendings[place]
        try:
            gate.wait(20)
            statuses[place] = client.post(address, data).status_code
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(place,)) for place in range(len(sendings))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return statuses


def test_one_of_two_saves_of_the_same_box_wins_and_the_other_is_asked(editors: list[Client]) -> None:
    prisoner = factories.case()
    address = reverse("admin:cases_prisoner_change", args=[prisoner.pk])
    texts = ["The first's.", "The second's."]
    sendings = [
        (client, address, filled(client, address, {"summary_en": text}))
        for client, text in zip(editors, texts, strict=True)
    ]
    statuses = at_once(sendings, threading.Barrier(2))
    assert sorted(statuses) == [200, 302]
    assert Prisoner.objects.get().summary_en == texts[statuses.index(302)]


def test_saves_of_different_boxes_at_once_are_both_kept(editors: list[Client]) -> None:
    prisoner = factories.case()
    address = reverse("admin:cases_prisoner_change", args=[prisoner.pk])
    changes: list[dict[str, Any]] = [{"summary_en": "Theirs."}, {"sex": "female"}]
    sendings = [
        (client, address, filled(client, address, change)) for client, change in zip(editors, changes, strict=True)
    ]
    assert at_once(sendings, threading.Barrier(2)) == [302, 302]
    prisoner.refresh_from_db()
    assert (prisoner.summary_en, prisoner.sex) == ("Theirs.", "female")


def test_saves_of_one_row_through_two_forms_at_once_do_not_both_win(editors: list[Client]) -> None:
    """The forms have different records at their root: locking the root alone would let both through."""
    prisoner = factories.case()
    assessment = factories.AssessmentFactory(prisoner=prisoner, document_number="1")
    case = reverse("admin:cases_prisoner_change", args=[prisoner.pk])
    row = reverse("admin:cases_assessment_change", args=[assessment.pk])
    sendings = [
        (editors[0], case, filled(editors[0], case, {"assessments-0-document_number": "2"})),
        (editors[1], row, filled(editors[1], row, {"document_number": "3"}) | {"criteria": assessment.criteria}),
    ]
    statuses = at_once(sendings, threading.Barrier(2))
    assert sorted(statuses) == [200, 302]
    assessment.refresh_from_db()
    assert assessment.document_number == ["2", "3"][statuses.index(302)]
