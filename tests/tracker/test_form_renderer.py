"""Boxes and labels are what Django's own templates make of them, whichever kind of template writes them."""

import pytest
from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.forms.renderers import DjangoTemplates, get_default_renderer

from tracker.form_renderer import FormRenderer

HOSTILE = "\"'><script>alert(1)</script>&amp;"


class Everything(forms.Form):
    text = forms.CharField(label=HOSTILE, help_text="Help.", max_length=40)
    long = forms.CharField(widget=forms.Textarea)
    number = forms.IntegerField(min_value=1)
    day = forms.DateField(widget=AdminDateWidget)
    chosen = forms.ChoiceField(choices=[("", "-"), ("a", HOSTILE), ("Group", [("b", "B")])])
    several = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)
    one = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(required=False)
    unknown = forms.NullBooleanField()
    hidden = forms.CharField(widget=forms.HiddenInput)
    moment = forms.SplitDateTimeField()
    file = forms.FileField(widget=forms.ClearableFileInput)
    secret = forms.CharField(widget=forms.PasswordInput)


def signs(html: str) -> str:
    """Return the HTML without blank space; the two kinds of templates write the same quotation marks differently."""
    return "".join(html.split()).replace("&#39;", "&#x27;").replace("&#34;", "&quot;")


@pytest.mark.parametrize(
    "data", [None, {}, {"text": HOSTILE, "long": HOSTILE, "number": "0", "chosen": "a", "day": "x"}]
)
def test_the_html_is_the_same_but_for_blank_space(data: dict[str, str] | None) -> None:
    quick, slow = (signs(str(Everything(data, renderer=one))) for one in (FormRenderer(), DjangoTemplates()))
    assert quick == slow
    assert "<script>" not in quick
    assert quick.count("<input") > 10


def test_it_is_what_the_program_uses() -> None:
    assert type(get_default_renderer()) is FormRenderer
