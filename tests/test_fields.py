"""The fields of the house on real tables: an isolated model of their own, with history."""

import json
from collections.abc import Iterator
from datetime import date

import pytest
from django import forms
from django.contrib.admin import AdminSite, ModelAdmin
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps
from django.utils import translation
from simple_history.models import HistoricalRecords

from cases.domain.partial_dates import ACCEPTED, MESSAGES, parse
from cases.enums import CaseKind, Sex
from cases.fields import (
    PartialDateField,
    PartialDateFormField,
    PartialDateInput,
    VocabularyField,
    partial_date_columns,
)

COLUMNS = ["id", "born", "born_earliest", "born_latest", "died", "died_earliest", "died_latest", "kind", "sex"]


@pytest.fixture
def diarist(django_db_setup, django_db_blocker) -> Iterator[type[models.Model]]:
    """A model with two partial dates, one of them from an abstract parent, and its history.

    Its tables come and go outside any transaction, because SQLite changes no table within one.
    """
    with django_db_blocker.unblock(), isolate_apps("django.contrib.contenttypes") as apps:

        class Born(models.Model):
            born = PartialDateField("born", blank=True)

            class Meta:
                abstract = True
                app_label = "contenttypes"

        class Diarist(Born):  # noqa: DJ008
            died = PartialDateField(blank=True, null=True, help_text="Day of death.")
            kind = VocabularyField(CaseKind, default=CaseKind.HISTORICAL)
            sex = VocabularyField(Sex, blank=True)
            history = HistoricalRecords(history_user_id_field=models.IntegerField(null=True))

            class Meta:
                app_label = "contenttypes"

        tables = [Diarist, Diarist.history.model]
        Diarist.isolated_apps = apps  # where the tests of fixtures look models up
        with connection.schema_editor() as editor:
            for model in tables:
                editor.create_model(model)
        yield Diarist
        with connection.schema_editor() as editor:
            for model in reversed(tables):
                editor.delete_model(model)


def form_for(model: type[models.Model]) -> type[forms.ModelForm]:
    return forms.modelform_factory(model, fields=["born", "died", "kind", "sex"])


def test_each_partial_date_brings_its_two_bounds_exactly_once(diarist):
    assert sorted(field.name for field in diarist._meta.local_fields) == sorted(COLUMNS)
    history = [field.name for field in diarist.history.model._meta.local_fields]
    assert sorted(name for name in history if not name.startswith("history_")) == sorted(COLUMNS)


def test_the_bounds_stand_right_behind_their_date(diarist):
    names = [field.name for field in diarist._meta.local_fields]
    at = names.index("died")
    assert names[at : at + 3] == ["died", "died_earliest", "died_latest"]


@pytest.mark.parametrize("value", ["травень 2018", "2018-05", parse("2018-05")])
def test_saving_keeps_canonical_text_and_both_bounds(diarist, value):
    diarist.objects.create(born=value)
    row = diarist.objects.values("born", "born_earliest", "born_latest", "died", "died_earliest").get()
    assert row == {
        "born": parse("2018-05"),
        "born_earliest": date(2018, 5, 1),
        "born_latest": date(2018, 5, 31),
        "died": None,
        "died_earliest": None,
    }


def test_a_day_may_be_assigned_and_bounds_follow_before_saving(diarist):
    person = diarist(born=date(1913, 8, 2))
    assert (str(person.born), person.born_earliest, person.born_latest) == (
        "1913-08-02",
        date(1913, 8, 2),
        date(1913, 8, 2),
    )
    person.born = "1913~"
    assert person.born_earliest == date(1912, 1, 1)
    person.born = None
    assert (person.born_earliest, person.born_latest) == (None, None)


def test_a_bound_cannot_be_set_against_its_date(diarist):
    person = diarist.objects.create(born="2018", born_earliest=date(1900, 1, 1))
    person.born_latest = date(1900, 1, 1)
    person.save()
    person.refresh_from_db()
    assert (person.born_earliest, person.born_latest) == (date(2018, 1, 1), date(2018, 12, 31))


def test_history_keeps_the_text_and_the_bounds_of_every_version(diarist):
    person = diarist.objects.create(born="2018")
    person.born = "2018-05"
    person.save()
    versions = person.history.order_by("history_id").values_list("born", "born_earliest", "born_latest")
    assert list(versions) == [
        (parse("2018"), date(2018, 1, 1), date(2018, 12, 31)),
        (parse("2018-05"), date(2018, 5, 1), date(2018, 5, 31)),
    ]


def test_history_tells_the_difference_in_the_date_once(diarist):
    person = diarist.objects.create(born="2018")
    person.born = "2018-05"
    person.save()
    newer, older = person.history.order_by("-history_id")
    changes = newer.diff_against(older).changes
    assert [(change.field, str(change.old), str(change.new)) for change in changes] == [("born", "2018", "2018-05")]


def test_a_version_of_history_gives_back_the_record(diarist):
    person = diarist.objects.create(born="1937~")
    record = person.history.get().instance
    assert (record.born, record.born_latest) == (parse("1937~"), date(1938, 12, 31))


def test_half_a_save_is_refused(diarist):
    person = diarist.objects.create(born="2018")
    person.born = "2019"
    with pytest.raises(ValueError, match="must also name"):
        person.save(update_fields=["born"])
    person.save(update_fields=["born", "born_earliest", "born_latest"])
    assert diarist.objects.get().born_earliest == date(2019, 1, 1)


def test_only_and_defer_load_and_save_consistent_columns(diarist):
    diarist.objects.create(born="2018", died="2020")
    person = diarist.objects.only("born").get()
    assert person.born_earliest == date(2018, 1, 1)
    person.born = "2019"
    person.save()
    person = diarist.objects.defer("born", "died").get()
    assert person.get_deferred_fields() == {"born", "died"}
    person.save()
    assert (person.born_latest, person.born) == (date(2019, 12, 31), parse("2019"))
    bound_only = diarist.objects.only("died_latest").get()
    assert bound_only.died_latest == date(2020, 12, 31)
    assert "died" in bound_only.get_deferred_fields()


def test_refreshing_one_field_brings_its_bounds(diarist):
    person = diarist.objects.create(born="2018")
    diarist.objects.update(**partial_date_columns("born", "around 1937"))
    person.refresh_from_db(fields=["born"])
    assert (str(person.born), person.born_earliest) == ("1937~", date(1936, 1, 1))


def test_bulk_create_fills_the_bounds(diarist):
    diarist.objects.bulk_create([diarist(born="2018"), diarist(born="до 2019"), diarist()])
    assert list(diarist.objects.order_by("id").values_list("born_earliest", "born_latest")) == [
        (date(2018, 1, 1), date(2018, 12, 31)),
        (None, date(2018, 12, 31)),
        (None, None),
    ]


def test_lookups_by_text_read_what_people_type(diarist):
    first = diarist.objects.create(born="2018-05")
    second = diarist.objects.create(born="2019")
    none = diarist.objects.create()
    assert diarist.objects.get(born="травень 2018") == first
    assert diarist.objects.get(born=parse("2019")) == second
    assert set(diarist.objects.filter(born__in=["05/2018", "2019"])) == {first, second}
    assert diarist.objects.get(born__isnull=True) == none
    assert diarist.objects.get(born=None) == none
    assert diarist.objects.get(born__startswith="2018") == first
    assert diarist.objects.get(born_latest__lt=date(2019, 1, 1)) == first
    assert list(diarist.objects.exclude(born=None).order_by("-born_earliest")) == [second, first]


@pytest.mark.parametrize("lookup", ["lt", "lte", "gt", "gte", "range"])
def test_text_is_never_compared_as_if_it_were_time(diarist, lookup):
    with pytest.raises(FieldError):
        diarist.objects.filter(**{f"born__{lookup}": "2018"})


def test_text_that_is_no_date_waits_for_validation_and_is_never_saved(diarist):
    person = diarist(born="someday")
    with pytest.raises(ValidationError) as refusal:
        person.full_clean()
    assert list(refusal.value.message_dict) == ["born"]
    assert refusal.value.error_dict["born"][0].code == "unreadable"
    with pytest.raises(ValueError, match=r"21\.05\.2018"):
        person.save()


def test_full_clean_turns_nothing_into_none(diarist):
    person = diarist(born="", died="  ")
    person.full_clean()
    assert (person.born, person.died) == (None, None)


def test_a_required_date_is_required():
    with isolate_apps("django.contrib.contenttypes"):

        class Required(models.Model):  # noqa: DJ008
            on = PartialDateField()

            class Meta:
                app_label = "contenttypes"

        assert Required._meta.get_field("on").null is False
        with pytest.raises(ValidationError) as refusal:
            Required().full_clean()
        assert refusal.value.error_dict["on"][0].code == "null"


@pytest.mark.parametrize("fmt", ["json", "xml"])
def test_fixtures_carry_plain_text_and_loading_fills_the_bounds(diarist, fmt, monkeypatch):
    monkeypatch.setattr("django.core.serializers.python.apps", diarist.isolated_apps)
    monkeypatch.setattr("django.core.serializers.xml_serializer.apps", diarist.isolated_apps)
    diarist.objects.create(born="2018-05", sex=Sex.FEMALE)
    dump = serializers.serialize(fmt, diarist.objects.all())
    assert "2018-05" in dump
    assert "born_earliest" not in dump
    diarist.objects.all().delete()
    for loaded in serializers.deserialize(fmt, dump):
        loaded.save()
    person = diarist.objects.get()
    assert (str(person.born), person.born_latest, person.died, person.sex) == (
        "2018-05",
        date(2018, 5, 31),
        None,
        "female",
    )


def test_a_fixture_with_an_impossible_date_is_refused(diarist, monkeypatch):
    monkeypatch.setattr("django.core.serializers.python.apps", diarist.isolated_apps)
    row = {"model": "contenttypes.diarist", "pk": 1, "fields": {"born": "2018-02-30"}}
    with pytest.raises(serializers.base.DeserializationError, match="no such day"):
        list(serializers.deserialize("json", json.dumps([row])))


def project_state(*model_classes: type[models.Model]) -> ProjectState:
    state = ProjectState()
    for model in model_classes:
        state.add_model(ModelState.from_model(model))
    return state


def test_migrations_carry_each_column_once_and_then_rest(diarist):
    state = project_state(diarist)
    fields = state.models["contenttypes", "diarist"].fields
    assert sorted(fields) == sorted(COLUMNS)
    rendered = state.apps.get_model("contenttypes", "diarist")
    assert sorted(field.name for field in rendered._meta.local_fields) == sorted(COLUMNS)
    again = project_state(rendered)
    for left, right in ((state, again), (again, state)):
        assert MigrationAutodetector(left, right)._detect_changes() == {}


def test_a_migration_is_plain_and_does_not_know_the_words(diarist):
    state = project_state(diarist)
    written = {
        name: MigrationWriter.serialize(field)[0]
        for name, field in state.models["contenttypes", "diarist"].fields.items()
    }
    assert written["born"] == "cases.fields.PartialDateField(blank=True, bounds=False, null=True, verbose_name='born')"
    assert written["born_earliest"] == "models.DateField(blank=True, editable=False, null=True, serialize=False)"
    assert written["kind"] == "cases.fields.VocabularyField(default='historical', max_length=40)"
    assert written["sex"] == "cases.fields.VocabularyField(blank=True, default='', max_length=40)"


def test_a_table_can_be_made_and_changed_from_migration_state(diarist):
    """SQLite remakes the whole table on a change; no column may be lost or doubled."""
    rendered = project_state(diarist).apps.get_model("contenttypes", "diarist")
    with connection.schema_editor() as editor:
        editor.delete_model(diarist)
        editor.create_model(rendered)
        old = rendered._meta.get_field("died")
        new = PartialDateField(null=False, default="2018", bounds=False)
        new.set_attributes_from_name("died")
        new.model = rendered
        editor.alter_field(rendered, old, new)
        editor.alter_field(rendered, new, old)
    diarist.objects.create(born="2018")
    assert diarist.objects.get().born_latest == date(2018, 12, 31)


# Forms ---------------------------------------------------------------------------------------


def test_a_form_reads_what_people_type_and_saves_it(diarist):
    form = form_for(diarist)({"born": "21.05.1986 р.", "died": "", "kind": "contemporary", "sex": ""})
    assert form.is_valid(), form.errors
    person = form.save()
    person.refresh_from_db()
    assert (str(person.born), person.died, person.kind, person.sex) == ("1986-05-21", None, "contemporary", "")


def test_a_form_keeps_what_was_typed_and_says_what_is_accepted(diarist):
    form = form_for(diarist)({"born": "31.02.1986", "died": "", "kind": "contemporary", "sex": ""})
    assert not form.is_valid()
    assert form.errors["born"] == [str(form.errors["born"][0])]
    assert "no such day" in form.errors["born"][0]
    assert "05/2018" in form.errors["born"][0]
    assert 'value="31.02.1986"' in str(form["born"])


def test_the_box_is_short_and_plain(diarist):
    html = str(form_for(diarist)()["born"])
    for attribute in ('type="text"', 'inputmode="text"', 'size="22"', 'autocomplete="off"', 'maxlength="40"'):
        assert attribute in html


def test_the_admin_leaves_the_box_as_it_is(diarist, rf):
    admin = ModelAdmin(diarist, AdminSite())
    fields = admin.get_form(rf.get("/")).base_fields
    assert sorted(fields) == ["born", "died", "kind", "sex"]
    assert type(fields["born"].widget) is PartialDateInput


def test_errors_are_translated_when_they_are_shown(monkeypatch):
    with pytest.raises(ValidationError) as refusal:
        PartialDateFormField().clean("31.02.1986")
    monkeypatch.setattr("django.utils.translation._trans.gettext", lambda message: f"<{message}>")
    assert refusal.value.messages == [f"<{MESSAGES['no_such_day']}> <{ACCEPTED}>"]


def test_help_shows_examples_unless_the_model_has_its_own(diarist):
    fields = form_for(diarist)().fields
    assert "21.05.2018" in str(fields["born"].help_text)
    assert fields["died"].help_text == "Day of death."


SHOWN = {
    "2018-05": "2018-05",
    "2018-05-21": "2018-05-21",
    "2018~": "близько 2018",
    "2025-23": "осінь 2025",
    "../2018-12-31": "до 2019",
    "2016/2017": "2016–2017",
    "19XX": "19XX",
    "2018-05-21~/2019-09-30~": "2018-05-21~/2019-09-30~",
}


@pytest.mark.parametrize(("stored", "shown"), SHOWN.items())
def test_the_box_shows_a_stored_date_so_that_it_reads_back_unchanged(stored, shown):
    field = PartialDateFormField()
    with translation.override("uk"):
        assert field.prepare_value(parse(stored)) == shown
    assert field.clean(shown) == parse(stored)
    assert not field.has_changed(parse(stored), shown)


def test_change_is_a_matter_of_meaning_not_of_spelling():
    field = PartialDateFormField(required=False)
    assert not field.has_changed(parse("2018-05"), "травень 2018")
    assert not field.has_changed(None, "")
    assert field.has_changed(parse("2018-05"), "2018")
    assert field.has_changed(parse("2018-05"), "")
    assert field.has_changed(None, "someday")


def test_a_form_field_alone_can_be_required():
    with pytest.raises(ValidationError):
        PartialDateFormField().clean("")
    assert PartialDateFormField(required=False).clean("") is None


# Vocabularies --------------------------------------------------------------------------------


def test_a_vocabulary_offers_its_words_and_refuses_others(diarist):
    field = diarist._meta.get_field("kind")
    assert [value for value, _label in field.choices] == [word.value for word in CaseKind]
    with pytest.raises(ValidationError):
        diarist(kind="terrorist").full_clean()
    person = diarist.objects.create(kind=CaseKind.CONTEMPORARY)
    person.refresh_from_db()
    assert (person.kind, type(person.kind), person.get_kind_display()) == ("contemporary", str, "Contemporary")
    assert diarist.objects.get(kind__in=[CaseKind.CONTEMPORARY]) == person


def test_labels_are_translated_when_they_are_shown(diarist, monkeypatch):
    monkeypatch.setattr("django.utils.translation._trans.gettext", lambda message: f"<{message}>")
    assert diarist(kind="historical").get_kind_display() == "<Historical>"


def test_defaults_are_plain_strings(diarist):
    assert (diarist().kind, type(diarist().kind), diarist().sex) == ("historical", str, "")
