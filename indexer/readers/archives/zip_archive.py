"""ZIP archives (PKWARE APPNOTE 6.3): their members, by the directory at the end."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from lzma import LZMAError

from indexer.errors import CorpusError
from indexer.readers.archives.broken_zip import read_broken_zip
from indexer.readers.archives.guarded import guarded
from indexer.readers.archives.member_names import decoded_name
from indexer.readers.draft import Entry, Fault, Member
from indexer.readers.limits import Budget

BROKEN_ZIP = (
    *(zipfile.BadZipFile, zlib.error, LZMAError, struct.error),
    *(EOFError, ValueError, LookupError, ArithmeticError, RuntimeError, OSError),
)
"""What zipfile raises for archives that it cannot read; OSError is bz2's for damaged data."""

_UTF8 = 0x800
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
_LOCKED = "it is encrypted; unpack the archive with its password"
_METHOD = "it is packed by a method that is not read (number {}); pack it again with deflate"
_LINK = "it is a link or a device, no ordinary file; put the file itself into the archive"
_DAMAGED = "its data in the archive is damaged; fetch the archive again"
_OFFICE = {
    "word/document.xml": "a Word document; give it the ending .docx",
    "xl/workbook.xml": "an Excel workbook; save its table as .csv",
    "ppt/presentation.xml": "a PowerPoint presentation; save its text as .docx or .txt",
    "content.xml": "an OpenDocument file; save it as .docx",
    "META-INF/container.xml": "an EPUB book; save its text as .html or .txt",
}
"""Members by which office documents are known, which are ZIP archives too."""
_FEW = 1000
"""Office documents have their marks among so many first members."""
_MANIFESTS = frozenset(("[Content_Types].xml", "mimetype"))


def read_zip(stream: io.BufferedReader, budget: Budget) -> Iterator[Entry | Member | Fault]:
    """Yield the members of an archive in the order of its directory.

    Where the directory is damaged, as in an archive that is cut off, the members are found by
    their own headers.
    """
    archive = directory_of(stream)
    if archive is None:
        yield from read_broken_zip(stream, budget.limits)
        return
    names = {info.filename for info in archive.infolist()[:_FEW]}
    office = next((what for name, what in _OFFICE.items() if name in names), None)
    if office and names & _MANIFESTS:
        yield Fault(f"this is {office}")
        return
    for info in archive.infolist():
        if not info.filename.endswith("/"):
            yield entry_of(archive, info, budget)


def directory_of(stream: io.BufferedReader) -> zipfile.ZipFile | None:
    """The archive by its directory; None where it has none that can be read."""
    try:
        return zipfile.ZipFile(stream)
    except BROKEN_ZIP:
        return None


def entry_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Entry | Fault:
    """A member that can be opened, or why it cannot."""
    name = name_of(info)
    limits = budget.limits
    if info.flag_bits & _ENCRYPTED:
        return Fault(_LOCKED, name=name)
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        return Fault(_LINK, name=name)
    if info.compress_type not in _METHODS:
        return Fault(_METHOD.format(info.compress_type), name=name)
    if info.file_size > max(limits.ratio_from, limits.ratio * info.compress_size):
        return Fault(limits.too_dense(), name=name)
    return Entry(name, partial(_opened, archive, info), info.file_size)


def name_of(info: zipfile.ZipInfo) -> str:
    """The member's path, with slashes."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8:
        name = decoded_name(name.encode("cp437", "replace"))
    return name.replace("\\", "/")


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> io.BufferedReader:
    try:
        return guarded(archive.open(info), BROKEN_ZIP)
    except BROKEN_ZIP as error:
        raise CorpusError(_DAMAGED) from error
