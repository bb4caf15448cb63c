"""Communique: full-text search over press releases. Everything that programs need stands here."""

from indexer.build import BuildReport
from indexer.bundled import releases as bundled_releases
from indexer.citations import CITATIONS
from indexer.cleaning import RULES as CLEANING_RULES
from indexer.comparison import Change, Comparison, compare
from indexer.concordance import Concordance, Line, Order, keywords_in_context
from indexer.dates import RULES as DATING_RULES
from indexer.earlier import EarlierVersion, Piece, word_changes
from indexer.engine import Build, Compaction, EngineStatistics
from indexer.errors import (
    AuthorityError,
    CommuniqueError,
    CorpusError,
    IndexCorrupt,
    IndexUnavailable,
    UserError,
)
from indexer.exports import FORMATS, AllHits, as_command, as_python, parcel
from indexer.facets import Facet, FacetEntry, FacetKind, Facets
from indexer.filters import date_filter, parse_filter
from indexer.grouping import RULES as GROUPING_RULES
from indexer.grouping import Group, GroupMember
from indexer.index import Index, open_or_create
from indexer.query import Query
from indexer.records import context, hit_record, page_record, release_record
from indexer.release import (
    UNKNOWN,
    EventDate,
    Mention,
    Place,
    PublicationDate,
    Release,
    RemovedText,
    Source,
)
from indexer.request import Filter, Interval, SearchRequest, Sort
from indexer.response import (
    Bucket,
    Explanation,
    FacetValue,
    Help,
    Histogram,
    Hit,
    MarkedText,
    Ranking,
    Reason,
    SearchPage,
    Version,
)
from indexer.rewriting import EXPANSION_NOTICE
from indexer.syntax import parse_query
from indexer.translation import SPELLING_NOTICE, TRANSLATION_NOTICE
from indexer.trends import Trend, periods, trend

__all__ = [
    "CITATIONS",
    "CLEANING_RULES",
    "DATING_RULES",
    "EXPANSION_NOTICE",
    "FORMATS",
    "GROUPING_RULES",
    "SPELLING_NOTICE",
    "TRANSLATION_NOTICE",
    "UNKNOWN",
    "AllHits",
    "AuthorityError",
    "Bucket",
    "Build",
    "BuildReport",
    "Change",
    "CommuniqueError",
    "Compaction",
    "Comparison",
    "Concordance",
    "CorpusError",
    "EarlierVersion",
    "EngineStatistics",
    "EventDate",
    "Explanation",
    "Facet",
    "FacetEntry",
    "FacetKind",
    "FacetValue",
    "Facets",
    "Filter",
    "Group",
    "GroupMember",
    "Help",
    "Histogram",
    "Hit",
    "Index",
    "IndexCorrupt",
    "IndexUnavailable",
    "Interval",
    "Line",
    "MarkedText",
    "Mention",
    "Order",
    "Piece",
    "Place",
    "PublicationDate",
    "Query",
    "Ranking",
    "Reason",
    "Release",
    "RemovedText",
    "SearchPage",
    "SearchRequest",
    "Sort",
    "Source",
    "Trend",
    "UserError",
    "Version",
    "as_command",
    "as_python",
    "bundled_releases",
    "compare",
    "context",
    "date_filter",
    "hit_record",
    "keywords_in_context",
    "open_or_create",
    "page_record",
    "parcel",
    "parse_filter",
    "parse_query",
    "periods",
    "release_record",
    "trend",
    "word_changes",
]
