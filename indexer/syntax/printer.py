"""A query tree as people would type it."""

import re

from indexer.analysis import tokenize
from indexer.query import (
    And,
    DateRange,
    ExactWord,
    FieldValue,
    Fuzzy,
    InTitle,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Required,
    Tagged,
    Translated,
    Wildcard,
    Word,
)
from indexer.syntax.lexer import CLOSING_MARKS, DATE, OPERATORS, TITLE
from indexer.syntax.normal import only_negative

_PLAIN_VALUE = re.compile(r"\*|[^\W_](?:[\w/.&:-]*[^\W_])?")
_MARKS = str.maketrans(dict.fromkeys(CLOSING_MARKS, " "))


def quote_word(word: str) -> str:
    """The word as it must be typed to be read as a word: in quotes where it would be an operator.

    Several words come out as a quoted phrase.
    """
    is_one = [token.text for token in tokenize(word)] == [word]
    return word if is_one and word not in OPERATORS else f'"{word.translate(_MARKS)}"'


def format_query(node: Node) -> str:
    """A string that `parse_query` reads as this tree, spans aside.

    That holds for every tree that the parser makes; what the language cannot say (a Wildcard
    that ends in `?`, Tagged, Translated) comes out as the nearest thing that it can.
    """
    match node:
        case And():
            return _conjunction(node)
        case Or(children):
            return " OR ".join(_operand(child, signed=True) for child in children) or '""'
        case Not(child):
            return f"-{_operand(child)}"
        case Required(child):
            return f"+{_operand(child)}"
        case InTitle(FieldValue() | DateRange() | InTitle() as child):
            return f"{TITLE}:({format_query(child)})"
        case InTitle(child):
            return f"{TITLE}:{_operand(child)}"
        case Tagged(child=child) | Translated(child):
            return format_query(child)
        case leaf:
            return _leaf(leaf)


def _conjunction(node: And) -> str:
    children = node.children[1:] if only_negative(node) else node.children
    joint = " " if node.implicit or only_negative(node) else " AND "
    return joint.join(_operand(child, signed=True) for child in children) or "*"


def _operand(node: Node, *, signed: bool = False) -> str:
    """The node where one operand is due, in parentheses unless it is one (or a signed one)."""
    if isinstance(node, Tagged | Translated):
        return _operand(node.child, signed=signed)
    several = isinstance(node, And | Or) or (isinstance(node, Not | Required) and not signed)
    return f"({format_query(node)})" if several else format_query(node)


def _leaf(leaf: Node) -> str:
    match leaf:
        case Word(text):
            return quote_word(text)
        case ExactWord(text):
            return f"={quote_word(text)}"
        case Phrase(words, slop, exact):
            nearness = f"~{slop}" if slop else ""
            return f'{"=" if exact else ""}"{" ".join(words).translate(_MARKS)}"{nearness}'
        case Prefix(text):
            return f"{text}*"
        case Wildcard(pattern):
            return pattern
        case Fuzzy(text, edits):
            return f"{text}~{edits if edits > 1 else ''}"
        case FieldValue(field, value):
            return f"{field}:{_value(value)}"
        case DateRange():
            return f"{DATE}:{_days(leaf)}"
    return "*"


def _value(value: str) -> str:
    plain = _PLAIN_VALUE.fullmatch(value)
    doubled = value.replace('"', '""')
    return value if plain else f'"{doubled}"'


def _days(span: DateRange) -> str:
    start = span.start.isoformat() if span.start else ""
    end = span.end.isoformat() if span.end else ""
    return start if start and start == end else f"{start}..{end}"
