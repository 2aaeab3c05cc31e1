"""Forms of the desk: a source picked beside each row, terms as people write them, texts in several languages."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from translated_fields import to_attribute

from cases.admin.site import desk
from cases.domain.sealing import SealingError
from cases.domain.terms import Term, TermError, parse
from cases.fields import PartialDateField
from cases.models import Citation, Prisoner, Source
from cases.models.base import CONTENT_LANGUAGES
from cases.queries.lines import line
from cases.sealed import Sealed, SealedFormField

TERM_UNITS = ("years", "months", "days")

LANGUAGE_WORDS: dict[str, Any] = {
    "en": _("English"),
    "uk": _("Ukrainian"),
    "crh-latn": _("Crimean Tatar"),
    "ru": _("Russian"),
}
_SUFFIXES = {to_attribute("", language): language for language in CONTENT_LANGUAGES}


def in_each_language(name: str) -> tuple[str, ...]:
    """Return the columns of a translated field, as one line of a form."""
    return tuple(to_attribute(name, language) for language in CONTENT_LANGUAGES)


def language_of(column: models.Field) -> str:
    """Return the language of one column of a translated field; nothing for other columns."""
    return next((language for suffix, language in _SUFFIXES.items() if column.name.endswith(suffix)), "")


def label_in_language(column: models.Field, language: str) -> str | Promise:
    """Return the label of one column of a translated field: what it is and in which language."""
    return format_lazy("{}: {}", capfirst(column.verbose_name), LANGUAGE_WORDS[language])


class KnownAutocomplete(AutocompleteSelect):
    """A search box that is told which record is chosen, so that no row of a form asks for it, nor for none."""

    known: models.Model | None = None

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        chosen = [str(one) for one in value if str(one)]
        empty = [] if self.is_required else [self.create_option(name, "", "", selected=False, index=0)]
        if not chosen:
            return [(None, empty, 0)]
        if self.known is None or chosen != [str(self.known.pk)]:
            return super().optgroups(name, value, attr)
        label = self.choices.field.label_from_instance(self.known)
        option = self.create_option(name, self.known.pk, label, selected=True, index=len(empty))
        return [(None, [*empty, option], 0)]


def tell_known(form: Any) -> None:
    """Tell the search boxes of a form the related records that were fetched with its record."""
    for name, field in form.fields.items():
        widget = getattr(field.widget, "widget", field.widget)
        if isinstance(widget, KnownAutocomplete):
            widget.known = form.instance._state.fields_cache.get(name)


def only_own_cases(field: Any, cases: models.QuerySet[Prisoner]) -> None:
    """Let a box for a case take these cases alone; a case that is somebody else's is not added to."""
    field.queryset = cases
    field.error_messages["invalid_choice"] = _("This case is assigned to somebody else: ask them, or a reviewer.")


def source_widget() -> RelatedFieldWidgetWrapper:
    """Return the search box for a source, with a way to write down a new one."""
    field = Citation._meta.get_field("source")
    return RelatedFieldWidgetWrapper(
        KnownAutocomplete(field, desk),
        field.remote_field,
        desk,
        can_add_related=True,
        can_change_related=False,
        can_view_related=False,
    )


def leave_out(form: Any, name: str, words: Iterable[str]) -> None:
    """Offer a box of a vocabulary without some words; a record that says one of them already keeps it."""
    if name in form.fields:
        box, kept = form.fields[name], getattr(form.instance, name)
        box.choices = [(value, label) for value, label in box.choices if value == kept or value not in words]


class SourceField(forms.ModelChoiceField):
    """Which source says so."""

    def __init__(self, **kwargs: Any) -> None:
        settings = {
            "queryset": Source.objects.all(),
            "required": False,
            "label": _("Source"),
            "help_text": _("Says this. Search by title or publisher, or add a new source with +"),
            "widget": source_widget(),
            **kwargs,
        }
        super().__init__(**settings)


class Foldable:
    """A row that folds to one line once it is saved, and stays open while something in it is not settled."""

    instance: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tell_known(self)

    @property
    def media(self) -> forms.Media:
        """The scripts of the boxes, gathered once for all rows of one kind on a page: they share a class, and boxes."""
        kind = type(self)
        if "media_of_rows" not in vars(kind):
            kind.media_of_rows = super().media  # type: ignore[attr-defined, misc]
        return kind.media_of_rows  # type: ignore[attr-defined, no-any-return]

    @property
    def anchor(self) -> str:
        """The id to which links from the head of the case lead: "stay-12", as the facts of custody name their rows."""
        return f"{self.instance._meta.model_name}-{self.instance.pk}"

    @property
    def line(self) -> list[str]:
        """What the folded row says; with its sealed values where they are open to the reader."""
        boxes = (field for field in self.fields.values() if isinstance(field, SealedFormField))  # type: ignore[attr-defined]
        return line(self.instance, opened=any(box.is_open and not box.is_late for box in boxes))

    @property
    def is_open(self) -> bool:
        """Tell whether the row, or a row inside it, is new, has errors, or has changes that were not saved."""
        if self.is_bound and (self.errors or self.has_changed()):  # type: ignore[attr-defined]
            return True
        return any(
            formset.is_bound and (formset.non_form_errors() or any(row.is_open for row in formset.forms))
            for formset in getattr(self, "nested_formsets", ())
        )


#: A rule of the database: the box beside which its message stands.
BOXES: dict[str, str] = {
    "stay_at_a_site_names_it": "site",
    "stay_ends_after_it_begins": "ended",
    "event_release_kind_is_for_releases": "release_kind",
    "event_ends_after_it_begins": "ended",
    "decision_in_force_after_decided": "in_force_from",
    "sentence_once_a_decision": "defendant",
    "sentence_is_a_term_or_life": "life",
    "sentence_term_is_plausible": "term",
    "sentence_fine_has_a_currency": "fine_currency",
    "segment_position_once": "position",
    "segment_is_a_term_or_the_rest": "term",
    "code_jurisdiction_is_a_country": "jurisdiction",
    "provision_ends_after_it_begins": "in_force_to",
    "place_sovereign_is_iso_3166_1": "sovereign",
    "place_region_is_of_its_sovereign": "region",
    "place_control_differs_from_sovereign": "controlled_by",
    "site_coordinates_say_what_they_mark": "coordinate_precision",
    "prisoner_consent_says_by_whom": "consent_given_by",
    "prisoner_died_after_birth": "died",
    "prisoner_public_photo_has_credit": "photo_is_public",
    "prisoner_photo_has_its_hash": "photo",
    "source_file_has_its_hash": "file",
    "name_one_preferred_a_language": "is_preferred",
    "name_once": "text",
    "citizenship_once": "country",
    "citizenship_is_iso_3166_1": "country",
    "spoken_language_once": "language",
    "defendant_once": "prisoner",
    "charge_dropped_after_brought": "dropped",
    "charge_act_ends_after_it_begins": "act_to",
    "need_amount_has_a_currency": "currency",
    "aid_amount_has_a_currency": "currency",
}


class ShutBox(forms.Widget):
    """What stands in place of a box whose value is sealed: that something is there, or why it cannot be opened."""

    def __init__(self, problem: str = "") -> None:
        super().__init__()
        self.problem = problem

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002 - Django's signature
        context = {"name": name, "id": (attrs or {}).get("id", ""), "problem": self.problem}
        return render_to_string("desk/widgets/shut.html", context)


class RecordForm(Foldable, forms.ModelForm):
    """A record; rules of the database about the bounds of partial dates are checked too, although they are no boxes.

    A sealed value that is there and not opened for this reader is neither shown nor taken; an empty one can be written.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            value = getattr(self.instance, name) if isinstance(field, SealedFormField) else None
            if value:
                self._keep_sealed(name, field, value)

    def _keep_sealed(self, name: str, field: Any, value: Sealed) -> None:
        """Shut the box of a value that is there, unless it is open to the reader, can be opened and was sent."""
        omitted = self.is_bound and field.widget.value_omitted_from_data(self.data, self.files, self.add_prefix(name))
        problem = ""
        if field.is_open:
            try:
                value.open()
            except SealingError as broken:
                problem = str(broken)
        field.is_open = field.is_open and not problem and not (omitted and field.is_late)
        if not field.is_open:
            field.widget = ShutBox(problem)
        field.disabled = not field.is_open or omitted

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - bounds_of(type(self.instance))

    def _update_errors(self, errors: ValidationError) -> None:
        """Put what a rule of the database says beside the box in which it can be settled."""
        boxes = {str(rule.violation_error_message): BOXES.get(rule.name) for rule in self._meta.model._meta.constraints}
        placed = errors.update_error_dict({})
        for error in list(placed.get(NON_FIELD_ERRORS, ())):
            box = next((boxes[message] for message in error.messages if message in boxes), None)
            if box in self.fields:
                placed[NON_FIELD_ERRORS].remove(error)
                placed.setdefault(box, []).append(error)
        super()._update_errors(ValidationError({name: found for name, found in placed.items() if found}))  # type: ignore[misc]


def bounds_of(model: type[models.Model]) -> set[str]:
    """Return the names of the computed columns of the model's partial dates."""
    dates = (field.name for field in model._meta.concrete_fields if isinstance(field, PartialDateField))
    return {f"{name}_{side}" for name in dates for side in ("earliest", "latest")}


class CitingForm(RecordForm):
    """A row with its source: what is picked is cited for the row as a whole when the form is saved."""

    cited_source = SourceField()


class TermField(forms.CharField):
    """A term in words; `cleaned_data` holds a `Term`."""

    def __init__(self, **kwargs: Any) -> None:
        settings = {
            "required": False,
            "label": _("Term in words"),
            "help_text": _(
                "For example: 14 years, 10 years 6 months, 10y6m, 14 р. 6 міс., 5 лет. Or fill the numbers."
            ),
            "max_length": 60,
            **kwargs,
        }
        super().__init__(**settings)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return parse(text or "")
        except TermError as refusal:
            raise ValidationError(
                _("Write a term like: 14 years, 10 years 6 months, 10y6m, 14 р. 6 міс., 5 лет, 15 days."), code="term"
            ) from refusal


class TermForm(CitingForm):
    """A row with years, months and days that may be written as one text."""

    term = TermField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "term" in self.fields:
            self.fields["term"].initial = str(Term(*(getattr(self.instance, unit) for unit in TERM_UNITS)))

    def clean(self) -> dict[str, Any]:
        """Let the words fill the numbers; refuse words and numbers that were both changed and disagree."""
        cleaned = super().clean() or self.cleaned_data
        term = cleaned.get("term")
        if not isinstance(term, Term) or "term" not in self.changed_data:
            return cleaned
        numbers = Term(*(cleaned.get(unit) for unit in TERM_UNITS))
        numbers_changed = any(unit in self.changed_data for unit in TERM_UNITS)
        if numbers_changed and numbers and term and numbers != term:
            self.add_error("term", _("The words and the numbers say different terms: leave one of them empty."))
            return cleaned
        if term or not numbers_changed:
            cleaned.update({unit: getattr(term, unit) for unit in TERM_UNITS})
        return cleaned
