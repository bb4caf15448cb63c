"""The text of an e-mail message: its plain or its HTML version, without replies and signature."""

import re
from collections.abc import Iterable
from dataclasses import replace

from indexer.errors import CorpusError
from indexer.readers.documents.document_title import written_title
from indexer.readers.documents.mail_parts import Leaf, parameter, text_of
from indexer.readers.draft import Draft, Fault
from indexer.readers.pages.web_page import read_page
from indexer.release import RemovedText

QUOTED = "quoted reply"
SIGNATURE = "mail signature"
PLAIN = "plain version"
"""The rules by which parts of the text are kept beside it."""

_ATTRIBUTION = re.compile(r"(?=.{1,300}\Z)[^\d@]*[\d@].*:\s*")
_SIGNATURE_LINES = 12
"""Lines; what follows the mark of a signature is one where it is no longer."""
_POOR = 400
"""Characters; a shorter plain version is compared with the HTML version."""
_POOR_SHARE = 0.5


def body_of(found: list[Leaf]) -> Draft | Fault | None:
    """The text of the message, without a title; None where it has none."""
    shown = [leaf for leaf in found if leaf.is_body]
    try:
        plain = [_flowed(leaf).strip() for leaf in shown if leaf.type == "text/plain"]
        text = "\n\n".join(filter(None, plain))
        html = [leaf for leaf in shown if leaf.type == "text/html"]
        pages = _pages([leaf for leaf in html if not leaf.is_version], needed=not text)
        if len(text) < _POOR:
            versions = _pages([leaf for leaf in html if leaf.is_version], needed=not text)
            if len(text) < _POOR_SHARE * sum(len(page.text) for page in versions):
                return _joined(_plain_version(text), [*versions, *pages])
        body = _without_replies(text) if text else Draft("")
        return _joined(body, pages) if text or pages else None
    except CorpusError as error:
        return Fault(str(error))


def _pages(parts: Iterable[Leaf], needed: bool) -> list[Draft]:
    """The HTML parts, each with its own heading above its text.

    Raises:
        CorpusError: a part is no text, or one that is needed holds none.
    """
    pages = []
    for found in (found for leaf in parts for found in read_page(text_of(leaf.part))):
        if isinstance(found, Draft):
            pages.append(_headed(found))
        elif needed:
            raise CorpusError(found.reason)
    return pages


def _headed(page: Draft) -> Draft:
    title = written_title(page.title)
    begins = " ".join(page.text.split()).startswith(title or "")
    return page if begins else replace(page, text=f"{title}\n\n{page.text}".strip())


def _plain_version(text: str) -> Draft:
    return Draft("", removed=(RemovedText("furniture", PLAIN, text),) if text else ())


def _joined(body: Draft, pages: list[Draft]) -> Draft:
    drafts = [body, *pages]
    return Draft(
        "\n\n".join(draft.text for draft in drafts if draft.text),
        url=next((draft.url for draft in drafts if draft.url), None),
        language=next((draft.language for draft in drafts if draft.language), None),
        removed=tuple(cut for draft in drafts for cut in draft.removed),
    )


def _flowed(leaf: Leaf) -> str:
    """The plain text; lines that end in a blank go on where the part says so (RFC 3676)."""
    part = leaf.part
    text = text_of(part)
    if parameter(part, "format") != "flowed":
        return text
    glue = "" if parameter(part, "delsp") == "yes" else " "
    lines = [line.removeprefix(" ") for line in text.split("\n")]
    pieces = [line[:-1] + glue if _goes_on(line) else line + "\n" for line in lines]
    return "".join(pieces)


def _goes_on(line: str) -> bool:
    return line.endswith(" ") and line != "-- " and not line.startswith(">")


def _without_replies(text: str) -> Draft:
    """The text without the messages that it answers and without the sender's signature.

    All of it where nothing else would be left.
    """
    lines, signature = _signed(text.split("\n"))
    kept: list[str] = []
    quoted: list[str] = []
    for line in lines:
        if line.startswith(">"):
            if kept and not quoted and _ATTRIBUTION.fullmatch(kept[-1]):
                quoted.append(kept.pop())
            quoted.append(line)
        else:
            kept.append(line)
    body = "\n".join(kept).strip()
    if not body:
        return Draft(text)
    cuts = (("furniture", QUOTED, quoted), ("signature", SIGNATURE, signature))
    return Draft(
        body,
        removed=tuple(RemovedText(kind, rule, "\n".join(cut)) for kind, rule, cut in cuts if cut),
    )


def _signed(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines above the mark of a signature, and the signature."""
    at = next((at for at in reversed(range(len(lines))) if lines[at].rstrip("\r") == "-- "), None)
    if at is None or len(lines) - at - 1 > _SIGNATURE_LINES:
        return lines, []
    return lines[:at], lines[at + 1 :]
