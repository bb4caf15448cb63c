"""Markdown (CommonMark, with tables), with front matter of simple `key: value` lines."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from indexer.readers.draft import Draft
from indexer.readers.records.fields import draft_of
from indexer.release import RemovedText

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.{0,20000}?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+|$)(.*)")
_TAG = re.compile(r"<!--[^<]*?-->|</?[A-Za-z][^<>]*>")
_MAX_NESTING = 40
"""Levels of quotes and lists; the parser drops what lies deeper, so such a file is read plain."""
_MAX_BRACKETS = 50_000
"""The parser's time grows with their square; a file with more is read as plain text."""
MAX_LENGTH = 16 * 1024 * 1024
"""Characters; a longer file is read as plain text, because its layout cannot matter much."""


def read_markdown(text: str) -> Iterator[Draft]:
    """Yield the one release of the file."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    fields, rest, removed = _parted(text)
    title, body = _rendered(rest, fields.get("title"))
    draft = draft_of({**fields, "text": body}, None)
    if isinstance(draft, Draft):
        yield replace(draft, title=draft.title or title, removed=(*draft.removed, *removed))
    else:
        yield Draft("")


def has_front_matter(text: str) -> bool:
    """Whether the text begins with front matter that names at least one field."""
    return bool(_parted(text.replace("\r\n", "\n"))[0])


def _parted(text: str) -> tuple[dict[str, object], str, list[RemovedText]]:
    """The fields of the front matter, the text below it, and lines of it that name no field."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text, []
    fields: dict[str, object] = {}
    odd: list[str] = []
    for line in (match[1] or "").splitlines():
        pair = _KEY.fullmatch(line.strip())
        if pair and pair[1].lower() not in (*fields, "text", "body", "content"):
            fields[pair[1].lower()] = _unquoted(pair[2].strip())
        elif line.strip():
            odd.append(line.strip())
    if not fields:
        return {}, text, []
    return fields, text[match.end() :], [RemovedText("furniture", "front matter", x) for x in odd]


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1].replace('\\"', '"') if quoted else value


def _rendered(text: str, title: object) -> tuple[str | None, str]:
    """The first heading of the first rank, and the paragraphs.

    The heading leaves the text where it opens it and is, or becomes, the title.
    """
    if len(text) > MAX_LENGTH or text.count("[") > _MAX_BRACKETS:
        return None, text
    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable("table")
    tokens = parser.parse(text)
    if any(token.level >= _MAX_NESTING - 2 for token in tokens):
        return None, text
    blocks = [(_is_title(tokens, at), _text_of(token)) for at, token in enumerate(tokens)]
    blocks = [(is_title, block) for is_title, block in blocks if block]
    heading = next((block for is_title, block in blocks if is_title), None)
    opens = len(blocks) > 1 and blocks[0][0] and title in (None, "", heading)
    return heading, "\n\n".join(block for _, block in (blocks[1:] if opens else blocks))


def _is_title(tokens: list[Token], at: int) -> bool:
    above = tokens[at - 1]
    return above.type == "heading_open" and above.tag == "h1"


def _text_of(token: Token) -> str:
    match token.type:
        case "inline":
            return "".join(map(_inline, token.children or [])).strip()
        case "fence" | "code_block":
            return token.content.strip()
        case "html_block":
            return unescape(_TAG.sub("", token.content)).strip()
        case _:
            return ""


def _inline(token: Token) -> str:
    match token.type:
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "html_inline":
            return _TAG.sub("", token.content)
        case _:
            return token.content
