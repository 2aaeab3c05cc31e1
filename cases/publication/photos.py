"""Photographs as published: the pixels copied into a new file, so that no metadata of the original comes along."""

import hashlib
import io
from dataclasses import dataclass

from django.utils.translation import gettext
from PIL import Image, ImageOps

from cases.domain.file_images import MOST_PIXELS
from cases.domain.sealing import SealingError, StorageAway, StorageRefused
from cases.models import Prisoner
from cases.publication.policy import is_named, weighed, words_of
from cases.published.documents import PhotoDocument

#: The longer side of a published photograph in pixels.
LONGER_SIDE = 1200
QUALITY = 85


class PhotoUnreadable(Exception):
    """The photograph cannot be opened: damaged, missing, too large, or its seal does not hold."""


@dataclass(frozen=True)
class Pixels:
    """A published photograph: JPEG bytes, their SHA-256 and their size in pixels."""

    content: bytes
    sha256: str
    width: int
    height: int


def published_pixels(prisoner: Prisoner) -> Pixels | None:
    """Return the photograph as the public may have it, None where it may not. Raises PhotoUnreadable."""
    photo = weighed(prisoner, "photo")
    if not (photo and weighed(prisoner, "photo_is_public") and is_named(prisoner)):
        return None
    try:
        with photo.open("rb") as file, Image.open(file) as original:
            if original.width * original.height > MOST_PIXELS:
                raise PhotoUnreadable(gettext("The photograph has too many pixels; upload one of at most 60 million."))
            upright = ImageOps.exif_transpose(original).convert("RGB")
    except SealingError as error:
        message = gettext("The seal of the photograph cannot be opened: %(why)s") % {"why": error}
        raise PhotoUnreadable(message) from error
    except StorageRefused as error:
        message = gettext(
            "The place where files are kept refuses this site. The photograph is untouched. Whoever runs this site has to "
            "look at MEDIA_BUCKET and its account."
        )
        raise PhotoUnreadable(message) from error
    except StorageAway as error:
        message = gettext(
            "The place where files are kept does not answer. The photograph is untouched: try again later."
        )
        raise PhotoUnreadable(message) from error
    except (OSError, Image.DecompressionBombError) as error:
        message = gettext("The photograph cannot be opened; upload it again as JPEG, PNG or WebP.")
        raise PhotoUnreadable(message) from error
    upright.thumbnail((LONGER_SIDE, LONGER_SIDE))
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    buffer = io.BytesIO()
    clean.save(buffer, "JPEG", quality=QUALITY)
    content = buffer.getvalue()
    return Pixels(content, hashlib.sha256(content).hexdigest(), clean.width, clean.height)


def describe_photo(prisoner: Prisoner, pixels: Pixels | None) -> PhotoDocument | None:
    """Return how a document refers to its photograph."""
    if pixels is None:
        return None
    return PhotoDocument(
        sha256=pixels.sha256,
        width=pixels.width,
        height=pixels.height,
        credit=weighed(prisoner, "photo_credit"),
        licence=weighed(prisoner, "photo_licence"),
        alt=words_of(prisoner, "photo_alt"),
    )
