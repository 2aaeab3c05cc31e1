"""Files as attackers, cameras and office programs make them, in real bytes."""

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo

#: Words that no picture has by chance: planted where metadata stands, then looked for in what is kept.
PLANTED = "Zqxvhidden"
LEFT, RIGHT = (200, 30, 30), (30, 30, 200)


def two_halves(size: tuple[int, int] = (80, 60), mode: str = "RGB") -> Image.Image:
    """Return a picture that is red at the left and blue at the right."""
    picture = Image.new("RGB", size, LEFT)
    picture.paste(RIGHT, (size[0] // 2, 0, size[0], size[1]))
    return picture.convert(mode)


def exif(orientation: int = 1) -> Image.Exif:
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010E] = PLANTED  # ImageDescription
    data[0x0110] = PLANTED  # the camera
    data[0x9286] = PLANTED  # UserComment
    data.get_ifd(0x8825).update({1: "N", 2: (44.0, 57.0, 3.0), 3: "E", 4: (34.0, 6.0, 1.0), 29: PLANTED})  # GPS
    return data


XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><p>{PLANTED}</p></x:xmpmeta>'.encode()


def written(picture: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def jpeg(orientation: int = 1, size: tuple[int, int] = (80, 60)) -> bytes:
    """A photograph with something planted in EXIF, GPS, XMP, an ICC profile and a comment."""
    return written(
        two_halves(size),
        "JPEG",
        exif=exif(orientation),
        comment=PLANTED.encode(),
        xmp=XMP,
        icc_profile=PLANTED.encode() * 20,
    )


def png() -> bytes:
    texts = PngInfo()
    texts.add_text("Comment", PLANTED)
    texts.add_text("Author", PLANTED, zip=True)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return written(two_halves(), "PNG", pnginfo=texts, exif=exif(), icc_profile=PLANTED.encode() * 20)


def webp() -> bytes:
    return written(two_halves(), "WEBP", exif=exif(), xmp=XMP, icc_profile=PLANTED.encode() * 20)


def archive(name: str = "run.class", content: bytes = b"payload") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        zipped.writestr(name, content)
    return buffer.getvalue()


def docx() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        zipped.writestr("[Content_Types].xml", "<Types/>")
        zipped.writestr("word/document.xml", "<w/>")
    return buffer.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_of(width: int, height: int, *extra: bytes) -> bytes:
    """A PNG that says it has that many pixels; its data are a few bytes."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + header
        + b"".join(extra)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10))
        + chunk(b"IEND", b"")
    )


def moving(form: str) -> bytes:
    return written(two_halves(), form, save_all=True, append_images=[Image.new("RGB", (80, 60), "green")])


def document(**options: object) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    return pdf


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, **options)
    return buffer.getvalue()


def pdf() -> bytes:
    """A document with a link, an outline and a first page to show: everyday things."""
    made = document()
    page = made.pages[0].obj
    page.Annots = made.make_indirect(
        pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Link,
                    Rect=[0, 0, 9, 9],
                    F=4,
                    A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://court.example/"),
                )
            ]
        )
    )
    made.Root.OpenAction = pikepdf.Array([page, pikepdf.Name.Fit])
    return saved(made)


def hidden_in_streams(made: pikepdf.Pdf) -> bytes:
    """Save a document with its objects in compressed streams, so that nothing telling stands in its bytes."""
    return saved(made, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)


def script_action() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def active_documents() -> dict[str, bytes]:
    """One PDF for each way to be more than something to read, all hidden in object streams."""
    made = {}

    def add(name: str, change: object) -> None:
        one = document()
        change(one)
        made[name] = hidden_in_streams(one)

    def root(**entries: object) -> object:
        def change(one: pikepdf.Pdf) -> None:
            for key, value in entries.items():
                one.Root[f"/{key}"] = one.make_indirect(value)

        return change

    def annotation(**entries: object) -> object:
        def change(one: pikepdf.Pdf) -> None:
            entry = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[0, 0, 9, 9], **entries)
            one.pages[0].obj.Annots = pikepdf.Array([one.make_indirect(entry)])

        return change

    def attach(one: pikepdf.Pdf) -> None:
        one.attachments["notes.txt"] = b"attached"

    def fetch(key: str, value: object) -> object:
        def change(one: pikepdf.Pdf) -> None:
            drawing = one.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
            drawing[f"/{key}"] = value
            one.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=drawing))

        return change

    action, name = pikepdf.Dictionary, pikepdf.Name
    add("a script at the start", root(OpenAction=script_action()))
    add("a script by name", root(Names=action(JavaScript=action(Names=["x", script_action()]))))
    add("a launch at the start", root(OpenAction=action(S=name.Launch, F="calc.exe")))
    add("an address opened at the start", root(OpenAction=action(S=name.URI, URI="https://tracker.example/")))
    add("a jump that goes on to a script", root(OpenAction=action(S=name.GoTo, D=[0, name.Fit], Next=script_action())))
    add("an action on closing", root(AA=action(WC=action(S=name.Named, N=name.Print))))
    add("a link that launches", annotation(Subtype=name.Link, A=action(S=name.Launch, F="calc.exe")))
    add("a form that is sent away", annotation(Subtype=name.Link, A=action(S=name.SubmitForm, F="https://x.example")))
    add("a form that takes data in", annotation(Subtype=name.Link, A=action(S=name.ImportData, F="x.fdf")))
    add("a link into a thread of another file", annotation(Subtype=name.Link, A=action(S=name.Thread, F="x.pdf", D=0)))
    add("a file at an address", root(PieceInfo=action(Type=name.Filespec, FS=name.URL, F="https://x.example/")))
    add("a page of another file", fetch("Ref", action(F="x.pdf", Page=0)))
    add("a better picture elsewhere", fetch("OPI", action()))
    add("an attachment", attach)
    add("rich media", annotation(Subtype=name.RichMedia))
    add("an XFA form", root(AcroForm=action(XFA=pikepdf.String("<xdp/>"), Fields=[])))
    return made
