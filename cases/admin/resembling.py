"""The page of a case that names others with nearly the same name."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from cases.admin.site import desk
from cases.models import Prisoner
from cases.published.match_telling import why
from cases.published.search import Hit
from cases.queries.duplicates import resembling


def of_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the cases whose names are near, to those who may see cases."""
    if not request.user.has_perm("cases.view_prisoner"):
        raise PermissionDenied
    prisoner = get_object_or_404(Prisoner.objects.prefetch_related("names"), pk=pk)
    found = [
        {"prisoner": one.prisoner, "why": why(Hit(one.prisoner.code, one.match), shown=str(one.prisoner))}
        for one in resembling(prisoner)
    ]
    context = {**desk.each_context(request), "original": prisoner, "title": _("Similar names"), "found": found}
    return render(request, "desk/case/resembling.html", context)
