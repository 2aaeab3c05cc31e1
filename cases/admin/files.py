"""Private files, to signed-in staff who may see the record that they belong to, and always as an attachment."""

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db.models import Model
from django.http import FileResponse, Http404, HttpRequest

from cases.models import Prisoner, Source

#: Folder: (the record that owns its files, the field that names them, the permission to read them).
OWNERS: dict[str, tuple[type[Model], str, str]] = {
    "photos": (Prisoner, "photo", "cases.view_prisoner"),
    "sources": (Source, "file", "cases.view_source"),
}


def private_file(request: HttpRequest, name: str) -> FileResponse:
    """Send the file if a record has it and the reader may see such records."""
    owner = OWNERS.get(name.split("/", 1)[0])
    if owner is None or "\0" in name:
        raise Http404
    model, field, permission = owner
    if not request.user.has_perm(permission):
        raise PermissionDenied
    if not model._default_manager.filter(**{field: name}).exists() or not default_storage.exists(name):
        raise Http404
    response = FileResponse(default_storage.open(name), as_attachment=True)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
