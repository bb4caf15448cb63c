"""The Senate archive: 72,644 press releases of 2005-2007 as text files, a folder a senator.

Collected by Justin Grimmer, “A Bayesian Hierarchical Topic Model for Political Texts”,
Political Analysis 18(1), 2010. A file's name begins with its day: 10Apr2007akaka175.txt.
"""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bench.corpora import Document, words_of
from indexer.release import UNKNOWN

_DAY = re.compile(r"\d{1,2}([A-Z][a-z]{2})((?:19|20)\d\d)")
# A stride that is prime to every likely number of files: a part of the archive has all senators.
_STRIDE = 7_919


def documents(folder: Path, limit: int | None = None) -> Iterator[Document]:
    """The releases that have words, or that many of them from all over the archive."""
    files = sorted(folder.rglob("*.txt"))
    if limit is not None and limit < len(files):
        files = [files[at * _STRIDE % len(files)] for at in range(limit)]
    made = (_document(path) for path in files)
    with_words = (pair for pair in made if pair[0])
    for number, (words, facets, text) in enumerate(islice(with_words, limit)):
        yield Document(number, words, facets, text)


def _document(path: Path) -> tuple[str, dict[str, tuple[str, ...]], str]:
    text = path.read_text(encoding="utf-8", errors="replace")
    day = _DAY.match(path.name)
    return (
        words_of(text),
        {
            "year": (day[2] if day else UNKNOWN,),
            "language": (UNKNOWN,),
            "month": (day[1].lower(),) if day else (),
            "senator": (words_of(path.parent.name).replace(" ", "-"),),
        },
        text,
    )
