"""Two people at one form: what was saved meanwhile is merged or asked about, and what was typed is not lost.

Every form of a record takes part (`DeskAdmin`). It carries the version at which it was opened; a form that carries none
knows of nothing, and whatever in it differs from the present state is asked about.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _, ngettext

from cases.actions.drafts import DraftTooLong, Window, boxes_of, discard_draft, keep_draft, own_draft
from cases.actions.presence import wait_for_turn
from cases.admin.boxes import is_sealed, label_of
from cases.admin.chosen import number_in
from cases.admin.form_rows import kinds_of, tree
from cases.admin.merge_page import merge_page
from cases.admin.merge_results import Merged
from cases.admin.merging import merge
from cases.admin.presence import who_else
from cases.models import FormDraft
from cases.queries.form_versions import Version, about, pasts, read, version_of, written

#: Boxes of ours beside those of the record.
VERSION, WINDOW, DRAFT, MERGE, CHOICE = "_version", "_window", "_draft", "_merge", "_choice-"
KEEP, DISCARD = "keep", "discard"
#: A whole form that was sent is kept, whatever its length; Django limits what can be sent.
SENT_AT_MOST = 10_000_000


@dataclass(slots=True)
class Sitting:
    """One form open in one window, as its page shows it."""

    window: Window
    version: str = ""
    record: str = ""
    is_taken_up: bool = False
    is_unsaved: bool = False
    others: list[str] = field(default_factory=list)
    drafts: list[FormDraft] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    is_saved: bool = False


class Together:
    """What makes the forms of a `ModelAdmin` safe for two people at once."""

    model: Any

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and DRAFT in request.POST:
            return self._draft(request, object_id)
        if request.method == "POST":
            return self._save(request, object_id, form_url, extra_context)
        if DRAFT in request.GET:
            return self._take_up(request, object_id, form_url, extra_context)
        request.sitting = Sitting(Window(address_of(request), new_window()), self._opened(request, object_id))  # type: ignore[attr-defined]
        page: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
        return page

    # Versions ------------------------------------------------------------------------------------------------------

    def _record(self, request: HttpRequest, object_id: str | None) -> Any:
        """Return the record for someone who may change it; an empty one for a form that adds one."""
        if object_id is None:
            if not self.has_add_permission(request):  # type: ignore[attr-defined]
                raise PermissionDenied
            return self.model()
        record = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if record is not None and not self.has_change_permission(request, record):  # type: ignore[attr-defined]
            raise PermissionDenied
        return record

    def _version(self, request: HttpRequest, pk: int) -> Version:
        return version_of(kinds_of(self, request, self.model(pk=pk)))

    def _opened(self, request: HttpRequest, object_id: str | None) -> str:
        """Return the version for a new page. It is read before the page's values: too old is safe, too new is not."""
        if object_id is None or number_in(object_id) is None:
            return ""
        return written(self._version(request, int(object_id)), about(self.model, object_id))

    # Saving --------------------------------------------------------------------------------------------------------

    def _save(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        window = Window(address_of(request), request.POST.get(WINDOW, "")[:32] or new_window())
        sitting = request.sitting = Sitting(window, is_unsaved=True)  # type: ignore[attr-defined]
        merged: Merged | HttpResponse | None = None
        with transaction.atomic():
            if object_id is not None and number_in(object_id) is not None:
                wait_for_turn()
                now = self._version(request, int(object_id))
                sitting.version = written(now, about(self.model, object_id))
                if MERGE in request.POST or read(request.POST.get(VERSION, ""), about(self.model, object_id)) != now:
                    with shut_if_late(request, extra_context):
                        merged = self._merge(request, object_id, now)
                    if isinstance(merged, HttpResponse):
                        return merged
            response: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
            if sitting.is_saved and not isinstance(merged, HttpResponse):
                self._after_saving(request, sitting, merged)
        return response

    def _merge(self, request: HttpRequest, object_id: str, now: Version) -> Merged | HttpResponse | None:
        """Put what was saved meanwhile under what was sent; return a page where that is to be asked."""
        sitting: Sitting = request.sitting  # type: ignore[attr-defined]
        record = self._record(request, object_id)
        if record is None:
            return None
        opened, seen = request.POST.get(VERSION, ""), now
        choices: dict[str, str] = {}
        pressed = [name for name in ("_save", "_continue", "_addanother") if name in request.POST]
        if MERGE in request.POST:
            draft = own_draft(request.user, sitting.window)
            if draft is None:
                messages.error(
                    request, _("The text that was to be merged is no longer kept. The form shows what is saved.")
                )
                return redirect(request.path)
            seen = read(opened, about(self.model, object_id))
            choices = {
                name.removeprefix(CHOICE): str(value) for name, value in request.POST.items() if name.startswith(CHOICE)
            }
            opened = draft.version
            request.POST = sent_again(boxes_of(request.user, draft), request.POST, pressed)  # type: ignore[assignment]
        else:
            keep_draft(
                request.user,
                record,
                window=sitting.window,
                boxes=boxes_sent(request.POST),
                version=opened,
                at=timezone.now(),
                most_bytes=SENT_AT_MOST,
            )
        merged = self._merged(request, record, opened, now, choices if seen == now else {})
        if not merged.is_settled:
            if seen != now:
                messages.warning(request, _("Somebody saved again while you were choosing. Nothing of yours is lost."))
            return merge_page(self, request, record, merged, pressed)
        self._put(request, merged)
        return merged

    def _merged(self, request: HttpRequest, record: Any, opened: str, now: Version, choices: dict[str, str]) -> Merged:
        then = read(opened, about(self.model, record.pk))
        return merge(
            request,
            tree(self, request, record, sent=True),
            tree(self, request, self.get_object(request, str(record.pk)), sent=False),  # type: ignore[attr-defined]
            opened=then,
            pasts=pasts(kinds_of(self, request, record), then, now),
            choices=choices,
        )

    def _put(self, request: HttpRequest, merged: Merged) -> None:
        """Let Django's form read what was merged in place of what was sent."""
        request.POST = merged.data  # type: ignore[assignment]
        request.FILES.clear()
        for name in merged.files:
            request.FILES.setlist(name, merged.files.getlist(name))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        sitting: Sitting | None = getattr(request, "sitting", None)
        if sitting is not None:
            sitting.is_saved = True
            rows = [form, *(row for formset in formsets for row in formset.forms)]
            sitting.left += [label for row in rows for label in closed_since(row)]

    def _after_saving(self, request: HttpRequest, sitting: Sitting, merged: Merged | None) -> None:
        left = list(dict.fromkeys([*sitting.left, *(merged.left if merged else ())]))
        if left:
            messages.warning(
                request,
                _("Not saved, because it is sealed: %(boxes)s. Unseal it, then take up your text again.")
                % {"boxes": ", ".join(left)},
            )
            self._keep_left(request, sitting)
        else:
            discard_draft(request.user, sitting.window)
        if merged is not None and merged.theirs:
            messages.info(request, told(merged))

    def _keep_left(self, request: HttpRequest, sitting: Sitting) -> None:
        if own_draft(request.user, sitting.window) is None:
            record = self.model(pk=int(request.resolver_match.kwargs["object_id"]))  # type: ignore[union-attr]
            keep_draft(
                request.user,
                record,
                window=sitting.window,
                boxes=boxes_sent(request.POST),
                version=sitting.version,
                at=timezone.now(),
                most_bytes=SENT_AT_MOST,
            )

    # Drafts --------------------------------------------------------------------------------------------------------

    def _draft(self, request: HttpRequest, object_id: str | None) -> HttpResponse:
        """Keep what is typed, or throw it away; answer the script, or go back to the form."""
        window = Window(address_of(request), request.POST.get(WINDOW, "")[:32])
        if request.POST[DRAFT] == DISCARD:
            discard_draft(request.user, window)
            messages.success(request, _("The text that was not saved is thrown away."))
            return redirect(request.path)
        record = self._record(request, object_id)
        if record is None or not window.key or request.POST.get("_account") != str(request.user.pk):
            return JsonResponse({"kept": False}, status=409)
        now = timezone.now()
        version = request.POST.get(VERSION, "")
        try:
            keep_draft(request.user, record, window=window, boxes=boxes_sent(request.POST), version=version, at=now)
        except DraftTooLong as refusal:
            return JsonResponse({"kept": False, "why": str(refusal)}, status=413)
        words = _("Kept at %(time)s, not saved yet") % {"time": time_format(timezone.localtime(now))}
        return JsonResponse({"kept": True, "words": words})

    def _take_up(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        """Show the form as a draft left it, on top of what is saved now. Nothing is saved by it."""
        window = Window(address_of(request), request.GET[DRAFT][:32])
        record = self._record(request, object_id)
        draft = own_draft(request.user, window) if record is not None else None
        if draft is None:
            return redirect(request.path)
        sitting = request.sitting = Sitting(window, is_taken_up=True, is_unsaved=True)  # type: ignore[attr-defined]
        version = self._version(request, record.pk) if record.pk else {}
        nothing = request.FILES  # read while it is still a GET: Django would read the body again
        nothing.clear()
        request.method, request.POST = "POST", sent_again(boxes_of(request.user, draft), {}, [])  # type: ignore[assignment]
        if record.pk:
            sitting.version = written(version, about(self.model, record.pk))
            merged = self._merged(request, record, draft.version, version, {})
            if merged.conflicts:
                return merge_page(self, request, record, merged, [])
            self._put(request, merged)
        with transaction.atomic():
            response: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
            transaction.set_rollback(True)
        return response

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        form = super().get_form(request, obj, change=change, **kwargs)  # type: ignore[misc]
        return type(form)(form.__name__, (NotSent, form), {}) if is_taken_up(request) else form

    # The page ------------------------------------------------------------------------------------------------------

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        sitting: Sitting | None = getattr(request, "sitting", None)
        record = context.get("original")
        if sitting is not None and not context["is_popup"]:
            if sitting.is_taken_up:
                without_errors(context)
            now = timezone.now()
            if record is not None:
                sitting.record = about(self.model, record.pk)
                sitting.others = who_else(request.user, record, at=now)
            may = self.has_change_permission(request, record) if record else self.has_add_permission(request)  # type: ignore[attr-defined]
            own = FormDraft.objects.of(cast("User", request.user), sitting.window.address)
            sitting.drafts = list(own.exclude(window=sitting.window.key).defer("payload")) if may else []
            context |= {"sitting": sitting, "may_type": may}
        elif sitting is not None:
            context["sitting"] = sitting
        page: HttpResponse = super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]
        return page


@contextmanager
def shut_if_late(request: HttpRequest, extra_context: dict[str, Any] | None) -> Iterator[None]:
    """Keep sealed values off the merge page once their time is over: a late form may be saved, and shows nothing."""
    sealing = (extra_context or {}).get("sealing")
    was_open = getattr(request, "unsealed", False)
    if sealing is not None and sealing.ends_at is None:
        request.unsealed = False  # type: ignore[attr-defined]  # asked by the form's boxes
    try:
        yield
    finally:
        request.unsealed = was_open  # type: ignore[attr-defined]  # as above


class NotSent:
    """A form that shows what a draft holds: it is never valid, so that nothing is saved by looking."""

    def is_valid(self) -> bool:
        return False


def without_errors(context: dict[str, Any]) -> None:
    """Take away what is wrong with text that nobody has sent yet."""
    context["errors"] = ErrorList()
    context["adminform"].form._errors = ErrorDict()  # noqa: SLF001 - Django keeps them there
    for inline in context["inline_admin_formsets"]:
        _without_errors(inline.formset)


def _without_errors(formset: Any) -> None:
    formset._errors, formset._non_form_errors = [{} for _form in formset.forms], ErrorList()  # noqa: SLF001 - as above
    for form in formset.forms:
        form._errors = ErrorDict()  # noqa: SLF001 - as above
        for nested in getattr(form, "nested_formsets", ()):
            _without_errors(nested)


def is_taken_up(request: HttpRequest) -> bool:
    """Tell whether the page shows a draft, whose text nobody has sent."""
    sitting: Sitting | None = getattr(request, "sitting", None)
    return sitting is not None and sitting.is_taken_up


def address_of(request: HttpRequest) -> str:
    """Return under which address drafts of the form are kept: its path, and what a new record begins with."""
    begun = sorted((name, value) for name, value in request.GET.items() if not name.startswith("_"))
    return (f"{request.path}?{urlencode(begun)}" if begun else request.path)[:300]


def new_window() -> str:
    return secrets.token_hex(8)


def boxes_sent(post: QueryDict) -> dict[str, list[str]]:
    """Return what was typed: every box of the record, none of ours."""
    return {name: post.getlist(name) for name in post if not name.startswith("_") and name != "csrfmiddlewaretoken"}


def sent_again(boxes: dict[str, list[str]], ours: Any, pressed: list[str]) -> QueryDict:
    """Return boxes that were kept as if they were sent now, with which button was pressed."""
    data = QueryDict(mutable=True)
    for name, values in boxes.items():
        data.setlist(name, values)
    for name in (*pressed, WINDOW):
        if name in ours:
            data[name] = ours[name]
    return data


def closed_since(form: Any) -> list[str]:
    """Name the sealed boxes that were open when they were filled and are shut now: their text is not taken."""
    return [
        label_of(form, name)
        for name, box in form.fields.items()
        if is_sealed(form, name) and box.disabled and form.add_prefix(name) in form.data
    ]


def told(merged: Merged) -> str:
    """Say what somebody else saved meanwhile and is kept."""
    who = ", ".join(dict.fromkeys(one.who for one in merged.theirs if one.who))
    what = "; ".join(" – ".join(word for word in (one.row, one.label) if word) for one in merged.theirs)
    number = len(merged.theirs)
    return ngettext(
        "%(who)s saved a change while you wrote. Both are kept; theirs: %(what)s.",
        "%(who)s saved changes while you wrote. All are kept; theirs: %(what)s.",
        number,
    ) % {"who": who, "what": what}
