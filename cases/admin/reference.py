"""Publishing what is not about one person: sites and provisions."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.publication import MAY_PUBLISH_REFERENCE, publish_reference
from cases.admin.attempts import attempt
from cases.admin.site import desk
from cases.models import DetentionSite, Provision


def publish(request: HttpRequest) -> HttpResponse:
    """Say what will be published; on POST, publish it."""
    if not request.user.has_perm(MAY_PUBLISH_REFERENCE):
        raise PermissionDenied
    if request.method == "POST":
        attempt(
            request,
            lambda: publish_reference(request.user, at=timezone.now()),
            _("The pages of sites and provisions are up to date."),
        )
        return redirect("admin:index")
    context = {
        **desk.each_context(request),
        "title": _("Publish sites and provisions"),
        "sites": DetentionSite.objects.filter(is_public=True).count(),
        "provisions": Provision.objects.count(),
    }
    return render(request, "desk/publish_reference.html", context)
