"""What stands in the cells of lists and in boxes that are only read: words, where Django draws icons and writes codes."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.templatetags import admin_list
from django.db import models
from django.utils.translation import gettext as _

from cases.fields import PartialDateField
from cases.queries.lines import words_of_field


def yes_or_no(value: bool | None) -> str:  # noqa: FBT001 - as Django calls it
    return "" if value is None else _("yes") if value else _("no")


# Django's icons say "True" and "False" to whoever hears the page, in every language.
admin_list._boolean_icon = yes_or_no  # type: ignore[attr-defined]  # noqa: SLF001


def in_words(model: type[models.Model], columns: Iterable[Any]) -> list[Any]:
    """Return the columns of a list with partial dates in words: "24 July 2002" for "2002-07-24"."""
    dates = {one.name: one for one in model._meta.concrete_fields if isinstance(one, PartialDateField)}
    return [_told(dates[name]) if name in dates else name for name in columns]


def _told(column: PartialDateField) -> Callable[[models.Model], str]:
    @admin.display(description=column.verbose_name, ordering=f"{column.name}_earliest")
    def told(record: models.Model) -> str:
        return words_of_field(record, column.name)

    told.__name__ = column.name
    return told
