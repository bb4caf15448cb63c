"""The query language: what people type, as a tree; and a tree, as people would type it.

    heroin seizure            both words, in any inflected form; ranked, relaxed if none has both
    three words and more      those with all of them first, then those with some, if few have all
    "seized heroin"           side by side, inflected; also “…”, „…“ and «…»
    "seized heroin"~5         near each other, in any order
    =seized  ="seized heroin" in this form only
    smuggl*  wom?n  *traffic  words that begin so, or have this shape
    Tasmagambetov~  …~2       words one or two letters away
    a AND b   a OR b   NOT a  upper case only
    +a  -a                    must, must not
    (a OR b) c                groups
    title:a  title:(a OR b)   in the title
    year:2018  year:2016..2018  date:2018-05..2018-09  date:2018-05-03..
    organization:un  operation:"Channel Arax"  organization:(un OR osce)
    *                         everything; so is an empty query

Precedence: a sign or NOT binds tightest, then AND, then OR, and words side by side least. So
`a b OR c` means a and (b or c), as web search engines read it, and `a AND b OR c` means
(a and b) or c, as Boolean algebra does.

Ordinary typing never errs. A word with hyphens, slashes or dots inside (`Channel-Arax`) is the
phrase of its parts, because the tokenizer divides it there. A sign counts only at the start of a
word; parentheses without a partner, operators without an operand and a quotation mark left open
are mended, with a notice in `Query.notices`. What has neither letters nor digits is dropped.
UserError is for what clearly was meant as an operator and cannot be understood (`date:2018-13`,
`year:20x8`, `word~9`), and for queries above the stated limits of length, terms and nesting.
"""

from indexer.syntax.lexer import MAX_SLOP, MAX_TERMS
from indexer.syntax.parser import MAX_CHARACTERS, MAX_DEPTH, parse_query
from indexer.syntax.printer import format_query, quote_word

__all__ = [
    "MAX_CHARACTERS",
    "MAX_DEPTH",
    "MAX_SLOP",
    "MAX_TERMS",
    "format_query",
    "parse_query",
    "quote_word",
]
