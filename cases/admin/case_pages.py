"""Pages of one case beside its form: preview, submit, recall, withdraw, publish again."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _, gettext_lazy

from cases.actions import publication, review
from cases.actions.permissions import require_case
from cases.admin.attempts import attempt
from cases.admin.pointers import pages_that_come_along, what_to_settle
from cases.admin.site import desk
from cases.enums import Priority, PublicationState, SubmissionState
from cases.models import Prisoner, Publication, Submission
from cases.publication.document import build_case
from cases.publication.photos import PhotoUnreadable, published_pixels
from cases.queries.changes import changes
from cases.queries.published import public_document
from cases.views.cases import render_profile
from cases.views.presentation.profile import Edition


class SubmitForm(forms.Form):
    """How soon the case should be read, and words for the reviewer, which may be left out."""

    priority = forms.ChoiceField(
        label=gettext_lazy("Priority"),
        help_text=gettext_lazy("Urgent: a life, a hearing or an exchange depends on it. A reviewer can change it"),
        choices=[(value, gettext_lazy(label)) for value, label in Priority.choices()],
        initial=Priority.NORMAL.value,
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Note to the reviewer"),
        help_text=gettext_lazy("What is new, and what you are not sure of"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )


class ReasonForm(forms.Form):
    """Why something is done that the public notices."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Kept at the desk, never published"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _prisoner(request: HttpRequest, pk: int, *permissions: str) -> Prisoner:
    """Return the case, to those who have the permissions."""
    if not request.user.has_perms(permissions):
        raise PermissionDenied
    return get_object_or_404(Prisoner.objects.prefetch_related("names"), pk=pk)


def _page(request: HttpRequest, template: str, prisoner: Prisoner, **context: Any) -> HttpResponse:
    return render(request, template, {**desk.each_context(request), "original": prisoner, **context})


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the public page as it would be: the public template with the document that the door would publish.

    `?language=uk` chooses the language of the page.
    """
    prisoner = _prisoner(request, pk, "cases.view_prisoner")
    public = Publication.objects.filter(prisoner=prisoner).first()
    edition = Edition(version=public.version + 1 if public else 1, published_at=timezone.now(), is_current=True)
    language = request.GET.get("language", "")
    with translation.override(language if language in dict(settings.LANGUAGES) else translation.get_language()):
        return render_profile(
            request,
            build_case(prisoner),
            edition,
            on=timezone.localdate(),
            preview_of=reverse("admin:cases_prisoner_change", args=[prisoner.pk]),
            photo_address=reverse("admin:cases_prisoner_photo", args=[prisoner.pk]),
        )


def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the photograph as it would be published, for the preview."""
    prisoner = _prisoner(request, pk, "cases.view_prisoner")
    try:
        pixels = published_pixels(prisoner)
    except PhotoUnreadable as error:
        raise Http404(str(error)) from error
    if pixels is None:
        raise Http404
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return HttpResponse(pixels.content, content_type="image/jpeg", headers=headers)


def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would change in public; on POST, put it before the reviewers."""
    prisoner = _prisoner(request, pk, *review.MAY_SUBMIT)
    require_case(request.user, prisoner)
    form = SubmitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note, priority = form.cleaned_data["note"], Priority(form.cleaned_data["priority"] or Priority.NORMAL)
        done = attempt(
            request,
            lambda: review.submit(request.user, prisoner, note=note, priority=priority, at=timezone.now()),
            _("Submitted. A reviewer decides; you see the answer on the first page of the desk."),
        )
        return redirect("admin:cases_prisoner_change" if done else "admin:cases_prisoner_submit", prisoner.pk)
    document, findings = what_to_settle(prisoner, on=timezone.localdate())
    return _page(
        request,
        "desk/case/submit.html",
        prisoner,
        title=_("Submit for review"),
        form=form,
        changes=changes(public_document(prisoner.code), document),
        findings=[*findings, *pages_that_come_along(prisoner)],
    )


def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take back one's own waiting submission."""
    prisoner = _prisoner(request, pk, "cases.add_submission")
    waiting = get_object_or_404(Submission, prisoner=prisoner, state=SubmissionState.WAITING.value)
    if request.method == "POST":
        attempt(
            request, lambda: review.recall(request.user, waiting, at=timezone.now()), _("The submission is recalled.")
        )
        return redirect("admin:cases_prisoner_change", prisoner.pk)
    return _page(request, "desk/case/recall.html", prisoner, title=_("Recall the submission"), submission=waiting)


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what will happen and ask why; on POST, take the case off the public side."""
    prisoner = _prisoner(request, pk, publication.MAY_WITHDRAW)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        attempt(
            request,
            lambda: publication.withdraw(request.user, prisoner, reason=form.cleaned_data["reason"], at=timezone.now()),
            _("The case is withdrawn. Every public address of it answers that it is gone."),
        )
        return redirect("admin:cases_prisoner_change", prisoner.pk)
    public = get_object_or_404(Publication, prisoner=prisoner)
    return _page(
        request, "desk/case/withdraw.html", prisoner, title=_("Withdraw from the public"), form=form, public=public
    )


def close_earlier(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what will happen; on POST, close every version but the present one."""
    prisoner = _prisoner(request, pk, publication.MAY_WITHDRAW)
    public = get_object_or_404(Publication, prisoner=prisoner, state=PublicationState.PUBLISHED.value)
    if request.method == "POST":
        attempt(
            request,
            lambda: publication.close_earlier(request.user, prisoner, at=timezone.now()),
            _("The earlier versions are closed. Their addresses answer that they are no longer shown."),
        )
        return redirect("admin:cases_prisoner_change", prisoner.pk)
    return _page(
        request, "desk/case/close_earlier.html", prisoner, title=_("Close the earlier versions"), public=public
    )


def republish(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why; on POST, publish a withdrawn case again as it was approved."""
    prisoner = _prisoner(request, pk, publication.MAY_REPUBLISH)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        attempt(
            request,
            lambda: publication.republish(
                request.user, prisoner, reason=form.cleaned_data["reason"], at=timezone.now()
            ),
            _("The case is public again."),
        )
        return redirect("admin:cases_prisoner_change", prisoner.pk)
    public = get_object_or_404(Publication, prisoner=prisoner)
    return _page(request, "desk/case/republish.html", prisoner, title=_("Publish again"), form=form, public=public)
