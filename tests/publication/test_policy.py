"""Every field of every record is classified, and the door reads none against its class."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from translated_fields import TranslatedField, to_attribute

from cases.fields import PartialDateField
from cases.models import Household, Prisoner
from cases.models.base import Record
from cases.publication import policy
from cases.publication.policy import NotPublic, shown, weighed
from cases.publication.policy_table import POLICY, RECORD, Disclosure
from cases.published.models import PublishedCase
from cases.sealed import SealedField

RECORDS = [model for model in apps.get_app_config("cases").get_models() if issubclass(model, Record)]


#: Tables that are no records, because they are to be forgotten; nothing of the door reads them.
TRANSIENT = {
    "editingpresence": "who has a form open; gone after a minute",
    "formdraft": "sealed text of its author alone; a history would keep what was thrown away",
}


def classifiable(model: type[models.Model]) -> set[str]:
    """The fields of a model as the policy names them: a translated field once, a partial date without its bounds."""
    names = {field.name for field in [*model._meta.local_fields, *model._meta.local_many_to_many]}
    for field in model._meta.local_fields:
        if isinstance(field, PartialDateField):
            names -= {f"{field.name}_earliest", f"{field.name}_latest"}
    for name, value in vars(model).items():
        if isinstance(value, TranslatedField):
            names -= {to_attribute(name, language) for language in value.languages}
            names.add(name)
    return names


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_every_field_of_every_record_is_classified_and_nothing_else_is(model: type[models.Model]) -> None:
    assert set(POLICY[str(model._meta.model_name)]) | set(RECORD) == classifiable(model)


def test_every_record_has_a_policy_and_every_policy_a_record() -> None:
    assert set(POLICY) == {model._meta.model_name for model in RECORDS}


#: Tables of the app that are no records, each with what it is instead.
BOOKS = {
    "auditentry": "the audit: appended, never changed, so it has no history of its own",
    "audithead": "where the audit's chain ends",
    "desksession": "who is signed in where; the audit keeps the sign-in",
    "doomedfile": "a file of somebody who was erased, until it is deleted",
    "erasurerequest": "the fact of an erasure; a history would keep what is to go",
    "follower": "who gets e-mails about a list; a history would keep the address of who left",
    "household_prisoners": "a join",
    "invitation": "an account that is being made; the audit keeps who invited whom",
    "webhook": "a partner's program; the audit keeps who added, paused and removed it",
    "webhookevent": "what partners are told of, until some weeks after they were",
    "unsealing": "who has sealed values open for some minutes; the audit keeps the act",
}


def test_every_table_of_the_app_is_a_record_its_history_a_join_or_part_of_the_public_copy() -> None:
    others = {
        model._meta.model_name
        for model in apps.get_app_config("cases").get_models(include_auto_created=True)
        if not issubclass(model, Record)
    }
    assert {name for name in others if not name.startswith(("historical", "published"))} == {*BOOKS, *TRANSIENT}


@pytest.mark.parametrize("name", TRANSIENT)
def test_a_transient_table_has_no_history_and_no_permission_of_its_own(name: str) -> None:
    model = apps.get_model("cases", name)
    assert not hasattr(model, "history")
    assert (tuple(model._meta.default_permissions), tuple(model._meta.permissions)) == ((), ())


def test_nothing_of_a_family_passes_the_door() -> None:
    for table in ("household", "relative", "need", "aid"):
        assert set(POLICY[table].values()) <= {Disclosure.SEALED, Disclosure.WITHHELD}


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_what_is_classified_as_sealed_is_encrypted_in_its_column_and_nothing_else_is(model: type[models.Model]) -> None:
    encrypted = {field.name for field in model._meta.local_fields if isinstance(field, SealedField)}
    sealed = {name for name, found in POLICY[str(model._meta.model_name)].items() if found is Disclosure.SEALED}
    assert sealed == encrypted


@pytest.mark.parametrize("field", ["health", "private_notes", "assigned_to", "consent", "no_such_field"])
def test_the_door_refuses_to_show_what_is_not_public(field: str) -> None:
    with pytest.raises(NotPublic):
        shown(Prisoner(), field)


@pytest.mark.parametrize("field", ["health", "code", "assigned_to"])
def test_the_door_refuses_to_weigh_what_is_not_derived(field: str) -> None:
    with pytest.raises(NotPublic):
        weighed(Prisoner(), field)


def test_a_table_without_policy_cannot_be_read() -> None:
    with pytest.raises(NotPublic):
        shown(PublishedCase(), "code")
    with pytest.raises(NotPublic):
        shown(Household(), "label")


BUILDERS = ("document", "trials", "reference", "citing", "photos")


@pytest.mark.parametrize("module", BUILDERS)
def test_builders_read_records_through_the_policy_alone(module: str) -> None:
    """No builder takes a classified value off a record directly; ids, dates to sort by and relations are the way there."""
    source = Path(policy.__file__).with_name(f"{module}.py").read_text()
    free = {"pk", "code", "kind", "number", "is_preferred", "names", "title"}
    classified = {field for fields in POLICY.values() for field in fields} - free
    rows = {"row", "name", "prisoner", "site", "provision", "sentence", "segment", "source", "citation", "proceeding"}
    direct = {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in rows
        if node.attr in classified
    }
    assert direct <= {"place.region", "citation.content_type"}
