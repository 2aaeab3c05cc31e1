"""Erasing a person at the desk: one asks, another sees everything that goes and confirms; and what retention lists."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from cases.actions.accounts import FAMILY
from cases.actions.erasure import MAY_ASK, MAY_CONFIRM, ask, confirm, decline, found_for, note_is_read, what_to_type
from cases.admin.attempts import attempt
from cases.admin.site import desk
from cases.enums import ErasureState
from cases.models import ErasureRequest, Prisoner, Relative
from cases.queries.audit_facts import words_for
from cases.queries.erasure import Found, find, model_of
from cases.queries.mentions import mentions, wanted_names
from cases.queries.retention import PERIODS

#: Whom one can ask to erase, and the permission to see them.
SUBJECTS: dict[str, tuple[type[Prisoner] | type[Relative], str]] = {
    "prisoner": (Prisoner, "cases.view_prisoner"),
    "relative": (Relative, "cases.view_relative"),
}
#: Rows of a list that a page shows.
SHOWN = 200
#: What the address says when the records are to be searched for the person's names.
SEARCH = "search"


class AskForm(forms.Form):
    """Why a person is to be erased."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Lawful ground"), choices=ErasureRequest._meta.get_field("ground").choices or []
    )
    note = forms.CharField(
        label=gettext_lazy("What was asked, by whom"),
        help_text=gettext_lazy("For the person who confirms; sealed, and removed with everything else"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )


class ConfirmForm(forms.Form):
    """That somebody has read what goes, and means it."""

    typed = forms.CharField(
        label=gettext_lazy("Type the code to erase"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def overview(request: HttpRequest) -> HttpResponse:
    """List the erasures that wait and those that are decided, the drafts that are due, and the periods."""
    _require(request, MAY_ASK)
    rows = ErasureRequest.objects.select_related("asked_by", "decided_by")
    drafts = next(period for period in PERIODS if period.is_listed).ended(timezone.now())
    context = {
        **desk.each_context(request),
        "title": _("Erasure and retention"),
        "waiting": rows.filter(state=ErasureState.ASKED.value),
        "decided": rows.exclude(state=ErasureState.ASKED.value)[:SHOWN],
        "drafts": drafts.prefetch_related("names")[:SHOWN] if request.user.has_perm("cases.view_prisoner") else [],
        "periods": PERIODS,
    }
    return render(request, "desk/erasure/overview.html", context)


def ask_for(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Say what an erasure is and ask for its ground; on POST, put it before a second person."""
    if kind not in SUBJECTS:
        raise Http404
    model, permission = SUBJECTS[kind]
    _require(request, MAY_ASK, permission)
    subject: Any = get_object_or_404(model._default_manager.all(), pk=pk)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        attempt(
            request,
            lambda: ask(request.user, subject, ground=said["ground"], note=said["note"], at=timezone.now()),
            _("Asked. Nothing is erased yet: another person sees what goes and confirms."),
        )
        return redirect("admin:erasures")
    context = {
        **desk.each_context(request),
        "title": _("Erase the person"),
        "subject": subject,
        "original": subject if kind == "prisoner" else None,
        "is_prisoner": kind == "prisoner",
        "form": form,
        "going": _going(find(kind, subject.pk, getattr(subject, "code", ""))),
    }
    return render(request, "desk/erasure/ask.html", context)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything that goes and where else the person is named; on POST, erase or decline."""
    _require(request, MAY_ASK)
    found = get_object_or_404(ErasureRequest.objects.select_related("asked_by", "decided_by"), pk=pk)
    form = ConfirmForm(request.POST if request.POST.get("decision") == "confirm" else None)
    if request.method == "POST" and request.POST.get("decision") == "decline":
        attempt(
            request,
            lambda: decline(request.user, found, at=timezone.now()),
            _("Declined. The person stays as recorded."),
        )
        return redirect("admin:erasures")
    if request.method == "POST" and form.is_valid():
        done = attempt(
            request,
            lambda: confirm(request.user, found, typed=form.cleaned_data["typed"], at=timezone.now()),
            _("Erased. Backups made before now still hold the person until they are deleted."),
        )
        return redirect("admin:erasures") if done else redirect("admin:erasure", found.pk)
    return render(request, "desk/erasure/decide.html", _context(request, found, form))


def _context(request: HttpRequest, found: ErasureRequest, form: ConfirmForm) -> dict[str, Any]:
    is_waiting = found.state == ErasureState.ASKED.value
    is_own = found.asked_by_id == request.user.pk
    context: dict[str, Any] = {
        **desk.each_context(request),
        "title": _("Erasure %(number)s") % {"number": found.reference},
        "erasure": found,
        "is_own": is_own,
        "is_waiting": is_waiting,
        "may_confirm": is_waiting and not is_own and request.user.has_perm(MAY_CONFIRM),
        "search": f"?{SEARCH}=1",
        "may_decline": is_waiting and (is_own or request.user.has_perm(MAY_CONFIRM)),
        "form": form,
        "counts": [(words_for(name), number) for name, number in found.counts.items()],
    }
    if is_waiting and request.user.has_perm(MAY_CONFIRM):
        going = found_for(found)
        if found.note:
            note_is_read(request.user, found, at=timezone.now())
        context |= {
            "subject": model_of(found.subject_kind).objects.filter(pk=found.subject_id).first(),
            "note": found.note.open(),
            "going": _going(going),
            "blockers": going.blockers,
            "word": what_to_type(found),
            **(_named_elsewhere(request, going, is_own=is_own) if SEARCH in request.GET else {"is_searched": False}),
        }
    return context


def _named_elsewhere(request: HttpRequest, going: Found, *, is_own: bool) -> dict[str, Any]:
    """Read every text of the records for the person's names: seconds for each thousand cases, so only when asked."""
    every = list(mentions(going, wanted_names(going)))
    places = [place for place in every if _may_be_told(request, place.kind)]
    return {
        "is_searched": True,
        "mentions": [(place, _address(request, place.kind, place.pk)) for place in places[:SHOWN]],
        "more": max(0, len(places) - SHOWN),
        # How many of a family bear a name is told to the second person alone: nobody looks names up by asking.
        "closed": 0 if is_own else len(every) - len(places),
    }


def _going(found: Found) -> list[tuple[str, int]]:
    rows = [(words_for(kind), number) for kind, number in found.counts().items()]
    rest = (("history", found.history_count()), ("files", len(found.files)))
    return rows + [(words_for(name), number) for name, number in rest if number]


def _may_be_told(request: HttpRequest, kind: str) -> bool:
    """Tell whether the reader is told which record of this kind names a person: families are closed to most."""
    return kind not in FAMILY or request.user.has_perm(f"cases.view_{kind}")


def _address(request: HttpRequest, kind: str, pk: int) -> str:
    """Return where the reader can correct a record; "" where they may not see it or the desk has no page for it."""
    if not request.user.has_perm(f"cases.view_{kind}"):
        return ""
    try:
        return reverse(f"admin:cases_{kind}_change", args=[pk])
    except NoReverseMatch:
        return ""


def _require(request: HttpRequest, *permissions: str) -> None:
    if not request.user.has_perms(permissions):
        raise PermissionDenied
