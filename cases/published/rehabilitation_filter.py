"""By what the list of rescinded rehabilitations can be narrowed: the year, and the body that rescinded."""

from datetime import date
from typing import Any

from django.db.models import Min
from django.http import QueryDict
from django.utils.choices import CallableChoiceIterator
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, gettext_lazy as _

from cases.domain.names import fold
from cases.published.case_form import Choices
from cases.published.models import EVER, Facet, PublishedCase, PublishedCaseQuerySet, PublishedFacet, PublishedTotal
from cases.published.present_fields import PresentField
from cases.published.rehabilitations import rescissions
from cases.published.strict_forms import StrictForm


def _counted(facet: Facet) -> list[str]:
    rows = PublishedTotal.objects.filter(facet=facet, people__gt=0).exclude(value=EVER)
    return list(rows.order_by("value").values_list("value", flat=True))


def _has(facet: Facet) -> Any:
    return lambda value: PublishedTotal.objects.filter(facet=facet, value=value, people__gt=0).exists()


class RescindedForm(StrictForm):
    year = PresentField(
        label=_("Year"),
        required=False,
        pattern=r"\d{4}",
        exists=_has(Facet.RESCINDED),
        refusal=_("No published rehabilitation was rescinded in “%(value)s”. Write a year, for example 2024."),
        help_text=_("The year in which the rehabilitation was rescinded, or may have been"),
    )
    body = PresentField(
        label=_("Rescinded by"),
        required=False,
        pattern=r"[a-z0-9-]{1,120}",
        exists=_has(Facet.RESCINDED_BY),
        refusal=_("No published rehabilitation was rescinded by “%(value)s”. Choose from the list."),
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, passing=("cursor",))
        self.fields["year"].widget.choices = CallableChoiceIterator(lambda: self.years)
        self.fields["body"].widget.choices = CallableChoiceIterator(lambda: self.bodies)

    @cached_property
    def years(self) -> Choices:
        return [("", gettext("Any")), *((year, year) for year in reversed(_counted(Facet.RESCINDED)))]

    @cached_property
    def bodies(self) -> Choices:
        """Return the bodies by name, which is read from one case of each."""
        language, counted = get_language() or "en", _counted(Facet.RESCINDED_BY)
        facets = PublishedFacet.objects.filter(facet=Facet.RESCINDED_BY, value__in=counted)
        one_of_each = facets.order_by().values("value").annotate(one=Min("case")).values("one")
        documents = PublishedCase.objects.filter(pk__in=one_of_each).values_list("document", flat=True)
        bodies = [one["body"] for document in documents if document for one in rescissions(document) if one["body"]]
        names = {body["slug"]: body["name"].get(language) or body["name"].get("en", "") for body in bodies}
        chosen = ((slug, names.get(slug) or slug) for slug in counted)
        return [("", gettext("Any")), *sorted(chosen, key=lambda pair: fold(pair[1]))]

    def select(self, on: date) -> PublishedCaseQuerySet:
        """Return the cases whose rehabilitation was ever rescinded; none where a parameter is refused."""
        cases = PublishedCase.objects.visible(on)
        if not self.is_valid():
            return cases.none()
        wanted = [(Facet.RESCINDED, self.cleaned_data["year"] or EVER)]
        if self.cleaned_data["body"]:
            wanted.append((Facet.RESCINDED_BY, self.cleaned_data["body"]))
        for facet, value in wanted:
            cases = cases.filter(pk__in=PublishedFacet.objects.filter(facet=facet, value=value).values("case"))
        return cases
