"""A proceeding on one screen: defendants, charges, decisions, sentences, terms as people write them."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Defendant, Prisoner, Proceeding, Sentence
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
