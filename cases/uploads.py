"""How uploads come in: in memory alone, so that no copy in clear is ever written to a disk."""

import io
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class MemoryOnly(FileUploadHandler):
    """Keeps an upload of a signed-in person in memory up to UPLOAD_MAX_BYTES; of more, or of a stranger's, the size alone.

    What is too large arrives empty with its true size, so that the form can say so beside its box.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept, self.received = io.BytesIO(), 0
        user = getattr(self.request, "user", None)
        self.most = settings.UPLOAD_MAX_BYTES if user is not None and user.is_authenticated else 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's signature
        self.received += len(raw_data)
        if self.received <= self.most:
            self.kept.write(raw_data)
        elif self.kept.tell():
            self.kept = io.BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type or "",
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
