"""PDF documents that are only to be read: no scripts, no actions of their own, no files inside, no lock.

Every object of the file is looked at, those inside compressed object streams too, and the bytes as well: an older state
of a file that was changed by appending is no longer among its objects, but is among its bytes. Sources for the names:
ISO 32000-2, tables 198 (actions), 171 (annotations), 29 (catalogue); ISO 32000-1, 7.11.5 (addresses), 8.10.4 and 14.11.7
(parts of other files).
"""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from cases.domain.file_kinds import FileRefusal, FileRefused
from cases.enums import gettext_noop

SCRIPTS = gettext_noop("scripts")
ACTIONS = gettext_noop("actions that start by themselves or leave the document")
FILES = gettext_noop("other files inside")
MEDIA = gettext_noop("sound, film or other media")
FORMS = gettext_noop("an XFA form")
OUTSIDE = gettext_noop("parts that are fetched from elsewhere")

KEYS = {
    "/JavaScript": SCRIPTS,
    "/JS": SCRIPTS,
    "/XFA": FORMS,
    "/EmbeddedFiles": FILES,
    "/EF": FILES,
    "/AF": FILES,
    "/Collection": FILES,
    "/RichMediaContent": MEDIA,
    "/RichMediaSettings": MEDIA,
}
#: /S of an action that does more than show another page or name an address.
ACTION_KINDS = {
    "/JavaScript": SCRIPTS,
    "/Launch": ACTIONS,
    "/SubmitForm": ACTIONS,
    "/ImportData": ACTIONS,
    "/ResetForm": ACTIONS,
    "/Hide": ACTIONS,
    "/GoToR": ACTIONS,
    "/GoToE": ACTIONS,
    "/GoTo3DView": ACTIONS,
    "/Thread": ACTIONS,
    "/SetOCGState": ACTIONS,
    "/Rendition": MEDIA,
    "/Movie": MEDIA,
    "/Sound": MEDIA,
    "/RichMediaExecute": MEDIA,
}
SUBTYPES = {
    "/RichMedia": MEDIA,
    "/Movie": MEDIA,
    "/Sound": MEDIA,
    "/Screen": MEDIA,
    "/3D": MEDIA,
    "/FileAttachment": FILES,
    "/EmbeddedFile": FILES,
    "/PS": SCRIPTS,
}
#: What a stream has whose content, or a better one, stands in another file.
FETCHED = frozenset({"/F", "/Ref", "/OPI"})
#: Names long enough not to occur by chance in compressed data.
TELLING_NAME = re.compile(rb"/(JavaScript|Launch|SubmitForm|ImportData|EmbeddedFiles?|RichMedia)(?=[\s/<>\[\]()%]|$)")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
TOLD_BY_NAME = {
    b"JavaScript": SCRIPTS,
    b"Launch": ACTIONS,
    b"SubmitForm": ACTIONS,
    b"ImportData": ACTIONS,
    b"EmbeddedFile": FILES,
    b"EmbeddedFiles": FILES,
    b"RichMedia": MEDIA,
}
HEADER = re.compile(rb"%PDF-[12]\.\d")
END = b"%%EOF"
#: How much of a file is looked through: objects and their parts, and the memory that its compressed parts may take.
MOST_PARTS = 1_000_000
MOST_MEMORY = 100_000_000

pikepdf.settings.set_qpdf_limits(
    flate_max_memory=MOST_MEMORY,
    run_length_max_memory=MOST_MEMORY,
    png_max_memory=MOST_MEMORY,
    tiff_max_memory=MOST_MEMORY,
    dct_max_memory=MOST_MEMORY,
    parser_max_container_size=MOST_PARTS,
    doc_max_warnings=1000,
)


def check_pdf(content: bytes) -> None:
    """Refuse a PDF that is more than something to read. Raises FileRefused."""
    if not HEADER.match(content):
        raise FileRefused(FileRefusal.PDF_DAMAGED)
    end = content.rfind(END)
    if end < 0:
        raise FileRefused(FileRefusal.PDF_DAMAGED)
    if content[end + len(END) :].strip(b"\r\n\t \0"):
        raise FileRefused(FileRefusal.BEHIND_PDF)
    told = TELLING_NAME.search(ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content))
    if told:
        raise FileRefused(FileRefusal.PDF_ACTIVE, what=TOLD_BY_NAME[told[1]])
    try:
        _look_through(content)
    except FileRefused:
        raise
    except pikepdf.PasswordError as locked:
        raise FileRefused(FileRefusal.PDF_LOCKED) from locked
    except Exception as problem:  # the library and its C++ raise whatever they meet in hostile bytes
        raise FileRefused(FileRefusal.PDF_DAMAGED) from problem


def _look_through(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True) as pdf:
        if pdf.is_encrypted:
            raise FileRefused(FileRefusal.PDF_LOCKED)
        for number, part in enumerate(_parts(pdf)):
            if number > MOST_PARTS:
                raise FileRefused(FileRefusal.PDF_ENDLESS)
            if isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
                what = _active(part)
                if what:
                    raise FileRefused(FileRefusal.PDF_ACTIVE, what=what)
        if not len(pdf.pages) or pdf.get_warnings():  # what could not be read was not looked at
            raise FileRefused(FileRefusal.PDF_DAMAGED)


def _parts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the trailer, every object and everything inside it; what it points to comes as an object of its own."""
    waiting: list[Any] = [pdf.trailer]
    for top in pdf.objects:
        waiting.append(top)
        while waiting:
            part = waiting.pop()
            yield part
            if isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
                inside = [value for _key, value in part.items()]
            elif isinstance(part, pikepdf.Array):
                inside = list(part)
            else:
                continue
            waiting += [one for one in inside if isinstance(one, pikepdf.Object) and not one.is_indirect]


def _active(part: Any) -> str:
    """Return what a dictionary or stream does beyond being read; nothing for one that does not."""
    keys = set(part.keys())
    for key in keys & KEYS.keys():
        return KEYS[key]
    for key, table in (("/S", ACTION_KINDS), ("/Subtype", SUBTYPES), ("/Type", SUBTYPES)):
        if key in keys and str(part.get(key)) in table:
            return table[str(part.get(key))]
    if (isinstance(part, pikepdf.Stream) and keys & FETCHED) or str(part.get("/FS")) == "/URL":
        return OUTSIDE
    if "/OpenAction" in keys and not _is_jump(part.get("/OpenAction")):
        return ACTIONS
    if "/AA" in keys and not all(_is_jump(action) for _event, action in part.get("/AA").items()):
        return ACTIONS
    return ""


def _is_jump(action: Any) -> bool:
    """Tell whether what starts by itself only shows a page of the same document."""
    if isinstance(action, pikepdf.Array):
        return True
    return isinstance(action, pikepdf.Dictionary) and str(action.get("/S")) == "/GoTo" and "/Next" not in action
