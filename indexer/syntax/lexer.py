"""A query string cut into terms, parentheses and operator words; only text that says something."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from indexer.analysis import tokenize
from indexer.errors import UserError
from indexer.syntax.notices import Notice, Notices

MAX_TERMS = 1_024
"""Words that one query may search for."""
MAX_SLOP = 1_000
"""The widest `"…"~n`."""

TITLE, DATE, YEAR = "title", "date", "year"

CLOSING_MARKS = {'"': '"', "“": "”", "„": "“”", "«": "»", "”": "”"}
"""Each opening quotation mark with the marks that close it."""

_ANY_CLOSING_MARK = re.compile('["“”»]')
_SPACE = re.compile(r"\s*")
_CHUNK = re.compile(r'[^\s()"“”„«]+')
_SLOP = re.compile(r"~([0-9]+)(?![^\W_])")
_HEAD = re.compile(
    # A sign, a field name (not the scheme of an address) with a sign of its own, `=`; then
    # something that they can apply to: `a - b`, `--`, `->` and `=)` are ordinary typing.
    r"(?P<sign>[+-](?!>))?"
    r"(?:(?P<name>[A-Za-z][A-Za-z0-9_-]*):(?!//|:)(?P<inner>[+-](?!>))?)?"
    r"(?P<exact>=(?!>))?"
    r"(?![\s)+=-]|\Z)"
)


class Kind(Enum):
    """The kinds of tokens."""

    TERM = "term"
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"


OPERATORS = {kind.value: kind for kind in (Kind.AND, Kind.OR, Kind.NOT)}


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before a term or a group."""

    start: int
    """Where the field name begins, or else the term with its `=`; a sign stands before it."""
    mark: int
    """Where the term begins, with its `=`."""
    body: int
    """Where the term itself begins, `=` excluded."""
    signs: str = ""
    """`+` and `-`, the innermost first."""
    name: str | None = None
    """The field name as typed."""
    exact: bool = False

    @property
    def field(self) -> str | None:
        """The field name in lower case."""
        return None if self.name is None else self.name.lower()


@dataclass(frozen=True, slots=True)
class Token:
    """A term (its text without marks), a parenthesis or an operator word."""

    kind: Kind
    text: str
    text_start: int
    end: int
    head: Head
    quoted: bool = False
    slop: int = 0


def lex(text: str, notices: Notices) -> Iterator[Token]:
    """The tokens of a query, in order.

    Raises UserError where there are too many terms, or a proximity is out of range.
    """
    return _Lexer(text, notices).tokens()


class _Lexer:
    def __init__(self, text: str, notices: Notices) -> None:
        self._text = text
        self._notices = notices
        self._at = 0
        self._words = 0

    def tokens(self) -> Iterator[Token]:
        while self._skip_space() < len(self._text):
            token = self._next()
            if token is not None:
                yield token

    def _skip_space(self) -> int:
        space = _SPACE.match(self._text, self._at)
        self._at = space.end() if space else self._at
        return self._at

    def _next(self) -> Token | None:
        if self._text[self._at] == ")":
            return self._parenthesis(Kind.CLOSE, _bare_head(self._at))
        head = _head(self._text, self._at)
        if self._text[head.body] == "(":
            return self._parenthesis(Kind.OPEN, head)
        if self._text[head.body] in CLOSING_MARKS:
            return self._quoted(head)
        return self._chunk(head)

    def _parenthesis(self, kind: Kind, head: Head) -> Token:
        self._at = head.body + 1
        return Token(kind, "", head.start, self._at, head)

    def _quoted(self, head: Head) -> Token | None:
        if _ends_a_word(self._text, head.body):
            self._at = head.body + 1
            return None
        is_value = head.field not in (None, TITLE)
        closing = _closing_mark(self._text, head.body, doubled=is_value)
        if closing == len(self._text):
            self._notices.add(Notice.OPEN_QUOTE, head.body)
        inner = self._text[head.body + 1 : closing]
        self._at = min(closing + 1, len(self._text))
        slop = self._slop()
        if not self._count_words(inner, head.body):
            return self._mere_name(head)
        if is_value and self._text[head.body] == '"':
            inner = inner.replace('""', '"')
        return Token(Kind.TERM, inner, head.body + 1, self._at, head, quoted=True, slop=slop)

    def _slop(self) -> int:
        found = _SLOP.match(self._text, self._at)
        if found is None:
            return 0
        digits = found[1].lstrip("0") or "0"
        if len(digits) > len(str(MAX_SLOP)) or int(digits) > MAX_SLOP:
            raise UserError(
                "the distance between the words is too large",
                code="bad_proximity",
                position=found.start(),
                hint=f"it may be up to ~{MAX_SLOP}",
            )
        self._at = found.end()
        return int(digits)

    def _chunk(self, head: Head) -> Token | None:
        found = _CHUNK.match(self._text, head.body)
        text = found.group() if found else ""
        self._at = head.body + len(text)
        if text in OPERATORS and head == _bare_head(head.body):
            return Token(OPERATORS[text], text, head.body, self._at, head)
        says_something = self._count_words(text, head.body) or not text.strip("*")
        if says_something or head.field in (DATE, YEAR):
            return Token(Kind.TERM, text, head.body, self._at, head)
        return self._mere_name(head)

    def _mere_name(self, head: Head) -> Token | None:
        """`name:` before something that says nothing is an ordinary word; without one, nothing."""
        if head.field is None:
            return None
        return name_as_word(head, self._at)

    def _count_words(self, text: str, position: int) -> int:
        words = sum(1 for _ in tokenize(text))
        self._words += words
        if self._words > MAX_TERMS:
            raise UserError(
                f"the query has more than {MAX_TERMS:,} words",
                code="too_many_terms",
                position=position,
                hint="search for fewer words at a time",
            )
        return words


def name_as_word(head: Head, end: int) -> Token:
    """The field name of `head` as a term of its own."""
    name = head.name or ""
    plain = Head(head.start, head.start, head.start, head.signs)
    return Token(Kind.TERM, name, head.start, end, plain)


def _bare_head(at: int) -> Head:
    return Head(at, at, at)


def _head(text: str, at: int) -> Head:
    glued = at > 0 and not text[at - 1].isspace() and text[at - 1] != "("
    found = None if glued else _HEAD.match(text, at)
    if found is None:
        return _bare_head(at)
    mark = found.start("exact") if found["exact"] else found.end()
    named = found["name"] is not None
    return Head(
        start=found.start("name") if named else mark,
        mark=mark,
        body=found.end(),
        signs=(found["inner"] or "") + (found["sign"] or ""),
        name=found["name"],
        exact=found["exact"] is not None,
    )


def _ends_a_word(text: str, at: int) -> bool:
    """Whether the mark at `at` hangs on the end of a word and so opens nothing: `a 12" pipe`."""
    if text[at] not in '"”' or at == 0 or not text[at - 1].isalnum():
        return False
    return not text[at + 1 : at + 2].isalnum()


def _closing_mark(text: str, opening: int, *, doubled: bool) -> int:
    """Where the quotation ends: at a mark of its own kind, else of any kind, else with the text.

    With `doubled`, `""` inside straight marks stands for one of them.
    """
    own = [text.find(mark, opening + 1) for mark in CLOSING_MARKS[text[opening]]]
    found = min((at for at in own if at >= 0), default=-1)
    while doubled and text[opening] == '"' and found >= 0 and text[found + 1 : found + 2] == '"':
        found = text.find('"', found + 2)
    if found >= 0:
        return found
    other = _ANY_CLOSING_MARK.search(text, opening + 1)
    return other.start() if other and not doubled else len(text)
