"""Forms over the parameters of an address: a parameter that is unknown, given twice, or not understood is an error."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy as _

SHOWN_OF_A_VALUE = 60
#: How many values one parameter may have.
MOST_VALUES = 40
#: The code of the error of a word that is not in a closed list, as Django has it; pages say it without the list.
NO_CHOICE = "invalid_choice"


def shown(value: object) -> str:
    """Return a value as messages repeat it: short, and on one line."""
    text = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in str(value))
    return text if len(text) <= SHOWN_OF_A_VALUE else f"{text[:SHOWN_OF_A_VALUE]}…"


class WordField(forms.ChoiceField):
    """One word of a closed list; the error names the words that are accepted."""

    def validate(self, value: Any) -> None:
        if value in self.empty_values:
            return
        words = [str(word) for word, _label in list(self.choices) if word]  # type: ignore[arg-type]
        if value not in words:
            message = _("“%(value)s” is not accepted here. Accepted: %(words)s.")
            raise ValidationError(message, code=NO_CHOICE, params={"value": shown(value), "words": ", ".join(words)})


class Several(forms.MultipleChoiceField):
    """Any number of values of one parameter, each once and none empty, in the order in which they are given."""

    def to_python(self, value: Any) -> list[str]:
        values = [self.read(str(one)) for one in value or ()]
        return list(dict.fromkeys(one for one in values if one))

    def read(self, value: str) -> str:
        """Return one value as it is meant."""
        return value.strip()

    def validate(self, value: list[str]) -> None:
        if len(value) > MOST_VALUES:
            message = _("Choose at most %(most)s.")
            raise ValidationError(message, code="invalid", params={"most": MOST_VALUES})
        refused = [error for one in value if (error := self.refusal_of(one)) is not None]
        if refused:
            raise ValidationError(refused)

    def refusal_of(self, value: str) -> ValidationError | None:
        """Return why one value is refused, or None."""
        raise NotImplementedError


class WordsField(Several):
    """Any words of a closed list; the error names the words that are accepted."""

    def refusal_of(self, value: str) -> ValidationError | None:
        words = [str(word) for word, _label in list(self.choices) if word]  # type: ignore[arg-type]
        if value in words:
            return None
        message = _("“%(value)s” is not accepted here. Accepted: %(words)s.")
        return ValidationError(message, code=NO_CHOICE, params={"value": shown(value), "words": ", ".join(words)})


class SharedFields(dict[str, forms.Field]):
    """Fields that every form of a class has in common: Django copies each field with all its parts for every form.

    Only for a form that changes none of its fields: a change would be seen by everybody.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return dict(self)


class StrictForm(forms.Form):
    """`passing` names other parameters that the caller reads. `problems` is {parameter: [messages]}."""

    passing: Collection[str] = ()

    def __init__(self, data: QueryDict, *, passing: Collection[str] = ()) -> None:
        super().__init__(data)
        self.passing = passing

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for message in self.stray().values():
            self.add_error(None, message)
        return cleaned

    def stray(self) -> dict[str, str]:
        """Return a message for each parameter that is unknown or given more than once."""
        known = [*self.fields, *self.passing]
        messages = {}
        for name in self.data:
            if name not in known:
                message = gettext("There is no parameter “%(name)s”. There are: %(known)s.")
                messages[shown(name)] = message % {"name": shown(name), "known": ", ".join(known)}
            elif not isinstance(self.fields.get(name), Several) and self._is_repeated(name):
                messages[name] = gettext("The parameter “%(name)s” is given more than once.") % {"name": name}
        return messages

    def _is_repeated(self, name: str) -> bool:
        return isinstance(self.data, QueryDict) and len(self.data.getlist(name)) > 1

    @property
    def problems(self) -> dict[str, list[str]]:
        found = {name: [str(one) for one in errors] for name, errors in self.errors.items() if name != "__all__"}
        for name, message in self.stray().items():
            found.setdefault(name, []).append(message)
        return found
