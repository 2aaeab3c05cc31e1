"""For which day the statistics are asked, by what had been published when, and what to compare that with."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.published.statistics import Moment
from cases.published.strict_forms import StrictForm

FIRST = date(1900, 1, 1)


class DayField(forms.DateField):
    """A whole day of the past or today, as a browser's date box sends it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": _("Write a day like 2023-01-31: year, month, day.")},
            widget=forms.DateInput(attrs={"type": "date", "min": FIRST.isoformat()}, format="%Y-%m-%d"),
            **kwargs,
        )


class StatisticsForm(StrictForm):
    """Days not earlier than 1900 nor later than today; what is left empty is today, or the day beside it."""

    on = DayField(label=_("State on the day"), help_text=_("Empty: today"))
    known = DayField(label=_("As published by"), help_text=_("Empty: everything published by now"))
    with_on = DayField(label=_("Compare with the day"), help_text=_("An earlier or later state to compare with"))
    with_known = DayField(label=_("As published by"), help_text=_("Empty: everything published by now"))

    def __init__(self, data: QueryDict, *, today: date) -> None:
        super().__init__(data)
        self.today = today
        for name in ("on", "known", "with_on", "with_known"):
            self.fields[name].widget.attrs |= {
                "max": today.isoformat(),
                "aria-describedby": f"id_{name}_helptext",
            }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in ("on", "known", "with_on", "with_known"):
            day = cleaned.get(name)
            if day is not None and not FIRST <= day <= self.today:
                self.add_error(name, _("Choose a day from 1900 on that is not after today."))
        return cleaned

    @property
    def moment(self) -> Moment:
        """What is asked for, once the form is valid."""
        return Moment(self.cleaned_data["on"] or self.today, self.cleaned_data["known"] or self.today)

    @property
    def other(self) -> Moment | None:
        """What it is compared with; None where no comparison is asked for."""
        on, known = self.cleaned_data["with_on"], self.cleaned_data["with_known"]
        if on is None and known is None:
            return None
        return Moment(on or self.moment.on, known or self.today)
