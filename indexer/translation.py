"""Query trees rewritten to find a word in other languages, by the glossary, and other spellings."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from indexer.authority import Glossary, Name
from indexer.query import (
    And,
    ExactWord,
    FieldValue,
    InTitle,
    Node,
    Or,
    Phrase,
    Query,
    Required,
    Translated,
    Translation,
    Word,
)

TRANSLATION_NOTICE = "Also searched in other languages:"
"""How the notice begins that says which words were translated."""


def translate(query: Query, glossary: Glossary, languages: Collection[str]) -> Query:
    """The query with the words that name a concept also in those other languages.

    Words that merely stand side by side are read together (illegal migration), and so is a
    phrase that is a name as a whole. What is excluded, exact, or found by its authority entry
    stays as it is: nothing is excluded that nobody typed.
    """
    translator = _Translator(glossary, frozenset(languages))
    root = translator.node(query.root)
    if not translator.asked:
        return query
    words = ", ".join(dict.fromkeys(translator.asked))
    return Query(query.text, root, (*query.notices, f"{TRANSLATION_NOTICE} {words}."))


@dataclass
class _Translator:
    glossary: Glossary
    languages: frozenset[str]
    asked: list[str] = field(default_factory=list)

    def node(self, node: Node) -> Node:
        """The node with its words translated."""
        match node:
            case And(children, implicit=True):
                return replace(node, children=tuple(self._side_by_side(children)))
            case And(children) | Or(children):
                return replace(node, children=tuple(self.node(child) for child in children))
            case InTitle(child) | Required(child):
                return replace(node, child=self.node(child))
            case Word():
                return next(self._row([node]))
            case Phrase(words, slop=0, exact=False):
                return self._whole(node, words)
        return node

    def _side_by_side(self, children: Sequence[Node]) -> Iterator[Node]:
        for are_words, run in groupby(children, lambda child: isinstance(child, Word)):
            if are_words:
                yield from self._row([child for child in run if isinstance(child, Word)])
            else:
                yield from (self.node(child) for child in run)

    def _row(self, row: Sequence[Word]) -> Iterator[Node]:
        """The words, those that together are a name as one node."""
        texts = [word.text for word in row]
        names = self._names(texts)
        at = 0
        while at < len(row):
            last = next((last for first, last in names if first == at), at + 1)
            inside = tuple(row[at:last])
            child = inside[0] if len(inside) == 1 else And(inside, implicit=True)
            yield self._with(child, texts[at:last], names.get((at, last), []))
            at = last

    def _whole(self, phrase: Phrase, words: Sequence[str]) -> Node:
        return self._with(phrase, words, self._names(words).get((0, len(words)), []))

    def _names(self, texts: Sequence[str]) -> dict[tuple[int, int], list[Name]]:
        """By their places, the names in other languages of what the words name."""
        names: dict[tuple[int, int], list[Name]] = {}
        for found in self.glossary.find(texts):
            own = names.setdefault((found.first, found.last), [])
            others = self.glossary.others(found, texts)
            own += [name for name in others if name.language in self.languages]
        return {place: own for place, own in names.items() if own}

    def _with(self, child: Node, texts: Sequence[str], names: Sequence[Name]) -> Node:
        if not names:
            return child
        self.asked.append(" ".join(texts))
        return Translated(child, tuple(dict.fromkeys(map(_translation, names))))


def _translation(name: Name) -> Translation:
    if len(name.words) > 1:
        return Translation(name.concept, name.language, Phrase(name.words))
    (word,) = name.words
    leaf = Word(word) if name.inflected else ExactWord(word)
    return Translation(name.concept, name.language, leaf)


def languages_asked(query: Query) -> frozenset[str]:
    """The languages that a resolved query demands, as `language:en` does; empty where none is."""
    root = query.root
    parts = root.children if isinstance(root, And) else (root,)
    bare = (part.child if isinstance(part, Required) else part for part in parts)
    return frozenset(
        one.value for one in bare if isinstance(one, FieldValue) and one.field == "language"
    )


SPELLING_NOTICE = "Also spelled:"
"""How the notice begins that says as what else words were searched."""

MOST_WORDS = 16
"""Words of a query whose other spellings are looked for: a pasted text needs none."""

Spelled = Callable[[str], tuple[Translation, ...]]
"""Gives the other spellings of a word."""


def respell(query: Query, spelled: Spelled) -> Query:
    """The query with its words also in other spellings; a notice names these.

    What is exact, excluded, quoted, or found by its authority entry stays as it is.
    """
    speller = _Speller(spelled)
    root = speller.node(query.root)
    if not speller.found:
        return query
    names = ", ".join(dict.fromkeys(speller.found))
    return Query(query.text, root, (*query.notices, f"{SPELLING_NOTICE} {names}."))


@dataclass
class _Speller:
    spelled: Spelled
    found: list[str] = field(default_factory=list)
    asked: int = 0

    def node(self, node: Node) -> Node:
        match node:
            case And(children) | Or(children):
                return replace(node, children=tuple(map(self.node, children)))
            case InTitle(child) | Required(child):
                return replace(node, child=self.node(child))
            case Translated(Word() as word, translations):
                return replace(node, translations=(*self._of(word), *translations))
            case Translated(child):
                return replace(node, child=self.node(child))
            case Word():
                others = self._of(node)
                return Translated(node, others) if others else node
        return node

    def _of(self, word: Word) -> tuple[Translation, ...]:
        self.asked += 1
        others = self.spelled(word.text) if self.asked <= MOST_WORDS else ()
        self.found += [_written(one.name) for one in others]
        return others


def _written(name: Word | ExactWord | Phrase) -> str:
    return " ".join(name.words) if isinstance(name, Phrase) else name.text
