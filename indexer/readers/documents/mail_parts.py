"""The parts of an e-mail message (MIME, RFC 2045 to 2049): what they hold, as bytes and as text.

The headers are decoded here and not by the newer policies of Python's email package, because
these raise errors of their own for malformed headers and drop the bytes of unencoded ones.
"""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from indexer.errors import CorpusError
from indexer.readers.decoding import decode
from indexer.readers.pages.web_page import declared_encoding

MAX_PARTS = 2_000
"""Parts of one message, those that hold other parts included."""
MAX_DEPTH = 50
"""Levels to which parts hold other parts."""
MAX_HEADER = 10_000
"""Characters; the encoded words of a longer header stay as they are, decoding takes too long."""

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_SEVEN_BITS = re.compile(r"iso-2022-.*|utf-?7|hz.*")
"""Encodings whose bytes are all ASCII, so that they pass for valid UTF-8."""
_ENDINGS = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/rtf": ".rtf",
    "application/zip": ".zip",
    "application/json": ".json",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "text/rtf": ".rtf",
    "message/rfc822": ".eml",
    "message/global": ".eml",
}
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part that holds no other parts."""

    part: Message
    is_version: bool
    """Whether it stands among versions of the same content (multipart/alternative)."""

    @property
    def type(self) -> str:
        """The content type in small letters, such as text/plain."""
        return self.part.get_content_type()

    @property
    def is_body(self) -> bool:
        """Whether it is text to be shown with the message, not a file that hangs on it."""
        return (
            self.type in ("text/plain", "text/html")
            and self.part.get_content_disposition() != "attachment"
            and not (self.name and not self.is_version)
        )

    @property
    def name(self) -> str:
        """The last piece of the file name that it gives; the empty string without one."""
        try:
            given = self.part.get_filename("")
        except (ValueError, TypeError, LookupError):
            return ""
        name = decoded(given).replace("\\", "/").rpartition("/")[2]
        return "".join(char for char in name if char.isprintable()).strip().lstrip(".")[-150:]


def parsed(data: bytes) -> Message:
    """The message.

    Raises:
        CorpusError: its parts are nested too deep, or it is no message.
    """
    try:
        message = message_from_bytes(data.removeprefix(b"\xef\xbb\xbf"))
    except RecursionError:
        raise CorpusError(_too_deep()) from None
    if not message.keys():
        raise CorpusError("this is no e-mail message: it has no header; save its text as .txt")
    return message


def leaves(message: Message) -> list[Leaf]:
    """The parts of the message in their order; a message in the message is one part.

    Raises:
        CorpusError: they are too many or nested too deep.
    """
    found: list[Leaf] = []
    waiting = [(message, False, 0)]
    seen = 0
    while waiting:
        part, is_version, depth = waiting.pop()
        seen += 1
        if seen > MAX_PARTS:
            raise CorpusError(f"the message has more than {MAX_PARTS} parts; save its text alone")
        if depth > MAX_DEPTH:
            raise CorpusError(_too_deep())
        if part.get_content_maintype() != "multipart" or not part.is_multipart():
            found.append(Leaf(part, is_version))
            continue
        below = is_version or part.get_content_subtype() == "alternative"
        children = [each for each in part.get_payload() if isinstance(each, Message)]
        waiting.extend((each, below, depth + 1) for each in reversed(children))
    return found


def _too_deep() -> str:
    return f"the message's parts are nested deeper than {MAX_DEPTH} levels; save its text alone"


def bytes_of(part: Message) -> bytes:
    """What the part holds; of broken base64 what can be read."""
    if part.get_content_maintype() == "message" and part.is_multipart():
        inner = part.get_payload(0)
        return inner.as_bytes() if isinstance(inner, Message) else b""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
        text = str(part.get_payload() or "").encode("ascii", "replace")
        letters = _NOT_BASE64.sub(b"", text)
        whole = letters[: len(letters) - (len(letters) % 4 == 1)]
        return base64.b64decode(whole + b"=" * (-len(whole) % 4))
    held = part.get_payload(decode=True)
    return held if isinstance(held, bytes) else b""


def text_of(part: Message) -> str:
    """The text of a text part.

    Raises:
        CorpusError: it is no text, or its encoding cannot be told.
    """
    data = bytes_of(part)
    charset = charset_of(part)
    if charset and _SEVEN_BITS.fullmatch(charset):
        try:
            return data.decode(charset, "replace")
        except (LookupError, ValueError):
            charset = None
    if not charset and part.get_content_subtype() == "html":
        charset = declared_encoding(data)
    return decode(data, charset).removeprefix("\ufeff").replace("\r\n", "\n")


def charset_of(part: Message) -> str | None:
    """The character encoding that the part states."""
    try:
        return part.get_content_charset()
    except (ValueError, TypeError, LookupError):
        return None


def parameter(part: Message, name: str) -> str:
    """A parameter of the content type in small letters; the empty string without it."""
    try:
        return str(part.get_param(name, "")).lower()
    except (ValueError, TypeError, LookupError):
        return ""


def header(message: Message, name: str) -> str:
    """The value of a header with single blanks; the empty string where it is not there."""
    values = (value for key, value in message.raw_items() if key.lower() == name.lower())
    return decoded(str(next(values, "")))


def decoded(value: str) -> str:
    """The text of a header: encoded words (RFC 2047) and bare bytes become characters."""
    raw = value.encode("utf-8", "surrogateescape")
    try:
        if not raw.isascii():
            value = decode(raw)
        pieces = list(_pieces(value)) if len(value) <= MAX_HEADER else [value]
    except (HeaderParseError, CorpusError, ValueError):
        pieces = [raw.decode("utf-8", "replace")]
    return " ".join("".join(pieces).split())


def _pieces(value: str) -> Iterator[str]:
    for piece, charset in decode_header(value):
        if isinstance(piece, str):
            yield piece
            continue
        try:
            yield piece.decode(charset or "raw-unicode-escape", "replace")
        except LookupError:
            yield decode(piece)


def file_name(leaf: Leaf, number: int, taken: set[str]) -> str:
    """The name of an attachment, distinct in its message, with an ending that tells its type."""
    ending = _ENDINGS.get(leaf.type, "")
    name = leaf.name or f"attachment-{number}"
    is_message = leaf.type.startswith("message/") and not name.lower().endswith(ending)
    if is_message or not _ENDING.search(name):
        name += ending
    while name in taken:
        stem, dot, rest = name.rpartition(".")
        name = f"{stem}-{number}{dot}{rest}" if stem else f"{name}-{number}"
    taken.add(name)
    return name
