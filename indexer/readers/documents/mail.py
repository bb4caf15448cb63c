"""E-mail messages (RFC 5322) that press offices send, and pages saved as MHTML (RFC 2557)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date as day
from email.message import Message
from email.utils import parsedate_to_datetime

from indexer.errors import CorpusError
from indexer.readers.documents.mail_body import body_of
from indexer.readers.documents.mail_parts import (
    Leaf,
    bytes_of,
    charset_of,
    file_name,
    header,
    leaves,
    parameter,
    parsed,
    text_of,
)
from indexer.readers.draft import Draft, Fault, Member
from indexer.readers.pages.web_page import read_page
from indexer.release import RemovedText

MAIL_HEADER = "mail header"
NO_TEXT = "attachments that are no text"
"""The rules by which parts of a message are kept beside its text."""

_ENVELOPE = (
    "the message has no text of its own; its attachments ({}) are read by themselves, "
    "so it may stay as it is"
)
_NOTHING = "there is no text in the message; remove it or fetch it again"
_ENCRYPTED = "the message is encrypted; open it in a mail program and save it without encryption"
_NO_PAGE = "there is no HTML page in the saved page; save the page anew as .html"
_HEADERS = ("from", "date", "subject", "message-id", "mime-version", "content-type", "received")
_NO_MAIL = "this is no e-mail message: it has no header From, Date or Subject; save it as .txt"

_SEALED = frozenset(
    ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
)
_TEXTLESS = re.compile(
    r"(?:image|audio|video|font)/.*|text/(?:calendar|vcard|x-vcard|directory|css)"
    r"|application/(?:pgp-.*|(?:x-)?pkcs7-.*|ics|javascript|x-javascript)"
    r"|message/(?!rfc822|global$).*"
)
"""Content types of attachments that hold no release."""
_SHOWN = 10
"""Attachments that are named one by one."""

_REPLY = re.compile(
    r"(?:(?:re|fwd?|aw|wg|tr|rv|отв|пересл|переслано)(?:\[\d+\])?[ ]?:\s*|\[[^\[\]]{1,40}\]\s*)+",
    re.IGNORECASE,
)
"""Marks before a subject: of replies, of forwarding, of mailing lists."""


def read_mail(data: bytes) -> Iterator[Draft | Fault | Member]:
    """Yield the release that the message is, and its attachments.

    The plain version of the text is preferred to the HTML version, which by RFC 2046 (5.1.4)
    holds the same, unless it is much shorter.
    """
    try:
        message = parsed(data)
        if not any(header(message, name) for name in _HEADERS):
            raise CorpusError(_NO_MAIL)
        found = leaves(message)
    except CorpusError as error:
        yield Fault(str(error))
        return
    body = body_of(found)
    if body is None and any(leaf.type in _SEALED for leaf in found):
        yield Fault(_ENCRYPTED)
        return
    hanging = [leaf for leaf in found if not leaf.is_body]
    files = [leaf for leaf in hanging if not _is_textless(leaf)]
    members = list(_members(files, None if isinstance(body, Draft) else _date_of(message)))
    if isinstance(body, Draft):
        yield _with_headers(body, message, list(filter(_is_textless, hanging)))
    else:
        yield body or _without_text(members)
    yield from members


def _is_textless(leaf: Leaf) -> bool:
    return leaf.type not in _SEALED and bool(_TEXTLESS.fullmatch(leaf.type))


def _with_headers(body: Draft, message: Message, others: list[Leaf]) -> Draft:
    subject = header(message, "subject")
    title = _REPLY.sub("", subject, count=1) if _REPLY.match(subject) else subject
    told = [("Subject", subject if title and title != subject else "")]
    told += [(name, header(message, name)) for name in ("From", "Message-ID")]
    cuts = [RemovedText("furniture", MAIL_HEADER, f"{name}: {text}") for name, text in told if text]
    cuts += [RemovedText("furniture", NO_TEXT, _counted(others))] if others else []
    return replace(
        body,
        title=title or subject or None,
        date=_date_of(message),
        url=header(message, "archived-at").strip("<>") or body.url,
        language=header(message, "content-language") or body.language,
        keywords=tuple(filter(None, map(str.strip, header(message, "keywords").split(",")))),
        removed=(*cuts, *body.removed),
    )


def _counted(others: list[Leaf]) -> str:
    names = [leaf.name or leaf.type for leaf in others]
    shown = ", ".join(names[:_SHOWN])
    rest = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{len(names)} attachments that are no text: {shown}{rest}"


def _date_of(message: Message) -> str | None:
    """The day and time at which it was sent, in the sender's zone; as found if it is no date."""
    found = header(message, "date")
    try:
        return parsedate_to_datetime(found).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return found or None


def _members(files: list[Leaf], date: str | None) -> Iterator[Member | Fault]:
    """The attachments; a message that is only their envelope lends them its date."""
    taken: set[str] = set()
    for number, leaf in enumerate(files, 1):
        name = file_name(leaf, number, taken)
        if leaf.type in _SEALED:
            yield Fault(_ENCRYPTED, name=name)
        else:
            yield _member(leaf, name, date)


def _member(leaf: Leaf, name: str, date: str | None) -> Member | Fault:
    try:
        data = bytes_of(leaf.part)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        reason = f"the attachment cannot be read ({error}); save it as a file of its own"
        return Fault(" ".join(reason.split()), name=name)
    return Member(name, data, date=date, encoding=charset_of(leaf.part))


def _without_text(members: list[Member | Fault]) -> Fault:
    names = [each.name or "" for each in members]
    return Fault(_ENVELOPE.format(", ".join(names[:_SHOWN])) if names else _NOTHING)


def read_saved_page(data: bytes) -> Iterator[Draft | Fault]:
    """Yield the release of a web page that a browser saved with its images (MHTML).

    Its date is the day on which it was saved.
    """
    try:
        message = parsed(data)
        page = _root_page(message, leaves(message))
        found = list(read_page(text_of(page)))
    except CorpusError as error:
        yield Fault(str(error))
        return
    address = header(page, "content-location") or header(message, "snapshot-content-location")
    for each in found or [Fault(_NO_PAGE)]:
        if isinstance(each, Draft):
            each = replace(each, url=each.url or address or None, crawled=_day_of(message))
        yield each


def _root_page(message: Message, found: list[Leaf]) -> Message:
    """The part that the message names as its root, or else its first HTML part."""
    pages = [leaf.part for leaf in found if leaf.type in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise CorpusError(_NO_PAGE)
    start = parameter(message, "start")
    named = (page for page in pages if start and header(page, "content-id").lower() == start)
    return next(named, pages[0])


def _day_of(message: Message) -> day | None:
    try:
        return parsedate_to_datetime(header(message, "date")).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
