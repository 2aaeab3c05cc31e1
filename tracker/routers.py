"""Which database holds what: published tables may live apart from the records, and never see them."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model

from tracker.replicas import alias_for_reading

PUBLISHED_PACKAGE = "cases.published."


def is_published(model: type[Model]) -> bool:
    """Tell whether `model` belongs to the public copy."""
    return model.__module__.startswith(PUBLISHED_PACKAGE)


class TwoWings:
    """Send published tables to `public` where that database is set, everything else to `default`.

    On the public site (`TRACKER_SITE=public`) there is one database, it holds published tables only, and asking it for
    a record is an error in the program: better to fail than to look. It may be read from copies (tracker/replicas.py);
    the desk, and with it everything that publishes and what is seen after that, never reads from one.
    """

    def _alias(self, model: type[Model]) -> str:
        if settings.TRACKER_SITE == "public":
            if not is_published(model):
                raise ImproperlyConfigured(f"The public site has no table for {model.__name__}.")
            return "default"
        return "public" if is_published(model) and "public" in settings.DATABASES else "default"

    def db_for_read(self, model: type[Model], **_hints: Any) -> str:
        alias = self._alias(model)
        return alias_for_reading() if settings.REPLICAS else alias

    def db_for_write(self, model: type[Model], **_hints: Any) -> str:
        return self._alias(model)

    def allow_relation(self, first: Model, second: Model, **_hints: Any) -> bool:
        return is_published(type(first)) == is_published(type(second))

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool | None:
        if db in settings.REPLICAS:
            return False
        if model_name is None:
            # Steps that name no table: those of other packages are for tables that the public copy does not have.
            holds_records = settings.TRACKER_SITE != "public" and db != "public"
            return None if holds_records or app_label == "cases" else False
        model = hints.get("model")
        published = model_name.startswith("published") if model is None else model.__name__.startswith("Published")
        if settings.TRACKER_SITE == "public":
            return published
        if "public" in settings.DATABASES:
            return published == (db == "public")
        return True
