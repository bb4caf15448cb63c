"""One term of a query as a node."""

import re

from indexer.analysis import Token as Piece
from indexer.analysis import tokenize
from indexer.errors import UserError
from indexer.query import (
    And,
    Everything,
    ExactWord,
    FieldValue,
    Fuzzy,
    Node,
    Phrase,
    Prefix,
    Span,
    Wildcard,
    Word,
)
from indexer.syntax.lexer import DATE, TITLE, YEAR, Token
from indexer.syntax.notices import Notice, Notices
from indexer.syntax.periods import date_range, year

_WILDCARDS = re.compile(r"[*?]+")
_STARS = re.compile(r"\*+")
_FUZZY = re.compile(r"~([0-9]*)[^\w~]*$")
_EDITS = {"": 1, "1": 1, "2": 2}


def term_node(token: Token, group_field: str | None, notices: Notices) -> Node:
    """What a term means by itself or, with `group_field`, in `name:( … )`; signs not applied.

    Raises UserError for a date, a year or a number of edits that cannot be understood.
    """
    field = token.head.field or group_field
    if field is None or field == TITLE:
        return _quoted(token) if token.quoted else _unquoted(token, notices)
    value = token.text if token.quoted else _without_punctuation(token.text)
    span = Span(token.head.start, token.end if token.quoted else token.text_start + len(value))
    value = value if value.strip("*") else "*"
    if field == DATE:
        return date_range(value, token.text_start, span)
    if field == YEAR:
        return year(value, token.text_start, span)
    return FieldValue(field, value.strip(), span)


def _without_punctuation(value: str) -> str:
    """A value as it stands in a sentence; `..` at its end leaves a span open."""
    bare = value.rstrip(",;:!?.")
    return bare + ".." if value.startswith("..", len(bare)) else bare or value


def _quoted(token: Token) -> Node:
    words = list(tokenize(token.text))
    return _side_by_side(token, words, Span(token.head.mark, token.end))


def _side_by_side(token: Token, words: list[Piece], span: Span) -> Node:
    """A phrase; one word is a word, which cannot be nearer to itself."""
    exact = token.head.exact
    if len(words) == 1:
        return ExactWord(words[0].text, span) if exact else Word(words[0].text, span)
    return Phrase(tuple(word.text for word in words), token.slop, exact, span)


def _unquoted(token: Token, notices: Notices) -> Node:
    if not token.text.strip("*"):
        return Everything()
    found = _FUZZY.search(token.text)
    body = _pieces(token.text[: found.start()]) if found else []
    if found is None or not body or body[-1].end != found.start():
        return _of_pieces(token, _pieces(token.text))
    single = len(body) == 1 and not _WILDCARDS.search(body[0].text)
    if found[1] not in _EDITS and (not single or body[0].text.isdigit()):
        return _of_pieces(token, _pieces(token.text))  # 10~20 is a span of numbers
    if single:
        start = token.text_start
        span = Span(start + body[0].start, start + found.end(1))
        return Fuzzy(body[0].text, _edits(found[1], start + found.start()), span)
    notices.add(Notice.FUZZY_ON_MANY, token.text_start + found.start())
    return _of_pieces(token, body)


def _edits(digits: str, position: int) -> int:
    if digits not in _EDITS:
        raise UserError(
            "a word can be searched one or two letters away",
            code="bad_fuzzy",
            position=position,
            hint="write word~ or word~2",
        )
    return _EDITS[digits]


def _pieces(text: str) -> list[Piece]:
    """The words of a chunk, joined with the wildcards that touch them.

    Question marks at the end are punctuation, and in an address (`http://…`) all of them are.
    """
    signs = [] if "://" in text else [_sign(found) for found in _WILDCARDS.finditer(text)]
    joined: list[Piece] = []
    for part in sorted([*tokenize(text), *signs], key=lambda piece: piece.start):
        last = joined[-1] if joined else None
        if last and last.end == part.start and (part.text[0] in "*?" or last.text[-1] in "*?"):
            joined[-1] = Piece(last.text + part.text, last.start, part.end)
        else:
            joined.append(part)
    return [_without_question(piece) for piece in joined if piece.text.strip("*?")]


def _sign(found: re.Match[str]) -> Piece:
    return Piece(found.group(), found.start(), found.end())


def _without_question(piece: Piece) -> Piece:
    bare = piece.text.rstrip("?")
    return Piece(bare, piece.start, piece.start + len(bare))


def _of_pieces(token: Token, pieces: list[Piece]) -> Node:
    if any(_WILDCARDS.search(piece.text) for piece in pieces):
        nodes = tuple(_piece_node(token, piece) for piece in pieces)
        return nodes[0] if len(nodes) == 1 else And(nodes)
    return _side_by_side(token, pieces, _span(token, pieces[0], pieces[-1]))


def _piece_node(token: Token, piece: Piece) -> Node:
    pattern = _STARS.sub("*", piece.text)
    signs = _WILDCARDS.findall(pattern)
    span = _span(token, piece, piece)
    if not signs:
        return _side_by_side(token, [piece], span)
    if signs == ["*"] and pattern.endswith("*"):
        return Prefix(pattern[:-1], span)
    return Wildcard(pattern, span)


def _span(token: Token, first: Piece, last: Piece) -> Span:
    """From the first piece to the last, with the `=` that touches them."""
    opens = token.head.exact and first.start == 0
    start = token.head.mark if opens else token.text_start + first.start
    return Span(start, token.text_start + last.end)
