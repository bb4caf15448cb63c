"""The query tree: what a search means, whoever typed it and whichever engine answers it.

The parser in `syntax` makes it from a string; programs may build it by hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """The characters of the query string that a node came from."""

    start: int
    end: int


NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every release."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any inflected form, in any language of the index that is written in its script."""

    text: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class ExactWord:
    """A word in this form only (case, accents of stress and ё/е aside): `=word`."""

    text: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side and in order, inflected unless `exact`.

    With `slop` above 0 the words may stand in any order with at most `slop` other words
    between the first and the last of them: `"seized heroin"~5`.
    """

    words: tuple[str, ...]
    slop: int = 0
    exact: bool = False
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so: `smuggl*`."""

    text: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Words of this shape; `?` is one character, `*` any number: `wom?n`, `*migration`."""

    pattern: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words at most `edits` (1 or 2) letters away: `Tasmagambetov~`."""

    text: str
    edits: int = 1
    span: Span = NOWHERE


ANY_VALUE = "*"
"""The value of `name:*`: releases that carry any known value of the facet."""


@dataclass(frozen=True, slots=True)
class FieldValue:
    """`name:value`: a value of a facet where the index has one of that name; else mere words."""

    field: str
    value: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class DateRange:
    """Releases whose known period touches these days, both ends included; None is open."""

    start: date | None
    end: date | None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class InTitle:
    """What the child matches in the title alone: `title:Channel`."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the child matches, and, ranked under it, releases tagged with an authority entry.

    Such a release carries the name in whatever spelling or language.
    """

    facet: str
    value: str
    child: "Node"


@dataclass(frozen=True, slots=True)
class Translation:
    """A name of a concept of the glossary in a language; it matches in that language alone.

    It is an `ExactWord` where the stem of the word stands for too much. Other spellings of a word
    are written so too: by the rule `folded` or `variant`, in one language, or as they stand in
    any.
    """

    concept: str
    """Its id in the glossary; of another spelling the word itself."""
    language: str | None
    name: Word | ExactWord | Phrase
    rule: str = "glossary"


@dataclass(frozen=True, slots=True)
class Translated:
    """What the child matches, and releases that have a translation or another spelling of it."""

    child: "Node"
    translations: tuple[Translation, ...]


@dataclass(frozen=True, slots=True)
class Required:
    """The child must match even where its neighbours are alternatives: `+word`."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class Not:
    """Releases that the child does not match."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """Releases that every child matches.

    `implicit` marks words that merely stand side by side: where no release has all of them,
    an engine may answer with those that have some, if it says so.
    """

    children: "tuple[Node, ...]"
    implicit: bool = False


@dataclass(frozen=True, slots=True)
class Or:
    """Releases that at least one child matches.

    With `all_first`, those that every child matches rank before all others.
    """

    children: "tuple[Node, ...]"
    all_first: bool = False


Leaf = Word | ExactWord | Phrase | Prefix | Wildcard | Fuzzy | FieldValue | DateRange | Everything
Node = Leaf | InTitle | Tagged | Translated | Required | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A query: the string as typed, the tree that it means, and what to tell the user of it."""

    text: str = ""
    root: Node = Everything()
    notices: tuple[str, ...] = ()


def positive_leaves(node: Node) -> Iterator[Leaf]:
    """The leaves that a hit can match: all but those under a `Not`."""
    match node:
        case Not():
            return
        case And(children) | Or(children):
            for child in children:
                yield from positive_leaves(child)
        case InTitle(child) | Required(child) | Tagged(_, _, child) | Translated(child):
            yield from positive_leaves(child)
        case leaf:
            yield leaf
