"""Fields for values that something published has: an article, a region, a detention site, a body."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from cases.published.models import Facet, PublishedProvision, PublishedSite, PublishedTotal
from cases.published.regions import REGIONS
from cases.published.strict_forms import Several, shown

Exists = Callable[[str], bool]


class PresentField(forms.CharField):
    """A value that something published has. `exists` asks for one value; `options` lists those to choose from."""

    widget = forms.Select

    def __init__(self, *, pattern: str, refusal: Any, exists: Exists, **kwargs: Any) -> None:
        super().__init__(max_length=120, strip=True, **kwargs)
        self.pattern, self.refusal, self.exists = re.compile(pattern), refusal, exists

    def clean(self, value: Any) -> str:
        cleaned: str = super().clean(value)
        if cleaned and not (self.pattern.fullmatch(cleaned) and self.exists(cleaned)):
            raise ValidationError(self.refusal, code="invalid", params={"value": shown(cleaned)})
        return cleaned


class PresentsField(Several):
    """Any number of such values."""

    def __init__(self, *, pattern: str, refusal: Any, exists: Exists, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pattern, self.refusal, self.exists = re.compile(pattern), refusal, exists

    def refusal_of(self, value: str) -> ValidationError | None:
        if self.pattern.fullmatch(value) and self.exists(value):
            return None
        return ValidationError(self.refusal, code="invalid", params={"value": shown(value)})


class ArticlesField(PresentsField):
    def read(self, value: str) -> str:
        return re.sub(r"\s+", "", value)


class RegionsField(PresentsField):
    def read(self, value: str) -> str:
        return value.strip().upper()


def has_total(*facets: Facet) -> Exists:
    """Return what tells whether a published case has a value of one of the facets."""
    return lambda value: PublishedTotal.objects.filter(facet__in=facets, value=value, people__gt=0).exists()


def is_article(value: str) -> bool:
    named = Q(article=value) | Q(number=value)
    return has_total(Facet.ARTICLE)(value) or PublishedProvision.objects.filter(named).exists()


def is_provision(value: str) -> bool:
    return has_total(Facet.PROVISION)(value) or PublishedProvision.objects.filter(slug=value).exists()


def is_region(value: str) -> bool:
    return value in REGIONS or has_total(Facet.REGION)(value) or PublishedSite.objects.filter(region=value).exists()


def is_site(value: str) -> bool:
    return has_total(Facet.SITE, Facet.PAST_SITE)(value) or PublishedSite.objects.filter(slug=value).exists()
