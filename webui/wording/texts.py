"""Messages that stand in tables: nouns that are counted, and what rules and kinds are called."""

from indexer import FacetKind, Interval, Order, Sort
from webui.wording.marks import N_, NN_

NOUNS = {
    "release": NN_("%(num)s release", "%(num)s releases"),
    "press release": NN_("%(num)s press release", "%(num)s press releases"),
    "file": NN_("%(num)s file", "%(num)s files"),
    "undated": NN_("%(num)s release of unknown year", "%(num)s releases of unknown year"),
    "match": NN_("%(num)s place matches", "%(num)s places match"),
    "page": NN_("%(num)s page", "%(num)s pages"),
    "piece": NN_("%(num)s piece", "%(num)s pieces"),
    "more place": NN_("%(num)s more place", "%(num)s more places"),
}

FACETS = {
    FacetKind.YEAR: N_("Year"),
    FacetKind.LANGUAGE: N_("Language"),
    FacetKind.CERTAINTY: N_("Certainty of the date"),
    FacetKind.CHANGED: N_("Changed after publication"),
}
"""The facets that every index has; the names of others come with their authority files."""

CHANGED_VALUES = {"yes": N_("Yes")}

CERTAINTY_VALUES = {"printed": N_("Printed"), "inferred": N_("Inferred")}

TAG_RULES = {
    "name": N_("a name that means nothing else"),
    "quoted": N_("the name stands in quotation marks"),
    "stage": N_("the name is followed by a stage or a year"),
    "cue": N_("a word such as “operation” or “exercise” stands beside the name"),
    "sentence": N_("a word in the same sentence shows that the name is meant"),
    "list": N_("the name stands in a list with other names of its kind"),
    "parent": N_("what it belongs to is named in the same text"),
}
"""Why the words of a mention are taken for the name."""

REMOVED_KINDS = {
    "teaser": N_("Teaser of another release"),
    "navigation": N_("Link or menu of the page"),
    "signature": N_("Signature of the issuer"),
    "repeated-title": N_("Title, repeated"),
    "date-line": N_("Line with a date"),
    "boilerplate": N_("Standing text of the source"),
    "stamp": N_("Time stamp of the page"),
    "furniture": N_("Part of the web page around the article"),
}
"""What the kinds of removed text are called."""

CERTAINTIES = {
    "printed": N_("The date is printed with the release."),
    "inferred": N_("The date was inferred from the words of the release."),
    "unknown": N_("Nothing in the release tells its date."),
}

SORTS = {
    Sort.RELEVANCE: N_("Relevance"),
    Sort.RECENT: N_("Relevance, recent first"),
    Sort.NEWEST: N_("Newest"),
    Sort.OLDEST: N_("Oldest"),
}

REASON_RULES = {
    "exact": N_("the form as typed"),
    "folded": N_("the same but for signs"),
    "stem": N_("a form of the word"),
    "variant": N_("another spelling of the name"),
    "phrase": N_("the words side by side"),
    "prefix": N_("a word that begins so"),
    "wildcard": N_("a word of this shape"),
    "fuzzy": N_("a word a letter away"),
    "facet": N_("a value of a facet"),
    "date": N_("the date"),
    "authority": N_("tagged with this name"),
    "glossary": N_("the word in another language"),
    "all words": N_("all words are there"),
    "kindred": N_("a kindred word"),
    "alike": N_("words of the best hits"),
    "recent": N_("a recent release"),
}
"""What the rules are called by which a part of a query matches."""

WAYS_OFF = {
    "expand": N_("not by tags"),
    "translate": N_("not in other languages"),
    "variants": N_("not in other spellings"),
    "feedback": N_("not by kindred words or words of the best hits"),
}
"""How a search is called in which words find less, by what is switched off."""

WAYS_OUT = {
    "expand": N_("Leave out tags"),
    "translate": N_("Leave out other languages"),
    "variants": N_("Leave out other spellings"),
    "feedback": N_("Leave out kindred words and words of the best hits"),
}
"""The links that switch these off."""

LINE_ORDERS = {
    Order.HITS: N_("in the order of hits"),
    Order.LEFT: N_("by the word before"),
    Order.RIGHT: N_("by the word after"),
}
"""The orders of the lines of a concordance."""

INTERVALS = {Interval.YEAR: N_("by year"), Interval.MONTH: N_("by month")}
MEASURES = {"hits": N_("releases"), "share": N_("share of all releases")}
"""What a chart over time shows."""

CITATION_FORMATS = {"bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}
"""What the formats of citations call themselves."""

EXPORT_FORMATS = {
    "csv": ("CSV", N_("a release a row, for spreadsheets")),
    "jsonl": ("JSON lines", N_("a release a line with all its evidence, for programs")),
    "concordance": (N_("Concordance"), N_("a place that matches a row, in its context")),
    "bibtex": ("BibTeX", N_("references, for LaTeX and reference managers")),
    "ris": ("RIS", N_("references, for reference managers")),
    "csl": ("CSL-JSON", N_("references, for reference managers and citation processors")),
}
"""What the formats of exports are called, and what they are good for."""

QUERY_EXAMPLES = (
    ("heroin seizure", N_("both words, in any form")),
    ('"seized heroin"', N_("the words side by side, in any form; also “…”, „…“ and «…»")),
    (
        '"seized heroin"~5',
        N_("the words near each other, at most 5 others between them, in any order"),
    ),
    ("=seized", N_("this form only")),
    ('="drug trafficking"', N_("this phrase in this form only")),
    ("smuggl*", N_("words that begin so")),
    ("wom?n", N_("words of this shape: ? is one character, * any number")),
    ("Tasmagambetov~", N_("words one letter away; ~2 for two letters")),
    ("heroin AND hashish", N_("releases with both")),
    ("heroin OR hashish", N_("releases with at least one")),
    ("drugs NOT heroin", N_("releases without a word; also drugs -heroin")),
    ("+heroin hashish", N_("the word with + must be there")),
    ("(heroin OR hashish) border", N_("groups")),
    ("title:Channel", N_("the word in the title")),
    ("year:2018", N_("releases of a year; also year:2016..2018 and year:unknown")),
    (
        "date:2018-05..2018-09",
        N_("releases of a span of days, months or years; either end may be open"),
    ),
    ("organization:un", N_("releases tagged so, by id or by label")),
    ("organization:(un OR osce) drugs", N_("releases tagged with either")),
    ("*", N_("everything")),
)
"""What a query can say: an example and what it finds."""
