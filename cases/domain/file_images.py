"""Pictures as they are kept: the pixels copied into a new image, so that nothing else of the file comes along.

EXIF with its place, time and device, XMP, ICC profiles, comments, thumbnails and whatever follows the end of the picture
stay behind. Cameras write more than one picture into a file (a preview, a depth map, a second of film): that is taken and
left behind; any other data behind the end is refused, because a file that is two things at once was made so on purpose.
"""

import io
import re
from collections.abc import Iterator

from PIL import Image, ImageOps

from cases.domain.file_kinds import FileKind, FileRefusal, FileRefused

#: The most pixels that are decoded at all: a 60-megapixel picture takes about 240 MB while it is read.
MOST_PIXELS = 60_000_000
#: The longer sides of a photograph as kept and of its thumbnail.
PHOTOGRAPH_SIDE, THUMBNAIL_SIDE = 3000, 320
FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP"}
#: Modes that can be made smaller before they are converted.
PLAIN_MODES = frozenset({"L", "RGB", "RGBA", "LA", "CMYK"})
#: In the coded part of a JPEG, 0xFF followed by one of these is data; by anything else it is a marker.
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})


def photograph(content: bytes, kind: FileKind) -> tuple[bytes, bytes]:
    """Return a new JPEG of at most PHOTOGRAPH_SIDE pixels a side, upright, and its thumbnail. Raises FileRefused."""
    picture = _pixels(content, kind, side=PHOTOGRAPH_SIDE)
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return _written(picture, "JPEG", quality=92), _written(small, "JPEG", quality=80)


def scan(content: bytes, kind: FileKind) -> tuple[bytes, FileKind]:
    """Return a picture of a document in its full size: a PNG stays one, others become JPEG. Raises FileRefused."""
    picture = _pixels(content, kind, side=None)
    if kind is FileKind.PNG:
        return _written(picture, "PNG", optimize=False), FileKind.PNG
    return _written(picture, "JPEG", quality=95), FileKind.JPEG


def _written(picture: Image.Image, form: str, **options: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def _pixels(content: bytes, kind: FileKind, *, side: int | None) -> Image.Image:
    try:
        _refuse_behind(content, kind)
        with Image.open(io.BytesIO(content), formats=(FORMATS[kind],)) as original:
            _refuse_bomb(original)
            return _copied(original, side)
    except FileRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise FileRefused(FileRefusal.TOO_MANY_PIXELS, limit=MOST_PIXELS // 1_000_000) from bomb
    except Exception as problem:  # decoders of hostile bytes raise whatever they meet
        raise FileRefused(FileRefusal.PICTURE_DAMAGED) from problem


def _refuse_bomb(original: Image.Image) -> None:
    """Refuse by what the head of the file says, before anything is decoded."""
    if original.width * original.height > MOST_PIXELS:
        raise FileRefused(FileRefusal.TOO_MANY_PIXELS, limit=MOST_PIXELS // 1_000_000)
    if original.format != "MPO" and getattr(original, "n_frames", 1) > 1:
        raise FileRefused(FileRefusal.MOVING)


def _copied(original: Image.Image, side: int | None) -> Image.Image:
    if side and original.mode in PLAIN_MODES:
        original.thumbnail((side, side))  # decodes a large JPEG at a fraction of its size
    original.load()
    upright = ImageOps.exif_transpose(original)
    plain = _on_white(upright)
    if side:
        plain.thumbnail((side, side))
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    return clean


def _on_white(picture: Image.Image) -> Image.Image:
    """Return the picture in grey or colour of eight bits; what is transparent becomes white."""
    if picture.mode in ("L", "RGB") and "transparency" not in picture.info:
        return picture
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode.startswith("I"):  # sixteen bits of grey
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        ground.alpha_composite(layer)
        return ground.convert("RGB")
    return picture.convert("RGB")


# Where the picture ends --------------------------------------------------------------------------------------------


def _refuse_behind(content: bytes, kind: FileKind) -> None:
    if kind is FileKind.PNG:
        end = _end_of_png(content)
    elif kind is FileKind.WEBP:
        end = 8 + int.from_bytes(content[4:8], "little")
        end += end % 2
    else:
        end = _end_of_jpeg(content, 0)
    if end > len(content) + 1:
        raise FileRefused(FileRefusal.PICTURE_DAMAGED)
    behind = content[end:]
    if behind and not (kind is FileKind.JPEG and _is_of_a_camera(behind)):
        raise FileRefused(FileRefusal.BEHIND_PICTURE)


def _end_of_png(content: bytes) -> int:
    for name, end in _chunks_of_png(content):
        if name == b"acTL":
            raise FileRefused(FileRefusal.MOVING)
        if name == b"IEND":
            return end
    raise FileRefused(FileRefusal.PICTURE_DAMAGED)


def _chunks_of_png(content: bytes) -> Iterator[tuple[bytes, int]]:
    at = 8
    while at + 12 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        yield content[at + 4 : at + 8], end
        at = end


def _end_of_jpeg(content: bytes, begun: int) -> int:
    """Return the place behind the end marker of the JPEG that begins at `begun`."""
    at = begun + 2
    while at + 1 < len(content):
        if content[at] != 0xFF:
            raise FileRefused(FileRefusal.PICTURE_DAMAGED)
        marker = content[at + 1]
        if marker == 0xD9:
            return at + 2
        if marker == 0xFF:
            at += 1
        elif marker in WITHOUT_LENGTH:
            at += 2
        else:
            length = int.from_bytes(content[at + 2 : at + 4], "big")
            at += 2 + max(length, 2)
            if marker == 0xDA:
                following = MARKER.search(content, at)
                if following is None:
                    break
                at = following.start()
    raise FileRefused(FileRefusal.PICTURE_DAMAGED)


def _is_of_a_camera(behind: bytes) -> bool:
    """Tell whether data behind a JPEG is what cameras write there: more pictures, a film, a maker's own trailer."""
    rest = behind.lstrip(b"\0")
    while rest.startswith(b"\xff\xd8\xff"):
        try:
            rest = rest[_end_of_jpeg(rest, 0) :].lstrip(b"\0")
        except FileRefused:
            return False
    is_film = b"ftyp" in rest[:8]  # behind the length of its first part
    is_makers_trailer = rest.endswith(b"SEFT") and b"SEFH" in rest
    return not rest or is_film or is_makers_trailer
