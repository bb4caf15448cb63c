"""WACZ files (Web Archive Collection Zipped 1.1.1): WARC files with an index, in a ZIP archive."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from indexer.readers.archives.zip_archive import BROKEN_ZIP, directory_of, entry_of, read_zip
from indexer.readers.draft import Entry, Fault, Member
from indexer.readers.limits import Budget, Limits

_PAGES = "pages/pages.jsonl"
_WARCS = (".warc", ".warc.gz")
_MOST_TITLES = 100_000
_LONGEST_LINE = 1 << 20
_NO_WARCS = "there is no WARC file in it; a WACZ file holds them under archive/"
_ITS_OWN = "{} files of the package itself (index, list of pages, checks): no press text"


def read_wacz(stream: io.BufferedReader, budget: Budget) -> Iterator[Entry | Member | Fault]:
    """Yield the WARC files of a package, with the titles that it states for their pages."""
    archive = directory_of(stream)
    if archive is None:
        yield from read_zip(stream, budget)
        return
    files = [info for info in archive.infolist() if not info.filename.endswith("/")]
    warcs = [info for info in files if info.filename.lower().endswith(_WARCS)]
    titles = _titles(archive, budget.limits)
    for info in warcs:
        entry = entry_of(archive, info, budget)
        yield replace(entry, titles=titles) if isinstance(entry, Entry) else entry
    if not warcs:
        yield Fault(_NO_WARCS)
    elif len(files) > len(warcs):
        yield Fault(_ITS_OWN.format(len(files) - len(warcs)))


def _titles(archive: zipfile.ZipFile, limits: Limits) -> dict[str, str]:
    """Titles by URL, of as many pages as the list states before its first fault."""
    titles: dict[str, str] = {}
    pages = archive.NameToInfo.get(_PAGES)
    if pages is None or pages.file_size > limits.member:
        return titles
    try:
        with archive.open(pages) as lines:
            while len(titles) < _MOST_TITLES and (line := lines.readline(_LONGEST_LINE)):
                page = json.loads(line)
                url, title = page.get("url"), page.get("title")
                if isinstance(url, str) and isinstance(title, str):
                    titles[url] = title
    except (*BROKEN_ZIP, AttributeError):
        return titles
    return titles
