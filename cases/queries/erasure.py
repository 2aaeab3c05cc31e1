"""What an erasure takes: every row about a person, their history, what was deleted earlier, their files.

`find` only reads. It follows the table in `erasure_table.py`, and what that table does not know becomes a blocker.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from cases.queries.erasure_table import (
    OTHER_APPS,
    TREATMENT,
    Alone,
    Goes,
    Link,
    To,
    ToAny,
    ToCode,
    ToNamed,
)
from tracker.routers import is_published

Keys = dict[str, set[int]]


@dataclass(slots=True)
class Found:
    """What goes, by kind of row. `rows`: with their whole history; `versions`: single versions of rows that stay."""

    kind: str
    pk: int
    code: str = ""
    rows: Keys = field(default_factory=lambda: defaultdict(set))
    versions: Keys = field(default_factory=lambda: defaultdict(set))
    loosened: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    files: set[str] = field(default_factory=set)
    blockers: list[str] = field(default_factory=list)

    def counts(self) -> Counter[str]:
        """Return how many rows of each kind are in the records now."""
        found: Counter[str] = Counter()
        for kind, keys in self.rows.items():
            found[kind] = table(kind).filter(pk__in=keys).count()
        return +found

    def history_count(self) -> int:
        """Return how many rows of history go."""
        owned: int = sum(past(kind).filter(id__in=keys).count() for kind, keys in self.rows.items() if has_past(kind))
        return owned + sum(map(len, self.versions.values()))


def model_of(kind: str) -> Any:
    return apps.get_model("cases", kind)


def table(kind: str) -> Any:
    """Return all rows of a kind, in the record's own table."""
    return model_of(kind)._default_manager.all()


def has_past(kind: str) -> bool:
    return hasattr(model_of(kind), "history")


def past(kind: str) -> Any:
    """Return every version of every row of a kind, deleted ones included."""
    return model_of(kind).history.all()


def joins(kind: str) -> Iterator[tuple[Any, str, str, str]]:
    """Yield the join tables of a kind and the history of each: (table, column of the row, column of the other, its kind)."""
    for link in model_of(kind)._meta.local_many_to_many:
        columns = (link.m2m_column_name(), link.m2m_reverse_name(), str(link.related_model._meta.model_name))
        yield (link.remote_field.through, *columns)
        if has_past(kind):
            tracked = model_of(kind).history.model
            through = link.remote_field.through.__name__
            yield (apps.get_model(tracked._meta.app_label, f"Historical{through}"), *columns)


def find(kind: str, pk: int, code: str = "") -> Found:
    """Return what goes with the record. Only reads; blockers say what an erasure does not know how to treat."""
    found = Found(kind=kind, pk=pk, code=code)
    found.rows[kind].add(pk)
    found.blockers += [f"{name}: not in cases/queries/erasure_table.py" for name in unknown_tables()]
    if found.blockers:
        return found
    while _grow(found):
        pass
    for name, treatment in TREATMENT.items():
        if isinstance(treatment, Alone) and treatment.ever:
            found.rows[name] |= _alone(found, name, treatment)
    _versions_of_others(found)
    _of_another(found)
    _referring(found)
    _files(found)
    return found


def unknown_tables() -> list[str]:
    """Return the tables that the erasure table does not name, and that belong to no table that it names."""
    known = {model_of(kind) for kind in TREATMENT if kind in apps.all_models["cases"]}
    follow = {model.history.model for model in known if hasattr(model, "history")}
    for model in known:
        follow |= {join for join, *_columns in joins(str(model._meta.model_name))}
    return sorted(
        model._meta.label_lower
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in OTHER_APPS and model not in known | follow and not is_published(model)
    )


# Growing: rows that lead to rows that go ---------------------------------------------------------------------------


def _grow(found: Found) -> bool:
    before = sum(map(len, found.rows.values()))
    for kind, treatment in TREATMENT.items():
        if isinstance(treatment, Goes):
            condition = _leading(found, [link for link in treatment.links if not _loosens(link)])
            if condition:
                found.rows[kind] |= _owned(kind, condition)
        elif isinstance(treatment, Alone) and not treatment.ever:
            found.rows[kind] |= _alone(found, kind, treatment)
    return sum(map(len, found.rows.values())) > before


def _loosens(link: Link) -> bool:
    return isinstance(link, To) and link.loosens


def _leading(found: Found, links: Iterable[Link]) -> Q:
    """Return the condition that one of the links leads to a row that goes; empty where nothing can."""
    condition = Q()
    for link in links:
        if isinstance(link, To) and found.rows.get(link.kind):
            condition |= Q(**{f"{link.column}__in": found.rows[link.kind]})
        elif isinstance(link, ToAny):
            for kind, keys in found.rows.items():
                content_type = ContentType.objects.get_for_model(model_of(kind)).pk
                condition |= Q(**{link.type_column: content_type, f"{link.key_column}__in": keys}) if keys else Q()
        elif isinstance(link, ToNamed):
            for kind, keys in found.rows.items():
                condition |= Q(**{link.kind_column: kind, f"{link.key_column}__in": keys}) if keys else Q()
        elif isinstance(link, ToCode) and found.code:
            condition |= Q(**{link.column: found.code})
    return condition


def _owned(kind: str, condition: Q) -> set[int]:
    """Return the rows of a kind that are there and meet the condition, and those deleted earlier that met it last."""
    owned = set(table(kind).filter(condition).values_list("pk", flat=True))
    if has_past(kind):
        once = set(past(kind).filter(condition).values_list("id", flat=True)) - owned
        owned |= _last_met(kind, condition, _gone(kind, once))
    return owned


def _gone(kind: str, keys: set[int]) -> set[int]:
    return keys - set(table(kind).filter(pk__in=keys).values_list("pk", flat=True))


def _last_met(kind: str, condition: Q, keys: set[int]) -> set[int]:
    in_order = past(kind).filter(id__in=keys).order_by("history_date", "history_id")
    last = dict(in_order.values_list("id", "history_id"))  # of each row the last one stays
    return set(past(kind).filter(condition, history_id__in=last.values()).values_list("id", flat=True))


# Shared rows: they go when they concern nobody else ----------------------------------------------------------------


@dataclass(slots=True)
class _Concern:
    """Of shared rows: which concern the person now or once, and which concern others now or once."""

    ours: set[int] = field(default_factory=set)
    others: set[int] = field(default_factory=set)
    once_ours: set[int] = field(default_factory=set)
    once_others: set[int] = field(default_factory=set)

    def gone(self, *, ever: bool) -> set[int]:
        now = self.ours - self.others
        former = self.once_ours - self.ours - self.others - self.once_others
        return (now - self.once_others if ever else now) | former


def _alone(found: Found, kind: str, treatment: Alone) -> set[int]:
    concern, ways = _Concern(), list(_ways(found, kind, treatment))
    for rows, column, mine, is_now in ways:
        (concern.ours if is_now else concern.once_ours).update(rows.filter(mine).values_list(column, flat=True))
    asked = {key for key in concern.ours | concern.once_ours if key is not None}
    for rows, column, mine, is_now in ways:
        others = rows.filter(**{f"{column}__in": asked}).exclude(mine).values_list(column, flat=True)
        (concern.others if is_now else concern.once_others).update(others)
    return {key for key in concern.gone(ever=treatment.ever) if key is not None}


def _ways(found: Found, kind: str, treatment: Alone) -> Iterator[tuple[Any, str, Q, bool]]:
    """Yield where it is said whom a shared row concerns: rows, their column, which of them are the person's, and if now."""
    people = found.rows.get("prisoner", set())
    for member in treatment.members:
        owned = found.rows.get(member.kind, set())
        tables = [(table(member.kind), "pk", True)]
        if has_past(member.kind):
            tables.append((past(member.kind), "id", False))
        for rows, key, is_now in tables:
            if member.person:
                said = rows.filter(**{f"{member.person}__isnull": False})
                yield said, member.column, Q(**{f"{member.person}__in": people}), is_now
            else:
                yield rows, member.column, Q(**{f"{key}__in": owned}), is_now
    for name in treatment.links:
        through = model_of(kind)._meta.get_field(name).remote_field.through
        for join, own, other, _kind in joins(kind):
            yield join._default_manager.all(), own, Q(**{f"{other}__in": people}), join is through


# What stays, and led here once -------------------------------------------------------------------------------------


def _versions_of_others(found: Found) -> None:
    """Note the versions of rows of others that led to what goes, and the columns that are emptied."""
    for kind, treatment in TREATMENT.items():
        if not isinstance(treatment, Goes):
            continue
        owned = found.rows.get(kind, set())
        condition = _leading(found, [link for link in treatment.links if not _loosens(link)])
        if condition and has_past(kind):
            led = past(kind).filter(condition).exclude(id__in=owned)
            found.versions[kind] |= set(led.values_list("history_id", flat=True))
        for link in treatment.links:
            if isinstance(link, To) and link.loosens and found.rows.get(link.kind):
                led = table(kind).filter(**{f"{link.column}__in": found.rows[link.kind]}).exclude(pk__in=owned)
                found.loosened[kind, link.column] |= set(led.values_list("pk", flat=True))


def _of_another(found: Found) -> None:
    """Note as blockers the rows that would go along and are another person's."""
    for kind, treatment in TREATMENT.items():
        if isinstance(treatment, Goes) and treatment.owner is not None:
            column, target = treatment.owner.column, treatment.owner.kind
            going = table(kind).filter(pk__in=found.rows.get(kind, set()))
            for row in going.exclude(**{f"{column}__in": found.rows.get(target, set())}):
                found.blockers.append(f"{kind} {row.pk}: {target} {getattr(row, column)}")


def _referring(found: Found) -> None:
    """Note as blockers the rows that refer to what goes and are not known to go along."""
    for kind, keys in list(found.rows.items()):
        for relation in model_of(kind)._meta.get_fields(include_hidden=True):
            if not isinstance(relation, models.ForeignObjectRel) or isinstance(relation, models.ManyToManyRel):
                continue
            column: Any = relation.field
            referring: Any = relation.related_model
            if not getattr(column, "db_constraint", True) or referring._meta.auto_created:
                continue
            name = str(referring._meta.model_name)
            known = found.rows.get(name, set()) | found.loosened.get((name, column.attname), set())
            left = referring._default_manager.filter(**{f"{column.attname}__in": keys}).exclude(pk__in=known).count()
            if left:
                found.blockers.append(f"{name}.{column.name}: {left} → {kind}")


def _files(found: Found) -> None:
    """Note every file of what goes, those that only the history names included, unless something that stays has it too."""
    for kind, keys in found.rows.items():
        for column in file_columns(kind):
            named = set(table(kind).filter(pk__in=keys).values_list(column, flat=True))
            others = set(table(kind).exclude(pk__in=keys).values_list(column, flat=True))
            if has_past(kind):
                named |= set(past(kind).filter(id__in=keys).values_list(column, flat=True))
                others |= set(past(kind).exclude(id__in=keys).values_list(column, flat=True))
            found.files |= {name for name in named - others if name}


def file_columns(kind: str) -> list[str]:
    return [column.name for column in model_of(kind)._meta.concrete_fields if isinstance(column, models.FileField)]
