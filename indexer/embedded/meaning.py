"""What a query means in an index: its facets, its names, and its words in other forms."""

from collections.abc import Iterable
from functools import lru_cache

from indexer.analysis import normalize
from indexer.authority import Authority
from indexer.embedded.leaves import Leaves
from indexer.embedded.spellings import Spellings
from indexer.query import Phrase, Query, Translation
from indexer.request import SearchRequest
from indexer.rewriting import expand, resolve, tags_off
from indexer.translation import languages_asked, respell, translate

_WORDS_KEPT = 4096
"""Words whose spellings are remembered."""
_QUERIES_KEPT = 256
"""Queries whose meaning is remembered: another page or facet of a search asks the same one."""


class Meaning:
    """Rewrites queries for one snapshot; threads may share it."""

    def __init__(self, authority: Authority, leaves: Leaves) -> None:
        self._authority = authority
        self._leaves = leaves
        spellings = Spellings(leaves.snapshot, leaves.languages)
        self._spelled = lru_cache(_WORDS_KEPT)(spellings.of)
        self._rewritten = lru_cache(_QUERIES_KEPT)(self._rewrite)

    def of(self, request: SearchRequest) -> Query:
        """The query as it is evaluated; its notices say what was added.

        Raises UserError where it names what the index has not.
        """
        return self._rewritten(
            request.query,
            request.expand,
            request.translate,
            request.variants,
            request.without_forms,
        )

    def _rewrite(
        self, query: Query, names: bool, words: bool, spellings: bool, off: tuple[str, ...]
    ) -> Query:
        query = resolve(query, self._authority.facets)
        without = tags_off(off, self._authority.facets)
        if names:
            query = expand(query, self._authority, without)
        if words:
            query = self.translated(query)
        if not spellings:
            return query
        forms = frozenset(map(normalize, off))
        return respell(query, lambda text: _allowed(self._spelled(text), forms))

    def translated(self, query: Query) -> Query:
        """The query also in the other languages of the index, or of those that it demands."""
        asked = languages_asked(query)
        languages = [code for code in self._leaves.languages if not asked or code in asked]
        return translate(query, self._authority.glossary, languages)


def _allowed(found: Iterable[Translation], off: frozenset[str]) -> tuple[Translation, ...]:
    """The spellings that are not switched off; each is a single word."""
    return tuple(
        one for one in found if not isinstance(one.name, Phrase) and one.name.text not in off
    )
