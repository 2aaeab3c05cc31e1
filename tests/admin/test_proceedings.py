"""A proceeding on one screen: defendants, charges, decisions, sentences, terms as people write them."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cases.actions.accounts import RESEARCHER
from cases.models import Charge, Defendant, Prisoner, Proceeding, Sentence
from tests import factories
from tests.admin.forms import filled

pytestmark = pytest.mark.django_db

ADD = "admin:cases_proceeding_add"


def decision(term: str = "14 р. 6 міс.", **more: object) -> dict[str, object]:
    """A decision with one sentence, as the boxes of a new proceeding."""
    return {
        "decisions-TOTAL_FORMS": 1,
        "decisions-0-instance": "first",
        "decisions-0-outcome": "convicted",
        "decisions-0-decided_on": "16.09.2020",
        "decisions-0-sentences-TOTAL_FORMS": 1,
        "decisions-0-sentences-INITIAL_FORMS": 0,
        "decisions-0-sentences-0-term": term,
        "decisions-0-sentences-0-segments-TOTAL_FORMS": 1,
        "decisions-0-sentences-0-segments-INITIAL_FORMS": 0,
        "decisions-0-sentences-0-segments-0-position": 1,
        "decisions-0-sentences-0-segments-0-regime": "strict",
        "decisions-0-sentences-0-segments-0-is_remainder": "on",
        **more,
    }


def new_proceeding(client: Client, prisoner: Prisoner, boxes: dict[str, object]) -> dict[str, object]:
    address = f"{reverse(ADD)}?prisoner={prisoner.pk}"
    data = filled(client, address)
    data |= {"defendants-0-charges-TOTAL_FORMS": 0, "defendants-0-charges-INITIAL_FORMS": 0}
    return data | boxes


def test_the_person_is_filled_in_when_a_proceeding_is_added_from_their_page(researcher: Client) -> None:
    prisoner = factories.case()
    link = f"{reverse(ADD)}?prisoner={prisoner.pk}"
    assert link in researcher.get(reverse("admin:cases_prisoner_change", args=[prisoner.pk])).content.decode()
    assert filled(researcher, link)["defendants-0-prisoner"] == prisoner.pk


def test_a_whole_proceeding_is_entered_at_once(researcher: Client) -> None:
    prisoner, provision, source = factories.case(), factories.ProvisionFactory(), factories.SourceFactory()
    Proceeding.objects.all().delete()
    boxes = {
        "title_en": "Invented group",
        "defendants-0-charges-TOTAL_FORMS": 1,
        "defendants-0-charges-0-provision": provision.pk,
        "defendants-0-charges-0-form": "preparation",
        "defendants-0-charges-0-outcome": "convicted",
        "defendants-0-charges-0-cited_source": source.pk,
        **decision(),
    }
    answer = researcher.post(reverse(ADD), new_proceeding(researcher, prisoner, boxes))
    assert answer.status_code == 302, answer.context["errors"]
    defendant = Defendant.objects.get()
    charge, sentence = defendant.charges.get(), defendant.sentences.get()
    assert (defendant.prisoner, charge.provision, charge.citations.get().source) == (prisoner, provision, source)
    assert charge.citations.get().prisoner == prisoner
    assert (sentence.years, sentence.months, sentence.days) == (14, 6, None)
    assert (sentence.decision.decided_on.text, sentence.segments.get().regime) == ("2020-09-16", "strict")


def test_a_regime_alone_is_that_of_the_whole_sentence(researcher: Client) -> None:
    prisoner = factories.case()
    Proceeding.objects.all().delete()
    boxes = decision("14 years")
    boxes.pop("decisions-0-sentences-0-segments-0-is_remainder")
    answer = researcher.post(reverse(ADD), new_proceeding(researcher, prisoner, boxes))
    assert answer.status_code == 302, answer.context["errors"]
    segment = Sentence.objects.get().segments.get()
    assert (segment.regime, segment.is_remainder, segment.years) == ("strict", True, None)


def test_a_sentence_without_a_defendant_is_refused_where_there_are_two(researcher: Client) -> None:
    first, second = factories.case(), factories.case("Taras Vydumanyi")
    before = Proceeding.objects.count()
    boxes = {
        "defendants-TOTAL_FORMS": 2,
        "defendants-1-prisoner": second.pk,
        "defendants-1-charges-TOTAL_FORMS": 0,
        "defendants-1-charges-INITIAL_FORMS": 0,
        **decision(),
    }
    answer = researcher.post(reverse(ADD), new_proceeding(researcher, first, boxes))
    assert answer.status_code == 200
    assert "Choose whose sentence it is" in answer.content.decode()
    assert Proceeding.objects.count() == before


def test_a_term_that_cannot_be_read_is_answered_with_examples(researcher: Client) -> None:
    prisoner = factories.case()
    answer = researcher.post(reverse(ADD), new_proceeding(researcher, prisoner, decision("many years")))
    assert answer.status_code == 200
    assert "Write a term like: 14 years" in answer.content.decode()


def test_words_and_numbers_that_disagree_are_refused(researcher: Client) -> None:
    prisoner = factories.case()
    boxes = decision("14 years", **{"decisions-0-sentences-0-years": 13})
    answer = researcher.post(reverse(ADD), new_proceeding(researcher, prisoner, boxes))
    assert answer.status_code == 200
    assert "say different terms" in answer.content.decode()


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        ({"term": "5 лет"}, (5, None, None)),
        ({"years": 9}, (9, None, None)),
        ({"term": ""}, (None, None, None)),
        ({"fine_amount": "100", "fine_currency": "RUB"}, (14, None, None)),
    ],
)
def test_a_sentence_is_changed_by_words_or_by_numbers(
    researcher: Client, boxes: dict[str, object], expected: tuple[int | None, ...]
) -> None:
    proceeding = factories.case().defendants.get().proceeding
    address = reverse("admin:cases_proceeding_change", args=[proceeding.pk])
    changes = {f"decisions-0-sentences-0-{name}": value for name, value in boxes.items()}
    answer = researcher.post(address, filled(researcher, address, changes))
    assert answer.status_code == 302, answer.context["errors"]
    sentence = Sentence.objects.get()
    assert (sentence.years, sentence.months, sentence.days) == expected


def test_only_the_defendants_of_the_proceeding_are_offered(researcher: Client) -> None:
    mine, _other = factories.case(), factories.case("Taras Vydumanyi")
    defendant = mine.defendants.get()
    page = researcher.get(reverse("admin:cases_proceeding_change", args=[defendant.proceeding_id]))
    decisions = page.context["inline_admin_formsets"][2].formset
    assert list(decisions.forms[0].fields["defendant"].queryset) == [defendant]


COUNSEL = "a lawyer nobody may know"


@pytest.fixture
def theirs(researcher: Client) -> Defendant:
    """A defendant of a case that is assigned to somebody else, with a charge and a secret; the researcher has one too."""
    bob = factories.UserFactory(group=RESEARCHER)
    own, others = factories.case(), factories.case("Taras Vydumanyi", assigned_to=bob)
    Prisoner.objects.filter(pk=own.pk).update(assigned_to=User.objects.exclude(pk=bob.pk).get())
    defendant = others.defendants.get()
    defendant.counsel = COUNSEL
    defendant.save()
    return defendant


def form_of(proceeding: Proceeding) -> str:
    return reverse("admin:cases_proceeding_change", args=[proceeding.pk])


def own_proceeding(theirs: Defendant) -> Proceeding:
    return Proceeding.objects.exclude(pk=theirs.proceeding_id).get()


def row_of_others(theirs: Defendant, place: int, initial: int) -> dict[str, object]:
    prefix = f"defendants-{place}"
    return {
        "defendants-TOTAL_FORMS": place + 1,
        "defendants-INITIAL_FORMS": initial,
        f"{prefix}-id": theirs.pk,
        f"{prefix}-prisoner": theirs.prisoner_id,
        f"{prefix}-charges-TOTAL_FORMS": 0,
        f"{prefix}-charges-INITIAL_FORMS": 0,
    }


@pytest.mark.parametrize("initial", [1, 2])
@pytest.mark.parametrize("deleted", [{}, {"defendants-1-DELETE": "on"}])
def test_a_row_of_another_proceeding_is_not_shown_or_taken_whatever_number_is_sent(
    researcher: Client, theirs: Defendant, initial: int, deleted: dict[str, object]
) -> None:
    own = own_proceeding(theirs)
    reason = {"reason": "the lawyer asks what is written"}
    assert researcher.post(reverse("admin:unseal", args=["proceeding", own.pk]), reason).status_code == 302
    sent = filled(researcher, form_of(own)) | row_of_others(theirs, 1, initial) | deleted
    answer = researcher.post(form_of(own), sent)
    assert answer.status_code == 200
    assert COUNSEL not in answer.content.decode()
    assert "A row that was sent does not belong to this record." in answer.content.decode()
    assert Defendant.objects.get(pk=theirs.pk).proceeding_id == theirs.proceeding_id


@pytest.mark.parametrize("deleted", [{}, {"defendants-0-charges-0-DELETE": "on"}])
def test_a_row_below_a_row_of_another_proceeding_is_not_taken_either(
    researcher: Client, theirs: Defendant, deleted: dict[str, object]
) -> None:
    own, charge = own_proceeding(theirs), Charge.objects.get(defendant=theirs)
    sent = filled(researcher, form_of(own)) | {
        "defendants-0-charges-0-id": charge.pk,
        "defendants-0-charges-0-outcome": "acquitted",
    }
    assert researcher.post(form_of(own), sent | deleted).status_code == 200
    kept = Charge.objects.get(pk=charge.pk)
    assert (kept.defendant_id, kept.outcome) == (theirs.pk, charge.outcome)


def test_a_case_of_somebody_else_is_not_made_a_defendant(researcher: Client, theirs: Defendant) -> None:
    own = own_proceeding(theirs)
    sent = filled(researcher, form_of(own)) | row_of_others(theirs, 1, 1)
    del sent["defendants-1-id"]
    answer = researcher.post(form_of(own), sent)
    assert "This case is assigned to somebody else: ask them, or a reviewer." in answer.content.decode()
    answer = researcher.post(reverse(ADD), new_proceeding(researcher, theirs.prisoner, {"title_en": "Invented"}))
    assert "This case is assigned to somebody else: ask them, or a reviewer." in answer.content.decode()
    assert list(theirs.prisoner.defendants.all()) == [theirs]


def test_a_shared_proceeding_is_saved_by_each_of_those_whose_case_is_in_it(
    researcher: Client, theirs: Defendant
) -> None:
    own = own_proceeding(theirs)
    factories.DefendantFactory(proceeding=own, prisoner=theirs.prisoner)
    sent = filled(researcher, form_of(own), {"number": "1-2026"})
    sent |= {f"defendants-{place}-prisoner": one.prisoner_id for place, one in enumerate(own.defendants.all())}
    assert researcher.post(form_of(own), sent).status_code == 302


def test_a_proceeding_of_somebody_elses_case_is_not_deleted(researcher: Client, theirs: Defendant) -> None:
    own = own_proceeding(theirs)
    shared = factories.DefendantFactory(proceeding=own, prisoner=theirs.prisoner)
    listed = reverse("admin:cases_proceeding_changelist")
    for proceeding in (theirs.proceeding, own):
        page = reverse("admin:cases_proceeding_delete", args=[proceeding.pk])
        assert researcher.post(page, {"post": "yes"}).status_code == 403
        bulk = {"action": "delete_selected", "_selected_action": proceeding.pk, "post": "yes"}
        assert researcher.post(listed, bulk).status_code == 403
    assert Proceeding.objects.count() == 2
    shared.delete()
    page = reverse("admin:cases_proceeding_delete", args=[own.pk])
    assert researcher.post(page, {"post": "yes"}).status_code == 302
    assert list(Proceeding.objects.all()) == [theirs.proceeding]
