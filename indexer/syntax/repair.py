"""A token list made well-formed: what cannot be meant as an operator is ignored, with a notice."""

from collections.abc import Iterable
from dataclasses import replace

from indexer.syntax.lexer import OPERATORS, Kind, Token, name_as_word
from indexer.syntax.notices import Notice, Notices

_OPERATORS = frozenset(OPERATORS.values())


def repair(tokens: Iterable[Token], notices: Notices) -> list[Token]:
    """Tokens with paired parentheses, no empty groups, and an operand wherever one is due."""
    paired = _operators_as_words(_without_strays(list(tokens), notices), notices)
    kept: list[Token] = []
    for token in paired:
        if token.kind in (Kind.AND, Kind.OR):
            _join(kept, token, notices)
        elif token.kind is Kind.CLOSE:
            _close(kept, token, notices)
        else:
            kept.append(token)
    _drop_idle(kept, notices)
    return kept


def _without_strays(tokens: list[Token], notices: Notices) -> list[Token]:
    paired = _paired(tokens)
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        if token.kind not in (Kind.OPEN, Kind.CLOSE) or place in paired:
            kept.append(token)
            continue
        notices.add(Notice.STRAY_PARENTHESIS, token.head.body)
        if token.head.field is not None:
            kept.append(name_as_word(token.head, token.end))
    return kept


def _paired(tokens: list[Token]) -> set[int]:
    """The places of the parentheses that have a partner."""
    paired: set[int] = set()
    waiting: list[int] = []
    for place, token in enumerate(tokens):
        if token.kind is Kind.OPEN:
            waiting.append(place)
        elif token.kind is Kind.CLOSE and waiting:
            paired |= {waiting.pop(), place}
    return paired


def _operators_as_words(tokens: list[Token], notices: Notices) -> list[Token]:
    """`AND` alone can only be meant as a word."""
    kinds = {token.kind for token in tokens}
    if Kind.TERM in kinds or not kinds & _OPERATORS:
        return tokens
    notices.add(Notice.OPERATORS_AS_WORDS)
    return [replace(t, kind=Kind.TERM) if t.kind in _OPERATORS else t for t in tokens]


def _join(kept: list[Token], operator: Token, notices: Notices) -> None:
    _drop_idle(kept, notices)
    if kept and kept[-1].kind in (Kind.TERM, Kind.CLOSE):
        kept.append(operator)
    else:
        notices.add(Notice.IDLE_OPERATOR, operator.text_start)


def _close(kept: list[Token], close: Token, notices: Notices) -> None:
    _drop_idle(kept, notices)
    if kept[-1].kind is not Kind.OPEN:
        kept.append(close)
        return
    empty = kept.pop()
    if empty.head.field is not None:
        kept.append(name_as_word(empty.head, close.end))


def _drop_idle(kept: list[Token], notices: Notices) -> None:
    """Drop operators at the end, which wait for an operand that does not come."""
    while kept and kept[-1].kind in _OPERATORS:
        notices.add(Notice.IDLE_OPERATOR, kept.pop().text_start)
