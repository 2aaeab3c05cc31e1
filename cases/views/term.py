"""The calculator: until when a term lasts, for anybody, with the working. Nothing is stored, in no address and no log."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cases.forms.term import TermForm
from cases.published.term_telling import shown_count


@csrf_exempt  # it changes nothing and knows nobody, and the public side sets no cookie that a token could stand in
@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def calculator(request: HttpRequest) -> HttpResponse:
    """Show the form, and below it what was counted. The boxes are posted: an address would stand in logs."""
    form = TermForm(request.POST if request.method == "POST" else None)
    counted = form.counted if form.is_bound and form.is_valid() else None
    context = {"section": "law", "form": form, "counted": shown_count(counted) if counted else None}
    return render(request, "public/term.html", context, status=400 if form.errors else 200)
