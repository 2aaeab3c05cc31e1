"""How a kept file stands in a form: its picture or a way to it, a tick to take it away, a box for another one."""

from typing import Any

from django.contrib.admin.widgets import AdminFileWidget
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cases.file_fields import KeptFieldFile, PhotographField
from cases.sealed_files import thumbnail_of

#: What stands instead of a file's box for those who only read: the attribute of `ShowsFile`.
SHOWN = "file_shown"


def shown_file(file: KeptFieldFile) -> SafeString:
    """Return the picture of a photograph, or the way to a document; nothing where there is none."""
    if not file:
        return SafeString("")
    is_photo = isinstance(file.field, PhotographField)
    thumbnail = file.storage.url(thumbnail_of(str(file.name))) if is_photo else ""
    return render_to_string("desk/widgets/file_shown.html", {"address": file.url, "thumbnail": thumbnail})


class KeptFileWidget(AdminFileWidget):
    """The box for a file."""

    def _render(self, _template_name: str, context: dict[str, Any], _renderer: Any = None) -> SafeString:
        value = context["widget"]["value"]
        shown = shown_file(value) if context["widget"]["is_initial"] and isinstance(value, KeptFieldFile) else ""
        attributes = flatatt(context["widget"]["attrs"])
        return render_to_string("desk/widgets/file.html", {**context, "shown": shown, "attributes": attributes})


class ShowsFile:
    """A record with a file, named by `file_column`: those who only read see it in place of its box."""

    file_column: str

    def file_shown(self, record: Any) -> SafeString:
        return shown_file(getattr(record, self.file_column))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)  # type: ignore[misc]
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)  # type: ignore[attr-defined]
        return (
            fieldsets
            if may_write
            else [(title, _with_shown(options, self.file_column)) for title, options in fieldsets]
        )


def _with_shown(options: dict[str, Any], column: str) -> dict[str, Any]:
    def other(line: Any) -> Any:
        if isinstance(line, str):
            return SHOWN if line == column else line
        return tuple(SHOWN if name == column else name for name in line)

    return {**options, "fields": [other(line) for line in options["fields"]]}
