"""What a query means in an index: its facets, its names, and its words in other forms."""

from functools import lru_cache

from indexer.authority import Authority
from indexer.embedded.leaves import Leaves
from indexer.embedded.spellings import Spellings
from indexer.query import Query
from indexer.request import SearchRequest
from indexer.rewriting import expand, resolve
from indexer.translation import languages_asked, respell, translate

_WORDS_KEPT = 4096
"""Words whose spellings are remembered."""


class Meaning:
    """Rewrites queries for one snapshot; threads may share it."""

    def __init__(self, authority: Authority, leaves: Leaves) -> None:
        self._authority = authority
        self._leaves = leaves
        spellings = Spellings(leaves.snapshot, leaves.languages)
        self._spelled = lru_cache(_WORDS_KEPT)(spellings.of)

    def of(self, request: SearchRequest) -> Query:
        """The query as it is evaluated; its notices say what was added.

        Raises UserError where it names what the index has not.
        """
        query = resolve(request.query, self._authority.facets)
        if request.expand:
            query = expand(query, self._authority)
        if request.translate:
            asked = languages_asked(query)
            languages = [code for code in self._leaves.languages if not asked or code in asked]
            query = translate(query, self._authority.glossary, languages)
        return respell(query, self._spelled) if request.variants else query
