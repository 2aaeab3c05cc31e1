"""The page on which one submission is read, talked about and decided."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from cases.actions.review import approve, send_back
from cases.admin.attempts import attempt
from cases.admin.legal_findings import section_of
from cases.admin.pointers import pages_that_come_along, what_to_settle
from cases.admin.review_comments import discussion
from cases.admin.review_queue import require_reviewer
from cases.admin.site import desk
from cases.enums import Priority, SubmissionState
from cases.models import Submission
from cases.published.documents import canonical, sha256
from cases.queries.changes import changes
from cases.queries.comments import open_comments
from cases.queries.published import public_document
from cases.queries.queues import reviewers_for

APPROVE, SEND_BACK = "approve", "send_back"


class DecisionForm(forms.Form):
    """What the reviewer says to the author; sending back needs words, here or in a comment.

    `seen` is the document that was read, `although_open` the number of open comments with which it is approved.
    """

    note = forms.CharField(
        label=gettext_lazy("Note to the author"),
        help_text=gettext_lazy("Needed when you send the case back and no comment is open: say what is to be done"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    decision = forms.ChoiceField(choices=[(APPROVE, APPROVE), (SEND_BACK, SEND_BACK)])
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    although_open = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_open_comments: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_open_comments = has_open_comments

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision") == SEND_BACK and not cleaned.get("note") and not self.has_open_comments:
            self.add_error("note", _("Write to the author what is to be done, as a note or as a comment."))
        return cleaned


def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would change in public, and take the decision."""
    require_reviewer(request)
    related = ("prisoner", "submitted_by", "decided_by", "reviewer")
    found = get_object_or_404(Submission.objects.select_related(*related), pk=pk)
    form = DecisionForm(request.POST or None, has_open_comments=open_comments(found.prisoner).exists())
    if request.method == "POST" and form.is_valid():
        return _decide(request, found, form.cleaned_data)
    return render(request, "desk/review/submission.html", _context(request, found, form))


def _decide(request: HttpRequest, found: Submission, said: dict[str, Any]) -> HttpResponse:
    now, note = timezone.now(), said["note"]
    if said["decision"] == APPROVE:
        done = attempt(
            request,
            lambda: approve(
                request.user, found, note=note, seen=said["seen"], although_open=said["although_open"] or 0, at=now
            ),
            _("Approved and published: %(case)s.") % {"case": found.prisoner},
        )
    else:
        done = attempt(
            request,
            lambda: send_back(request.user, found, note=note, at=now),
            _("Sent back to %(author)s.") % {"author": found.submitted_by.get_username()},
        )
    return redirect("admin:review") if done else redirect("admin:submission", found.pk)


def _context(request: HttpRequest, found: Submission, form: DecisionForm) -> dict[str, Any]:
    is_waiting = found.state == SubmissionState.WAITING.value
    is_own = found.submitted_by_id == request.user.pk
    talk = discussion(found, changes(public_document(found.prisoner.code), found.document))
    today_document, findings = what_to_settle(found.prisoner, on=timezone.localdate())
    return {
        **desk.each_context(request),
        "title": _("Review: %(case)s") % {"case": found.prisoner},
        "submission": found,
        "original": found.prisoner,
        "form": form,
        "discussion": talk,
        "changes": talk.changes,
        "reviewers": reviewers_for(found),
        "priorities": [(value, _(label)) for value, label in Priority.choices()],
        "findings": [*findings, *(pages_that_come_along(found.prisoner) if is_waiting else ())],
        "legal": section_of(request, found.prisoner, back=found.pk),
        "is_waiting": is_waiting,
        "is_own": is_own,
        "is_stale": is_waiting and sha256(canonical(today_document)) != found.sha256,
        "may_decide": is_waiting and not is_own,
    }
