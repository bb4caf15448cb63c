"""The query string as a tree, by recursive descent: one call per group, none per operand."""

from indexer.errors import UserError
from indexer.query import Node, Or, Query
from indexer.syntax.leaves import term_node
from indexer.syntax.lexer import TITLE, Kind, Token, lex
from indexer.syntax.normal import conjunction, disjunction, in_title, negated, positive, required
from indexer.syntax.notices import Notice, Notices
from indexer.syntax.repair import repair

MAX_CHARACTERS = 10_000
"""The longest query."""
MAX_DEPTH = 50
"""Groups within groups."""


def parse_query(text: str) -> Query:
    """What a query string means, with what to tell the user of it. `indexer.syntax` describes it.

    An empty string means everything; one in which no letter or digit is left means `Or(())`,
    nothing. Raises UserError: `query_too_long`, `too_many_terms`, `nested_too_deeply`,
    `bad_date`, `bad_year`, `bad_range`, `bad_fuzzy`, `bad_proximity`.
    """
    if len(text) > MAX_CHARACTERS:
        raise UserError(
            f"the query has {len(text):,} characters; the limit is {MAX_CHARACTERS:,}",
            code="query_too_long",
            position=MAX_CHARACTERS,
            hint="search for a shorter text",
        )
    if not text.strip():
        return Query(text)
    notices = Notices()
    tokens = repair(lex(text, notices), notices)
    if not tokens:
        notices.add(Notice.NOTHING_LEFT)
        return Query(text, Or(()), notices.texts())
    root = positive(_Parser(tokens, notices).side_by_side(None))
    return Query(text, root, notices.texts())


class _Parser:
    """One pass over well-formed tokens."""

    def __init__(self, tokens: list[Token], notices: Notices) -> None:
        self._tokens = tokens
        self._notices = notices
        self._at = 0
        self._depth = 0

    def side_by_side(self, field: str | None) -> Node:
        """Everything up to the end or to a closing parenthesis."""
        nodes = [self._either(field)]
        while self._at < len(self._tokens) and not self._is(Kind.CLOSE):
            nodes.append(self._either(field))
        return conjunction(nodes, implicit=True)

    def _either(self, field: str | None) -> Node:
        nodes = [self._both(field)]
        while self._accept(Kind.OR):
            nodes.append(self._both(field))
        return disjunction(nodes)

    def _both(self, field: str | None) -> Node:
        nodes = [self._signed(field)]
        while self._accept(Kind.AND):
            nodes.append(self._signed(field))
        return conjunction(nodes)

    def _signed(self, field: str | None) -> Node:
        negations = 0
        while self._accept(Kind.NOT):
            negations += 1
        token = self._tokens[self._at]
        self._at += 1
        is_group = token.kind is Kind.OPEN
        node = self._group(token, field) if is_group else term_node(token, field, self._notices)
        if token.head.field == TITLE:
            node = in_title(node)
        for sign in token.head.signs:
            node = negated(node) if sign == "-" else required(node)
        return negated(node) if negations % 2 else node

    def _group(self, opening: Token, field: str | None) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise UserError(
                f"more than {MAX_DEPTH} parentheses stand inside each other",
                code="nested_too_deeply",
                position=opening.head.body,
                hint="leave some of them out",
            )
        own = opening.head.field
        node = self.side_by_side(field if own is None else None if own == TITLE else own)
        self._at += 1
        self._depth -= 1
        return node

    def _is(self, kind: Kind) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at].kind is kind

    def _accept(self, kind: Kind) -> bool:
        found = self._is(kind)
        self._at += found
        return found
