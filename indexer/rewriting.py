"""Query trees rewritten for an index: its facets, its authority files, and second attempts."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA

from indexer.analysis import tokenize
from indexer.authority import Authority
from indexer.errors import UserError
from indexer.facets import Facet, FacetKind, Facets
from indexer.query import (
    ANY_VALUE,
    NOWHERE,
    And,
    FieldValue,
    InTitle,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Required,
    Span,
    Tagged,
    Translated,
    Word,
)
from indexer.release import UNKNOWN, Mention

EXPANSION_NOTICE = "Includes releases tagged"
"""How the notice begins that says which names a query also found by their tags."""

ALIASES = {"lang": "language"}


def _mapped(node: Node, change: Callable[[Node], Node]) -> Node:
    """The tree with `change` applied to every node, leaves first."""
    match node:
        case And(children) | Or(children):
            node = replace(node, children=tuple(_mapped(child, change) for child in children))
        case (
            InTitle(child) | Not(child) | Required(child) | Tagged(_, _, child) | Translated(child)
        ):
            node = replace(node, child=_mapped(child, change))
    return change(node)


def resolve(query: Query, facets: Facets) -> Query:
    """The query with every `name:value` either a value of one of these facets, or plain words.

    Raises UserError where a facet was clearly meant, but its name or its value is not known.
    """
    notices = list(query.notices)

    def change(node: Node) -> Node:
        if not isinstance(node, FieldValue):
            return node
        name = ALIASES.get(node.field, node.field)
        if name in facets:
            return replace(node, field=name, value=_value(facets[name], node))
        _reject_misspelled(node, facets)
        notices.append(
            f"“{node.field}” is no facet; “{node.field}:{node.value}” was read as words."
        )
        return _words_of(node)

    return Query(query.text, _mapped(query.root, change), tuple(notices))


def _value(facet: Facet, node: FieldValue) -> str:
    """The id of a value that is given by its id or by one of its labels."""
    wanted = node.value.casefold()
    if facet.kind is FacetKind.YEAR or wanted in (UNKNOWN, ANY_VALUE) or wanted in facet.entries:
        return wanted
    for entry in facet.entries.values():
        if wanted in (label.casefold() for label in entry.labels.values()):
            return entry.id
    near = min(facet.entries, key=lambda known: OSA.distance(known, wanted), default=None)
    raise UserError(
        f"there is no {facet.name} “{node.value}”",
        code="unknown_value",
        position=node.span.start,
        hint=f"did you mean {facet.name}:{near}?" if near else None,
    )


def _reject_misspelled(node: FieldValue, facets: Facets) -> None:
    known = {*facets, "title", "date", *(facet.plural for facet in facets.values())}
    near = min(known, key=lambda name: OSA.distance(name, node.field.casefold()))
    if OSA.distance(near, node.field.casefold()) <= len(near) // 4:
        meant = next((f.name for f in facets.values() if f.plural == near), near)
        raise UserError(
            f"there is no facet “{node.field}”",
            code="unknown_facet",
            position=node.span.start,
            hint=f"did you mean {meant}:{node.value}?",
        )


def _words_of(node: FieldValue) -> Node:
    words = [token.text for token in tokenize(f"{node.field} {node.value}")]
    return And(tuple(Word(word, node.span) for word in words), implicit=True)


def tags_off(forms: Collection[str], facets: Facets) -> frozenset[tuple[str, str]]:
    """The tags among forms that are switched off: those written FACET:VALUE.

    Raises UserError for a facet or a value that is not known.
    """
    tags = [form.partition(":")[::2] for form in forms if ":" in form]
    for name, value in tags:
        if value not in facets.known(name).entries:
            raise UserError(f"there is no {name} “{value[:40]}”", code="unknown_value")
    return frozenset(tags)


def expand(query: Query, authority: Authority, without: Collection[tuple[str, str]] = ()) -> Query:
    """The query with names of authority files found in any spelling and language.

    Names whose tags are switched off stay words; `without` holds these by facet and value.

    Words that together are such a name (`operation Channel`, `ОБСЕ`) also match releases tagged
    with it. Quotation marks are the user's operator here, so they are no evidence of a name.
    """
    found: list[str] = []

    def change(node: Node) -> Node:
        if isinstance(node, And) and node.implicit:
            return _expanded(node, query.text, authority, without, found)
        return node

    root = query.root
    if isinstance(root, Word | Phrase):
        root = And((root,), implicit=True)
    root = _mapped(root, change)
    if not found:
        return query
    names = ", ".join(dict.fromkeys(found))
    return Query(query.text, root, (*query.notices, f"{EXPANSION_NOTICE} {names}."))


def _expanded(
    node: And,
    text: str,
    authority: Authority,
    without: Collection[tuple[str, str]],
    found: list[str],
) -> Node:
    children = list(node.children)
    for mention, language in _names_in(node, text, authority):
        group = [at for at, child in enumerate(children) if _overlaps(child, mention)]
        if not group or (mention.facet, mention.id) in without:
            continue
        first, last = group[0], group[-1] + 1
        if mention.rule == "cue":
            first, last = _with_cue(children, first, last, mention, language, authority)
        inside = children[first:last]
        child = inside[0] if len(inside) == 1 else And(tuple(inside), implicit=True)
        children[first:last] = [Tagged(mention.facet, mention.id, child)]
        facet = authority.facets[mention.facet]
        found.append(f"{facet.label().lower()} “{facet.value_label(mention.id)}”")
    return replace(node, children=tuple(children))


def _names_in(node: And, text: str, authority: Authority) -> list[tuple[Mention, str]]:
    """The names among the plain words of an AND, each place once, longest first."""
    plain = [child.span for child in node.children if isinstance(child, Word | Phrase)]
    shown = "".join(
        letter if letter.isalnum() and any(s.start <= at < s.end for s in plain) else " "
        for at, letter in enumerate(text)
    )
    languages = sorted({code for file in authority.files for code in file.facet.labels})
    mentions = [
        (mention, language)
        for language in languages
        for mention in authority.tagger.tag(shown, language, typed=True)
    ]
    chosen: list[tuple[Mention, str]] = []
    for mention, language in sorted(mentions, key=lambda m: m[0].start - m[0].end):
        if all(m.end <= mention.start or mention.end <= m.start for m, _ in chosen):
            chosen.append((mention, language))
    return chosen


def _span_of(node: Node) -> Span | None:
    return node.span if isinstance(node, Word | Phrase) else None


def _overlaps(node: Node, mention: Mention) -> bool:
    span = _span_of(node)
    return span is not None and span.start < mention.end and mention.start < span.end


def _with_cue(
    children: Sequence[Node],
    first: int,
    last: int,
    mention: Mention,
    language: str,
    authority: Authority,
) -> tuple[int, int]:
    """The group widened by the word beside it that shows that the name is meant."""

    def is_cue(at: int) -> bool:
        child = children[at] if 0 <= at < len(children) else None
        return isinstance(child, Word) and authority.tagger.is_cue(
            mention.facet, child.text, language
        )

    if is_cue(first - 1):
        return first - 1, last
    return (first, last + 1) if is_cue(last) else (first, last)


SENTENCE = 3
"""So many plain words are rather a description of what is sought than a condition."""


def plain_parts(query: Query) -> tuple[Node, ...]:
    """The parts of a list of words that are no operator, each a word or a name; maybe none."""
    root = query.root
    if not isinstance(root, And) or not root.implicit:
        return ()
    return tuple(child for child in root.children if _is_plain(child, query.text))


def described(query: Query) -> Query | None:
    """A query of many plain words with releases that have some of them after those that have all.

    Whatever is an operator binds: quotation marks, `name:value`, +, -, patterns and dates. None
    where the query is shorter, or no list of plain words.
    """
    plain = plain_parts(query)
    if len(plain) < SENTENCE or not isinstance(query.root, And):
        return None
    binding = [child for child in query.root.children if not _is_plain(child, query.text)]
    some = Or(plain, all_first=True)
    return Query(query.text, And((some, *binding)) if binding else some, query.notices)


def _is_plain(node: Node, text: str) -> bool:
    """Whether it is words without an operator; what a hyphen joins is a phrase without quotes."""
    match node:
        case Tagged() | Translated(And()):
            return True
        case Translated(child):
            return _is_plain(child, text)
        case Word(_, span):
            return span == NOWHERE or text[span.start].isalnum()
        case Phrase(_, 0, False, span):
            return span != NOWHERE and text[span.start].isalnum()
        case _:
            return False


def relaxed(query: Query) -> Query | None:
    """The query with words that merely stand side by side as alternatives; None if it has none.

    What is required or excluded stays so.
    """
    root = query.root
    if not isinstance(root, And) or not root.implicit:
        return None
    fixed = [child for child in root.children if isinstance(child, Required | Not)]
    loose = [child for child in root.children if not isinstance(child, Required | Not)]
    if len(loose) < 2:
        return None
    return Query(query.text, And((Or(tuple(loose)), *fixed)), query.notices)
