"""What kind of file some bytes are, told by the bytes alone, and the refusals with which a file is sent back."""

import io
import re
import zipfile

import puremagic

from cases.enums import Vocabulary, gettext_noop


class FileKind(Vocabulary):
    """The kinds of files that are kept."""

    JPEG = "jpeg", gettext_noop("a JPEG picture")
    PNG = "png", gettext_noop("a PNG picture")
    WEBP = "webp", gettext_noop("a WebP picture")
    PDF = "pdf", gettext_noop("a PDF document")
    TEXT = "text", gettext_noop("plain text")


#: How the names of such files end; the first is how we write it.
ENDINGS: dict[FileKind, tuple[str, ...]] = {
    FileKind.JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    FileKind.PNG: ("png",),
    FileKind.WEBP: ("webp",),
    FileKind.PDF: ("pdf",),
    FileKind.TEXT: ("txt", "text"),
}
#: What browsers call them; the first is what we send.
MEDIA_TYPES: dict[FileKind, tuple[str, ...]] = {
    FileKind.JPEG: ("image/jpeg", "image/pjpeg", "image/jpg"),
    FileKind.PNG: ("image/png", "image/x-png"),
    FileKind.WEBP: ("image/webp",),
    FileKind.PDF: ("application/pdf", "application/x-pdf"),
    FileKind.TEXT: ("text/plain",),
}
#: What a browser says when it does not know.
NO_CLAIM = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/x-download"})
PICTURES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
DOCUMENTS = frozenset({*PICTURES, FileKind.PDF, FileKind.TEXT})


class FileRefusal(Vocabulary):
    """Why a file is not taken; the label is the sentence shown, with slots for `FileRefused.facts`."""

    EMPTY = "empty", gettext_noop("The file is empty. Look whether it was saved, and choose it again.")
    TOO_LARGE = (
        "too_large",
        gettext_noop(
            "The file has %(size)s MB; at most %(limit)s MB are taken. Save it with a lower resolution, or in parts."
        ),
    )
    UNKNOWN = (
        "unknown",
        gettext_noop("It cannot be told what kind of file this is. Save it as one of the kinds that are taken here."),
    )
    OTHER_KIND = (
        "other_kind",
        gettext_noop("Files of the kind “%(kind)s” are not taken here. Save it as one of the kinds that are."),
    )
    NOT_HERE = (
        "not_here",
        gettext_noop("This is %(kind)s, and here only photographs are taken: JPEG, PNG or WebP."),
    )
    OFFICE = (
        "office",
        gettext_noop("This is an office document, which can carry programs. Open it, save it as PDF, and upload that."),
    )
    ARCHIVE = (
        "archive",
        gettext_noop("This is an archive. Take the files out of it and upload them one by one."),
    )
    SVG = (
        "svg",
        gettext_noop("This is an SVG drawing, which can carry programs. Open it, export it as PNG, and upload that."),
    )
    HTML = (
        "html",
        gettext_noop("This is a web page, which can carry programs. Print it to a PDF, and upload that."),
    )
    PROGRAM = "program", gettext_noop("This is a program. Programs are not taken.")
    PICTURE_KIND = (
        "picture_kind",
        gettext_noop("Pictures of the kind %(kind)s are not taken. Export it as JPEG or PNG, and upload that."),
    )
    ENDING = (
        "ending",
        gettext_noop(
            "The name of the file ends in “.%(ending)s”, but its content is %(kind)s. Look where it comes from; "
            "if it is what you mean, rename it to end in “.%(right)s”."
        ),
    )
    CLAIM = (
        "claim",
        gettext_noop(
            "The file was sent as “%(claim)s”, but its content is %(kind)s. Look where it comes from; if it is what "
            "you mean, save it anew with the right ending."
        ),
    )
    HIDDEN = (
        "hidden",
        gettext_noop(
            "Inside this file is another one: %(what)s. Open it in a program that shows it, save it anew, and upload that."
        ),
    )
    BEHIND_PICTURE = (
        "behind_picture",
        gettext_noop(
            "Behind the end of the picture more data follows. Open it in a picture editor, save it anew, and upload that."
        ),
    )
    TOO_MANY_PIXELS = (
        "too_many_pixels",
        gettext_noop("The picture has too many pixels; at most %(limit)s million are taken. Save it smaller."),
    )
    MOVING = (
        "moving",
        gettext_noop("The picture has several frames, as in an animation. Save one of them as a picture of its own."),
    )
    PICTURE_DAMAGED = (
        "picture_damaged",
        gettext_noop("The picture cannot be read: it is damaged or incomplete. Save it anew as JPEG, PNG or WebP."),
    )
    BEFORE_PDF = (
        "before_pdf",
        gettext_noop(
            "Something stands before the beginning of the PDF. Open it, print it to a new PDF, and upload that."
        ),
    )
    BEHIND_PDF = (
        "behind_pdf",
        gettext_noop("Behind the end of the PDF more data follows. Open it, print it to a new PDF, and upload that."),
    )
    PDF_DAMAGED = (
        "pdf_damaged",
        gettext_noop(
            "The PDF cannot be read: it is damaged or incomplete. Open it, print it to a new PDF, upload that."
        ),
    )
    PDF_LOCKED = (
        "pdf_locked",
        gettext_noop(
            "The PDF is encrypted or protected. Open it with its password, print it to a new PDF, upload that."
        ),
    )
    PDF_ACTIVE = (
        "pdf_active",
        gettext_noop(
            "The PDF is not only to be read: it has %(what)s. Open it, print it to a new PDF, and upload that."
        ),
    )
    PDF_ENDLESS = (
        "pdf_endless",
        gettext_noop(
            "The PDF has too many parts to be looked through. Print it to a new PDF, or to several shorter ones."
        ),
    )
    TEXT_ENCODING = (
        "text_encoding",
        gettext_noop("The text is not written in UTF-8. Open it in an editor and save it with the encoding UTF-8."),
    )
    TEXT_CONTROLS = (
        "text_controls",
        gettext_noop(
            "The text has control characters in it, so it is not plain text. Save it as plain text or as PDF."
        ),
    )


class FileRefused(ValueError):
    """A file is not taken: the reason, and the facts that its sentence names (English words are translated when shown)."""

    def __init__(self, refusal: FileRefusal, **facts: str | int) -> None:
        super().__init__(refusal.label % facts if facts else refusal.label)
        self.refusal, self.facts = refusal, facts


ZIP_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
KEPT_BEGINNINGS: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"%PDF-", FileKind.PDF),
)
REFUSED_BEGINNINGS: tuple[tuple[bytes, FileRefusal, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileRefusal.OFFICE, ""),
    (b"{\\rtf", FileRefusal.OFFICE, ""),
    (b"GIF87a", FileRefusal.PICTURE_KIND, "GIF"),
    (b"GIF89a", FileRefusal.PICTURE_KIND, "GIF"),
    (b"II*\0", FileRefusal.PICTURE_KIND, "TIFF"),
    (b"MM\0*", FileRefusal.PICTURE_KIND, "TIFF"),
    (b"\0\0\1\0", FileRefusal.PICTURE_KIND, "ICO"),
    (b"8BPS", FileRefusal.PICTURE_KIND, "Photoshop"),
    (b"\x7fELF", FileRefusal.PROGRAM, ""),
    (b"\xcf\xfa\xed\xfe", FileRefusal.PROGRAM, ""),
    (b"\xca\xfe\xba\xbe", FileRefusal.PROGRAM, ""),
    (b"#!", FileRefusal.PROGRAM, ""),
    (b"Rar!\x1a\x07", FileRefusal.ARCHIVE, ""),
    (b"7z\xbc\xaf\x27\x1c", FileRefusal.ARCHIVE, ""),
    (b"\x1f\x8b\x08", FileRefusal.ARCHIVE, ""),
    (b"BZh", FileRefusal.ARCHIVE, ""),
    (b"\xfd7zXZ\0", FileRefusal.ARCHIVE, ""),
)
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1", b"avif", b"avis")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
#: As far as readers of PDF look for its beginning.
HEAD = 1024
SVG_TAG = re.compile(rb"<(?:[a-z]+:)?svg[\s>]", re.IGNORECASE)
WEB_TAG = re.compile(
    rb"<(?:!doctype\s+html|(?:html|head|body|script|iframe|object|embed|meta|link)[\s>/])", re.IGNORECASE
)
CODE = re.compile(rb"<(?:!doctype\s+html|(?:html|script|iframe)[\s>/]|\?php\s)", re.IGNORECASE)
RARE_ENOUGH_ANYWHERE = (
    (b"Rar!\x1a\x07", gettext_noop("an archive")),
    (b"7z\xbc\xaf\x27\x1c", gettext_noop("an archive")),
)


def kind_of(content: bytes) -> FileKind:
    """Return the kind of a file that may be kept. Raises FileRefused for every other one."""
    if not content.strip(b"\0\r\n\t \xef\xbb\xbf"):
        raise FileRefused(FileRefusal.EMPTY)
    found = next((kind for beginning, kind in KEPT_BEGINNINGS if content.startswith(beginning)), None)
    if found is None and content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        found = FileKind.WEBP
    if found is not None:
        return found
    _refuse_known(content)
    if b"%PDF-" in content[:HEAD]:
        raise FileRefused(FileRefusal.BEFORE_PDF)
    if content.startswith(UTF_16):
        raise FileRefused(FileRefusal.TEXT_ENCODING)
    if b"\0" not in content:
        return FileKind.TEXT
    named = _named_by_puremagic(content)
    raise FileRefused(FileRefusal.OTHER_KIND, kind=named) if named else FileRefused(FileRefusal.UNKNOWN)


def _refuse_known(content: bytes) -> None:
    for beginning, refusal, kind in REFUSED_BEGINNINGS:
        if content.startswith(beginning):
            raise FileRefused(refusal, **({"kind": kind} if kind else {}))
    if content.startswith(ZIP_BEGINNINGS):
        raise FileRefused(FileRefusal.OFFICE if _is_office(content) else FileRefusal.ARCHIVE)
    if content[:2] == b"BM" and content[6:10] == b"\0\0\0\0":
        raise FileRefused(FileRefusal.PICTURE_KIND, kind="BMP")
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise FileRefused(FileRefusal.PICTURE_KIND, kind="HEIC")
    if content[:2] == b"MZ" and b"\0" in content[:64]:
        raise FileRefused(FileRefusal.PROGRAM)
    head = content[: 4 * HEAD].replace(b"\0", b"")  # UTF-16 too
    if SVG_TAG.search(head):
        raise FileRefused(FileRefusal.SVG)
    if WEB_TAG.search(head) or head.lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t ").startswith(b"<?xml"):
        raise FileRefused(FileRefusal.HTML)


def _is_office(content: bytes) -> bool:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return b"[Content_Types].xml" in content or b"opendocument" in content
    return "[Content_Types].xml" in names or ("mimetype" in names and "content.xml" in names)


def _named_by_puremagic(content: bytes) -> str:
    try:
        return puremagic.from_string(content).lstrip(".")
    except Exception:  # noqa: BLE001 - a guess at a name, made from hostile bytes: none is as good
        return ""


def check_claims(kind: FileKind, *, name: str, claim: str) -> None:
    """Refuse a file whose name or declared type says another kind than its content is."""
    ending = name.rsplit(".", 1)[1].lower() if "." in name else ""
    if ending and ending not in ENDINGS[kind]:
        raise FileRefused(FileRefusal.ENDING, ending=ending[:20], kind=kind.label, right=ENDINGS[kind][0])
    said = claim.split(";", 1)[0].strip().lower()
    if said not in NO_CLAIM and said not in MEDIA_TYPES[kind]:
        raise FileRefused(FileRefusal.CLAIM, claim=said[:60], kind=kind.label)


def refuse_hidden(content: bytes, kind: FileKind) -> None:
    """Refuse a file that is also one of another kind, for a reader that starts elsewhere or looks for it."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise FileRefused(FileRefusal.HIDDEN, what=gettext_noop("an archive"))
    if CODE.search(content):
        raise FileRefused(FileRefusal.HIDDEN, what=gettext_noop("a web page or a script"))
    if kind is not FileKind.PDF and b"%PDF-" in content[:HEAD]:
        raise FileRefused(FileRefusal.HIDDEN, what=FileKind.PDF.label)
    for beginning, what in RARE_ENOUGH_ANYWHERE:
        if beginning in content:
            raise FileRefused(FileRefusal.HIDDEN, what=what)
