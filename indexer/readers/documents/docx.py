"""DOCX (ISO/IEC 29500, WordprocessingML): paragraphs, tables and notes, opened by python-docx."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml.etree import _Element as Element

from indexer.readers.documents.document_title import written_title
from indexer.readers.draft import Draft, Fault
from indexer.release import RemovedText

if TYPE_CHECKING:
    from docx.document import Document

MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes of all parts of a document together, as its directory states them."""
MAX_RATIO = 200
"""Times that a part of more than 1 MB may be larger than it is packed."""
_SMALL = 1024 * 1024

ABSENT = "DOCX files are read by an optional part; install it with: pip install 'communique[docx]'"
_OLD = "an old Word file (.doc); save it as .docx"
_ENCRYPTED = "the document is protected by a password; save a copy of it without"
_NO_ZIP = "this is no DOCX file, whatever its name says; save the text as .docx or .txt"
_DAMAGED = "the DOCX file is damaged ({}); open it in a word processor and save it anew"
_TOO_LARGE = "the DOCX file unpacks to more than {} MB; save its text alone"
_BOMB = "the part {} of the DOCX file unpacks to more than {} times its size; save its text alone"
_OTHER = "this is {}, no Word document; {}"
_KINDS = (
    ("xl/", "an Excel workbook", "save its text as .docx or .csv"),
    ("ppt/", "a PowerPoint file", "save its text as .docx"),
    ("content.xml", "an OpenDocument file", "save it as .docx"),
    ("word/", "a Word template or a Word file of another kind", "save it as .docx"),
    ("", "a ZIP archive", "name it .zip"),
)
"""A path in the package, what a package with it is, and what to do."""
_MAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_CONTENT_TYPES = "[Content_Types].xml"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))
_BESIDE = (("header", "page header"), ("footer", "page header"), ("comments", "comment"))
_TITLE_STYLES = ("title", "heading 1")


def read_docx(data: bytes) -> Iterator[Draft | Fault]:
    """Yield the one release of the document.

    Its dates of creation and change are those of a file, not of the release: no hint.
    """
    try:
        import docx  # here, because it is optional
    except ImportError:
        yield Fault(ABSENT)
        return
    reason = _refused(data)
    if reason:
        yield Fault(reason)
        return
    try:
        found: Draft | Fault = _draft(docx.Document(io.BytesIO(data)))
    # python-docx raises whatever it runs into where a document breaks the rules of its format.
    except Exception as error:  # noqa: BLE001
        found = Fault(_DAMAGED.format(" ".join(str(error).split())[:200] or type(error).__name__))
    yield found


def _refused(data: bytes) -> str | None:
    """Why the file is not opened, by its first bytes and the directory of its package."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _ENCRYPTED if "EncryptedPackage".encode("utf-16-le") in data else _OLD
    if not data.startswith(b"PK\x03\x04"):
        return _NO_ZIP
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _too_large(package.infolist()) or _other_kind(package)
    # Its directory may be damaged in any way: struct.error, ValueError, zlib.error and others.
    except Exception as error:  # noqa: BLE001
        return _DAMAGED.format(" ".join(str(error).split())[:200] or type(error).__name__)


def _too_large(parts: list[zipfile.ZipInfo]) -> str | None:
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        return _TOO_LARGE.format(MAX_UNPACKED // 2**20)
    for part in parts:
        if part.file_size > max(_SMALL, MAX_RATIO * part.compress_size):
            return _BOMB.format(" ".join(part.filename.split())[:80], MAX_RATIO)
    return None


def _other_kind(package: zipfile.ZipFile) -> str | None:
    names = package.namelist()
    if _CONTENT_TYPES in names and _MAIN_TYPE in package.read(_CONTENT_TYPES):
        return None
    known = ((what, do) for path, what, do in _KINDS if any(x.startswith(path) for x in names))
    return _OTHER.format(*next(known, _KINDS[-1][1:]))


def _draft(document: "Document") -> Draft:
    body = document.element.body
    blocks = [*_blocks(body), *_notes(document)]
    title = written_title(document.core_properties.title) or _styled_title(document)
    if title and len(blocks) > 1 and " ".join(blocks[0].split()) == title:
        blocks = blocks[1:]
    return Draft(
        "\n\n".join(blocks),
        title=title,
        language=document.core_properties.language or _proofing_language(body),
        removed=tuple(_beside(document)),
    )


def _blocks(element: Element) -> Iterator[str]:
    """The paragraphs and the rows of tables, in their order; a cell of a row is a line."""
    for child in element:
        if child.tag == f"{_W}p":
            yield from _paragraph(child)
        elif child.tag == f"{_W}tr":
            yield from _row(child)
        elif child.tag != _FALLBACK:
            yield from _blocks(child)


def _row(row: Element) -> Iterator[str]:
    cells = [list(_blocks(cell)) for cell in row]
    blocks = [block for cell in cells for block in cell]
    if blocks:
        yield ("\n\n" if max(map(len, cells)) > 1 else "\n").join(blocks)


def _paragraph(paragraph: Element) -> Iterator[str]:
    """Its text, and below it that of the boxes that hang on it."""
    boxes: list[Element] = []
    text = "".join(_pieces(paragraph, boxes))
    if text.strip():
        yield text.strip()
    for box in boxes:
        yield from _blocks(box)


def _pieces(element: Element, boxes: list[Element]) -> Iterator[str]:
    """The pieces of a paragraph's text; deleted text and codes of fields are other elements."""
    for child in element:
        name = child.tag.removeprefix(_W) if isinstance(child.tag, str) else ""
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "txbxContent":
            boxes.append(child)
        elif name != "pPr" and child.tag != _FALLBACK:
            yield from _pieces(child, boxes)


def _parts(document: "Document", kind: str) -> Iterator[Element]:
    """The roots of the document's other parts of a kind."""
    from docx.oxml.parser import parse_xml

    for relation in document.part.rels.values():
        if relation.reltype == _PARTS + kind and not relation.is_external:
            part = relation.target_part
            yield part.element if hasattr(part, "element") else parse_xml(part.blob)


def _notes(document: "Document") -> Iterator[str]:
    for kind in ("footnotes", "endnotes"):
        for root in _parts(document, kind):
            for note in root:
                if note.get(f"{_W}type") not in _SEPARATORS:
                    yield from _blocks(note)


def _beside(document: "Document") -> Iterator[RemovedText]:
    for kind, rule in _BESIDE:
        texts = ("\n".join(_blocks(root)) for root in _parts(document, kind))
        yield from (RemovedText("furniture", rule, text) for text in dict.fromkeys(texts) if text)


def _styled_title(document: "Document") -> str | None:
    """The first paragraph in the style of a title, or else in that of a first heading."""
    names = {style.style_id: (style.name or "").lower() for style in document.styles}
    for wanted in _TITLE_STYLES:
        for paragraph in document.element.body.iter(f"{_W}p"):
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            if style is not None and names.get(style.get(f"{_W}val", "")) == wanted:
                text = " ".join("".join(_pieces(paragraph, [])).split())
                if text:
                    return text
    return None


def _proofing_language(body: Element) -> str | None:
    """The language in which the spelling of most marked runs is checked."""
    marks = body.iter(f"{_W}lang")
    known = Counter(mark.get(f"{_W}val") for mark in marks if mark.get(f"{_W}val"))
    return known.most_common(1)[0][0] if known else None
