"""The calculator's form: what a term is counted from, in boxes; nothing of it is stored."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from cases.domain.partial_dates import PartialDate
from cases.domain.term_case import LONGEST, ONE_OF, TermInputError, read_case
from cases.domain.term_counting import Counted, count
from cases.domain.term_law import REGIMES
from cases.enums import Regime
from cases.fields import PartialDateFormField
from cases.published.term_telling import CUSTODY_WORDS, term_law, told_input_error

CUSTODY_ROWS, SEGMENT_ROWS = 4, 3
#: The boxes of a row, by what the file of `compute_term` calls them.
CUSTODY_BOXES = {"kind": "kind", "from": "start", "to": "end"}
SEGMENT_BOXES = {"regime": "regime", "years": "part_years", "months": "part_months"}


def _whole_number(label: Any, most: int) -> forms.IntegerField:
    wrong = format_lazy(_("Write a whole number from 0 to {most}."), most=most)
    messages = dict.fromkeys(("invalid", "min_value", "max_value"), wrong)
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most, error_messages=messages)


class TermForm(forms.Form):
    """Boxes for four times of custody and three parts of a sentence; `counted` is what follows from them, once valid."""

    in_force = PartialDateFormField(
        label=_("Sentence in force since"), required=False, help_text=_("The day of the appeal, as a rule: 14.03.2022")
    )
    offences = forms.CharField(
        label=_("Articles, with commas between"),
        required=False,
        max_length=300,
        help_text=_("For example 205.5(2), 278"),
    )
    years = _whole_number(_("Years"), LONGEST["years"])
    months = _whole_number(_("Months"), LONGEST["months"])
    days = _whole_number(_("Days"), LONGEST["days"])
    life = forms.BooleanField(label=_("For life"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", "–"), *((kind.value, words) for kind, words in CUSTODY_WORDS.items())]
        regimes = [("", "–"), *((name, gettext(Regime(name).label)) for name in REGIMES)]
        for number in range(CUSTODY_ROWS):
            self.fields[f"kind_{number}"] = forms.ChoiceField(label=_("How held"), required=False, choices=kinds)
            self.fields[f"start_{number}"] = PartialDateFormField(
                label=pgettext_lazy("of custody", "From"), required=False
            )
            self.fields[f"end_{number}"] = PartialDateFormField(
                label=pgettext_lazy("of custody", "To"),
                required=False,
                help_text=_("Empty: until the sentence was in force"),
            )
        for number in range(SEGMENT_ROWS):
            self.fields[f"regime_{number}"] = forms.ChoiceField(label=_("Regime"), required=False, choices=regimes)
            self.fields[f"part_years_{number}"] = _whole_number(_("Years"), LONGEST["years"])
            self.fields[f"part_months_{number}"] = _whole_number(_("Months"), LONGEST["months"])
        for name, field in self.fields.items():
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"id_{name}_helptext"
        self.counted: Counted | None = None

    def custody_rows(self) -> Iterator[list[forms.BoundField]]:
        """Yield the boxes of each time of custody."""
        for number in range(CUSTODY_ROWS):
            yield [self[f"{box}_{number}"] for box in CUSTODY_BOXES.values()]

    def segment_rows(self) -> Iterator[list[forms.BoundField]]:
        """Yield the boxes of each part of the sentence."""
        for number in range(SEGMENT_ROWS):
            yield [self[f"{box}_{number}"] for box in SEGMENT_BOXES.values()]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        custody, held = _filled(said, CUSTODY_BOXES, CUSTODY_ROWS)
        segments, parts = _filled(said, SEGMENT_BOXES, SEGMENT_ROWS)
        data = {
            "custody": custody,
            "offences": [one for one in (part.strip() for part in said["offences"].split(",")) if one],
            "sentence": {name: said[name] for name in ("years", "months", "days", "life")} | {"segments": segments},
            "in_force": _plain(said["in_force"]),
        }
        try:
            self.counted = count(read_case(data), term_law())
        except TermInputError as mistake:
            # Boxes with a list of choices hold no codes that a reader could write.
            text = gettext("Choose one from the list.") if mistake.text == ONE_OF else told_input_error(mistake)
            self.add_error(_box_of(mistake.field, held, parts), text)
        return said


def _filled(said: dict[str, Any], boxes: dict[str, str], rows: int) -> tuple[list[dict[str, Any]], list[int]]:
    """Return the rows in which something is written, as the file has them, and which rows they are."""
    found, numbers = [], []
    for number in range(rows):
        row = {name: said.get(f"{box}_{number}") for name, box in boxes.items()}
        if any(value not in (None, "") for value in row.values()):
            found.append({name: _plain(value) for name, value in row.items()})
            numbers.append(number)
    return found, numbers


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return value.text
    return None if value == "" else value


def _box_of(field: str, held: list[int], parts: list[int]) -> str | None:
    """Return the box in which a mistake was made; None for one of no single box."""
    steps = field.split(".")
    if steps[0] == "custody" and len(steps) == 3:
        return f"{CUSTODY_BOXES[steps[2]]}_{held[int(steps[1])]}"
    if steps[:2] == ["sentence", "segments"]:
        number = parts[int(steps[2])] if len(steps) > 2 else parts[-1]
        return f"{SEGMENT_BOXES[steps[3] if len(steps) > 3 else 'years']}_{number}"
    if steps[0] == "sentence":
        return steps[1] if len(steps) > 1 else "years"
    return steps[0]
