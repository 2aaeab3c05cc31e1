"""What entries of the audit say beside the fields, in words: why, how, how many, and of what kind."""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from cases.domain.audit_chain import canonical
from cases.enums import ErasureGround

#: Anything else is told under its own name.
FACTS = {
    "account": gettext_lazy("Account"),
    "by": gettext_lazy("How"),
    "count": gettext_lazy("How many"),
    "counts": gettext_lazy("What was removed"),
    "entries": gettext_lazy("Entries that lost their details"),
    "erasure": gettext_lazy("Erasure"),
    "factors": gettext_lazy("Second factors"),
    "fields": gettext_lazy("Fields"),
    "file": gettext_lazy("File"),
    "filters": gettext_lazy("Looked for"),
    "ground": gettext_lazy("Ground"),
    "group": gettext_lazy("Group"),
    "invited_by": gettext_lazy("Invited by"),
    "kind": gettext_lazy("Kind"),
    "minutes": gettext_lazy("For how many minutes"),
    "moment": gettext_lazy("Put back to"),
    "reason": gettext_lazy("Reason"),
    "rows": gettext_lazy("Rows"),
    "seed": gettext_lazy("Seed"),
    "sessions": gettext_lazy("Sessions"),
    "sha256": gettext_lazy("SHA-256"),
    "step": gettext_lazy("Step"),
    "submission": gettext_lazy("Submission"),
    "version": gettext_lazy("Version"),
    "what": gettext_lazy("What"),
    "why": gettext_lazy("Reason"),
}
#: Of a backup and a restore, how many entries there are; of an erasure, which of them.
ENTRIES_IN_ALL = gettext_lazy("Entries of the audit")
#: How somebody showed who they are, and why a session ended.
WAYS = {
    "password": pgettext_lazy("how somebody signed in", "password"),
    "code": pgettext_lazy("how somebody signed in", "code"),
    "totp": pgettext_lazy("how somebody signed in", "app"),
    "webauthn": pgettext_lazy("how somebody signed in", "passkey"),
    "passkey": pgettext_lazy("how somebody signed in", "passkey"),
    "recovery_codes": pgettext_lazy("how somebody signed in", "recovery code"),
    "idle": gettext_lazy("not used for too long"),
    "old": gettext_lazy("open for too long"),
    "ended": gettext_lazy("ended elsewhere"),
    "factor": gettext_lazy("the account got its first second factor elsewhere"),
}
#: Counts that are of no table of the records.
OTHER_COUNTS = {
    "history": gettext_lazy("Earlier states of records"),
    "files": gettext_lazy("Uploaded files"),
    "audit": gettext_lazy("Details of entries of the audit"),
    "versions": gettext_lazy("Published versions"),
}


def model_of(kind: str) -> Any:
    """Return the model that the audit calls by this name; None where there is none any more."""
    for app in ("cases", "auth"):
        try:
            return apps.get_model(app, kind) if kind else None
        except LookupError:
            continue
    return None


def words_for(name: str) -> str:
    """Say what a count is of."""
    model = model_of(name)
    return str(OTHER_COUNTS.get(name) or (capfirst(str(model._meta.verbose_name_plural)) if model else name))


def facts_of(payload: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each fact with its name, in words."""
    for name, value in payload.items():
        if name == "restored_from" and isinstance(value, dict):
            yield _("Restored from the version of"), _moment(value.get("at"))
        elif name != "links" and not (name == "fields" and isinstance(value, dict)) and value not in (None, "", [], {}):
            yield _called(name, value), TOLD.get(name, _plainly)(value)


def _called(name: str, value: Any) -> str:
    if name == "entries" and isinstance(value, int):
        return str(ENTRIES_IN_ALL)
    return str(FACTS.get(name, capfirst(name.replace("_", " "))))


def _plainly(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return ", ".join(str(one) for one in value)
    return value if isinstance(value, str) else canonical(value)


def _moment(value: Any) -> str:
    moment = parse_datetime(value) if isinstance(value, str) else None
    return date_format(localtime(moment), "DATETIME_FORMAT") if moment and is_aware(moment) else str(value)


def _counted(value: Any) -> str:
    if not isinstance(value, dict):
        return _plainly(value)
    return "; ".join(f"{words_for(str(name))}: {number}" for name, number in value.items())


def _way(value: Any) -> str:
    ways = value if isinstance(value, list) else [value]
    return ", ".join(str(WAYS.get(str(way), way)) for way in ways)


def _kind(value: Any) -> str:
    model = model_of(str(value))
    return capfirst(str(model._meta.verbose_name)) if model else _way(value)


def _ground(value: Any) -> str:
    grounds = dict(ErasureGround.choices())
    return _(grounds[value]) if value in grounds else str(value)


TOLD: dict[str, Callable[[Any], str]] = {
    "moment": _moment,
    "counts": _counted,
    "kind": _kind,
    "ground": _ground,
    "by": _way,
    "step": _way,
    "why": _way,
    "factors": _way,
}
