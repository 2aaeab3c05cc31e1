"""What is taken of a file and what is refused, each attack in real bytes."""

import io
import random
import re
import zlib

import pikepdf
import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image

from cases.domain.file_contents import Taken, read_document, read_photograph
from cases.domain.file_images import PHOTOGRAPH_SIDE, THUMBNAIL_SIDE
from cases.domain.file_kinds import DOCUMENTS, ENDINGS, MEDIA_TYPES, FileKind, FileRefusal, FileRefused
from tests.domain import crafted

LIMIT = 5_000_000


def refusal(content: bytes, *, photo: bool = False, name: str = "", claim: str = "") -> FileRefusal:
    read = read_photograph if photo else read_document
    with pytest.raises(FileRefused) as refused:
        read(content, name=name, claim=claim, limit=LIMIT)
    assert "%(" not in str(refused.value)
    return refused.value.refusal


def photo(content: bytes) -> Taken:
    return read_photograph(content, limit=LIMIT)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_each_kind_has_its_endings_and_types() -> None:
    assert set(ENDINGS) == set(MEDIA_TYPES) == set(FileKind) == set(DOCUMENTS)


# Metadata ------------------------------------------------------------------------------------------------------------

PICTURES = {"jpeg": crafted.jpeg(), "png": crafted.png(), "webp": crafted.webp()}


@pytest.mark.parametrize("kind", PICTURES)
def test_nothing_but_pixels_is_kept_of_a_photograph(kind: str) -> None:
    original = opened(PICTURES[kind])
    assert original.getexif().get_ifd(0x8825)[29] == crafted.PLANTED
    kept = photo(PICTURES[kind])
    for content in (kept.content, kept.thumbnail):
        assert crafted.PLANTED.encode() not in content
        picture = opened(content)
        assert (picture.format, dict(picture.getexif())) == ("JPEG", {})
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert set(re.findall(rb"\xff([\xe1-\xef\xfe])..", content[:200])) == set()


@pytest.mark.parametrize("kind", PICTURES)
def test_the_planted_metadata_is_in_the_file_that_comes_in(kind: str) -> None:
    original = opened(PICTURES[kind])
    assert original.getexif()[0x010E] == crafted.PLANTED
    assert original.info["icc_profile"] == crafted.PLANTED.encode() * 20
    assert crafted.PLANTED in str(original.info.get("xmp")) or crafted.PLANTED.encode() in PICTURES[kind]
    assert kind != "jpeg" or original.info["comment"] == crafted.PLANTED.encode()
    assert kind != "png" or original.text == {  # type: ignore[attr-defined]
        "Comment": crafted.PLANTED,
        "Author": crafted.PLANTED,
        "XML:com.adobe.xmp": crafted.XMP.decode(),
    }


def colour(picture: Image.Image, x: int, y: int) -> str:
    red, _green, blue = picture.convert("RGB").getpixel((x, y))
    return "red" if red > blue else "blue"


def test_a_photograph_is_turned_as_its_camera_was_held() -> None:
    kept = opened(photo(crafted.jpeg(orientation=6)).content)
    assert kept.size == (60, 80)
    assert (colour(kept, 30, 5), colour(kept, 30, 75)) == ("red", "blue")
    assert colour(opened(photo(crafted.jpeg()).thumbnail), 5, 30) == "red"


def test_a_photograph_and_its_thumbnail_have_bounds() -> None:
    kept = photo(crafted.jpeg(size=(4000, 1000)))
    assert max(opened(kept.content).size) == PHOTOGRAPH_SIDE
    assert max(opened(kept.thumbnail).size) == THUMBNAIL_SIDE


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16"])
def test_pictures_of_every_depth_become_ordinary_ones(mode: str) -> None:
    content = crafted.written(crafted.two_halves(mode="RGB" if mode == "I;16" else mode), "PNG")
    if mode == "I;16":
        content = crafted.written(Image.new("I;16", (80, 60), 40_000), "PNG")
    kept = opened(photo(content).content)
    assert (kept.mode in ("L", "RGB"), kept.size) == (True, (80, 60))
    if mode == "I;16":
        assert abs(kept.convert("L").getpixel((5, 5)) - 40_000 // 256) <= 2


def test_what_is_transparent_becomes_white() -> None:
    content = crafted.written(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG")
    assert opened(photo(content).content).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("kind", PICTURES)
def test_the_pixels_of_a_document_are_copied_in_their_full_size(kind: str) -> None:
    kept = read_document(PICTURES[kind], limit=LIMIT)
    assert kept.kind is (FileKind.PNG if kind == "png" else FileKind.JPEG)
    assert crafted.PLANTED.encode() not in kept.content
    picture = opened(kept.content)
    assert (picture.size, dict(picture.getexif()), picture.info.get("icc_profile")) == ((80, 60), {}, None)


# What is two files at once -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_that_is_an_archive_too_is_refused(kind: str) -> None:
    assert refusal(PICTURES[kind] + crafted.archive(), photo=True) is FileRefusal.HIDDEN


def test_an_archive_inside_the_comment_of_a_picture_is_refused() -> None:
    content = crafted.written(crafted.two_halves(), "JPEG", comment=crafted.archive())
    assert refusal(content, photo=True) is FileRefusal.HIDDEN


@pytest.mark.parametrize("kind", PICTURES)
@pytest.mark.parametrize("code", [b"<script>alert(1)</script>", b"<HTML><body>", b"<?php system(1); ?>"])
def test_a_picture_with_a_page_or_a_script_in_it_is_refused(kind: str, code: bytes) -> None:
    assert refusal(PICTURES[kind] + code, photo=True) is FileRefusal.HIDDEN


def test_a_script_inside_the_metadata_of_a_picture_is_refused() -> None:
    content = crafted.written(crafted.two_halves(), "JPEG", comment=b"*/=1;<script src=x></script>")
    assert refusal(content, photo=True) is FileRefusal.HIDDEN


@pytest.mark.parametrize("kind", PICTURES)
def test_data_behind_the_end_of_a_picture_is_refused(kind: str) -> None:
    assert refusal(PICTURES[kind] + b"more data follows", photo=True) is FileRefusal.BEHIND_PICTURE


def test_what_cameras_write_behind_a_picture_is_left_behind() -> None:
    film = b"\0\0\0\x18ftypmp42" + b"film" * 50
    for behind in (b"\0\0" + crafted.jpeg(), film, crafted.jpeg() + film, b"\0\0\1\x0aSEFHdata\x18\0\0\0SEFT"):
        kept = photo(crafted.jpeg() + behind)
        assert kept.content == photo(crafted.jpeg()).content
    assert refusal(crafted.jpeg() + crafted.jpeg() + crafted.archive(), photo=True) is FileRefusal.HIDDEN


def test_a_picture_with_the_beginning_of_a_pdf_is_refused() -> None:
    content = crafted.written(crafted.two_halves(), "JPEG", comment=b"%PDF-1.7 obj")
    assert refusal(content, photo=True) is FileRefusal.HIDDEN


def test_a_pdf_that_does_not_begin_at_the_first_byte_is_refused() -> None:
    assert refusal(b"\n" + crafted.pdf()) is FileRefusal.BEFORE_PDF
    assert refusal(b"MZ line of text\n" + crafted.pdf()) is FileRefusal.BEFORE_PDF


def test_a_pdf_that_is_a_web_page_too_is_refused() -> None:
    assert refusal(b"<html><script>alert(1)</script></html>\n" + crafted.pdf()) is FileRefusal.HTML
    inside = crafted.pdf().replace(b"\n", b"\n%<script>alert(1)</script>\n", 1)
    assert refusal(inside) is FileRefusal.HIDDEN
    assert refusal(crafted.pdf() + b"<html><script>") is FileRefusal.HIDDEN


def test_a_pdf_that_is_an_archive_too_is_refused() -> None:
    assert refusal(crafted.pdf() + crafted.archive()) is FileRefusal.HIDDEN


def test_data_behind_the_end_of_a_pdf_is_refused() -> None:
    assert refusal(crafted.pdf() + b"\nmore") is FileRefusal.BEHIND_PDF
    assert read_document(crafted.pdf() + b"\r\n\0", limit=LIMIT).kind is FileKind.PDF


# Size ----------------------------------------------------------------------------------------------------------------


def test_a_file_of_too_many_bytes_is_refused() -> None:
    assert refusal(b"a" * (LIMIT + 1)) is FileRefusal.TOO_LARGE
    assert read_document(b"a" * LIMIT, limit=LIMIT).kind is FileKind.TEXT


@pytest.mark.parametrize(
    ("width", "height"), [(10_000, 10_000), (50_000, 50_000), (2**31 - 1, 2**31 - 1), (61_000, 1000)]
)
def test_a_picture_that_unpacks_into_too_many_pixels_is_refused(width: int, height: int) -> None:
    assert refusal(crafted.png_of(width, height), photo=True) is FileRefusal.TOO_MANY_PIXELS


def test_a_text_inside_a_picture_that_unpacks_without_end_is_refused() -> None:
    bomb = crafted.chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 50_000_000))
    assert refusal(crafted.png_of(8, 8, bomb), photo=True) is FileRefusal.PICTURE_DAMAGED


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(form: str) -> None:
    assert refusal(crafted.moving(form), photo=True) is FileRefusal.MOVING


# Kinds ---------------------------------------------------------------------------------------------------------------

SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", FileRefusal.EMPTY),
        (b" \n\0", FileRefusal.EMPTY),
        (SVG, FileRefusal.SVG),
        (b"<!-- x --><svg onload=alert(1)>", FileRefusal.SVG),
        (SVG.decode().encode("utf-16"), FileRefusal.SVG),
        (b"<!DOCTYPE html><title>x</title>", FileRefusal.HTML),
        (b"\xef\xbb\xbf  <script>alert(1)</script>", FileRefusal.HTML),
        (b"<?xml version='1.0'?><a/>", FileRefusal.HTML),
        (b"A line\n" * 2000 + b"<script>alert(1)</script>", FileRefusal.HIDDEN),
        (crafted.docx(), FileRefusal.OFFICE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, FileRefusal.OFFICE),
        (b"{\\rtf1 text}", FileRefusal.OFFICE),
        (crafted.archive(), FileRefusal.ARCHIVE),
        (b"Rar!\x1a\x07\1\0", FileRefusal.ARCHIVE),
        (crafted.written(crafted.two_halves(), "GIF"), FileRefusal.PICTURE_KIND),
        (crafted.written(crafted.two_halves(), "TIFF"), FileRefusal.PICTURE_KIND),
        (crafted.written(crafted.two_halves(), "BMP"), FileRefusal.PICTURE_KIND),
        (b"\0\0\0\x18ftypheic" + b"\0" * 60, FileRefusal.PICTURE_KIND),
        (b"MZ\x90\0" + b"\0" * 100, FileRefusal.PROGRAM),
        (b"\x7fELF\2\1\1\0", FileRefusal.PROGRAM),
        (b"#!/bin/sh\nrm -rf ~", FileRefusal.PROGRAM),
        (b"OggS\0\2" + b"\0" * 60, FileRefusal.OTHER_KIND),
        (b"\1\2\3\0\5", FileRefusal.UNKNOWN),
        ("Вирок".encode("windows-1251"), FileRefusal.TEXT_ENCODING),
        ("Вирок".encode("utf-16"), FileRefusal.TEXT_ENCODING),
        (b"text\x1b[2J", FileRefusal.TEXT_CONTROLS),
    ],
)
def test_other_kinds_are_refused_with_a_reason_of_their_own(content: bytes, reason: FileRefusal) -> None:
    assert refusal(content) is reason


def test_a_document_is_no_photograph() -> None:
    assert refusal(crafted.pdf(), photo=True) is FileRefusal.NOT_HERE
    assert refusal(b"plain text", photo=True) is FileRefusal.NOT_HERE


@pytest.mark.parametrize("content", [crafted.pdf(), "Вирок іменем України\n".encode(), b"MZ is how this text begins"])
def test_a_document_to_be_read_is_kept_as_it_is(content: bytes) -> None:
    assert read_document(content, limit=LIMIT).content == content


@pytest.mark.parametrize(
    ("content", "name", "claim", "reason"),
    [
        (crafted.jpeg(), "photo.png", "", FileRefusal.ENDING),
        (crafted.jpeg(), "photo.html", "", FileRefusal.ENDING),
        (crafted.jpeg(), "photo.jpg", "text/html", FileRefusal.CLAIM),
        (crafted.jpeg(), "photo.jpg", "image/png", FileRefusal.CLAIM),
        (crafted.pdf(), "verdict.jpg", "", FileRefusal.ENDING),
        (b"plain text", "verdict.pdf", "", FileRefusal.ENDING),
        (crafted.pdf(), "verdict.pdf", "application/javascript", FileRefusal.CLAIM),
    ],
)
def test_a_name_or_type_that_the_content_belies_is_refused(
    content: bytes, name: str, claim: str, reason: FileRefusal
) -> None:
    assert refusal(content, name=name, claim=claim) is reason


@pytest.mark.parametrize("name", ["photo.jpg", "PHOTO.JPEG", "photo", "a.php.jpg", ""])
@pytest.mark.parametrize("claim", ["image/jpeg", "", "application/octet-stream", "IMAGE/JPEG; q=1"])
def test_a_name_and_type_that_fit_are_taken(name: str, claim: str) -> None:
    assert read_photograph(crafted.jpeg(), name=name, claim=claim, limit=LIMIT).kind is FileKind.JPEG


# PDF -----------------------------------------------------------------------------------------------------------------

ACTIVE = crafted.active_documents()


@pytest.mark.parametrize("name", ACTIVE)
def test_a_pdf_that_does_more_than_be_read_is_refused(name: str) -> None:
    assert refusal(ACTIVE[name]) is FileRefusal.PDF_ACTIVE


def test_the_scripts_of_these_documents_stand_in_compressed_objects() -> None:
    """So that a search through the bytes would not find them."""
    assert [name for name, content in ACTIVE.items() if b"/JavaScript" in content or b"/Launch" in content] == []


def test_a_script_left_in_the_bytes_by_an_earlier_state_is_refused() -> None:
    stale = crafted.pdf().replace(b"\n%%EOF", b"\n%%EOF\n9 0 obj\n<</S/J#61vaScript/JS(1)>>\nendobj\n%%EOF", 1)
    assert refusal(stale) is FileRefusal.PDF_ACTIVE


def test_a_pdf_with_everyday_links_and_a_first_page_is_taken() -> None:
    content = crafted.pdf()
    with pikepdf.open(io.BytesIO(content)) as made:
        packed = crafted.hidden_in_streams(made)
    for one in (content, packed):
        assert read_document(one, limit=LIMIT).content == one


@pytest.mark.parametrize("passwords", [{"owner": "o", "user": "u"}, {"owner": "o", "user": ""}])
def test_an_encrypted_pdf_is_refused(passwords: dict[str, str]) -> None:
    assert (
        refusal(crafted.saved(crafted.document(), encryption=pikepdf.Encryption(**passwords))) is FileRefusal.PDF_LOCKED
    )


def test_a_pdf_without_pages_or_of_nonsense_is_refused() -> None:
    assert refusal(crafted.saved(pikepdf.new())) is FileRefusal.PDF_DAMAGED
    assert refusal(b"%PDF-invented") is FileRefusal.PDF_DAMAGED
    assert refusal(b"%PDF-1.7\nnonsense\n%%EOF") is FileRefusal.PDF_DAMAGED


def test_a_pdf_whose_objects_unpack_without_end_is_refused() -> None:
    """Objects compressed a thousand times over: 300 MB of spaces inside an object stream."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"5 0 ") + b"".join(packer.compress(b" " * 1_000_000) for _ in range(300)) + packer.flush()
    body = b"%PDF-1.7\n"
    places = {}
    for number, text in (
        (1, b"<</Type/Catalog/Pages 2 0 R/Extra 5 0 R>>"),
        (2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        (3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"),
        (4, b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed)),
    ):
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    rows = [b"\0\0\0\0\0\0"]
    rows += [b"\1" + places[number].to_bytes(4, "big") + b"\0" for number in (1, 2, 3, 4)]
    rows += [b"\2" + (4).to_bytes(4, "big") + b"\0", b"\1" + len(body).to_bytes(4, "big") + b"\0"]
    table = b"".join(rows)
    begun = len(body)
    body += b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Length %d>>stream\n%s\nendstream\nendobj\n" % (
        len(table),
        table,
    )
    assert refusal(body + b"startxref\n%d\n%%%%EOF\n" % begun) is FileRefusal.PDF_DAMAGED


# Nonsense ------------------------------------------------------------------------------------------------------------

WHOLE = [*PICTURES.values(), crafted.pdf(), *list(ACTIVE.values())[:3], crafted.docx(), SVG]


BEGINNINGS = [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"%PDF-1.7\n", b"PK\3\4"]


def survives(content: bytes) -> None:
    for read in (read_photograph, read_document):
        try:
            kept = read(content, limit=LIMIT)
        except FileRefused:
            continue
        assert kept.content


@pytest.mark.parametrize("seed", range(40))
def test_damaged_files_are_read_or_refused_and_nothing_else(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same damage each time
    for whole in WHOLE:
        content = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            at = chance.randrange(len(content))
            content[at : at + chance.choice([0, 1, 1, 1, 4])] = chance.randbytes(chance.choice([0, 1, 1, 1, 4]))
        survives(bytes(content))
        survives(whole[: chance.randrange(len(whole))])


@settings(max_examples=150)
@given(
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"%PDF-1.7\n", b"PK\3\4"]),
    st.binary(),
)
def test_nonsense_is_read_or_refused_and_nothing_else(beginning: bytes, rest: bytes) -> None:
    survives(beginning + rest)
