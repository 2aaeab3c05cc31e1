"""The page on which whoever saves second decides, box by box, where both changed the same."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _, gettext_lazy

from cases.admin.merging import BOTH, MINE, THEIRS, Merged

WORDS = {
    THEIRS: gettext_lazy("Keep theirs"),
    MINE: gettext_lazy("Keep mine"),
    BOTH: gettext_lazy("Keep both texts, theirs first"),
}


def merge_page(
    model_admin: Any, request: HttpRequest, record: Model, merged: Merged, pressed: list[str]
) -> HttpResponse:
    """Ask about every conflict. What was sent waits in the author's draft; files have to be chosen again."""
    questions = [
        (one, [(choice, WORDS[choice], choice == one.chosen) for choice in one.choices]) for one in merged.conflicts
    ]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Two people changed the same: %(record)s") % {"record": record},
        "opts": model_admin.opts,
        "original": record,
        "sitting": request.sitting,  # type: ignore[attr-defined]
        "merged": merged,
        "questions": questions,
        "files": sorted(request.FILES),
        "pressed": pressed,
    }
    return TemplateResponse(request, "desk/together/merge.html", context)
