"""Private files, to those who may see the very record that they belong to, with headers under which nothing runs."""

import hashlib
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.admin.site import desk
from cases.domain.file_kinds import ENDINGS, MEDIA_TYPES
from cases.domain.sealing import KeyUnknown, SealBroken, StorageAway, StorageRefused
from cases.enums import AuditAction
from cases.file_fields import PhotographField
from cases.models import AuditEntry
from cases.models.base import code_of
from cases.queries.files import OWNERS, Owned, file_columns, owner_of
from cases.sealed_files import THUMBNAIL, NotSealed, file_storage

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}
TYPES = {ending: MEDIA_TYPES[kind][0] for kind, endings in ENDINGS.items() for ending in endings}
UNKNOWN_TYPE = "application/octet-stream"


class FileUnusable(Exception):
    """The file cannot be shown; the message says why and what to do."""


@require_GET
def private_file(request: HttpRequest, name: str) -> HttpResponse:
    """Send a file of a record that the reader may see. What is read of a record as a whole is entered in the audit.

    A photograph that we made ourselves may be shown in the page; anything else is an attachment.
    """
    named = f"{name.removesuffix(THUMBNAIL)}.jpg" if name.endswith(THUMBNAIL) else name
    owned, record = _owner(request, named)
    is_photo, is_thumbnail = isinstance(owned.field, PhotographField), named != name
    if is_thumbnail and not is_photo:
        raise Http404
    try:
        content = _verified(name, "" if is_thumbnail else owned.sha256)
    except FileUnusable as problem:
        context = {**desk.each_context(request), "title": _("The file is not shown"), "message": str(problem)}
        return render(request, "desk/file_unusable.html", context, status=409)
    if not is_thumbnail:
        AuditEntry.objects.append(
            AuditAction.FILE_READ,
            actor=request.user,
            subject=record,
            case=code_of(record),
            payload={"file": name, "sha256": owned.sha256},
            at=timezone.now(),
        )
    ending = PurePosixPath(name).suffix.lstrip(".").lower()
    is_ours = is_photo and ending == "jpg"
    shown_as = "inline" if is_ours else "attachment"
    response = HttpResponse(content, content_type=_type_of(ending), headers=HEADERS)
    response["Content-Disposition"] = f'{shown_as}; filename="{owned.field.name}-{record.pk}.{_plain(ending)}"'
    return response


def _type_of(ending: str) -> str:
    kind = TYPES.get(ending, UNKNOWN_TYPE)
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _plain(ending: str) -> str:
    return ending if ending in TYPES else "bin"


def _owner(request: HttpRequest, name: str) -> tuple[Owned, Any]:
    """Return the record that the file belongs to, as the desk's own page of it would be granted to this reader."""
    model = next(
        (model for model in OWNERS if name.split("/", 1)[0] in {field.folder for field in file_columns(model)}), None
    )
    if model is None or "\0" in name:
        raise Http404
    page = desk.get_model_admin(model)
    if not page.has_view_permission(request):
        raise PermissionDenied
    owned = owner_of(name)
    if owned is None or owned.model is not model:
        raise Http404
    record = page.get_queryset(request).filter(pk=owned.pk).first()
    if record is None:
        raise Http404
    if not page.has_view_permission(request, record):
        raise PermissionDenied
    return owned, record


def _verified(name: str, sha256: str) -> bytes:
    """Return the file's content if it is what was kept. Raises FileUnusable."""
    try:
        content = file_storage().opened(name)
    except NotSealed as problem:
        raise FileUnusable(
            _("The file is stored unsealed. Whoever runs this site has to run “manage.py seal_files”.")
        ) from problem
    except KeyUnknown as problem:
        message = _("The file was sealed with the key %(key)s, which is not at hand. It is untouched: add that key.")
        raise FileUnusable(message % {"key": problem.key_id}) from problem
    except SealBroken as problem:
        raise FileUnusable(
            _("The seal of the file does not hold: it was altered or moved. Restore it from a backup.")
        ) from problem
    except StorageRefused as problem:
        raise FileUnusable(
            _(
                "The place where files are kept refuses this site. The file is untouched. Whoever runs this site has to "
                "look at MEDIA_BUCKET and its account."
            )
        ) from problem
    except StorageAway as problem:
        raise FileUnusable(
            _("The place where files are kept does not answer. The file is untouched: try again later.")
        ) from problem
    except OSError as problem:
        raise FileUnusable(
            _("The file is not there: it was removed, or is missing from the disk. Restore it from a backup.")
        ) from problem
    if sha256 and hashlib.sha256(content).hexdigest() != sha256:
        raise FileUnusable(
            _("The file is not the one that was kept: its SHA-256 differs. Restore it from a backup, and look into it.")
        )
    return content
