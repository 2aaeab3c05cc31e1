"""Publishing what is not about one person: sites and provisions, after reading what would change in public."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.publication import MAY_PUBLISH_REFERENCE, publish_reference
from cases.admin.attempts import attempt
from cases.admin.site import desk
from cases.queries.reference_changes import PageChange, digest_of, page_changes

#: So many pages stand open; where more would change, each is opened by whoever reads it.
OPEN = 20


def publish(request: HttpRequest) -> HttpResponse:
    """Show what would change on each page; on POST, publish what was shown, unless something else would be by now."""
    if not request.user.has_perm(MAY_PUBLISH_REFERENCE):
        raise PermissionDenied
    if request.method == "POST":
        done = attempt(
            request,
            lambda: publish_reference(request.user, at=timezone.now(), seen=request.POST.get("seen", "")),
            _("The pages of sites and provisions are up to date."),
        )
        return redirect("admin:index" if done else "admin:publish-reference")
    pages: list[PageChange] = []
    if not attempt(request, lambda: pages.extend(page_changes()), ""):
        return redirect("admin:index")
    context = {
        **desk.each_context(request),
        "title": _("Publish sites and provisions"),
        "pages": [(page, _form_of(page.record)) for page in pages],
        "seen": digest_of(pages),
        "is_open": len(pages) <= OPEN,
    }
    return render(request, "desk/publish_reference.html", context)


def _form_of(record: models.Model | None) -> str:
    """Return the address of a record's form; "" where there is no record any more."""
    return reverse(f"admin:cases_{record._meta.model_name}_change", args=[record.pk]) if record is not None else ""
