"""The parameters by which lists of cases are narrowed, in words, and their errors."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy as _

from cases.domain.bands import SENTENCES_WITHOUT_TERM, TERM_YEARS, UNKNOWN_BAND, YEARS_HELD, band_names
from cases.domain.partial_dates import PartialDate
from cases.enums import (
    AgeBand,
    AssessmentDecision,
    CaseKind,
    Ethnicity,
    RehabilitationOutcome,
    Religion,
    Role,
    SentenceKind,
    Sex,
    Status,
    Vocabulary,
)
from cases.fields import PartialDateFormField
from cases.published.bands_telling import years_label
from cases.published.models import Facet
from cases.published.present_fields import (
    ArticlesField,
    PresentsField,
    RegionsField,
    has_total,
    is_article,
    is_provision,
    is_region,
    is_site,
)
from cases.published.search import is_ready, is_searchable
from cases.published.strict_forms import SharedFields, StrictForm, WordField, WordsField

Choices = list[tuple[str, str]]

IN_CUSTODY = "in_custody"
YES = "yes"
POSSIBLE, CERTAIN = "possible", "certain"
LONGEST_QUERY = 200
MOST_WORDS = 8
MOST_YEARS = 60
DEFAULT_ORDERING = "name"
ORDERINGS = {
    "name": _("Name, A to Z"),
    "-name": _("Name, Z to A"),
    "-updated": _("Last updated first"),
    "updated": _("Longest unchanged first"),
    "-arrested": _("Last arrested first"),
    "arrested": _("First arrested first"),
    "-sentence": _("Longest sentence first"),
    "sentence": _("Shortest sentence first"),
    "-held": _("Held longest first"),
    "held": _("Held shortest first"),
}
CERTAINTIES = {
    POSSIBLE: _("possibly within: the facts leave room for it"),
    CERTAIN: _("certainly within: no other day is possible"),
}
DATE_HELP = _(
    "Dates as people write them: 2018, 05/2018, 21.05.2018, May 2018. One known only in part matches if it may have been "
    "then; with the choice “certainly within”, only if it certainly was."
)
DAY_HELP = _("Dates as people write them: 2018, 05/2018, 21.05.2018, May 2018.")
SLUG = r"[a-z0-9-]{1,120}"
REGION = r"[A-Z]{2}-[A-Z0-9]{1,3}"
UNKNOWN_REGION = _(
    "“%(value)s” is no region that we know. Write its ISO 3166-2 code: UA-43 is Crimea, UA-40 Sevastopol."
)
UNKNOWN_SITE = _("There is no published detention site “%(value)s”. Write its name as in the address of its page.")


def _words(vocabulary: type[Vocabulary]) -> Callable[[], Choices]:
    return lambda: [(value, gettext(label)) for value, label in vocabulary.choices()]


def _statuses() -> Choices:
    return [(IN_CUSTODY, gettext("In custody")), *_words(Status)()]


def _any_of(vocabulary: type[Vocabulary], label: Any, help_text: Any = "") -> WordsField:
    return WordsField(label=label, required=False, choices=_words(vocabulary), help_text=help_text)


def _bands(label: Any, starts: Sequence[int], others: Sequence[str] = (), help_text: Any = "") -> WordsField:
    names = [*band_names(starts), *others, UNKNOWN_BAND]
    return WordsField(
        label=label,
        required=False,
        choices=lambda: [(name, years_label(name)) for name in names],
        help_text=help_text,
    )


def _region(label: Any, help_text: Any) -> RegionsField:
    return RegionsField(
        label=label, required=False, pattern=REGION, exists=is_region, refusal=UNKNOWN_REGION, help_text=help_text
    )


def _site(label: Any, help_text: Any) -> PresentsField:
    return PresentsField(
        label=label, required=False, pattern=SLUG, exists=is_site, refusal=UNKNOWN_SITE, help_text=help_text
    )


def _years(label: Any, help_text: Any) -> forms.IntegerField:
    wrong = _("Write a whole number of years from 0 to 60.")
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_YEARS,
        help_text=help_text,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )


class CaseFilterForm(StrictForm):
    """The fields and their errors; parameters that are unknown, or single ones given twice, are errors of the whole form.

    Of most fields several values may be given: a case matches any of them, and every field.
    """

    today: date | None = None
    """The last day that may be asked for; None for any."""

    q = forms.CharField(
        label=_("Name, place or article"),
        required=False,
        max_length=LONGEST_QUERY,
        help_text=_("A name in any script and spelling or its beginning, a place, an article, or the code of a case"),
    )
    status = WordsField(
        label=_("Status"),
        required=False,
        choices=_statuses,
        help_text=_("Where the person stands today; who died in custody has the status “died in custody”"),
    )
    article = ArticlesField(
        label=_("Article"),
        required=False,
        pattern=r"[\w.\-]{1,20}(\([\w.\-]{1,20}\))?",
        exists=is_article,
        refusal=_("No published case or provision has the article “%(value)s”. Write it like 205.5 or 205.5(2)."),
        help_text=_("An article, or an article with its part: 205.5 or 205.5(2)"),
    )
    region = _region(
        _("Region"),
        _("ISO 3166-2 code of the region of home, of arrest or of the present place of detention: UA-43 is Crimea"),
    )
    ethnicity = _any_of(Ethnicity, _("Ethnicity"))
    sex = _any_of(Sex, _("Sex"))
    age = _any_of(AgeBand, _("Age at arrest"), _("In full years; under 18 are minors"))
    role = _any_of(Role, _("Public role"))
    religion = _any_of(Religion, _("Religion"), _("Only where it is public"))
    kind = _any_of(CaseKind, _("Kind of case"))
    arrest_year = PresentsField(
        label=_("Year of arrest"),
        required=False,
        pattern=r"\d{4}",
        exists=lambda year: "1900" <= year <= "2100",
        refusal=_("“%(value)s” is no year. Write four digits, for example 2018."),
        help_text=_("Each year in which the arrest may have been, if that is known within ten years"),
    )
    arrested_after = PartialDateFormField(label=_("Arrested on or after"), required=False, help_text=DATE_HELP)
    arrested_before = PartialDateFormField(label=_("Arrested on or before"), required=False, help_text=DATE_HELP)
    certainty = WordField(
        label=_("Dates and ages known in part"),
        required=False,
        choices=list(CERTAINTIES.items()),
        help_text=_("Whether an arrest or age known only in part has to lie certainly within what you ask for"),
    )
    sentence = _any_of(SentenceKind, _("Sentence"), _("What stands after the last decision"))
    sentence_at_least = _years(
        _("Sentence, years at least"), _("Life imprisonment and death count as longer than any number of years")
    )
    sentence_at_most = _years(_("Sentence, years at most"), _("In whole years, as pronounced"))
    site = _site(_("Detention site"), _("Held there now; the name of the site as in the address of its page"))
    site_ever = _site(_("Detention site, ever"), _("Held there now or before"))
    place = PresentsField(
        label=_("Place"),
        required=False,
        pattern=SLUG,
        exists=has_total(Facet.PLACE),
        refusal=_("No published case has the place “%(value)s”. Look for it by name in the search box."),
        help_text=_("A place of home, arrest or detention, as in the address of its list: search for it by name"),
    )
    home_region = _region(_("Region of home"), _("ISO 3166-2 code: UA-43 is Crimea"))
    arrest_region = _region(_("Region of arrest"), _("ISO 3166-2 code: UA-43 is Crimea"))
    site_region = _region(
        _("Region of detention"), _("Where the person is held now. ISO 3166-2 code: RU-ROS is Rostov")
    )
    provision = PresentsField(
        label=_("Provision"),
        required=False,
        pattern=SLUG,
        exists=is_provision,
        refusal=_("There is no published provision “%(value)s”. Write its name as in the address of its page."),
        help_text=_("Of one code of law; its name as in the address of its page"),
    )
    assessed = _any_of(
        AssessmentDecision, _("Assessed as"), _("With “Assessed by”: so assessed by one of these bodies")
    )
    assessed_by = PresentsField(
        label=_("Assessed by"),
        required=False,
        pattern=SLUG,
        exists=has_total(Facet.ASSESSED_BY),
        refusal=_("No published case was assessed by “%(value)s”. Choose from the list."),
        help_text=_("The body, by its short name"),
    )
    organisation = PresentsField(
        label=_("Organisation"),
        required=False,
        pattern=SLUG,
        exists=has_total(Facet.ORGANISATION),
        refusal=_("No published case names the organisation “%(value)s”. Write its short name."),
        help_text=_("One that a case names in whatever connection, by its short name"),
    )
    rehabilitation = _any_of(RehabilitationOutcome, _("Rehabilitation"), _("What stands after the last decision"))
    rescinded = WordField(
        label=_("Rehabilitation ever rescinded"),
        required=False,
        choices=lambda: [("", gettext("Any")), (YES, gettext("Yes"))],
        help_text=_("Whatever was decided since"),
    )
    sentence_length = _bands(
        _("Length of the sentence"),
        TERM_YEARS,
        SENTENCES_WITHOUT_TERM,
        _("As it stands after the last decision; months make years by twelve"),
    )
    time_held = _bands(_("Time in custody so far"), YEARS_HELD, (), _("Of people in custody now, in full years"))
    death_year = PresentsField(
        label=_("Year of death in custody"),
        required=False,
        pattern=rf"[12]\d{{3}}|{UNKNOWN_BAND}",
        exists=bool,
        refusal=_("Write a year, for example 2018, or “unknown” for people of whom it is not known."),
        help_text=_("Only where the year is known; “unknown” for the others"),
    )
    status_on = forms.DateField(
        label=_("Status on the day"),
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write a day like 2023-01-31: year, month, day.")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The status is that of this day, by what is known now; alone: whose case had begun by then"),
    )
    published_since = PartialDateFormField(label=_("First published since"), required=False, help_text=DAY_HELP)
    updated_since = PartialDateFormField(label=_("Updated since"), required=False, help_text=DAY_HELP)
    ordering = WordField(label=_("Order"), required=False, choices=list(ORDERINGS.items()))

    def clean_q(self) -> str:
        text = str(self.cleaned_data["q"] or "")
        if text and not is_searchable(text):
            raise ValidationError(_("Write at least one letter or digit of a name."), code="invalid")
        if len(text.split()) > MOST_WORDS:
            raise ValidationError(_("Write at most eight words."), code="invalid")
        if text and not is_ready():
            raise ValidationError(
                _("Names cannot be searched just now: their index is being made. Use the filters, or try again later."),
                code="unavailable",
            )
        return text

    def clean_arrested_after(self) -> PartialDate | None:
        return self._with_a_beginning("arrested_after")

    def clean_published_since(self) -> PartialDate | None:
        return self._with_a_beginning("published_since")

    def clean_updated_since(self) -> PartialDate | None:
        return self._with_a_beginning("updated_since")

    def _with_a_beginning(self, name: str) -> PartialDate | None:
        value: PartialDate | None = self.cleaned_data[name]
        if value is not None and value.earliest is None:
            raise ValidationError(
                _("Write a date that has a beginning, for example 2018 or 21.05.2018."), code="invalid"
            )
        return value

    def clean_arrested_before(self) -> PartialDate | None:
        value: PartialDate | None = self.cleaned_data["arrested_before"]
        if value is not None and value.latest is None:
            raise ValidationError(_("Write a date that has an end, for example 2018 or 21.05.2018."), code="invalid")
        return value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        after, before = cleaned.get("arrested_after"), cleaned.get("arrested_before")
        if after and before and before.latest < after.earliest:
            self.add_error("arrested_before", _("This is before the other date: no arrest lies between them."))
        past = cleaned.get("status_on")
        if past and self.today and past > self.today:
            self.add_error("status_on", _("Choose a day that is not after today."))
        least, most = cleaned.get("sentence_at_least"), cleaned.get("sentence_at_most")
        if least is not None and most is not None and most < least:
            self.add_error("sentence_at_most", _("This is less than the other number: no sentence lies between them."))
        return cleaned


# Nobody changes a field of this form, which has thirty and is made for every page of a list.
CaseFilterForm.base_fields = SharedFields(CaseFilterForm.base_fields)
