"""PDF (ISO 32000): the text layer of a document, by pypdf."""

import io
import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from indexer.readers.documents.document_title import written_title
from indexer.readers.documents.page_lines import Line, paragraphs_of, without_headers
from indexer.readers.draft import Draft, Fault

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_PAGES = 5_000
MAX_TEXT = 16 * 1024 * 1024
"""Characters of a document. Streams within it are bound by pypdf, at 75 MB each."""

ABSENT = "PDF files are read by an optional part; install it with: pip install 'communique[pdf]'"
_SCANNED = "the PDF has no text layer ({} pages of images); run text recognition (OCR) on it first"
_SCANNED_PAGES = (
    "pages without a text layer, images only: {}; the other pages are read; "
    "run text recognition (OCR) on the file for these"
)
_BLANK = "there is no text in the PDF (pages: {}); check that it is the right file"
_PAGES = "the PDF has {} pages, more than {}; split it into releases"
_TEXT = f"the PDF holds more than {MAX_TEXT // 2**20} million characters of text; split it"
_ENCRYPTED = "the PDF is protected by a password; save a copy of it without"
_CIPHER = "the PDF is encrypted by a method that is not read; save a copy of it without protection"
_LIMIT = "the PDF goes beyond a limit of the PDF reader ({}); save it anew from a PDF viewer"
_BROKEN = "the PDF is damaged ({}); open it in a PDF viewer and save it anew"
_BROKEN_PAGES = "damaged pages that are not read: {}; open the PDF in a viewer and save it anew"

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_QUIET = logging.NullHandler()


class _TooLongError(Exception):
    """The text of the document is longer than `MAX_TEXT`."""


def read_pdf(data: bytes) -> Iterator[Draft | Fault]:
    """Yield the one release of the document, and a fault for pages that are not read.

    Its dates of creation and change are those of a file, often of its last conversion, not of
    the release; so they are no hint.
    """
    try:
        from pypdf import errors  # here, because it is optional and its import takes 100 ms
    except ImportError:
        yield Fault(ABSENT)
        return
    logging.getLogger("pypdf").addHandler(_QUIET)
    try:
        found = _found(data)
    except _TooLongError:
        found = [Fault(_TEXT)]
    except errors.LimitReachedError as error:
        found = [Fault(_LIMIT.format(_line(str(error))))]
    except errors.DependencyError:
        found = [Fault(_CIPHER)]
    # "Broken PDF files might cause other exceptions" (the documentation of pypdf.errors).
    except Exception as error:  # noqa: BLE001
        found = [Fault(_BROKEN.format(_line(str(error)) or type(error).__name__))]
    yield from found


def _found(data: bytes) -> list[Draft | Fault]:
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        return [Fault(_ENCRYPTED)]
    count = reader.get_num_pages()
    if count > MAX_PAGES:
        return [Fault(_PAGES.format(count, MAX_PAGES))]
    pages, broken = _read_pages(reader)
    scanned = [at for at in pages if not pages[at] and _has_image(reader, at)]
    if not any(pages.values()):
        return [_without_text(count, scanned, broken)]
    faults = [_BROKEN_PAGES.format(_numbers(broken))] if broken else []
    faults += [_SCANNED_PAGES.format(_numbers(scanned))] if scanned else []
    return [_draft(reader, list(pages.values())), *map(Fault, faults)]


def _without_text(count: int, scanned: list[int], broken: list[int]) -> Fault:
    if scanned:
        return Fault(_SCANNED.format(len(scanned)))
    return Fault(_BROKEN_PAGES.format(_numbers(broken)) if broken else _BLANK.format(count))


def _read_pages(reader: "PdfReader") -> tuple[dict[int, list[Line]], list[int]]:
    """The lines of each page by its number, from 0, and the numbers of damaged pages."""
    pages: dict[int, list[Line]] = {}
    broken: list[int] = []
    room = MAX_TEXT
    for at in range(reader.get_num_pages()):
        try:
            pages[at] = _lines_of(reader.pages[at], room)
        except _TooLongError:
            raise
        except Exception:  # noqa: BLE001  # see above
            broken.append(at)
            continue
        room -= sum(len(line.text) for line in pages[at])
    return pages, broken


def _lines_of(page: "PageObject", room: int) -> list[Line]:
    """The lines in the order in which they are drawn, with the place where each begins."""
    lines: list[Line] = []
    open_line: list[str] = []
    place = (0.0, 0.0, 0.0)

    def visit(text: str, frame: list[float], at: list[float], _: object, size: float) -> None:
        nonlocal room, place
        room -= len(text)
        if room < 0:
            raise _TooLongError
        for piece in re.split(r"(\n)", text):
            if piece == "\n":
                _end_line(open_line, place, lines)
            elif piece.strip() or open_line:
                if not open_line:
                    place = _place(frame, at, size)
                open_line.append(piece)

    page.extract_text(visitor_text=visit)
    _end_line(open_line, place, lines)
    return lines


def _end_line(pieces: list[str], place: tuple[float, float, float], lines: list[Line]) -> None:
    text = " ".join("".join(pieces).split())
    pieces.clear()
    if text:
        lines.append(Line(text, *place))


def _place(frame: list[float], at: list[float], size: float) -> tuple[float, float, float]:
    """Where a text stands on the page: its place in its frame, and the frame's on the page."""
    x = at[4] * frame[0] + at[5] * frame[2] + frame[4]
    y = at[4] * frame[1] + at[5] * frame[3] + frame[5]
    scale = abs(at[3] * frame[3]) or abs(at[1] * frame[2]) or 1.0
    return round(x, 2), round(y, 2), round(size * scale, 2)


def _has_image(reader: "PdfReader", at: int) -> bool:
    try:
        objects = reader.pages[at]["/Resources"]["/XObject"].values()  # type: ignore[index]
        return any(each.get_object().get("/Subtype") == "/Image" for each in objects)
    except Exception:  # noqa: BLE001  # see above
        return False


def _draft(reader: "PdfReader", pages: list[list[Line]]) -> Draft:
    kept, removed = without_headers(pages)
    return Draft(
        "\n\n".join(paragraphs_of(kept)),
        title=_title_of(reader),
        language=_language_of(reader),
        removed=removed,
    )


def _title_of(reader: "PdfReader") -> str | None:
    """The title in the document information or in the XMP packet, where a person wrote it."""
    try:
        told = reader.metadata
        programs = (told.producer, told.creator) if told else ()
        title = written_title(told.title, programs) if told else None
        return title or written_title(_xmp_title(reader), programs)
    except Exception:  # noqa: BLE001  # see above
        return None


def _xmp_title(reader: "PdfReader") -> str | None:
    titles = reader.xmp_metadata.dc_title if reader.xmp_metadata else None
    return next(iter((titles or {}).values()), None)


def _language_of(reader: "PdfReader") -> str | None:
    try:
        value = str(reader.root_object.get("/Lang") or "")
    except Exception:  # noqa: BLE001  # see above
        return None
    return value if _LANGUAGE.fullmatch(value) else None


def _numbers(pages: list[int]) -> str:
    shown = ", ".join(str(at + 1) for at in pages[:10])
    return shown if len(pages) <= 10 else f"{shown} and {len(pages) - 10} more"


def _line(text: str) -> str:
    return " ".join(text.split())
