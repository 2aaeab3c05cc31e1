"""The checks of a record, asked of the database all at once instead of each in a savepoint and a query of its own."""

from collections.abc import Collection, Sequence
from functools import cache

from django.db import models, router
from django.db.models import BaseConstraint, CheckConstraint, Q, Value


class CheckedAtOnce(models.Model):
    """A model whose checks cost one query together where they all hold. Where one fails, each is asked for its message."""

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Raise ValidationError with the message of every constraint that does not hold, as Django does."""
        self._checks_hold = _all_hold(self, set(exclude or ()))
        try:
            super().validate_constraints(exclude)
        finally:
            del self._checks_hold

    def get_constraints(self) -> list[tuple[type[models.Model], Sequence[BaseConstraint]]]:
        """Return the constraints that are still to be asked about."""
        found = super().get_constraints()
        if not getattr(self, "_checks_hold", False):
            return found
        return [(model, [one for one in rows if not isinstance(one, CheckConstraint)]) for model, rows in found]


def _all_hold(record: models.Model, excluded: set[str]) -> bool:
    """Tell whether every check holds that names no excluded field. A check of what is not known (NULL) holds, as in SQL."""
    condition, named = Q(), set[str]()
    for check, fields in _checks_of(type(record)):
        if fields.isdisjoint(excluded):
            condition &= check
            named |= fields
    if not condition:
        return True
    columns = [one for one in record._meta.concrete_fields if one.name in named]
    values = {one.name: Value(getattr(record, one.attname), one) for one in columns}
    return condition.check(values, using=router.db_for_write(type(record), instance=record))


@cache
def _checks_of(model: type[models.Model]) -> tuple[tuple[Q, frozenset[str]], ...]:
    """Return the condition of each check of a model, and the fields that it names."""
    checks = [one for one in model._meta.constraints if isinstance(one, CheckConstraint)]
    return tuple((Q(one.condition), frozenset(Q(one.condition).referenced_base_fields)) for one in checks)
