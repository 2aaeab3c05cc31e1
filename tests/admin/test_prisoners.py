"""The screen of a case: entering it, its warnings, its sources."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Citation, Prisoner, Stay
from tests import factories
from tests.admin.forms import filled

pytestmark = pytest.mark.django_db

ADD = "admin:cases_prisoner_add"
CHANGE = "admin:cases_prisoner_change"


def test_a_case_is_entered_with_its_names_and_dates_as_people_write_them(researcher: Client) -> None:
    source = factories.SourceFactory()
    site = factories.DetentionSiteFactory()
    data = filled(
        researcher,
        reverse(ADD),
        {
            "born": "21.05.1986",
            "names-0-text": "Вигадан Ніхто",
            "names-0-language": "uk",
            "names-0-cited_source": source.pk,
            "stays-TOTAL_FORMS": 1,
            "stays-0-kind": "site",
            "stays-0-site": site.pk,
            "stays-0-started": "травень 2018",
            "stays-0-cited_source": source.pk,
        },
    )
    answer = researcher.post(reverse(ADD), data)
    assert answer.status_code == 302, answer.context["errors"]
    prisoner = Prisoner.objects.get()
    stay = prisoner.stays.get()
    assert (str(prisoner.born), prisoner.names.get().text, str(stay.started)) == (
        "1986-05-21",
        "Вигадан Ніхто",
        "2018-05",
    )
    assert [citation.record for citation in prisoner.case_citations.order_by("pk")] == [prisoner.names.get(), stay]


def test_a_date_that_cannot_be_read_is_answered_with_what_is_accepted(researcher: Client) -> None:
    data = filled(researcher, reverse(ADD), {"born": "the other day"})
    answer = researcher.post(reverse(ADD), data)
    assert answer.status_code == 200
    assert "21.05.2018" in answer.context["adminform"].form.errors["born"][0]
    assert not Prisoner.objects.exists()


def test_a_source_that_is_picked_again_is_not_cited_twice(researcher: Client) -> None:
    prisoner = factories.case()
    stay, source = prisoner.stays.get(), Citation.objects.first().source
    before = Citation.objects.count()
    address = reverse(CHANGE, args=[prisoner.pk])
    assert researcher.post(address, filled(researcher, address, {"stays-0-cited_source": source.pk})).status_code == 302
    assert Citation.objects.count() == before
    other = factories.SourceFactory()
    assert researcher.post(address, filled(researcher, address, {"stays-0-cited_source": other.pk})).status_code == 302
    assert [citation.source for citation in stay.citations.order_by("pk")] == [source, other]


def test_the_case_lists_every_citation_and_takes_a_new_one_for_a_field(researcher: Client) -> None:
    prisoner = factories.case()
    stay, source = prisoner.stays.get(), factories.SourceFactory()
    address = reverse(CHANGE, args=[prisoner.pk])
    there = prisoner.case_citations.count()
    data = filled(
        researcher,
        address,
        {
            "case_citations-TOTAL_FORMS": there + 1,
            f"case_citations-{there}-fact": f"stay:{stay.pk}:started",
            f"case_citations-{there}-source": source.pk,
            f"case_citations-{there}-value": "2020",
            f"case_citations-{there}-page": "7",
            f"case_citations-{there}-confidence": "doubtful",
        },
    )
    answer = researcher.post(address, data)
    assert answer.status_code == 302, answer.context["errors"]
    new = Citation.objects.get(field="started")
    assert (new.record, new.prisoner, new.source, new.value, new.page) == (stay, prisoner, source, "2020", "7")


def test_citations_of_a_proceeding_stand_on_the_page_of_the_person_and_belong_to_no_single_case(
    researcher: Client,
) -> None:
    prisoner = factories.case()
    proceeding = prisoner.defendants.get().proceeding
    shared = factories.CitationFactory(record=proceeding)
    address = reverse(CHANGE, args=[prisoner.pk])
    formset = next(
        inline.formset
        for inline in researcher.get(address).context["inline_admin_formsets"]
        if inline.formset.model is Citation
    )
    assert shared in [form.instance for form in formset.initial_forms]
    assert researcher.post(address, filled(researcher, address, {"sex": "female"})).status_code == 302
    shared.refresh_from_db()
    assert shared.prisoner is None


def test_a_citation_that_is_there_already_is_refused_with_words(researcher: Client) -> None:
    prisoner = factories.case()
    stay = prisoner.stays.get()
    address = reverse(CHANGE, args=[prisoner.pk])
    there = prisoner.case_citations.count()
    data = filled(
        researcher,
        address,
        {
            "case_citations-TOTAL_FORMS": there + 1,
            f"case_citations-{there}-fact": f"stay:{stay.pk}:",
            f"case_citations-{there}-source": stay.citations.get().source.pk,
            f"case_citations-{there}-confidence": "certain",
        },
    )
    answer = researcher.post(address, data)
    assert answer.status_code == 200
    assert "already cited" in answer.content.decode()


def test_facts_that_do_not_fit_together_are_said_at_the_top(researcher: Client) -> None:
    prisoner = factories.case()
    factories.StayFactory(prisoner=prisoner, started="2018-06", ended="2019")
    page = researcher.get(reverse(CHANGE, args=[prisoner.pk]))
    assert len(page.context["case"].warnings) == 1
    assert "These facts do not fit together" in page.content.decode()
    assert page.context["case"].warnings[0].message in researcher.get(reverse("admin:index")).content.decode()


def test_the_strip_says_when_custody_began_as_the_public_page_does(researcher: Client) -> None:
    prisoner = factories.PrisonerFactory()
    factories.StayFactory(prisoner=prisoner, started="2020-09-16/2025")
    page = researcher.get(reverse("admin:cases_prisoner_change", args=[prisoner.pk]), headers={"accept-language": "uk"})
    assert "з 16 вересня 2020 або пізніше" in page.content.decode()


def test_a_stay_that_breaks_a_rule_of_the_database_is_refused_beside_the_form(researcher: Client) -> None:
    prisoner = factories.case()
    address = reverse(CHANGE, args=[prisoner.pk])
    answer = researcher.post(address, filled(researcher, address, {"stays-0-started": "2020", "stays-0-ended": "2019"}))
    assert answer.status_code == 200
    assert "ends before it begins" in answer.content.decode()
    assert str(Stay.objects.get().started) == "2018-05-21"


def test_a_name_is_found_in_any_case_of_letters(researcher: Client) -> None:
    factories.case()
    page = researcher.get(reverse("admin:cases_prisoner_changelist"), {"q": "вигадан НІХТО"})
    assert page.context["cl"].result_count == 1


def test_the_history_says_who_changed_what_from_what_to_what(researcher: Client) -> None:
    prisoner = factories.case()
    address = reverse(CHANGE, args=[prisoner.pk])
    assert researcher.post(address, filled(researcher, address, {"stays-0-started": "2019"})).status_code == 302
    entries = researcher.get(reverse("admin:cases_prisoner_history", args=[prisoner.pk])).context["entries"]
    change = next(entry for entry in entries if entry.row == "Stay" and entry.what == "changed")
    assert change.who.startswith("account")
    assert [(field.label, field.before, field.after) for field in change.fields] == [("From", "21 May 2018", "2019")]
