"""What a format's reader finds in a file, before it becomes a release with a source and an id."""

import hashlib
import io
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date as day

from indexer.release import RawRelease, RemovedText, Source


@dataclass(frozen=True, slots=True)
class Draft:
    """One release as it stands in a file; all hints are strings as found."""

    text: str
    record: int | None = None
    id: str | None = None
    url: str | None = None
    title: str | None = None
    date: str | None = None
    language: str | None = None
    removed: tuple[RemovedText, ...] = ()
    alternates: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    crawled: day | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside another: an entry of an archive, a saved answer of a server, an attachment.

    What the container says of it fills in what the file itself does not say.
    """

    name: str
    """Its path in the container; the ending decides by which format it is read."""
    data: bytes
    record: int | None = None
    """Its number in the container, from 1, where it has no path of its own."""
    url: str | None = None
    date: str | None = None
    title: str | None = None
    encoding: str | None = None
    """The character encoding that the container states, such as that of an HTTP header."""
    crawled: day | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A member of an archive that is not yet unpacked; it is, if a reader knows its format."""

    name: str
    """Its path in the archive; the empty string for the one file of a compressed stream."""
    open: Callable[[], io.BufferedReader]
    """Its bytes; to be read before the archive goes on to the next. Raises CorpusError."""
    size: int | None = None
    """Bytes unpacked, as the archive states them."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Titles of pages in it by their URL, as the archive states them."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A record, or a whole file, that is no release, and why in one line."""

    reason: str
    record: int | None = None
    name: str | None = None
    """The path of the member that it is about, in a container."""


_PLAIN_ID = re.compile(r"(?=.*[A-Za-z0-9])[A-Za-z0-9._-]{1,100}")
_NOT_SLUG = re.compile(r"[^A-Za-z0-9]+")
_NO_CHARACTER = re.compile(r"[\x00\ud800-\udfff]")
_SLUG_LENGTH = 60


def normalized(text: str) -> str:
    """The text in normal form C; halves of characters and NUL become U+FFFD."""
    if text.isascii() and "\x00" not in text:
        return text
    if _NO_CHARACTER.search(text):
        whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        text = whole.replace("\x00", "\ufffd")
    return unicodedata.normalize("NFC", text)


def release_of(draft: Draft, source: Source) -> RawRelease:
    """Give a draft its source and its id, and put its texts in normal form C."""
    return RawRelease(
        id=_id_of(draft, source),
        source=source,
        text=normalized(draft.text),
        url=_hint(draft.url),
        title_hint=_hint(draft.title),
        date_hint=_hint(draft.date),
        language_hint=_hint(draft.language),
        removed=tuple(
            RemovedText(cut.kind, cut.rule, normalized(cut.text)) for cut in draft.removed
        ),
        alternates=tuple(map(normalized, draft.alternates)),
        keywords=tuple(map(normalized, draft.keywords)),
    )


def _hint(value: str | None) -> str | None:
    stripped = normalized(value).strip() if value else ""
    return stripped or None


def _id_of(draft: Draft, source: Source) -> str:
    if draft.id and _PLAIN_ID.fullmatch(draft.id.strip()):
        return draft.id.strip()
    record = "" if source.record is None else source.record
    digest = hashlib.sha256(f"{source.path}#{record}".encode()).hexdigest()
    return f"{_slug_of(source.path)}-{digest[:10]}"


def _slug_of(path: str) -> str:
    name = path.rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    return _NOT_SLUG.sub("-", stem).strip("-")[:_SLUG_LENGTH].strip("-") or "release"
