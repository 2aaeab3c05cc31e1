"""Columns and boxes for files that are kept: what comes in is looked at, pixels are copied, the hash stands beside it.

Whatever way a file is given to a record, by a form, a command or a test, its bytes go through `domain/file_contents`
before they reach the storage, and nothing of its name is kept.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.text import format_lazy
from django.utils.translation import gettext as translated, gettext_lazy as _

from cases.domain.file_contents import MEGABYTE, Reader, Taken, read_document, read_photograph, refuse_large
from cases.domain.file_images import MOST_PIXELS
from cases.domain.file_kinds import FileRefused
from cases.sealed_files import new_name, thumbnail_of


class KeptFile(ContentFile):  # type: ignore[type-arg]  # not generic at run time
    """What was taken of a file and is to be stored."""

    def __init__(self, taken: Taken) -> None:
        super().__init__(taken.content, name=f"kept.{taken.ending}")
        self.taken = taken


def refused(refusal: FileRefused) -> ValidationError:
    """Say why a file is not taken, in the reader's language."""
    facts = {name: translated(fact) if isinstance(fact, str) else fact for name, fact in refusal.facts.items()}
    sentence = translated(refusal.refusal.label)
    return ValidationError(sentence % facts if facts else sentence, code=str(refusal.refusal))


class KeptFieldFile(FieldFile):
    """A record's file."""

    field: "KeptFileField"

    def save(self, name: str, content: Any, save: bool = True) -> None:  # noqa: FBT001, FBT002 - Django's signature
        """Store what is taken of `content`, under a new name, with its hash. Raises FileRefused.

        The thumbnail goes first: where there is a photograph, there is its thumbnail.
        """
        kept = content if isinstance(content, KeptFile) else self.field.take(content, name)
        stored_name = new_name(self.field.folder, kept.taken.ending)
        if kept.taken.thumbnail:
            self.storage.save(thumbnail_of(stored_name), ContentFile(kept.taken.thumbnail))
        self.name = self.storage.save(stored_name, kept, max_length=self.field.max_length)
        setattr(self.instance, self.field.attname, self.name)
        setattr(self.instance, self.field.hash_name, kept.taken.sha256)
        self._committed = True
        if save:
            self.instance.save()

    def delete(self, save: bool = True) -> None:  # noqa: FBT001, FBT002 - Django's signature
        """Take the file from the record. It stays stored, because the history names it."""
        self.field.save_form_data(self.instance, "")
        if save:
            self.instance.save()


# django-stubs types fields by two parameters, which a field defined here cannot carry at run time.
FileFieldBase: Any = models.FileField


class KeptFileField(FileFieldBase):  # type: ignore[misc]
    """A file of a record, kept in `folder` of the storage; its SHA-256 stands in the column `hash_name`."""

    attr_class = KeptFieldFile
    reader: Reader = staticmethod(read_document)
    accept = ".pdf,.jpg,.jpeg,.png,.webp,.txt"
    accepted = _(
        "PDF, plain text, or a picture (JPEG, PNG, WebP) of at most {megapixels} million pixels; at most {megabytes} MB. "
        "Pictures are copied without the data in which cameras note place, time and device."
    )

    def __init__(self, *args: Any, folder: str = "", hash_name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder, self.hash_name = folder, hash_name

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("upload_to", None)
        path = f"cases.file_fields.{type(self).__name__}"
        return name, path, args, {**kwargs, "folder": self.folder, "hash_name": self.hash_name}

    def take(self, file: Any, name: str | None = None) -> KeptFile:
        """Return what is kept of an uploaded or given file. Raises FileRefused."""
        limit = settings.UPLOAD_MAX_BYTES
        refuse_large(file.size, limit)
        file.seek(0)
        claim = getattr(file, "content_type", None) or ""
        return KeptFile(self.reader(file.read(), name=name or file.name or "", claim=claim, limit=limit))

    def clean(self, value: Any, model_instance: Any) -> Any:
        """Look at a file that is not stored yet, so that its hash is there when the rules of the table are checked."""
        value = super().clean(value, model_instance)
        if value and not value._committed and not isinstance(value.file, KeptFile):  # noqa: SLF001 - Django's own flag
            try:
                self.save_form_data(model_instance, self.take(value.file, value.name))
            except FileRefused as refusal:
                raise refused(refusal) from refusal
        return getattr(model_instance, self.attname)

    def save_form_data(self, instance: models.Model, data: Any) -> None:
        """Put a taken file, or its absence, into the record with its hash; None and what is there leave both as they are."""
        if data is None or isinstance(data, FieldFile):
            return
        setattr(instance, self.name, data or "")
        setattr(instance, self.hash_name, data.taken.sha256 if isinstance(data, KeptFile) else "")

    def formfield(self, **kwargs: Any) -> Any:
        own = {
            "form_class": KeptFileFormField,
            "take": self.take,
            "accept": self.accept,
            "max_length": None,
            "help_text": format_lazy(
                self.accepted,
                megapixels=MOST_PIXELS // 1_000_000,
                megabytes=settings.UPLOAD_MAX_BYTES // MEGABYTE,
            ),
        }
        return super().formfield(**{**own, **kwargs})


class PhotographField(KeptFileField):
    """A photograph: its pixels in a new JPEG, and a thumbnail."""

    reader = staticmethod(read_photograph)
    accept = ".jpg,.jpeg,.png,.webp"
    accepted = _(
        "JPEG, PNG or WebP, at most {megapixels} million pixels and {megabytes} MB. The pixels are copied; the data in "
        "which cameras note place, time and device, and the name of the file, are not kept."
    )


class KeptFileFormField(forms.FileField):
    """Takes a file or says beside the box why not; `cleaned_data` holds a `KeptFile`, False for none, or what was there."""

    def __init__(self, *, take: Callable[..., KeptFile], accept: str = "", **kwargs: Any) -> None:
        self.take, self.accept = take, accept
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if file is None:
            return None
        try:
            return self.take(file)
        except FileRefused as refusal:
            raise refused(refusal) from refusal

    def widget_attrs(self, widget: Any) -> dict[str, Any]:
        return {**super().widget_attrs(widget), **({"accept": self.accept} if self.accept else {})}
