"""The reviewers' queue, and who of them reviews what how soon."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from cases.actions.review import MAY_REVIEW, assign, prioritise
from cases.admin.attempts import attempt
from cases.admin.bulk_approval import MOST
from cases.admin.chosen import number_in
from cases.admin.site import desk
from cases.enums import Priority
from cases.models import Submission
from cases.queries import queues

#: Submissions on one page of the queue.
PAGE = 25

WHOSE = (
    ("", gettext_lazy("All")),
    ("mine", gettext_lazy("Assigned to you")),
    ("unassigned", gettext_lazy("Assigned to nobody")),
)


class QueueForm(forms.Form):
    """What of the queue is shown; what cannot be read is left out."""

    whose = forms.ChoiceField(choices=WHOSE, required=False)
    priority = forms.ChoiceField(choices=Priority.choices(), required=False)
    after = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


def queue(request: HttpRequest) -> HttpResponse:
    """List what waits for review: the reader's own first, then by priority, then the longest waiting."""
    reader = require_reviewer(request)
    form = QueueForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    rows = queues.waiting(reader)
    if asked.get("whose") == "mine":
        rows = rows.filter(reviewer=reader)
    elif asked.get("whose") == "unassigned":
        rows = rows.filter(reviewer__isnull=True)
    if asked.get("priority"):
        rows = rows.filter(priority=asked["priority"])
    if asked.get("after"):
        rows = queues.after(rows, asked["after"])
    found = list(rows[: PAGE + 1])
    chosen = {name: asked[name] for name in ("whose", "priority") if asked.get(name)}
    context = {
        **desk.each_context(request),
        "title": _("Review"),
        "waiting": found[:PAGE],
        "most": MOST,
        "whose": _links("whose", WHOSE, chosen),
        "priorities": _links("priority", (("", _("Any priority")), *Priority.choices()), chosen),
        "next": f"?{urlencode({**chosen, 'after': found[PAGE - 1].pk})}" if len(found) > PAGE else "",
        "first": f"?{urlencode(chosen)}" if asked.get("after") else "",
    }
    return render(request, "desk/review/queue.html", context)


def _links(name: str, words: Any, chosen: dict[str, str]) -> list[tuple[str, str, bool]]:
    """Return (words, address, whether it is the present one) for each choice of one filter, the others kept."""
    links = []
    for value, label in words:
        asked = {key: kept for key, kept in {**chosen, name: value}.items() if kept}
        links.append((_(str(label)), f"?{urlencode(asked)}", chosen.get(name, "") == value))
    return links


def require_reviewer(request: HttpRequest) -> User:
    """Return the reader, who may review; refuse everybody else."""
    if not isinstance(request.user, User) or not request.user.has_perm(MAY_REVIEW):
        raise PermissionDenied
    return request.user


def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Assign a submission to a reviewer: to the reader, to another one, or to nobody."""
    require_reviewer(request)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    submission = get_object_or_404(Submission.objects.defer("document"), pk=pk)
    chosen = number_in(request.POST.get("reviewer", ""))
    reviewer = None if chosen is None else get_object_or_404(User, pk=chosen)
    done = _("%(case)s is assigned to %(reviewer)s.") if reviewer else _("%(case)s is assigned to nobody.")
    attempt(
        request,
        lambda: assign(request.user, submission, reviewer=reviewer, at=timezone.now()),
        done % {"case": submission.prisoner, "reviewer": reviewer},
    )
    return redirect("admin:review") if "queue" in request.POST else redirect("admin:submission", pk)


def set_priority(request: HttpRequest, pk: int) -> HttpResponse:
    """Change how soon a submission should be read."""
    require_reviewer(request)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    submission = get_object_or_404(Submission.objects.defer("document"), pk=pk)
    chosen = request.POST.get("priority", "")
    if chosen in {value for value, _label in Priority.choices()}:
        attempt(
            request,
            lambda: prioritise(request.user, submission, priority=Priority(chosen)),
            _("The priority is changed."),
        )
    return redirect("admin:submission", pk)
